"""The verb that takes in a published list of procedures: first what it would change, then all of it at once."""

import argparse
from collections.abc import Iterator
from typing import Any

from desktop.labels import PROCEDURE_FIELD_WORDS
from desktop.rules.change_sets import Change, ChangeSet, Decision
from desktop.rules.list_entries import Kind, Reading
from desktop.rules.reasons import limit_words
from desktop.verbs.catalogue import change_set_json, change_set_text
from desktop.verbs.context import Answer, Context, day

_DOES = {Kind.NEW: "Mới", Kind.AMENDED: "Sửa", Kind.REPLACED: "Thay thế", Kind.ABOLISHED: "Bãi bỏ"}
_NOTHING_USABLE = 2


def import_list(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import decisions, published_files

    reading = published_files.read(args.file)
    with context.book() as book:
        now = context.now()
        found = decisions.prepare(book, reading, _decision(args, reading, context), now=now)
        told = change_set_json(found) | _details(found)
        usable = found.changes or found.unchanged
        if found.changes and not args.dry_run:
            done = decisions.accept(book, found, attachment=args.file, clerk=args.clerk, now=now, key=args.key)
            told["seq"] = done.seq
    lines = [change_set_text(found, args.dry_run or not found.changes), *_told(found), *reading.notes]
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


def _details(found: ChangeSet) -> dict[str, Any]:
    """Beside the promised counts: every change field by field, and the limits that a person must decide."""
    return {
        "changes": [_change_json(change) for change in found.changes],
        "to_decide": [
            {
                "number": each.number,
                "row": each.row,
                "code": each.code,
                "name": each.name,
                "text": each.text,
                "why": each.why,
                "current": limit_words(each.current) if each.current else None,
            }
            for each in found.to_decide
        ],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "change": str(change.kind),
        "row": change.row,
        "sheet": change.sheet,
        "code": change.version.code,
        "name": change.version.name,
        "valid_from": change.version.valid_from.isoformat() if change.version.valid_from else None,
        "fields": [{"field": each.name, "old": each.old, "new": each.new} for each in change.fields],
        "warnings": list(change.warnings),
    }


def _told(found: ChangeSet) -> Iterator[str]:
    for change in found.changes:
        yield f"Dòng {change.row}: {_DOES[change.kind]} {change.version.code}  {change.version.name}"
        for field in change.fields:
            yield f"    {PROCEDURE_FIELD_WORDS[field.name]}: {_one_line(field.old)} → {_one_line(field.new)}"
        yield from (f"    {warning}" for warning in change.warnings)
    for question in found.to_decide:
        said = f"“{_one_line(question.text)}”: " if question.text else ""
        yield f"Dòng {question.row}: {question.code} cần người quyết định thời hạn – {said}{question.why}."


def _one_line(text: str) -> str:
    return "; ".join(text.splitlines())
