"""A practice register with a month behind it, and what its reports say: for the tests of every report."""

import json
from datetime import date, datetime

from db.connection import Register
from desktop.documents.report import Cell, ReportContent, Section
from desktop.office import replaying
from desktop.rules import periods
from desktop.rules.calendar import VN_TZ
from tests.journeys.telling import Teller

#: A Monday two months later: everything that the month left open has been promised long ago.
AFTERWARDS = datetime(2027, 1, 18, 8, tzinfo=VN_TZ)
NOVEMBER = periods.free(date(2026, 11, 1), date(2026, 11, 30))


def live_through_november(book: Register, citizens: int = 260) -> None:
    """A month at a busy counter, told line by line."""
    replaying.replay(book, [json.dumps(line).encode() for line in Teller(11).lines(citizens)])


def section(content: ReportContent, name: str) -> Section:
    return next(one for one in content.sections if one.name == name)


def column(section: Section, caption: str) -> list[Cell]:
    """The cells below a caption."""
    assert section.grid is not None
    at = [one.caption for one in section.grid.columns].index(caption)
    return [row[at] for row in section.grid.rows]


def everything_said(content: ReportContent) -> str:
    """All text of a document."""
    from desktop.documents.report import words

    parts = [content.name, *content.head.title_lines, *content.head.period_lines]
    for one in content.sections:
        parts += [one.title, *one.strips, *one.lead, *one.notes]
        if one.grid:
            parts += [words(cell) for row in one.grid.rows for cell in row]
    return "\n".join(parts)
