"""Cells of a published list as plain text, lines, days and amounts.

Hides how cells are written: numbers as text, dates, bullets, several lines, "như trên". Called by ``list_rows`` and
``published_lists``. An empty cell says nothing and gives ``None``.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from db.vocabulary import LimitUnit
from desktop.rules.list_entries import Cell, Row
from desktop.rules.list_sections import day_in
from desktop.rules.text import TextError, clean, fold

_DITTO = re.compile(r"(?:như|nhu) (?:trên|tren)|-?\s?nt\s?-?|[\"”″]|''|//", re.IGNORECASE)
BULLET = re.compile(r"^[-+*•–]\s*")
_NO_DAY = ("null", "none", "-", "khong")
_LONGEST_CELL = 20_000


class RowError(ValueError):
    """A row that cannot be used; its text is one sentence for a person."""


def texts(row: Row) -> tuple[str, ...]:
    """The cells of a row as clean text, lines kept apart; RowError for text that is damaged or endless."""
    try:
        return tuple(map(_text, row.cells))
    except TextError as error:
        raise RowError(error.message) from error


def with_ditto(said: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """The texts with every "như trên" replaced by what the procedure above says in that column."""
    return tuple(
        (above[column] if column < len(above) else "") if _DITTO.fullmatch(text) else text
        for column, text in enumerate(said)
    )


def line(text: str | None, between: str = " ") -> str | None:
    """The text in one line; what it repeats is said once."""
    if not text:
        return None
    parts = dict.fromkeys(each.strip(" ;") for each in text.splitlines())
    return between.join(filter(None, parts)) or None


def items(text: str | None) -> tuple[str, ...] | None:
    """The items of a list written in one cell, without bullets."""
    if not text:
        return None
    parts = (BULLET.sub("", part.strip()).strip(" .;,") for part in re.split(r"[;\n]", text))
    return tuple(part for part in parts if part) or None


def limit(text: str | None, unit: LimitUnit | None) -> str | None:
    """A limit in words; a bare number counts in the unit that the column's heading names."""
    if text and unit and re.fullmatch(r"\d{1,4}(?:[.,]\d{1,2})?", text):
        return f"{text} {'ngày làm việc' if unit is LimitUnit.WORKING_DAYS else 'ngày'}"
    return text


def fee(cell: Cell, text: str | None) -> str | None:
    """A fee in words; a number in that column is an amount of đồng."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell % 1 == 0:
        return f"{int(cell):,} đồng".replace(",", ".")
    return text


def day(text: str | None, label: str) -> date | None:
    """The day that a cell names; RowError for anything else, which ``label`` introduces."""
    found = day_in(text) if text else None
    if text and found is None and fold(text) not in _NO_DAY:
        raise RowError(f"{label} “{text[:40]}” không phải ngày.")
    return found


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    text = str(cell)
    if len(text) > _LONGEST_CELL:
        raise RowError(f"Có ô dài quá {_LONGEST_CELL} chữ.")
    return "\n".join(filter(None, map(clean, text.splitlines())))
