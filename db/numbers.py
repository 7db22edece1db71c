"""Numbers below which a register gives none, for a time that it lost may have printed them.

Hides where the floors of the last restore stand; ``dossiers`` and ``issued`` start above them. They change only while a
register is being opened, so that each connection reads them once.
"""

from datetime import date

from db import settings
from db.connection import Register
from db.vocabulary import DocumentKind

#: ``{"at", "last_event_at", "mark", "floors": {series: number}}``.
SETTING = "numbers_after_restore"
#: Series → its highest number, of all books and units of the register together; first from which day, then year.
_OF_DAYS = "SELECT received_on, max(day_number) FROM dossier WHERE received_on >= ? GROUP BY received_on"
_OF_YEARS = (
    "SELECT CAST(book_year AS TEXT), max(entry_no) FROM dossier WHERE book_year >= ? GROUP BY book_year",
    "SELECT year || ' ' || kind, max(number) FROM issued_document WHERE year >= ? GROUP BY year, kind",
)


def day_series(on: date) -> str:
    """What the codes of one day's dossiers count."""
    return on.isoformat()


def book_series(year: int) -> str:
    """What the entries of one year's book count."""
    return str(year)


def paper_series(kind: DocumentKind, year: int) -> str:
    """What the papers of one form count in a year."""
    return f"{year} {kind}"


def of_day(book: Register, on: date) -> int:
    """The highest number of a dossier that a lost time may have given on this day; 0 on most."""
    return _floors(book).get(day_series(on), 0)


def of_book(book: Register, year: int) -> int:
    """The same for the entries of this year's book."""
    return _floors(book).get(book_series(year), 0)


def of_documents(book: Register, kind: DocumentKind, year: int) -> int:
    """The same for this year's series of a form; one that is newer than the restore has none."""
    return _floors(book).get(paper_series(kind, year), 0)


def _floors(book: Register) -> dict[str, int]:
    if SETTING not in book.derived:
        book.derived[SETTING] = settings.get(book, SETTING, {}).get("floors", {})
    floors: dict[str, int] = book.derived[SETTING]
    return floors


def given(book: Register, since: date) -> dict[str, int]:
    """Series → the highest number given so far, from this day and its year on; an earlier floor counts as given."""
    run = book.database.execute_sql
    asked = [run(_OF_DAYS, (since.isoformat(),)), *(run(question, (since.year,)) for question in _OF_YEARS)]
    later = {series: floor for series, floor in _floors(book).items() if series >= str(since.year)}
    return highest(later, *(dict(found.fetchall()) for found in asked))


def highest(*given: dict[str, int]) -> dict[str, int]:
    """Of each series the highest number that one of them tells."""
    return {series: max(one.get(series, 0) for one in given) for series in sorted(set().union(*given))}
