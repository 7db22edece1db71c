"""The verb that takes in a published list of procedures: first what it would change, then all of it at once."""

import argparse

from desktop.rules.change_sets import Decision
from desktop.rules.list_entries import Reading
from desktop.verbs.changes_told import change_set_json, change_set_text
from desktop.verbs.context import Answer, Context, day

_NOTHING_USABLE = 2


def import_list(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import decisions, published_files

    reading = published_files.read(args.file)
    with context.book() as book:
        now = context.now()
        found = decisions.prepare(book, reading, _decision(args, reading, context), now=now)
        told = change_set_json(found)
        usable = found.changes or found.unchanged
        if found.changes and not args.dry_run:
            done = decisions.accept(book, found, attachment=args.file, clerk=args.clerk, now=now, key=args.key)
            told["seq"] = done.seq
    lines = [change_set_text(found, applied="seq" in told), *reading.notes]
    if reading.unused:
        lines.append(f"Cột không dùng: {', '.join(reading.unused)}.")
    return Answer(told, "\n".join(lines), 0 if usable else _NOTHING_USABLE)


def _decision(args: argparse.Namespace, reading: Reading, context: Context) -> Decision:
    """What was given counts, then what the list says of its decision; a list that says nothing is known by its file."""
    named = {entry.decision for entry in reading.entries}
    common = named.pop() if len(named) == 1 else None
    number = args.decision or reading.decision or common or f"Tệp {args.file.name}"
    own = reading.decided_on if number == reading.decision else None
    effective_on = day(args.effective) if args.effective else reading.effective_on or context.now().date()
    return Decision(number, day(args.decided) if args.decided else own, effective_on, args.title or "")
