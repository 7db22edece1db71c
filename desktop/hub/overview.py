"""The figures of a period at the hub: the table by unit, by field and by procedure, the trend and the ranking.

Frozen records for the pages, the API and the exports. Every rate comes with its two numbers; what rests on few dossiers
stands apart from the ranking. ``root`` is the unit whose part of the tree is asked for, empty for all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from db import hub_figures
from db.hub import Hub
from db.hub_figures import Handed, Sums
from db.hub_units import HubUnit
from desktop.hub import holdings, status, units
from desktop.rules import periods, statistics
from desktop.rules.periods import Period, PeriodKind
from desktop.rules.statistics import Line, Rate
from desktop.rules.text import sort_key


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit's line of a period. It counts until ``last_day``; ``missing`` working days are not in it.

    ``gave``: it was merged, and what it had open is counted with its heir.
    """

    unit: HubUnit
    line: Line
    first_day: date | None
    last_day: date | None
    days: int
    missing: tuple[date, ...]
    gave: bool = False

    @property
    def rate(self) -> Rate:
        return statistics.on_time_rate(self.line)

    @property
    def holds(self) -> bool:
        """Whether the sums of the form agree; they cannot where days are missing or a merger moved what was open."""
        return statistics.holds(self.line)


@dataclass(frozen=True, slots=True)
class Overview:
    """A period: every reporting unit by code, and their sum. ``as_of`` is the last day that can be expected."""

    first: date
    last: date
    as_of: date
    units: tuple[UnitFigures, ...]
    total: Line

    @property
    def rate(self) -> Rate:
        return statistics.on_time_rate(self.total)

    @property
    def reported(self) -> int:
        """How many units reported at least one day of the period."""
        return sum(1 for one in self.units if one.days)


@dataclass(frozen=True, slots=True)
class Matter:
    """A field, or a procedure of one, with its line of a period; ``procedure`` is empty for a field."""

    field: str
    procedure: str
    line: Line

    @property
    def rate(self) -> Rate:
        return statistics.on_time_rate(self.line)


@dataclass(frozen=True, slots=True)
class Point:
    """One step of a trend: what came and what was resolved in these days, and by how many units at most in a day."""

    period: Period
    received: int
    line: Line
    units: int

    @property
    def rate(self) -> Rate:
        return statistics.on_time_rate(self.line)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's rate and its place; units with the same rate share one. ``place`` is None for few dossiers."""

    unit: HubUnit
    rate: Rate
    place: int | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units by their on-time rate, the best first; apart from them those with few dossiers, and those with none."""

    ranked: tuple[Ranked, ...]
    few: tuple[Ranked, ...]
    none: tuple[HubUnit, ...]


class Step(StrEnum):
    """How long a step of a trend is; a month is the official one, from the 15th to the 14th."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def of_period(hub: Hub, first: date, last: date, *, now: datetime, root: str = "") -> Overview:
    """The table of a period, by unit."""
    asked = [unit for unit in status.reporting(hub, root=root) if _lives_in(unit, first, last)]
    codes = [unit.code for unit in asked]
    moved = handed(hub, first, last)
    sums = hub_figures.by_unit(hub, codes, *_iso(first, last), handed=moved)
    reported, begun = hub_figures.reported_days(hub, codes, *_iso(first, last)), hub_figures.first_days(hub)
    until = min(holdings.expected_until(hub, now), last)
    found = []
    for unit in asked:
        told = sums.get(unit.code)
        since = max(begun[unit.code], first.isoformat()) if unit.code in begun else None
        missing = holdings.missing_days(unit, reported[unit.code], since, until)
        line = Line(*told.columns) if told else Line()
        begin, end = (date.fromisoformat(told.first_day), date.fromisoformat(told.last_day)) if told else (None, None)
        gave = unit.code in moved.givers
        found.append(UnitFigures(unit, line, begin, end, told.days if told else 0, missing, gave))
    return Overview(first, last, until, tuple(found), sum((one.line for one in found), Line()))


def by_field(hub: Hub, first: date, last: date, *, root: str = "") -> tuple[Matter, ...]:
    """The table of a period by field, in the order of the alphabet."""
    lines = statistics.by_field(_lines(_matters(hub, first, last, root)))
    return tuple(Matter(name, "", lines[name]) for name in sorted(lines, key=sort_key))


def by_procedure(hub: Hub, first: date, last: date, *, field: str | None = None, root: str = "") -> tuple[Matter, ...]:
    """The table of a period by procedure, of one field or all."""
    lines = _lines(_matters(hub, first, last, root))
    groups = [group for group in lines if field is None or group[0] == field]
    return tuple(
        Matter(*group, lines[group]) for group in sorted(groups, key=lambda group: (sort_key(group[0]), group[1]))
    )


def by_unit(
    hub: Hub, first: date, last: date, *, field: str, procedure: str = "", root: str = ""
) -> tuple[tuple[HubUnit, Line], ...]:
    """One field, or one procedure of it, by unit: those that have anything to say of it, by name."""
    asked = [unit for unit in status.reporting(hub, root=root) if _lives_in(unit, first, last)]
    codes = [unit.code for unit in asked]
    moved = handed(hub, first, last)
    sums = hub_figures.by_unit_of_matter(hub, codes, *_iso(first, last), field, procedure, handed=moved)
    told = ((unit, Line(*sums[unit.code].columns)) for unit in asked if unit.code in sums)
    return tuple(sorted(told, key=lambda one: sort_key(one[0].name)))


def trend(hub: Hub, first: date, last: date, *, step: Step, root: str = "") -> tuple[Point, ...]:
    """The steps from the one that holds ``first`` to the one that holds ``last``; days nobody reported are in none."""
    codes = [unit.code for unit in status.reporting(hub, root=root)]
    found: dict[Period, tuple[int, Line]] = {}
    for day, reported, columns in hub_figures.by_day(hub, codes, *_iso(first, last)):
        period = _STEPS[step](date.fromisoformat(day))
        most, line = found.get(period, (0, Line()))
        found[period] = max(most, reported), line + Line(*columns)
    return tuple(
        Point(period, line.received_online + line.received_direct, line, most)
        for period, (most, line) in sorted(found.items(), key=lambda item: item[0].first)
    )


def ranking(hub: Hub, first: date, last: date, *, root: str = "") -> Ranking:
    """The units of a period by their on-time rate."""
    asked = [unit for unit in status.reporting(hub, root=root) if _lives_in(unit, first, last)]
    rates = hub_figures.rates(hub, [unit.code for unit in asked], *_iso(first, last))
    return ranked((unit, Rate(*rates.get(unit.code, (0, 0)))) for unit in asked)


def ranked(rates: Iterable[tuple[HubUnit, Rate]]) -> Ranking:
    """The same for rates that are at hand."""
    best_first = sorted(rates, key=lambda one: (-_share(one[1]), -one[1].denominator, sort_key(one[0].name)))
    enough = [one for one in best_first if one[1].denominator and not one[1].is_small]
    places: dict[Fraction, int] = {}
    for number, (_, rate) in enumerate(enough, start=1):
        places.setdefault(_share(rate), number)
    return Ranking(
        tuple(Ranked(unit, rate, places[_share(rate)]) for unit, rate in enough),
        tuple(Ranked(unit, rate, None) for unit, rate in best_first if rate.denominator and rate.is_small),
        tuple(unit for unit, rate in best_first if not rate.denominator),
    )


def handed(hub: Hub, first: date, last: date) -> Handed:
    """Who handed open dossiers to whom within a period: units that ended in it and whose heir reported since.

    What is open at the end of a period belongs to the unit that holds it then, and what was open at its beginning to
    the unit that held it then. Until the heir is heard, the last that is known of them is what the ended unit said.
    """
    ended = [
        unit
        for unit in units.every(hub)
        if unit.merged_into and unit.valid_to and first.isoformat() <= unit.valid_to < last.isoformat()
    ]
    heard = hub_figures.reported_days(hub, sorted({str(unit.merged_into) for unit in ended}), *_iso(first, last))
    givers, takers = set(), set()
    for unit in ended:
        days = heard[str(unit.merged_into)]
        if days and days[-1] > str(unit.valid_to):
            givers.add(unit.code)
            takers |= {str(unit.merged_into)} if days[0] > str(unit.valid_to) else set()
    return Handed(frozenset(givers), frozenset(takers))


def _matters(hub: Hub, first: date, last: date, root: str) -> dict[tuple[str, str], Sums]:
    codes = [unit.code for unit in status.reporting(hub, root=root)]
    return hub_figures.by_matter(hub, codes, *_iso(first, last), handed=handed(hub, first, last))


def _lines(sums: dict[tuple[str, str], Sums]) -> dict[tuple[str, str], Line]:
    return {group: Line(*told.columns) for group, told in sums.items()}


def _share(rate: Rate) -> Fraction:
    return Fraction(rate.numerator, rate.denominator or 1)


def _lives_in(unit: HubUnit, first: date, last: date) -> bool:
    return (unit.valid_from or "") <= last.isoformat() and first.isoformat() <= (unit.valid_to or "~")


def _iso(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _week(on: date) -> Period:
    monday = on - timedelta(days=on.weekday())
    return periods.free(monday, monday + timedelta(days=6))


_STEPS: dict[Step, Callable[[date], Period]] = {
    Step.DAY: lambda on: periods.containing(PeriodKind.DAY, on),
    Step.WEEK: _week,
    Step.MONTH: lambda on: periods.containing(PeriodKind.MONTH, on),
}
