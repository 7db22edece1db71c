"""Days as people write them in a register book: as text in many forms, as a spreadsheet's number, with or without hour.

Hides the forms. Asked by ``old_books`` for every cell that should hold a day. A day that cannot be is never mended.
"""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop.rules.list_entries import Cell
from desktop.rules.text import fold

#: Day 0 of the numbers by which spreadsheets count days.
_EPOCH = date(1899, 12, 30)
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)
_SIGN = r"\s?[/.\-–]\s?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){_SIGN}(?P<m>\d{{1,2}}){_SIGN}(?P<y>\d{{4}}|\d{{2}})(?!\d)"),
    re.compile(r"(?:ngay )?(?<!\d)(?P<d>\d{1,2}) thang (?P<m>\d{1,2}),? nam (?P<y>\d{4})(?!\d)"),
)
#: 05/3: the year is that of the book.
_SHORT = re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?![\d/])")
_NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?")
_HOUR = re.compile(
    r"\d{1,2}\s?(?::|h|g|gio)\s?(?:\d{1,2})?(?::\d{2})?(?:\s?phut)?\s?(?:am|pm|sa|ch)?\b|\b(?:luc|ngay)\b"
)


class Day(NamedTuple):
    """A day read from a cell; ``written`` tells that it stood there as text, ``rest`` whether words stood beside it."""

    on: date
    written: bool
    rest: bool


def read(cell: Cell, text: str, *, year: int | None = None) -> Day | None:
    """The day in a cell, whose clean text is ``text``; None where there is none, or none that can be.

    ``year`` is the book's, for days written without one.
    """
    if isinstance(cell, datetime | date):
        return _within(Day(cell.date() if isinstance(cell, datetime) else cell, False, False))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numbered(cell)
    plain = fold(text)
    if _NUMBER.fullmatch(plain):
        return _numbered(float(plain.replace(",", ".")))
    for form in _FORMS:
        if found := form.search(plain):
            return _dated(found, int(found["y"]), plain)
    found = _SHORT.search(plain)
    return _dated(found, year, plain) if found and year else None


def _dated(found: re.Match[str], year: int, plain: str) -> Day | None:
    full = year + 2000 if year < 100 else year
    left = f"{plain[: found.start()]} {plain[found.end() :]}"
    rest = bool(re.search(r"[a-z0-9]", _HOUR.sub(" ", left)))
    try:
        return _within(Day(date(full, int(found["m"]), int(found["d"])), True, rest))
    except ValueError:
        return None


def _numbered(number: float) -> Day | None:
    """A spreadsheet's number of a day that has lost its format."""
    if not 0 < number < (_LAST - _EPOCH).days + 1:
        return None
    return _within(Day(_EPOCH + timedelta(days=int(number)), False, False))


def _within(day: Day) -> Day | None:
    return day if _FIRST <= day.on <= _LAST else None
