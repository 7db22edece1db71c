"""What the pages and the API show of a period: units with how far they reported, the ranking, trends, drilling down.

Puts together what ``desktop.hub`` reads, for one official's part of the tree; it counts nothing itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from db import hub_reports
from db.hub import Hub
from db.hub_units import HubUnit
from desktop.hub import overview, status, units
from desktop.hub.overview import Matter, Overview, Step, UnitFigures
from desktop.hub.status import UnitStatus
from desktop.hub.users import Official
from desktop.hub.web.choosing import Chosen, chosen
from desktop.hub.web.problems import Problem
from desktop.rules import periods, statistics
from desktop.rules.periods import PeriodKind
from desktop.rules.statistics import Line, Rate
from desktop.rules.text import sort_key

_DAYS, _WEEKS, _MONTHS = 28, 13, 12
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with how far it has reported in all, and its line of the period."""

    status: UnitStatus
    figures: UnitFigures
    place: int | None

    @property
    def code(self) -> str:
        return self.status.unit.code

    @property
    def name(self) -> str:
        return self.status.unit.name

    @property
    def rate(self) -> Rate:
        return self.figures.rate

    @property
    def line(self) -> Line:
        return self.figures.line


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a trend goes and in what steps."""

    step: Step
    first: date
    title: str


class Seen:
    """What one official sees of a period; ``query`` names it as addresses do."""

    def __init__(self, hub: Hub, official: Official, query: Mapping[str, str], now: datetime) -> None:
        self._hub, self._now, self.root = hub, now, official.unit
        self.statuses = status.statuses(hub, now=now, root=self.root)
        newest = max((one.last_day for one in self.statuses if one.last_day), default=None)
        self.chosen: Chosen = chosen(query, newest or now.date())
        self.has_reports = newest is not None

    @property
    def days(self) -> tuple[date, date]:
        return self.chosen.period.first, self.chosen.period.last

    @cached_property
    def overview(self) -> Overview:
        return overview.of_period(self._hub, *self.days, now=self._now, root=self.root)

    @cached_property
    def rows(self) -> tuple[UnitRow, ...]:
        """Units that report or should in this period, by name."""
        figures = {one.unit.code: one for one in self.overview.units}
        ranking = overview.ranked((one.unit, one.rate) for one in self.overview.units)
        places = {one.unit.code: one.place for one in ranking.ranked}
        found = [
            UnitRow(one, figures[one.unit.code], places.get(one.unit.code))
            for one in self.statuses
            if one.unit.code in figures
        ]
        return tuple(sorted(found, key=lambda row: sort_key(row.name)))

    @property
    def ranked(self) -> list[UnitRow]:
        """Units with a rate: those with a place, the best first, then those with few dossiers."""
        rated = [row for row in self.rows if row.rate.denominator]
        return sorted(rated, key=lambda row: (row.place is None, row.place or 0))

    @property
    def silent(self) -> list[UnitRow]:
        """Units that miss days or never reported, who misses most first."""
        found = [row for row in self.rows if row.status.missing or row.status.last_day is None]
        return sorted(found, key=lambda row: -len(row.status.missing))

    def unit(self, code: str) -> UnitRow:
        """One unit that this official may see; Problem ``unknown_unit``."""
        for row in self.rows:
            if row.code == code:
                return row
        if any(one.unit.code == code for one in self.statuses):
            raise Problem(404, "not_in_period", "Đơn vị này không tồn tại trong kỳ đã chọn; hãy chọn kỳ khác.")
        raise Problem(404, "unknown_unit", "Không có đơn vị này trong phạm vi bạn được xem.")

    def fields(self, root: str | None = None) -> list[tuple[str, Line]]:
        return [(one.field, one.line) for one in overview.by_field(self._hub, *self.days, root=self._root(root))]

    def matters(self, field: str | None, root: str | None = None) -> tuple[Matter, ...]:
        """Procedures of a field, or all."""
        return overview.by_procedure(self._hub, *self.days, field=field, root=self._root(root))

    def units_of(self, field: str, procedure: str) -> list[tuple[HubUnit, Line]]:
        return list(overview.by_unit(self._hub, *self.days, field=field, procedure=procedure, root=self.root))

    def trend(self, root: str | None = None) -> tuple[str, list[tuple[str, str, Rate]]]:
        """A title, and short name, name and rate of each step, oldest first."""
        how = _steps(self.chosen)
        last = self.chosen.period.last
        points = overview.trend(self._hub, how.first, last, step=how.step, root=self._root(root))
        return how.title, [(*_names(how.step, point), point.rate) for point in points]

    def reported(self, code: str) -> dict[date, int]:
        """Day → revision of what stands of a unit in the period."""
        first, last = self.days
        rows = hub_reports.standing_of(self._hub, code)
        return {
            date.fromisoformat(row.day): row.revision
            for row in rows
            if first.isoformat() <= row.day <= last.isoformat()
        }

    def _root(self, root: str | None) -> str:
        return self.root if root is None else root


def total_of(lines: Iterable[Line]) -> Line:
    return sum(lines, Line())


def rate_words(total: Line) -> str:
    """The rate with its two numbers, and a warning where they are small."""
    rate = statistics.on_time_rate(total)
    if not rate.denominator:
        return "Chưa có hồ sơ nào đã giải quyết."
    words = f"Trước hạn và đúng hạn: {rate.words} = {rate.numerator}/{rate.denominator} hồ sơ đã giải quyết."
    if rate.is_small:
        words += f" Dưới {statistics.SMALL_NUMBER} hồ sơ: một hồ sơ làm tỷ lệ đổi hơn hai điểm, nên xem từng hồ sơ."
    return words


def scopes(hub: Hub, root: str) -> Sequence[HubUnit]:
    """Units below a root by name, those that only stand above others included."""
    return sorted(units.within(units.every(hub), root), key=lambda unit: sort_key(unit.name))


def _steps(asked: Chosen) -> Reach:
    last = asked.period.last
    length = (last - asked.period.first).days + 1
    if length <= 7:
        return Reach(Step.DAY, last - (_DAYS - 1) * _A_DAY, "Bốn tuần, từng ngày")
    if length <= 45:
        monday = last - last.weekday() * _A_DAY
        return Reach(Step.WEEK, monday - (_WEEKS - 1) * 7 * _A_DAY, "13 tuần")
    month = periods.containing(PeriodKind.MONTH, last)
    for _ in range(_MONTHS - 1):
        month = periods.neighbour(month, -1)
    return Reach(Step.MONTH, month.first, "12 tháng")


def _names(step: Step, point: overview.Point) -> tuple[str, str]:
    first, last = point.period.first, point.period.last
    if step is Step.MONTH:
        return f"{point.period.number}/{point.period.year}", point.period.name
    if step is Step.WEEK:
        return f"{first:%d/%m}", f"Tuần {first:%d/%m} – {last:%d/%m/%Y}"
    return f"{first:%d/%m}", f"Ngày {first:%d/%m/%Y}"
