"""Rows of books kept elsewhere, as they were brought in: closed history beside the register, in no figure of it.

Hides the table and its index of folded words. Rows are added under the event that brought them and never changed; those
that an event has made void (their import taken back, or a later import has them corrected) are not found any more.
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
_OWN = ", ".join(f"old_entry.{name.strip()}" for name in _COLUMNS.split(","))
#: Of a row that no event has made void.
_LIVE = "NOT EXISTS (SELECT 1 FROM old_entry_void WHERE entry = old_entry.id)"
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


def void(book: Register, entries: Iterable[int], by: int) -> None:
    """These rows are not found from now on, until ``by`` itself is taken back; inside ``Register.write``."""
    sql = "INSERT INTO old_entry_void (entry, by) VALUES (?, ?)"
    for entry in entries:
        book.database.execute_sql(sql, (entry, by))


def void_import(book: Register, seq: int, by: int) -> None:
    """No row of an import is found any more, and what it had voided is again; inside ``Register.write``."""
    book.database.execute_sql("DELETE FROM old_entry_void WHERE by = ?", (seq,))
    sql = "INSERT INTO old_entry_void (entry, by) SELECT id, ? FROM old_entry WHERE imported_by = ?"
    book.database.execute_sql(sql, (by, seq))


def voided(book: Register) -> set[tuple[int, int]]:
    """``(row, event that made it void)`` of all of them."""
    return set(book.database.execute_sql("SELECT entry, by FROM old_entry_void"))


def known(book: Register, digests: Sequence[str]) -> set[str]:
    """Those of these contents that the register already has."""
    return set(_among(book, f"SELECT sha256 FROM old_entry WHERE {_LIVE} AND sha256 IN", digests))


def of_codes(book: Register, codes: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """``(code, row, whether it is found)`` of every row with one of these codes."""
    sql = f"SELECT code, id, {_LIVE} FROM old_entry WHERE code <> '' AND code IN"
    for code, entry, is_live in _rows_among(book, sql, codes):
        yield code, entry, bool(is_live)


def of_numbers(book: Register, numbers: Sequence[str]) -> Iterator[tuple[str, str, str, int, bool]]:
    """``(number, day received, applicant, row, whether it is found)`` of rows without a code under these numbers."""
    sql = f"SELECT entry_no, received_on, applicant, id, {_LIVE} FROM old_entry WHERE code = '' AND entry_no IN"
    for number, on, applicant, entry, is_live in _rows_among(book, sql, numbers):
        yield number, on, applicant, entry, bool(is_live)


def codes_of_register(book: Register, codes: Sequence[str]) -> set[str]:
    """Those of these codes that are dossiers of this register itself."""
    found = set(_among(book, "SELECT code FROM dossier WHERE code IN", codes))
    return found | set(_among(book, "SELECT official_code FROM dossier WHERE official_code IN", codes))


def _among(book: Register, sql: str, values: Sequence[str]) -> Iterator[str]:
    return (row[0] for row in _rows_among(book, sql, values))


def _rows_among(book: Register, sql: str, values: Sequence[str]) -> Iterator[tuple]:
    for start in range(0, len(values), _AT_ONCE):
        some = values[start : start + _AT_ONCE]
        yield from book.database.execute_sql(f"{sql} ({', '.join('?' * len(some))})", some)


def page(book: Register, words: Sequence[str], *, limit: int, offset: int = 0) -> list[OldEntry]:
    """One page, newest first, of all rows or of those in which every folded word begins some word."""
    if words:
        # CROSS keeps the order of the words' index, as for dossiers.
        found = "old_entry_search s CROSS JOIN old_entry ON old_entry.id = s.rowid WHERE old_entry_search MATCH ?"
        where, facts = f"{found} AND {_LIVE} ORDER BY s.rowid DESC", [search.match(words)]
    else:
        where, facts = f"old_entry WHERE {_LIVE} ORDER BY id DESC", []
    sql = f"SELECT {_OWN} FROM {where} LIMIT ? OFFSET ?"
    return [_entry(row) for row in book.database.execute_sql(sql, (*facts, limit, offset))]


def count(book: Register, words: Sequence[str]) -> int:
    """How many rows there are, or match (counted up to a thousand)."""
    if not words:
        return int(book.database.execute_sql(f"SELECT count(*) FROM old_entry WHERE {_LIVE}").fetchone()[0])
    found = "old_entry_search s CROSS JOIN old_entry ON old_entry.id = s.rowid WHERE old_entry_search MATCH ?"
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {found} AND {_LIVE} LIMIT ?)"
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
    """``(event, rows of it that are still found)`` for each import that has any."""
    sql = f"SELECT imported_by, count(*) FROM old_entry WHERE {_LIVE} GROUP BY imported_by"
    return book.database.execute_sql(sql).fetchall()


def _entry(row: Sequence) -> OldEntry:
    received, *others = row[11:15]
    days = (date.fromisoformat(received), *(date.fromisoformat(on) if on else None for on in others))
    return OldEntry._make((*row[:11], *days, *row[15:]))
