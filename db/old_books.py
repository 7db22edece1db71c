"""Rows of books kept elsewhere, as they were brought in: closed history beside the register, in no figure of it.

Hides the table and its index of folded words. Rows are added under the event that brought them and never changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from db import search
from db.case_records import OldEntry
from db.connection import Register

_COLUMNS = (
    "id, imported_by, row, year, entry_no, code, applicant, id_number, address, phone, procedure_name, received_on,"
    " due_on, finished_on, handed_over_on, result, note"
)
#: SQLite takes so many values in one statement, and more.
_AT_ONCE = 500


def insert(book: Register, entry: OldEntry, *, sha256: str, words: str) -> None:
    """Add one row under its content's hash and the folded words that find it; inside ``Register.write``."""
    days = (entry.due_on, entry.finished_on, entry.handed_over_on)
    values = (
        *entry[:11],
        entry.received_on.isoformat(),
        *(on.isoformat() if on else None for on in days),
        entry.result,
        entry.note,
        sha256,
        words,
    )
    sql = f"INSERT INTO old_entry ({_COLUMNS}, sha256, search) VALUES ({', '.join('?' * len(values))})"
    book.database.execute_sql(sql, values)


def known(book: Register, digests: Sequence[str]) -> set[str]:
    """Those of these contents that the register already has."""
    return set(_among(book, "SELECT sha256 FROM old_entry WHERE sha256 IN", digests))


def codes_of_register(book: Register, codes: Sequence[str]) -> set[str]:
    """Those of these codes that are dossiers of this register itself."""
    found = set(_among(book, "SELECT code FROM dossier WHERE code IN", codes))
    return found | set(_among(book, "SELECT official_code FROM dossier WHERE official_code IN", codes))


def _among(book: Register, sql: str, values: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(values), _AT_ONCE):
        some = values[start : start + _AT_ONCE]
        for row in book.database.execute_sql(f"{sql} ({', '.join('?' * len(some))})", some):
            yield row[0]


def page(book: Register, words: Sequence[str], *, limit: int, offset: int = 0) -> list[OldEntry]:
    """One page, newest first, of all rows or of those in which every folded word begins some word."""
    order = "ORDER BY {0} DESC LIMIT ? OFFSET ?"
    if words:
        found = f"SELECT rowid FROM old_entry_search WHERE old_entry_search MATCH ? {order.format('rowid')}"
        sql, facts = f"SELECT {_COLUMNS} FROM old_entry WHERE id IN ({found}) ORDER BY id DESC", [search.match(words)]
    else:
        sql, facts = f"SELECT {_COLUMNS} FROM old_entry {order.format('id')}", []
    return [_entry(row) for row in book.database.execute_sql(sql, (*facts, limit, offset))]


def count(book: Register, words: Sequence[str]) -> int:
    """How many rows there are, or match (counted up to a thousand)."""
    if not words:
        return int(book.database.execute_sql("SELECT count(*) FROM old_entry").fetchone()[0])
    sql = "SELECT count(*) FROM (SELECT 1 FROM old_entry_search WHERE old_entry_search MATCH ? LIMIT ?)"
    return int(book.database.execute_sql(sql, (search.match(words), search.COUNT_UP_TO)).fetchone()[0])


def by_id(book: Register, entry: int) -> OldEntry | None:
    """One row."""
    row = book.database.execute_sql(f"SELECT {_COLUMNS} FROM old_entry WHERE id = ?", (entry,)).fetchone()
    return _entry(row) if row else None


def of_import(book: Register, seq: int) -> Iterator[tuple[int, str]]:
    """``(row of the file, hash of its content)`` of what an event brought and is still here, in its order."""
    sql = "SELECT row, sha256 FROM old_entry WHERE imported_by = ? ORDER BY id"
    yield from book.database.execute_sql(sql, (seq,))


def contents(book: Register) -> Iterator[tuple[OldEntry, str, str]]:
    """Every row with the hash and the words stored beside it, in the order of ids."""
    for row in book.database.execute_sql(f"SELECT {_COLUMNS}, sha256, search FROM old_entry ORDER BY id"):
        yield _entry(row[:-2]), row[-2], row[-1]


def numbers(book: Register) -> Iterable[tuple[int, int]]:
    """``(event, rows of it that are still here)`` for each import."""
    return book.database.execute_sql("SELECT imported_by, count(*) FROM old_entry GROUP BY imported_by").fetchall()


def _entry(row: Sequence) -> OldEntry:
    received, *others = row[11:15]
    days = (date.fromisoformat(received), *(date.fromisoformat(on) if on else None for on in others))
    return OldEntry._make((*row[:11], *days, *row[15:]))
