"""Long lists of units a page at a time, and found by name or code, for hubs of thousands of units.

Used by the pages. What fits on one page is shown as it is, without a word of pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from desktop.rules.text import fold

Row = TypeVar("Row")

#: A province has some hundred units.
_ROWS = 150


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Row]):
    """One page: ``found`` rows of ``total`` have the ``sought`` words; ``kept`` is the rest of its address."""

    rows: Sequence[Row]
    number: int
    found: int
    total: int
    sought: str
    kept: Mapping[str, str]

    @property
    def is_long(self) -> bool:
        """Whether the whole list is more than a page."""
        return self.total > _ROWS

    @property
    def last(self) -> int:
        """The number of the last page."""
        return _pages(self.found)

    def beside(self, step: int) -> str:
        """The query of the page before (-1) or after (1); empty where there is none."""
        there = self.number + step
        if not 1 <= there <= self.last:
            return ""
        return urlencode({**self.kept, **({"find": self.sought} if self.sought else {}), "page": there})


def leaf(
    rows: Sequence[Row], query: Mapping[str, str], words: Callable[[Row], str], kept: Mapping[str, str] | None = None
) -> Leaf[Row]:
    """The page of a list that an address asks for; a number that is none or too large is the nearest that there is."""
    sought = query.get("find", "").strip()[:100]
    key = fold(sought)
    found = [row for row in rows if key in fold(words(row))] if key else rows
    asked = query.get("page", "")
    number = (
        min(max(int(asked), 1), _pages(len(found))) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    )
    shown = found[(number - 1) * _ROWS : number * _ROWS]
    return Leaf(shown, number, len(found), len(rows), sought, kept or {})


def _pages(count: int) -> int:
    return max(1, -(-count // _ROWS))
