"""Verbs about single dossiers: take in, show, find, print."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from db.connection import Register
from db.folder import own_file
from db.records import DossierRow
from db.vocabulary import DocumentKind
from desktop.errors import UserError
from desktop.labels import DOCUMENT_WORDS, moment_words
from desktop.office import requests
from desktop.rules import lifecycle
from desktop.verbs.context import Answer, Context, day, moment_of_act, read, target

if TYPE_CHECKING:
    from desktop.office.filing import Paper

#: Stands where a dossier's code does for the papers of a period.
_NO_DOSSIER = "-"


def register(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.documents.fonts import find_paper_font
    from desktop.office import counter, issuing

    request = requests.dossier(requests.decode(read(context, args.file)))
    find_paper_font()  # without a font no receipt can follow: say so before anything is stored
    with context.book() as book:
        at = moment_of_act(context, book, request.received_at, "received_at")
        done = counter.register(book, request.form(), clerk=request.clerk or args.clerk, now=at)
        paper = issuing.receipt_pdf(book, done.code, now=at, reprint=0)
    return Answer(
        {
            "code": done.code,
            "received_at": done.received_at.isoformat(),
            "due_at": done.due_at.isoformat(),
            "receipt": str(paper.path),
        },
        f"Đã tiếp nhận {done.code}, hẹn trả {moment_words(done.due_at)}.\n{paper.path}",
    )


def show(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import access, lookup

    with context.book() as book:
        access.viewed(book, args.code, why="lệnh show", clerk=args.clerk, now=context.now())
        detail = lookup.dossier(book, args.code)
    row = detail.row
    told = {
        "code": row.code,
        "official_code": row.official_code,
        "procedure": row.procedure,
        "status": row.status.word,
        "received_at": row.received_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "handed_over_at": row.handed_over_at.isoformat() if row.handed_over_at else None,
        "outcome": lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since),
        "events": [
            {
                "event": str(event.event),
                "at": event.at.isoformat(),
                "clerk": event.clerk,
                "note": event.note,
                "hash": event.hash,
            }
            for event in detail.events
        ],
        "documents": [
            {"kind": str(doc.kind), "number": doc.number, "sha256": doc.sha256, "printed": doc.printed}
            for doc in detail.documents
        ],
    }
    lines = [f"{row.code}  {row.applicant}  {row.procedure_name}", f"Hẹn trả {moment_words(row.due_at)}"]
    lines += [f"  {event.at:%d/%m/%Y %H:%M}  {event.event}  {event.clerk}" for event in detail.events]
    return Answer(told, "\n".join(lines))


def find(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import access, lookup

    with context.book() as book:
        rows = lookup.find(book, args.text, limit=args.limit, clerk=args.clerk)
        if not rows and (theirs := lookup.elsewhere(book, args.text, clerk=args.clerk)):
            raise UserError("other_field", theirs)
        access.searched(book, args.text, count=len(rows), why="lệnh find", clerk=args.clerk, now=context.now())
    told = [row_told(row) for row in rows]
    text = "\n".join(f"{row.code}  {row.applicant}  {row.procedure_name}" for row in rows)
    return Answer({"rows": told}, text or "Không tìm thấy hồ sơ nào.")


def form(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import access

    output = target(args.output)
    with context.book() as book:
        paper = _paper(context, book, args)
        what, dossier = DOCUMENT_WORDS[DocumentKind(args.kind)], None if args.code == _NO_DOSSIER else args.code
        access.exported(
            book,
            what,
            count=paper.pages,
            sha256=paper.sha256,
            dossier=dossier,
            clerk=args.clerk,
            now=context.now(),
        )
    with open(output, "wb", opener=own_file) as file:
        file.write(paper.data)
    return Answer(
        {"file": str(args.output), "sha256": paper.sha256, "pages": paper.pages},
        f"Đã lập {args.output} ({paper.pages} trang).",
    )


def _paper(context: Context, book: Register, args: argparse.Namespace) -> "Paper":
    from desktop.office import issuing

    kind, now = DocumentKind(args.kind), context.now()
    if args.code != _NO_DOSSIER:
        return issuing.document_pdf(
            book, args.code, kind, size=args.size, copies=args.copies, clerk=args.clerk, now=now
        )
    if not (args.first and args.last):
        raise UserError("usage", "Giấy của một kỳ cần --from và --to, ví dụ --from 2026-01-01 --to 2026-12-31.")
    days, told = (day(args.first), day(args.last)), _told(context)
    paper = issuing.period_pdf(book, kind, *days, clerk=args.clerk, now=now, progress=told)
    assert paper is not None, "nobody stops this work"
    return paper


def _told(context: Context) -> Callable[[int, int], bool]:
    """Progress for people: a line for each thousand rows."""
    thousands = 0

    def tell(done: int, total: int) -> bool:
        nonlocal thousands
        if done // 1000 > thousands:
            thousands = done // 1000
            context.tell(f"Đã lập {done}/{total} dòng.")
        return True

    return tell


def row_told(row: DossierRow) -> dict[str, Any]:
    """A dossier as every list prints it."""
    return {
        "code": row.code,
        "procedure": row.procedure,
        "applicant": row.applicant,
        "received_at": row.received_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "status": row.status.word,
    }
