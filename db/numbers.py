"""Numbers below which a register gives none, for a time that it lost may have printed them.

Hides where the floors of the last restore stand; ``dossiers`` and ``issued`` start above them. They change only while a
register is being opened, so that each connection reads them once.
"""

from datetime import date
from typing import Any

from db import settings
from db.connection import Register
from db.vocabulary import DocumentKind

#: ``{"at", "last_event_at", "mark", "day", "year", "day_number", "entry_no", "documents": {kind: number}}``.
SETTING = "numbers_after_restore"


def of_day(book: Register, on: date) -> int:
    """The highest number of a dossier that a lost time may have given on this day; 0 on any other."""
    told = _told(book)
    return told["day_number"] if told and told["day"] == on.isoformat() else 0


def of_book(book: Register, year: int) -> int:
    """The same for the entries of this year's book."""
    told = _told(book)
    return told["entry_no"] if told and told["year"] == year else 0


def of_documents(book: Register, kind: DocumentKind, year: int) -> int:
    """The same for this year's series of a form; one that is newer than the restore has none."""
    told = _told(book)
    return told["documents"].get(str(kind), 0) if told and told["year"] == year else 0


def _told(book: Register) -> dict[str, Any]:
    if SETTING not in book.derived:
        book.derived[SETTING] = settings.get(book, SETTING, {})
    told: dict[str, Any] = book.derived[SETTING]
    return told


def highest(book: Register, day: date) -> tuple[int, int, dict[str, int]]:
    """What was given so far: the highest number of this day, entry of its year's book, and number of each form.

    Of all books and units of the register together; an earlier floor counts as given.
    """
    run = book.database.execute_sql
    number, entry = run(
        "SELECT (SELECT coalesce(max(day_number), 0) FROM dossier WHERE received_on = ?),"
        " (SELECT coalesce(max(entry_no), 0) FROM dossier WHERE book_year = ?)",
        (day.isoformat(), day.year),
    ).fetchone()
    given = dict(run("SELECT kind, max(number) FROM issued_document WHERE year = ? GROUP BY kind", (day.year,)))
    documents = {str(kind): max(given.get(str(kind), 0), of_documents(book, kind, day.year)) for kind in DocumentKind}
    return max(number, of_day(book, day)), max(entry, of_book(book, day.year)), documents
