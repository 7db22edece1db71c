"""What a figure beside the official table is: its words, what it is a share of, the dossiers that it opens.

Pure. Made by ``indicators``, ``durations`` and ``index_766``, shown and printed as it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.cases import Case
from desktop.rules.statistics import Rate

#: What stands where the register has nothing to count from: neither 0 nor full marks.
NO_DATA = "không có dữ liệu"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``numerator`` and ``denominator`` are None where it is no count or no share.

    ``counted`` are the codes of the dossiers it opens, ``value`` its words where it is not simply the share or count.
    """

    key: str
    name: str
    numerator: int | None = None
    denominator: int | None = None
    counted: tuple[str, ...] = ()
    value: str = ""
    note: str = ""

    @property
    def rate(self) -> Rate | None:
        """The share with its two numbers."""
        if self.numerator is None or self.denominator is None:
            return None
        return Rate(self.numerator, self.denominator)

    @property
    def words(self) -> str:
        """The figure as people read it: ``98,53 %``, ``12``, "—" of nothing, "không có dữ liệu"."""
        if self.value:
            return self.value
        if self.rate is not None:
            return self.rate.words
        return NO_DATA if self.numerator is None else str(self.numerator)

    @property
    def fraction(self) -> str:
        """What the share is made of, ``417 / 520``; empty for what is none."""
        return "" if self.rate is None else f"{self.numerator} / {self.denominator}"

    @property
    def is_small(self) -> bool:
        """Whether one dossier moves it by more than two points."""
        return self.rate is not None and self.rate.denominator > 0 and self.rate.is_small


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together. ``notes`` say how they are counted; ``head_only`` is not for the counter's eyes."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    head_only: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are counted; ``last`` is no later than the day on which they are."""

    first: date
    last: date

    def holds(self, on: date | None) -> bool:
        return on is not None and self.first <= on <= self.last


def share(key: str, name: str, counted: Iterable[Case], whole: Sequence[Case], note: str = "") -> Figure:
    """How many of the whole; it opens those that were counted."""
    codes = tuple(one.code for one in counted)
    return Figure(key, name, len(codes), len(whole), codes, note=note)


def received(cases: Iterable[Case], span: Span) -> list[Case]:
    """Columns (4) and (5)."""
    return [one for one in cases if one.came_within(span.first, span.last)]


def resolved(cases: Iterable[Case], span: Span) -> list[Case]:
    """Column (7)."""
    return [one for one in cases if one.ended_within(span.first, span.last)]


def returned(cases: Iterable[Case], span: Span) -> list[Case]:
    """Whose result was handed over."""
    return [one for one in cases if span.holds(one.returned_on)]
