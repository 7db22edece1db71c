"""Rows of the dossier table: insert at reception, change by events, read as records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from db import events, numbers, projection, search, statements
from db import reach as reaching
from db.connection import Register
from db.reach import Reach
from db.records import DossierRow
from db.vocabulary import OPEN_STATUSES, Channel, DossierStatus

#: In the order of the record.
_SELECT = (
    "SELECT id, code, official_code, procedure, procedure_name, applicant, id_number, phone, received_at, due_at,"
    " status, channel, clerk, printed, print_failed, holder, paused_since, finished_at, handed_over_at, apologised"
    " FROM dossier"
)
#: SQLite takes some ten thousand values in one statement.
_AT_ONCE = 5000


def next_numbers(book: Register, unit_code: str, on: date, book_no: str) -> tuple[int, int]:
    """The next number of that day at that unit, and the next entry of that year's book.

    Above what a time that was lost may have given (``numbers``). Only inside ``Register.write``: the IMMEDIATE lock
    makes read-then-write safe (experiment 3).
    """
    row = book.database.execute_sql(
        "SELECT (SELECT coalesce(max(day_number), 0) FROM dossier WHERE unit_code = ? AND received_on = ?),"
        " (SELECT coalesce(max(entry_no), 0) FROM dossier WHERE book_year = ? AND book_no = ?)",
        (unit_code, on.isoformat(), on.year, book_no),
    ).fetchone()
    return max(row[0], numbers.of_day(book, on)) + 1, max(row[1], numbers.of_book(book, on.year)) + 1


def insert(book: Register, values: dict, *, request_key: str, search_key: str) -> int:
    """Store a new dossier; ``values`` come from ``projection.received``. Returns its id."""
    return statements.insert(book, "dossier", values | {"request_key": request_key, "search": search_key})


def change(book: Register, event: events.StoredEvent, payload: dict, *, search_key: str | None = None) -> None:
    """Bring the row of the event's dossier up to date after the event."""
    row = book.database.execute_sql("SELECT printed FROM dossier WHERE code = ?", (event.dossier,)).fetchone()
    values = projection.changed(event.kind, payload, {"printed": row[0]})
    if search_key is not None:
        values |= {"search": search_key}
    if values:
        statements.update(book, "dossier", values, code=event.dossier)


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


def page(book: Register, words: list[str], *, limit: int, offset: int, reach: Reach = None) -> list[DossierRow]:
    """One page of all dossiers within ``reach``, or of those that match the folded words, newest first."""
    if words:
        return by_ids(book, search.ids(book, words, limit=limit, offset=offset, reach=reach))
    which = f"WHERE 1{reaching.narrowed(reach)} ORDER BY id DESC LIMIT :limit OFFSET :offset"
    return _records(book, which, {"limit": limit, "offset": offset} | reaching.facts(reach))


def count(book: Register, words: list[str], reach: Reach = None) -> int:
    """How many dossiers there are within ``reach``, or match (counted up to a thousand)."""
    if words:
        return search.count(book, words, reach)
    where = "" if reach is None else f" WHERE 1{reaching.narrowed(reach)}"  # SQLite counts quickest without any
    return book.database.execute_sql(f"SELECT count(*) FROM dossier{where}", reaching.facts(reach)).fetchone()[0]


def open_of_person(book: Register, id_number: str, procedure: str) -> list[DossierRow]:
    """Dossiers of this person for this procedure that are still open: likely duplicates."""
    still_open = ", ".join(str(int(status)) for status in sorted(OPEN_STATUSES))
    where = f"WHERE id_number = ? AND procedure = ? AND status IN ({still_open}) ORDER BY id DESC LIMIT 5"
    return _records(book, where, (id_number, procedure))


def count_of_person(book: Register, id_number: str, reach: Reach = None) -> int:
    """How many dossiers within ``reach`` the person of this number handed in."""
    sql = f"SELECT count(*) FROM dossier WHERE id_number = :number{reaching.narrowed(reach)}"
    return book.database.execute_sql(sql, {"number": id_number} | reaching.facts(reach)).fetchone()[0]


def latest_of_person(book: Register, id_number: str, reach: Reach = None) -> DossierRow | None:
    """The newest dossier of this person within ``reach``."""
    which = f"WHERE id_number = :number{reaching.narrowed(reach)} ORDER BY id DESC LIMIT 1"
    return next(iter(_records(book, which, {"number": id_number} | reaching.facts(reach))), None)


def latest_procedure(book: Register, codes: Collection[str]) -> str | None:
    """Which of these procedures the newest dossier of any of them was for."""
    marks = ", ".join("?" * len(codes))
    row = book.database.execute_sql(
        f"SELECT procedure FROM dossier WHERE procedure IN ({marks}) ORDER BY id DESC LIMIT 1", tuple(codes)
    ).fetchone()
    return row[0] if row else None


def usage(book: Register, *, latest: int = 500) -> dict[str, int]:
    """How often each procedure stands among the latest dossiers: what the clerk most likely looks for."""
    rows = book.database.execute_sql(
        "SELECT procedure, count(*) FROM (SELECT procedure FROM dossier ORDER BY id DESC LIMIT ?) GROUP BY procedure",
        (latest,),
    )
    return dict(rows)


def _records(book: Register, which: str, values: tuple[Any, ...] | dict[str, Any]) -> list[DossierRow]:
    return [_record(row) for row in book.database.execute_sql(f"{_SELECT} {which}", values)]


def _record(row: Any) -> DossierRow:
    received, due, status, channel, clerk, printed, failed, holder, paused, finished, handed, apologised = row[8:]
    values: tuple[Any, ...] = (
        *row[:8],
        datetime.fromisoformat(received),
        datetime.fromisoformat(due),
        DossierStatus(status),
        Channel(channel),
        clerk,
        printed,
        bool(failed),
        holder,
        _moment(paused),
        _moment(finished),
        _moment(handed),
        bool(apologised),
    )
    return DossierRow(*values)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
