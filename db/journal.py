"""What lists over many dossiers are drawn from: entries of the register book, and dossiers given from desk to desk.

Read a row at a time, so that the book of a year never stands in memory. Changes nothing.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from db import reach as reaching
from db.connection import Register
from db.reach import Reach
from db.records import BookEntry, Forwarded
from db.vocabulary import DossierStatus, EventKind, ResultBy

_ENTRIES = """
SELECT d.book_year, d.book_no, d.entry_no, d.code, d.official_code, d.procedure_name, d.applicant, d.phone,
       d.received_at, d.due_at, d.finished_at, d.handed_over_at, d.result_by, d.status, e.payload
FROM dossier d JOIN event e ON e.key = d.request_key
WHERE d.received_on BETWEEN ? AND ? AND (? = '' OR d.book_no = ?)
ORDER BY d.book_year, d.book_no, d.entry_no
"""


class _Person(msgspec.Struct):
    residence: str = ""
    address: str = ""


class _Form(msgspec.Struct):
    applicant: _Person
    solving_unit: str | None = None


class _Reception(msgspec.Struct):
    form: _Form


#: Reads only what the book prints of a reception: a tenth of the time of reading it all.
_RECEPTION = msgspec.json.Decoder(_Reception)


def volumes(book: Register, first: date, last: date) -> list[str]:
    """Numbers of the books into which the years of a period wrote."""
    rows = book.database.execute_sql(
        "SELECT DISTINCT book_no FROM dossier WHERE book_year BETWEEN ? AND ? ORDER BY book_no", (first.year, last.year)
    )
    return [row[0] for row in rows]


def count(book: Register, first: date, last: date, book_no: str = "") -> int:
    """How many dossiers were received from ``first`` to ``last``, in one book or in all."""
    return book.database.execute_sql(
        "SELECT count(*) FROM dossier WHERE received_on BETWEEN ? AND ? AND (? = '' OR book_no = ?)",
        (first.isoformat(), last.isoformat(), book_no, book_no),
    ).fetchone()[0]


def entries(book: Register, first: date, last: date, book_no: str = "") -> Iterator[BookEntry]:
    """The entries received from ``first`` to ``last``, by year, book and number; as corrected since."""
    corrected = _corrected(book)
    for row in book.database.execute_sql(_ENTRIES, (first.isoformat(), last.isoformat(), book_no, book_no)):
        form = corrected.get(row[3]) or _RECEPTION.decode(row[14]).form
        yield BookEntry(
            book_year=row[0],
            book_no=row[1],
            entry_no=row[2],
            code=row[4] or row[3],
            procedure_name=row[5],
            applicant=row[6],
            address=form.applicant.residence or form.applicant.address,
            phone=row[7],
            solving_unit=form.solving_unit or "",
            received_at=datetime.fromisoformat(row[8]),
            due_at=datetime.fromisoformat(row[9]),
            finished_at=datetime.fromisoformat(row[10]) if row[10] else None,
            handed_over_at=datetime.fromisoformat(row[11]) if row[11] else None,
            result_by=ResultBy(row[12]),
            status=DossierStatus(row[13]),
        )


def _corrected(book: Register) -> dict[str, _Form]:
    """Dossier → its form after the latest correction; corrections are few."""
    rows = book.database.execute_sql(
        "SELECT dossier, payload FROM event WHERE kind = ? ORDER BY seq", (str(EventKind.CORRECT),)
    )
    return {code: _RECEPTION.decode(payload).form for code, payload in rows}


def forwarded(book: Register, first: date, last: date, reach: Reach = None) -> list[Forwarded]:
    """What was given on from ``first`` to ``last`` within ``reach``, oldest first, without what was undone."""
    after = last + timedelta(days=1)
    narrowed = reaching.narrowed(reach, "(SELECT procedure FROM dossier WHERE code = event.dossier)")
    told = {
        "forward": str(EventKind.FORWARD),
        "undo": str(EventKind.UNDO),
        "first": first.isoformat(),
        # A slip of the last minute of the day may be undone on the next one.
        "until": (after + timedelta(days=1)).isoformat(),
    }
    rows = book.database.execute_sql(
        "SELECT seq, dossier, at, clerk, kind, payload FROM event WHERE kind IN (:forward, :undo) AND at >= :first"
        f" AND at < :until{narrowed} ORDER BY seq",
        told | reaching.facts(reach),
    )
    found: dict[int, Forwarded] = {}
    for seq, code, at, clerk, kind, payload in rows:
        facts = json.loads(payload)["facts"]
        if kind == EventKind.UNDO:
            found.pop(facts["undoes"], None)
        elif at < after.isoformat():
            found[seq] = Forwarded(seq, code, datetime.fromisoformat(at), clerk, facts)
    return list(found.values())
