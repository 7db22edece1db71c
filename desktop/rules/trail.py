"""The steps of a count: every date it passes, whether it counted and why, with the article behind it.

Hides the Vietnamese wording of a step. Written by the count, read by screens, events and the receipt's line.
Decides nothing: a trail never computes a date.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.calendar import WorkCalendar, abbreviated

#: The boxes of steps that count nothing; a step that counts is boxed with the running total.
RECEIVED, OFF, STOPPED, MOVED, EXTENDED = "Nhận", "Nghỉ", "Dừng", "Lùi", "Hẹn lại"

_BY_MOMENT = "BLDS 2015 Đ147 k1"
_FIRST_DAY = "BLDS 2015 Đ147 k2"
_END_OF_DAY = "BLDS 2015 Đ148 k1"
_END_OF_MONTH = "BLDS 2015 Đ148 k3"
_ROLLED = "BLDS 2015 Đ148 k5"
_SAME_DAY = "Luật Hộ tịch 2014 Đ5 k3; NĐ 23/2015/NĐ-CP Đ7"
_SESSIONS = "giờ mở cửa của Bộ phận Một cửa"
_OWN_RULE = "quy định riêng của thủ tục"
_CLOCK_STOP = "QĐ 766/QĐ-TTg: không tính thời gian chờ người nộp"
_EXTENSION = "NĐ 118/2025/NĐ-CP Đ19"

_ZERO = Decimal(0)
_DAY = timedelta(days=1)
_SATURDAY = 5
_ORDINALS = ("", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_DAYS = {LimitUnit.WORKING_DAYS: "ngày làm việc", LimitUnit.CALENDAR_DAYS: "ngày"}
_TIMES = {
    LimitUnit.WORKING_DAYS: ("ngày làm việc", "", _SESSIONS),
    LimitUnit.WORKING_HOURS: ("giờ mở cửa", " giờ", _BY_MOMENT),
    LimitUnit.CLOCK_HOURS: ("giờ", " giờ", _BY_MOMENT),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One date of a count: the share of the limit it used (0 when skipped), why, by which article, and its box."""

    on: date
    counted: Decimal
    because: str
    source: str
    label: str

    def as_json(self) -> dict[str, str]:
        """As frozen in events; ``counted`` is decimal text, so that it hashes the same everywhere."""
        return {
            "on": self.on.isoformat(),
            "counted": str(self.counted),
            "because": self.because,
            "source": self.source,
            "label": self.label,
        }


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from a request until the person has answered (``to_at`` None: not yet)."""

    from_at: datetime
    to_at: datetime | None
    reason: str = "chờ bổ sung"


def hour(at: datetime) -> str:
    """``09:12``."""
    return f"{at.hour:02}:{at.minute:02}"


def day_month(on: date) -> str:
    """``24/11``."""
    return f"{on.day:02}/{on.month:02}"


def number_words(value: Decimal) -> str:
    """A number with the Vietnamese decimal comma and no idle zeros: ``0,5``."""
    return f"{value.normalize():f}".replace(".", ",")


def counts_days(limit: Limit) -> bool:
    """Whether a limit is counted by days after that of the receipt, and not through hours or parts of a day."""
    by_calendar = limit.unit in (LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS)
    return by_calendar or (limit.unit is LimitUnit.WORKING_DAYS and limit.value >= 1)


def own_rule(limit: Limit) -> AfterCutoff:
    """The procedure's own 15:00 rule, where its unit can have one: clock hours run from the moment itself."""
    without = (LimitUnit.CLOCK_HOURS, LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE)
    return AfterCutoff.NONE if limit.unit in without else limit.after_cutoff


def late_words(received_at: datetime, calendar: WorkCalendar) -> str:
    """Why a receipt counts as late: after the cut-off of a working day, or on a day off."""
    if calendar.is_working_day(received_at.date()):
        return f"nhận sau {calendar.hours.cutoff:%H:%M}"
    return "nhận ngày nghỉ"


class Trail:
    """The steps so far, strictly ordered by date; each method tells one thing of the next date or of the last one.

    ``stopped_since`` is the beginning of a pause that has no answer yet.
    """

    def __init__(self, received_at: datetime, limit: Limit, calendar: WorkCalendar, *, late: bool) -> None:
        self.steps: list[Step] = []
        self._received_at = received_at
        self._limit = limit
        self._calendar = calendar
        self._plain = ""
        self._returns_later = late and own_rule(limit) is AfterCutoff.RETURN_NEXT_DAY
        self._is_late = late
        self.stopped_since: datetime | None = None

    def received(self) -> None:
        """The day of a receipt whose limit is counted in days, months, or not at all."""
        match self._limit.unit:
            case LimitUnit.IMMEDIATE:
                told, source = "giải quyết ngay trong buổi", _SESSIONS
            case LimitUnit.SAME_DAY if self._is_late:
                told, source = f"{self._late()}, trả ngày làm việc tiếp theo", _SAME_DAY
            case LimitUnit.SAME_DAY:
                told, source = f"nhận không sau {self._calendar.hours.cutoff:%H:%M}, trả trong ngày", _SAME_DAY
            case _:
                told, source = "ngày nhận không tính", _FIRST_DAY
                if self._returns_later:
                    told += f"; {self._late()} nên trả ngày làm việc kế tiếp"
        self._add(self._received_at.date(), _ZERO, f"{hour(self._received_at)} – {told}", source, RECEIVED)

    def received_late(self, start: datetime) -> None:
        """A late receipt that the procedure counts as one of ``start``, the next opening; the days off between."""
        begins = f"như nhận ngày {day_month(start)}"
        if not counts_days(self._limit):
            begins = f"từ {hour(start)} ngày {day_month(start)}"
        told = f"{hour(self._received_at)} – {self._late()}, tính {begins}"
        self._add(self._received_at.date(), _ZERO, told, _OWN_RULE, RECEIVED)
        self.walk(start.date() - _DAY)

    def taken_as_received(self, on: date) -> None:
        """The day that stands for the day of a late receipt."""
        self._add(on, _ZERO, "coi là ngày nhận, không tính", _OWN_RULE, RECEIVED)

    def counted_day(self, on: date, share: Decimal, total: Decimal, *, last: bool) -> None:
        """A day that used ``share`` of the limit, ``total`` so far. Of months only the last day is told."""
        if self._limit.unit is LimitUnit.MONTHS:
            if last:
                self._last_of_months(on)
            return
        told, label = _day_words(self._limit.unit, share, total)
        self._plain, source = told, _END_OF_DAY if last else _FIRST_DAY
        if on.weekday() >= _SATURDAY or self._calendar.day(on):
            off, day = self._calendar.why_off(on), self._calendar.day(on)
            if off and last:
                told, source = f"ngày cuối: {off[0]}", _ROLLED
            elif off:
                told = f"{told}, tính cả ngày nghỉ"
            elif day:
                told = f"{told}; làm bù theo {abbreviated(day.source)}"
        self._add(on, share, told, source, label)

    def counted_time(self, on: date, share: Decimal, total: Decimal, pauses: Iterable[Pause]) -> None:
        """A date of which ``share`` hours, or parts of a day, were used, and the pauses that lie on it."""
        unit, share = self._limit.unit, _neat(share)
        what, box, source = _TIMES[unit]
        pauses = [p for p in pauses if p.from_at.date() <= on and (p.to_at is None or on <= p.to_at.date())]
        if not self.steps:
            how = "không tính buổi nhận" if unit is LimitUnit.WORKING_DAYS else "tính từ lúc nhận"
            used = f": {number_words(share)} {what}" if share else ""
            self._add(on, share, f"{hour(self._received_at)} – {how}{used}", source, RECEIVED)
        elif not share and any(pause.to_at for pause in pauses):
            self._add(on, _ZERO, "tạm dừng, không tính", _CLOCK_STOP, STOPPED)
        elif not share and not self._calendar.is_working_day(on):
            self.off(on)
        else:
            self._add(on, share, f"{number_words(share)} {what}", source, number_words(total) + box)
        for pause in pauses:
            self._pause_notes(pause, on)

    def off(self, on: date) -> None:
        """A day off that is skipped; nothing is told of a working day."""
        if off := self._calendar.why_off(on):
            self._add(on, _ZERO, off[0], off[1], OFF)

    def walk(self, until: date) -> None:
        """The days off up to a date, where nothing is counted between."""
        last = self.steps[-1].on
        for ahead in range(1, (until - last).days + 1):
            self.off(last + ahead * _DAY)

    def arrived(self, on: date) -> None:
        """The working day on which an immediate matter is due, when that is not the day of its receipt."""
        self.walk(on)
        if self.steps[-1].on < on:
            self._add(on, _ZERO, "buổi làm việc tiếp theo", _SESSIONS, MOVED)

    def moved(self, on: date) -> None:
        """A working day to which the end was moved."""
        if self._limit.unit is LimitUnit.SAME_DAY:
            told, source = "trả trong ngày làm việc này", _SAME_DAY
        elif self._returns_later:
            told, source = "trả ngày làm việc kế tiếp", _OWN_RULE
        else:
            told, source = "lùi đến ngày làm việc tiếp theo", _ROLLED
        self._add(on, _ZERO, told, source, MOVED)

    def stopped(self, pause: Pause, on: date, until: date) -> None:
        """A pause taken up on a date, and the days to ``until``, the date of its answer."""
        counted = self.steps[-1].counted and self.steps[-1].on == on
        self._note(on, f"dừng từ {_when(pause.from_at, on)}, {pause.reason}")
        if pause.to_at is None:
            self._still_stopped(pause)
            return
        if counted:
            self._note(on, "ngày này tính là đã dùng")
        for ahead in range(1, (until - on).days):
            self._add(on + ahead * _DAY, _ZERO, f"{pause.reason}, không tính", _CLOCK_STOP, STOPPED)
        self._note(until, f"chạy lại từ {_when(pause.to_at, until)}")

    def expired(self, due_at: datetime) -> None:
        """The due moment, on the date told last."""
        last, told = self.steps[-1], f"hết hạn lúc {hour(due_at)}"
        self.steps[-1] = replace(last, because=told if last.because == self._plain else f"{last.because}; {told}")

    def extended(self, to: datetime) -> None:
        """A new appointment after the due date (Mẫu 04)."""
        self._add(to.date(), _ZERO, f"hẹn lại đến {hour(to)}, xin lỗi và gia hạn một lần", _EXTENSION, EXTENDED)

    def _pause_notes(self, pause: Pause, on: date) -> None:
        if pause.from_at.date() == on:
            self._note(on, f"dừng từ {hour(pause.from_at)}, {pause.reason}")
            if pause.to_at is None:
                self._still_stopped(pause)
        if pause.to_at is not None and pause.to_at.date() == on:
            self._note(on, f"chạy lại từ {hour(pause.to_at)}")

    def _still_stopped(self, pause: Pause) -> None:
        last, self.stopped_since = self.steps[-1], pause.from_at
        self.steps[-1] = replace(last, because=f"{last.because}, chưa chạy lại", label=STOPPED)

    def _note(self, on: date, told: str) -> None:
        """Add to what is told of a date, which may have no step yet."""
        last = self.steps[-1]
        if last.on < on:
            self._add(on, _ZERO, told, _CLOCK_STOP, STOPPED)
        else:
            self.steps[-1] = replace(last, because=f"{last.because}; {told}")

    def _last_of_months(self, on: date) -> None:
        words = f"{number_words(self._limit.value)} tháng"
        off = self._calendar.why_off(on)
        told = f"đủ {words}: {off[0]}" if off else f"đủ {words}"
        self._add(on, self._limit.value, told, _ROLLED if off else _END_OF_MONTH, words)

    def _late(self) -> str:
        return late_words(self._received_at, self._calendar)

    def _add(self, on: date, counted: Decimal, because: str, source: str, label: str) -> None:
        self.steps.append(Step(on, counted, because, source, label))


def _neat(value: Decimal) -> Decimal:
    return value if value % 1 else Decimal(int(value))


def _when(at: datetime, on: date) -> str:
    return hour(at) if at.date() == on else f"{hour(at)} ngày {day_month(at)}"


@lru_cache(maxsize=1024)
def _day_words(unit: LimitUnit, share: Decimal, total: Decimal) -> tuple[str, str]:
    """What is told of an ordinary counted day, and its box. Kept: it is made anew at every keystroke of intake."""
    what, number = _DAYS[unit], int(total)
    nth = _ORDINALS[number] if number < len(_ORDINALS) else str(number)
    return f"{what} thứ {nth}" if share == 1 else f"{number_words(share)} {what}", number_words(total)
