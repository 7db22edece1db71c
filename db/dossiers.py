"""Rows of the dossier table: insert at reception, change by events, read as records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from peewee import ModelSelect

from db import events, projection, search, statements
from db.connection import Register
from db.records import DossierRow
from db.schema import Dossier
from db.vocabulary import OPEN_STATUSES, Channel, DossierStatus

_COLUMNS = (
    Dossier.id,
    Dossier.code,
    Dossier.official_code,
    Dossier.procedure,
    Dossier.procedure_name,
    Dossier.applicant,
    Dossier.id_number,
    Dossier.phone,
    Dossier.received_at,
    Dossier.due_at,
    Dossier.status,
    Dossier.channel,
    Dossier.clerk,
    Dossier.printed,
    Dossier.print_failed,
    Dossier.holder,
    Dossier.paused_since,
    Dossier.finished_at,
    Dossier.handed_over_at,
    Dossier.apologised,
)
_NAMES = [column.name for column in _COLUMNS]
_SELECT = f"SELECT {', '.join(_NAMES)} FROM dossier"
#: SQLite takes some ten thousand values in one statement.
_AT_ONCE = 5000


def next_numbers(book: Register, unit_code: str, on: date, book_no: str) -> tuple[int, int]:
    """The next number of that day at that unit, and the next entry of that year's book.

    Only inside ``Register.write``: the IMMEDIATE lock makes read-then-write safe (experiment 3).
    """
    row = book.database.execute_sql(
        "SELECT (SELECT coalesce(max(day_number), 0) FROM dossier WHERE unit_code = ? AND received_on = ?),"
        " (SELECT coalesce(max(entry_no), 0) FROM dossier WHERE book_year = ? AND book_no = ?)",
        (unit_code, on.isoformat(), on.year, book_no),
    ).fetchone()
    return row[0] + 1, row[1] + 1


def insert(book: Register, values: dict, *, request_key: str, search_key: str) -> int:
    """Store a new dossier; ``values`` come from ``projection.received``. Returns its id."""
    return statements.insert(book, Dossier, values | {"request_key": request_key, "search": search_key})


def change(book: Register, event: events.StoredEvent, payload: dict, *, search_key: str | None = None) -> None:
    """Bring the row of the event's dossier up to date after the event."""
    row = book.database.execute_sql("SELECT printed FROM dossier WHERE code = ?", (event.dossier,)).fetchone()
    values = projection.changed(event.kind, payload, {"printed": row[0]})
    if search_key is not None:
        values |= {"search": search_key}
    if values:
        statements.update(book, Dossier, values, code=event.dossier)


def by_code(book: Register, code: str) -> DossierRow | None:
    """The dossier with this code, temporary or official."""
    row = book.database.execute_sql(f"{_SELECT} WHERE code = ? OR official_code = ?", (code, code)).fetchone()
    return _record(row) if row else None


def by_ids(book: Register, ids: list[int]) -> list[DossierRow]:
    """The dossiers of these ids, in the same order; any number of them."""
    found: dict[int, DossierRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = book.database.execute_sql(f"{_SELECT} WHERE id IN ({', '.join('?' * len(some))})", some)
        found |= {row[0]: _record(row) for row in rows}
    return [found[id_] for id_ in ids]


def page(book: Register, words: list[str], *, limit: int, offset: int) -> list[DossierRow]:
    """One page of all dossiers, or of those that match the folded words, newest first."""
    query = Dossier.select(*_COLUMNS).order_by(Dossier.id.desc())
    if words:
        query = query.where(Dossier.id.in_(search.ids(book, words, limit=limit, offset=offset)))
    else:
        query = query.limit(limit).offset(offset)
    return _records(book, query)


def count(book: Register, words: list[str]) -> int:
    """How many dossiers there are, or match (counted up to a thousand)."""
    if words:
        return search.count(book, words)
    return book.database.execute_sql("SELECT count(*) FROM dossier").fetchone()[0]


def open_of_person(book: Register, id_number: str, procedure: str) -> list[DossierRow]:
    """Dossiers of this person for this procedure that are still open: likely duplicates."""
    query = Dossier.select(*_COLUMNS).where(
        (Dossier.id_number == id_number)
        & (Dossier.procedure == procedure)
        & (Dossier.status.in_([int(status) for status in OPEN_STATUSES]))
    )
    return _records(book, query.order_by(Dossier.id.desc()).limit(5))


def count_of_person(book: Register, id_number: str) -> int:
    """How many dossiers the person of this number handed in."""
    return book.database.execute_sql("SELECT count(*) FROM dossier WHERE id_number = ?", (id_number,)).fetchone()[0]


def latest_of_person(book: Register, id_number: str) -> DossierRow | None:
    """The newest dossier of this person."""
    query = Dossier.select(*_COLUMNS).where(Dossier.id_number == id_number).order_by(Dossier.id.desc()).limit(1)
    return next(iter(_records(book, query)), None)


def latest_procedure(book: Register, codes: Collection[str]) -> str | None:
    """Which of these procedures the newest dossier of any of them was for."""
    query = Dossier.select(Dossier.procedure).where(Dossier.procedure.in_(list(codes))).order_by(Dossier.id.desc())
    row = next(iter(query.limit(1).tuples().execute(book.database)), None)
    return row[0] if row else None


def usage(book: Register, *, latest: int = 500) -> dict[str, int]:
    """How often each procedure stands among the latest dossiers: what the clerk most likely looks for."""
    rows = book.database.execute_sql(
        "SELECT procedure, count(*) FROM (SELECT procedure FROM dossier ORDER BY id DESC LIMIT ?) GROUP BY procedure",
        (latest,),
    )
    return dict(rows)


def _records(book: Register, query: ModelSelect[Dossier]) -> list[DossierRow]:
    return [_record(row) for row in query.tuples().execute(book.database)]


def _record(row: Any) -> DossierRow:
    values = dict(zip(_NAMES, row, strict=True))
    for name in ("received_at", "due_at", "paused_since", "finished_at", "handed_over_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["status"] = DossierStatus(values["status"])
    values["channel"] = Channel(values["channel"])
    values["print_failed"] = bool(values["print_failed"])
    values["apologised"] = bool(values["apologised"])
    return DossierRow(**values)
