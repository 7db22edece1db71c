"""Verbs that record something about the wall: sheets put up, taken down, facts and illustrations told."""

import argparse
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.verbs.context import Answer, Context, day, moment_of_act

if TYPE_CHECKING:
    from desktop.office.postings import Recorded


def post(context: Context, args: argparse.Namespace) -> Answer:
    """The named sheets, those of ``--field`` or ``--code``, or every sheet with ``--all``."""
    from desktop.office import posting_prints, postings

    if not (args.words or args.field or args.code or args.all):
        raise UserError("usage", "Ghi tên các tờ đã dán, hoặc --field, --code, --all.")
    with context.book() as book:
        at = moment_of_act(context, book, args.at, "at")
        on = day(args.on) if args.on else at.date()
        names = args.words or posting_prints.chosen(book, on, args.field, args.code)
        places = [postings.Place(name, args.board, args.slot) for name in names]
        done = postings.post(book, places, size=args.size, on=on, clerk=args.clerk, now=at, key=args.key)
    return _answer(done, "Đã ghi dán")


def take_down(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import postings

    with context.book() as book:
        at = moment_of_act(context, book, args.at, "at")
        places = [postings.Place(name, args.board, args.slot) for name in args.words]
        done = postings.take_down(book, places, clerk=args.clerk, now=at, key=args.key)
    return _answer(done, "Đã ghi gỡ")


def undo(context: Context, args: argparse.Namespace) -> Answer:
    """The number that ``post`` or ``take-down`` answered, within a minute."""
    from desktop.office import postings

    with context.book() as book:
        at = moment_of_act(context, book, args.at, "at")
        done = postings.undo(book, args.seq, clerk=args.clerk, now=at)
    return _answer(done, "Đã hoàn lại")


def set_facts(context: Context, args: argparse.Namespace) -> Answer:
    """``NAME=VALUE`` for each fact of ``posting_facts``; desks are parted by ``/``."""
    from desktop.office import posting_facts

    with context.book() as book:
        facts = posting_facts.read(book)
        known = [field.name for field in fields(facts)]
        for pair in args.words:
            name, equals, value = pair.partition("=")
            if not equals or name not in known:
                raise UserError("usage", f"Ghi MỤC=GIÁ TRỊ với mục là một trong: {', '.join(known)}.")
            given: Any = tuple(value.split("/")) if name == "desks" else value
            facts = replace(facts, **{name: given})
        posting_facts.change(book, facts, clerk=args.clerk, now=context.now())
        told = asdict(posting_facts.read(book))
    lines = [f"{name}: {' / '.join(value) if name == 'desks' else value}" for name, value in told.items()]
    return Answer(told, "\n".join(lines))


def bring(context: Context, args: argparse.Namespace) -> Answer:
    """``CODE`` with ``--kind``, and ``--text`` or ``--file``; neither takes the earlier one back."""
    from desktop.office import illustrations

    with context.book() as book:
        at = moment_of_act(context, book, args.at, "at")
        kind = illustrations.Kind(args.kind)
        told = {"language": args.language, "text": args.text, "file": args.file}
        illustrations.bring(book, args.code, kind, **told, clerk=args.clerk, now=at)
    return Answer({"procedure": args.code, "kind": str(kind)}, f"Đã ghi cho thủ tục {args.code}.")


def _answer(done: "Recorded", words: str) -> Answer:
    return Answer(
        {"event": done.seq, "sheets": list(done.sheets)}, f"{words} {len(done.sheets)} tờ (sự kiện {done.seq})."
    )
