"""Practice registers for the benchmarks: made as the program makes them, filled with invented dossiers.

A large register is filled in bulk with what lists and searches read: dossier rows and, by the triggers, search rows.
Events and receipts come from ``counter.register`` where a benchmark needs them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec

from db import projection
from db.connection import Register
from db.vocabulary import Channel, DossierStatus, LimitUnit
from desktop.office import lookup, opening, procedures
from desktop.rules import codes, intake, practice
from desktop.rules.calendar import VN_TZ
from desktop.rules.intake import IntakeForm, SubmittedPaper, TypedLimit
from desktop.rules.person import Person

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
UNIT = opening.unit_as_printed("MT", "xã Mường Than", practice=True)
_CATALOGUE = procedures.Catalogue(procedures.shipped())
_PROCEDURE = _CATALOGUE.get("1.004859", on=NOW.date())
_A_DAY = 60
_AT_ONCE = 20_000
#: Of 200 dossiers the status, due date, start of the clock stop and end (days from now) of those that are not over.
_UNDER_WAY = (
    (DossierStatus.RECEIVED, 0, None, None),
    (DossierStatus.PROCESSING, 2, None, None),
    (DossierStatus.PROCESSING, 20, None, None),
    (DossierStatus.PROCESSING, -5, None, None),
    (DossierStatus.WAITING_SUPPLEMENT, -5, -9, None),
    (DossierStatus.WAITING_OBLIGATION, -5, -3, None),
    (DossierStatus.FINISHED, 20, None, -3),
)


def forms(seed: int, codes: Iterable[str] = (_PROCEDURE.code,)) -> Iterator[IntakeForm]:
    """Endless intake forms as a clerk would send them, each of another invented citizen, every paper handed in.

    The procedures take turns.
    """
    kinds = [_kind(code) for code in codes]
    for number, (person, kind) in enumerate(zip(practice.people(seed), cycle(kinds), strict=False)):
        yield replace(kind, key=f"bench-{seed}-{number}", applicant=person)


def filled(home: Path, dossiers: int, *, last: datetime = NOW) -> Register:
    """A new practice register in ``home`` with so many dossiers, sixty a day up to the moment ``last``."""
    book = opening.init(home, UNIT, now=last - timedelta(days=dossiers // _A_DAY + 1))
    connection = book.database.connection()
    connection.execute("PRAGMA synchronous = OFF")
    rows = _rows(dossiers, last)
    while batch := list(islice(rows, _AT_ONCE)):
        names = ", ".join(batch[0])
        places = ", ".join(f":{name}" for name in batch[0])
        with book.write():
            connection.executemany(f"INSERT INTO dossier ({names}) VALUES ({places})", batch)
    book.close()
    return opening.open_register(home, now=last)


def _kind(code: str) -> IntakeForm:
    """A form for the procedure, of nobody yet."""
    procedure = _CATALOGUE.get(code, on=NOW.date())
    case = procedure.cases[0].label if procedure.cases else None
    papers = tuple(
        SubmittedPaper(paper.name, paper.originals, paper.copies, paper.shown_only)
        for paper in intake.papers_for(procedure, case)
        if paper.required
    )
    limit = TypedLimit(Decimal(5), LimitUnit.WORKING_DAYS) if intake.needs_typed_limit(procedure) else None
    return IntakeForm(code, Channel.DIRECT, "", Person(), papers=papers, case=case, limit=limit)


def put_under_way(book: Register, now: datetime) -> None:
    """Three in a hundred open, spread over every list; the rest handed over, some of them late without a letter."""
    run = book.database.execute_sql
    with book.write():
        run(
            "UPDATE dossier SET status = 10, finished_at = due_at, handed_over_at = due_at, apologised = id % 1000 <> 9"
        )
        run("UPDATE dossier SET due_at = date(due_at, '-1 day') || 'T17:00:00+07:00' WHERE id % 100 = 9")
        for remainder, (status, *days) in enumerate(_UNDER_WAY):
            moments = [None if day is None else (now + timedelta(days=day)).isoformat() for day in days]
            run(
                "UPDATE dossier SET status = ?, due_at = ?, paused_since = ?, finished_at = ?, handed_over_at = NULL,"
                " apologised = 0 WHERE id % 200 = ?",
                (int(status), *moments, remainder),
            )


def _rows(dossiers: int, last: datetime) -> Iterable[dict[str, Any]]:
    first_day = last - timedelta(days=(dossiers - 1) // _A_DAY)
    for number, form in zip(range(dossiers), forms(seed=7), strict=False):
        day, nth = divmod(number, _A_DAY)
        at = (first_day + timedelta(days=day)).isoformat(timespec="seconds")
        code = codes.dossier_code(UNIT, (first_day + timedelta(days=day)).date(), nth + 1)
        content = msgspec.to_builtins(form)
        payload = {
            "code": code,
            "unit_code": UNIT.code,
            "day_number": nth + 1,
            "book_year": last.year,
            "book_no": UNIT.book_no,
            "entry_no": number + 1,
            "procedure": form.procedure,
            "procedure_name": _PROCEDURE.name,
            "version_id": 1,
            "form": content,
            "received_at": at,
            "due_at": at,
        }
        row = projection.received(payload, opening.FIRST_CLERK.short_name)
        yield row | {"request_key": form.key, "search": lookup.search_key(content, code)}
