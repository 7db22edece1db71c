"""A period beside the commune's own past: the periods before it, the same one a year ago, a row of months or quarters.

Called by the review pack. Nothing is compared with anybody else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from db.connection import Register
from desktop.documents.report import Target
from desktop.office import counting, settings
from desktop.rules import periods
from desktop.rules.periods import Period, PeriodKind
from desktop.rules.statistics import Line

_HOW_MANY = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 8}
_LONGEST_MONTH = 45

#: A period and its sums; None where the register has nothing to say of it.
Counts = tuple[Period, Line | None]


def grain(period: Period) -> PeriodKind:
    """In what a period's past is told: months, or quarters for anything longer."""
    return PeriodKind.QUARTER if (period.last - period.first).days > _LONGEST_MONTH else PeriodKind.MONTH


def beside(book: Register, period: Period, *, now: datetime) -> tuple[Counts, ...]:
    """The period, the two before it, and the same one a year ago."""
    asked = (period, *(periods.neighbour(period, -step) for step in (1, 2)), _a_year_ago(period))
    return _counts(book, asked, now)


def row(book: Register, period: Period, kind: PeriodKind, *, now: datetime) -> tuple[Counts, ...]:
    """The official months or quarters up to the period's end, oldest first, none from before the register."""
    found = [periods.containing(kind, min(period.last, now.date()))]
    while len(found) < _HOW_MANY[kind]:
        found.insert(0, periods.neighbour(found[0], -1))
    counts = _counts(book, found, now)
    first = next((at for at, (_, line) in enumerate(counts) if line is not None), len(counts) - 1)
    return counts[first:]


def target(book: Register) -> Target | None:
    """The commune's own target; None while it has none."""
    told = str(settings.get(book, settings.ON_TIME_TARGET, "") or "").replace(",", ".")
    try:
        hundredths = int(Decimal(told) * 100)
    except (InvalidOperation, ValueError):
        return None
    return Target(hundredths, "mục tiêu") if 0 < hundredths <= 10_000 else None


def short_name(period: Period) -> str:
    """``11/2026``, ``IV/2026``, ``2026``, or the days."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"{period.number}/{period.year}"
        case PeriodKind.QUARTER:
            return f"{('I', 'II', 'III', 'IV')[period.number - 1]}/{period.year}"
        case PeriodKind.DAY:
            return f"{period.first:%d/%m/%Y}"
        case PeriodKind.FREE:
            return f"{period.first:%d/%m/%y} – {period.last:%d/%m/%y}"
    return period.name


def _counts(book: Register, asked: Sequence[Period], now: datetime) -> tuple[Counts, ...]:
    return tuple(zip(asked, counting.totals(book, asked, now=now), strict=True))


def _a_year_ago(period: Period) -> Period:
    if period.kind in (PeriodKind.FREE, PeriodKind.DAY):
        return replace(period, first=_year_before(period.first), last=_year_before(period.last), year=period.year - 1)
    return periods.official(period.kind, period.year - 1, period.number)


def _year_before(on: date) -> date:
    """The same day a year ago; 28 February for the 29th."""
    return on.replace(year=on.year - 1, day=28 if (on.month, on.day) == (2, 29) else on.day)
