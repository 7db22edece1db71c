"""From a dossier to the figures: every official period in whose table it is counted, and in which columns.

The way back from "every figure opens its dossiers" (practices.md C9). Told from the dossier's own events, so that
nothing has to be counted first. Called by the dossier's page; changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from db import events
from db.connection import Register
from desktop.office import counting, lookup
from desktop.office.counting import Telling
from desktop.rules import periods, statistics
from desktop.rules.periods import Period, PeriodKind

#: Kinds of period that are reported, shortest first.
REPORTED = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR)


@dataclass(frozen=True, slots=True)
class Standing:
    """A period and the numbers, (3) to (13), of the columns of its table that count the dossier."""

    period: Period
    columns: tuple[int, ...]


def figures_of(
    book: Register, code: str, *, now: datetime, kinds: tuple[PeriodKind, ...] = REPORTED
) -> tuple[Standing, ...]:
    """Every figure in which a dossier stands so far, by kind of period, oldest first.

    Empty for one that was refused on the day it came, which no table counts. UserError ``unknown_dossier``.
    """
    telling = Telling(counting.field_of(book))
    for event in events.of_dossier(book, lookup.row(book, code).code):
        telling.hear(event.kind, event.at, event.payload)
    course = telling.course()
    if course is None:
        return ()
    until = course.ended_on or max(now.date(), course.received_on)
    found = []
    for period in (period for kind in kinds for period in periods.through(kind, course.received_on, until)):
        columns = statistics.columns_of(course, period.first, min(period.last, until))
        found.append(Standing(period, tuple(statistics.COLUMNS.index(name) + 3 for name in columns)))
    return tuple(found)
