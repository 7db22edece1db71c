"""Which days count, and when the counter is open on them.

Hides the table of holidays, swapped days and make-up Saturdays behind questions about one day.
Called by the deadline rules, the calendar settings and the command line. Never reads the clock,
never guesses a holiday: a year without a table knows only its weekends and is unconfirmed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

from db.records import CalendarDay
from db.vocabulary import DayKind

#: Asia/Ho_Chi_Minh has had no daylight saving since 1975: a fixed offset needs no time zone data on Windows.
VN_TZ = timezone(timedelta(hours=7), "ICT")

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
WEEKLY_REST = "Bộ luật Lao động 2019 Đ111"
LABOUR_CODE = "Bộ luật Lao động"

_DAY = timedelta(days=1)
_MONDAY, _SATURDAY = 0, 5
_SHORT = (
    ("Bộ luật Lao động", "BLLĐ"),
    ("Nghị quyết", "NQ"),
    ("Nghị định", "NĐ"),
    ("Quyết định", "QĐ"),
    ("Thông báo", "TB"),
    ("Công văn", "CV"),
)
_TABLES = Path(__file__).resolve().parents[2] / "resources" / "calendar"

Interval = tuple[time, time]
#: Reception hours published for Lai Châu: Quyết định 2934/QĐ-UBND of 20/11/2025.
_PUBLISHED: tuple[Interval, ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))


def _published_week() -> dict[int, tuple[Interval, ...]]:
    return dict.fromkeys(range(_SATURDAY), _PUBLISHED)


@dataclass(frozen=True)
class OpeningHours:
    """Opening intervals of Monday (0) to Friday (4) and the hour after which a same-day matter waits (15:00).

    Saturday duty is reception only and changes no time limit, so it has no hours here; a made-up Saturday
    opens like a Monday. Raises ``ValueError`` when a weekday has no hours or its intervals overlap.
    """

    intervals: Mapping[int, tuple[Interval, ...]] = field(default_factory=_published_week)
    cutoff: time = time(15)

    def __post_init__(self) -> None:
        if sorted(self.intervals) != list(range(_SATURDAY)):
            raise ValueError("opening hours are given for Monday (0) to Friday (4)")
        for sessions in self.intervals.values():
            edges = [edge for session in sessions for edge in session]
            if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
                raise ValueError("the opening intervals of a day must follow each other")

    def on_weekday(self, weekday: int) -> tuple[Interval, ...]:
        """The hours of a working day by its ``date.weekday()``."""
        return self.intervals[weekday if weekday < _SATURDAY else _MONDAY]


PUBLISHED_HOURS = OpeningHours()


def same_each_day(sessions: Sequence[Sequence[str]]) -> OpeningHours:
    """Hours from pairs of ``HH:MM``, alike from Monday to Friday; ``ValueError`` when they cannot be opening hours."""
    told = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in sessions)
    return OpeningHours(dict.fromkeys(range(_SATURDAY), told))


class WorkCalendar:
    """Working days and opening hours. Immutable; of two entries for one date the later one holds."""

    __slots__ = ("_by_date", "_confirmed", "hours")

    def __init__(
        self,
        days: Iterable[CalendarDay],
        confirmed_years: Iterable[int],
        hours: OpeningHours = PUBLISHED_HOURS,
    ) -> None:
        self._by_date = {day.on: day for day in days}
        self._confirmed = frozenset(confirmed_years)
        self.hours = hours

    @property
    def days(self) -> tuple[CalendarDay, ...]:
        """Every day that differs from its weekday, oldest first."""
        return tuple(sorted(self._by_date.values(), key=attrgetter("on")))

    @property
    def confirmed_years(self) -> frozenset[int]:
        """Years whose yearly notice is in the table."""
        return self._confirmed

    def day(self, on: date) -> CalendarDay | None:
        """The table's entry for a date, if it has one."""
        return self._by_date.get(on)

    def is_working_day(self, on: date) -> bool:
        """Monday to Friday without holidays and swapped days off, and made-up weekend days."""
        day = self._by_date.get(on)
        return on.weekday() < _SATURDAY if day is None else day.kind is DayKind.MAKE_UP

    def why_off(self, on: date) -> tuple[str, str] | None:
        """Why a date is not a working day, as (Vietnamese reason, legal source); ``None`` when it is one."""
        day = self._by_date.get(on)
        if day is None:
            return (f"{WEEKDAYS[on.weekday()]}, nghỉ hằng tuần", WEEKLY_REST) if on.weekday() >= _SATURDAY else None
        if day.kind is DayKind.MAKE_UP:
            return None
        if day.kind is DayKind.SWAP_OFF:
            return f"nghỉ hoán đổi theo {abbreviated(day.source)}", day.source
        # A holiday of the Labour Code is known by its name, any other by the document that made it.
        if day.source.startswith(LABOUR_CODE):
            return f"nghỉ {day.name}", day.source
        return f"nghỉ lễ theo {abbreviated(day.source)}", day.source

    def next_working_day(self, on: date) -> date:
        """The first working day strictly after a date."""
        on += _DAY
        while not self.is_working_day(on):
            on += _DAY
        return on

    def intervals(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """The opening intervals of a date as moments in Việt Nam; none on a day off."""
        if not self.is_working_day(on):
            return ()
        combine = datetime.combine
        sessions = self.hours.on_weekday(on.weekday())
        return tuple((combine(on, opens, VN_TZ), combine(on, closes, VN_TZ)) for opens, closes in sessions)

    def closing(self, on: date) -> datetime:
        """When the counter closes on a working day. Raises ``ValueError`` on a day off."""
        if not self.is_working_day(on):
            raise ValueError(f"{on} is a day off")
        return datetime.combine(on, self.hours.on_weekday(on.weekday())[-1][1], VN_TZ)

    def quarters(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """The four quarters of a working day, for internal steps written as 0,25 or 0,5 ngày; none on a day off.

        A day of two sessions halves into morning and afternoon whatever their lengths (practice, domain.md 6.1),
        and each session into equal hours; any other day is cut into four equal shares of its opening hours.
        """
        sessions = self.intervals(on)
        groups = [(sessions[:1], 2), (sessions[1:], 2)] if len(sessions) == 2 else [(sessions, 4)]
        return tuple(cut for group, parts in groups if group for cut in _cut(group, parts))

    def is_confirmed(self, year: int) -> bool:
        """Whether the yearly notice for a year is in the table ("đã xác nhận lịch nghỉ")."""
        return year in self._confirmed


def _cut(sessions: Sequence[tuple[datetime, datetime]], parts: int) -> list[tuple[datetime, datetime]]:
    """Equal shares of opening time; a share that ends with a session does not reach into the break."""
    total = sum((closes - opens for opens, closes in sessions), timedelta())
    return [
        (_reach(sessions, total * k / parts, begins=True), _reach(sessions, total * (k + 1) / parts, begins=False))
        for k in range(parts)
    ]


def _reach(sessions: Sequence[tuple[datetime, datetime]], span: timedelta, *, begins: bool) -> datetime:
    for opens, closes in sessions[:-1]:
        length = closes - opens
        if span < length or (span == length and not begins):
            return opens + span
        span -= length
    return sessions[-1][0] + span


def abbreviated(source: str) -> str:
    """The first document of a source as officials shorten it: ``NQ 28/2026/QH16``."""
    document = source.split(";")[0].split(" (")[0].split(" ngày ")[0].strip()
    for name, short in _SHORT:
        if document.startswith(name):
            return short + document.removeprefix(name)
    return document


def shipped_days() -> tuple[CalendarDay, ...]:
    """Every day that differs from its weekday in the tables that come with the program, oldest first."""
    return tuple(
        CalendarDay(date.fromisoformat(row["date"]), DayKind(row["kind"]), row["name"], row["source"])
        for table in _tables()
        for row in table["days"]
    )


def shipped_years() -> dict[int, tuple[bool, str]]:
    """For each shipped year whether its yearly notice is known, and the documents its table rests on."""
    return {table["year"]: (table["confirmed"], table["document"]) for table in _tables()}


@cache
def shipped() -> WorkCalendar:
    """The calendar as shipped, with the published hours."""
    return WorkCalendar(shipped_days(), (year for year, (confirmed, _) in shipped_years().items() if confirmed))


@cache
def _tables() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in sorted(_TABLES.glob("[0-9]*.json")))
