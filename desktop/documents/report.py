"""What a document of the statistics says, once for paper and for spreadsheet: heads, tables, what stands around them.

Frozen content that the office composes; ``report_pdf`` draws it and ``report_xlsx`` writes it, so that the two cannot
differ in a figure. It knows no law and no database, and computes nothing but words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from desktop import labels
from desktop.documents.letterhead import Letterhead, Signer
from desktop.documents.tables import Column
from desktop.rules.statistics import Rate

#: A figure stays a number, a day a day, a rate its two numbers: how each is written is the medium's matter.
Cell = str | int | Decimal | date | datetime | Rate | None
Row = Sequence[Cell]


class Paper(StrEnum):
    """On what a document is laid out: pages read at a desk, wide tables, or a sheet read from two metres away."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class FormHead:
    """The three blocks above a statistical form: its code, its title with the period, who reports to whom."""

    code_lines: tuple[str, ...]
    title_lines: tuple[str, ...]
    period_lines: tuple[str, ...]
    party_lines: tuple[str, ...]
    counted_in: str


@dataclass(frozen=True, slots=True)
class TitleHead:
    """A title over the words of its period, below the letterhead where the paper leaves the house."""

    title_lines: tuple[str, ...]
    period_lines: tuple[str, ...]
    letterhead: Letterhead | None = None
    centre_name: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the last ``totals`` rows are sums. ``empty`` is what is said in place of one without rows."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    totals: int = 0
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The line that a rate is held against: hundredths of a percent, and what it is called."""

    hundredths: int
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of columns of the section's table: ``labels`` names the rows, ``series`` are the columns drawn.

    ``line`` follows one column of rates through the rows, ``bars`` sets counts side by side, ``shares`` lays the
    counts of a row end to end.
    """

    kind: Literal["line", "bars", "shares"]
    title: str
    labels: int
    series: tuple[int, ...]
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One table with what belongs to it: a worksheet called ``name``, or a part of the pages.

    ``strips`` are what nobody may overlook, ``lead`` stands above the table, ``notes`` below it in small type,
    ``dated`` above the last signature where no letterhead has place and day.
    """

    name: str
    title: str = ""
    strips: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    dated: str = ""
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportContent:
    """One document. ``name`` heads its later pages; ``overlay`` is written across every page.

    Its form, centre and day go into the properties of the file, which every viewer shows: no personal data there.
    """

    name: str
    head: FormHead | TitleHead
    sections: tuple[Section, ...]
    paper: Paper
    centre_name: str
    made_on: date
    form_ref: str = ""
    overlay: str = ""


def words(cell: Cell) -> str:
    """A cell as people read it: ``1.234``, ``2,5``, ``98,53 %``, ``23/11/2026``, ``09:14 23/11/2026``."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case int():
            return labels.count_words(cell)
        case Decimal():
            return str(cell).replace(".", ",")
        case Rate():
            return cell.words
        case datetime():
            return f"{cell:%H:%M %d/%m/%Y}"
    return f"{cell:%d/%m/%Y}"


def hundredths(rate: Rate) -> int | None:
    """A rate in hundredths of a percent, rounded down like its words; None when there is nothing to share."""
    return None if rate.percent is None else int(rate.percent.replace(".", ""))
