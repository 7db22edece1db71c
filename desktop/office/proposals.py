"""Kiến nghị: what the counter would have changed in a procedure, kept until somebody reviews procedures (NĐ 63/2010).

A note with who and when, recorded as an event; it changes nothing of the catalogue. Windows and the command line call
these; the list of a quarter is exported from here.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import procedures, rights
from desktop.rules.person import text_problem
from desktop.rules.versions import tidied

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """One note on one procedure, as somebody at the counter wrote it."""

    seq: int
    procedure: str
    procedure_name: str
    text: str
    at: datetime
    clerk: str


def propose(
    book: Register, code: str, text: str, *, clerk: str | None, now: datetime, key: str | None = None
) -> Changes:
    """Keep a note on a procedure, whatever its standing; the same ``key`` keeps it once.

    UserError ``unknown_procedure``, ``missing`` for no text, ``too_long``.
    """
    text, key = tidied(text), key or str(uuid4())
    version = procedures.catalogue(book).find(code, on=now.date())
    if not text:
        raise UserError("missing", "Ghi nội dung kiến nghị.", field="text")
    if problem := text_problem("text", "Nội dung kiến nghị", text.replace("\n", " "), _LONGEST):
        raise UserError(problem.code, problem.message, field="text")
    payload = {"procedure": version.code, "procedure_name": version.name, "text": text}
    with book.write():
        if earlier := events.by_key(book, key):
            return _again(earlier, payload, key)
        actor = rights.acting(book, clerk, EventKind.PROPOSE, now=now).short_name
        events.append(book, EventKind.PROPOSE, payload, at=now, clerk=actor, key=key)
    return Changes(catalogue=True)


def proposals(
    book: Register, code: str | None = None, *, first: date = date.min, last: date = date.max
) -> tuple[Proposal, ...]:
    """The notes kept from ``first`` to ``last``, on one procedure or on all, oldest first."""
    found = map(_read, events.of_kinds(book, EventKind.PROPOSE, since=first))
    wanted = procedures.code_or_none(code) if code else None
    return tuple(note for note in found if note.at.date() <= last and (code is None or note.procedure == wanted))


def _read(event: StoredEvent) -> Proposal:
    told = json.loads(event.payload)
    at = datetime.fromisoformat(event.at)
    return Proposal(event.seq, told["procedure"], told["procedure_name"], told["text"], at, event.clerk)


def _again(earlier: StoredEvent, payload: dict[str, str], key: str) -> Changes:
    if earlier.kind != EventKind.PROPOSE or json.loads(earlier.payload) != payload:
        raise UserError("key_reused", "Khóa của lần ghi này đã dùng cho việc khác; chưa ghi gì.", key=key)
    return Changes()
