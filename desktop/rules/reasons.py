"""The words of a limit, and the one line of the receipt that says why the promised date is that date.

Hides how a long count is told in two lines. Called by ``deadlines`` for every promise. Never computes a date.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from db.records import CalendarDay, Limit
from db.vocabulary import AfterCutoff, DayKind, LimitUnit
from desktop.rules.calendar import LABOUR_CODE, WEEKDAYS, WorkCalendar
from desktop.rules.trail import EXTENDED, OFF, STOPPED, Step, Trail, day_month, late_words, number_words, own_rule

UNIT_WORDS = {
    LimitUnit.WORKING_DAYS: "ngày làm việc",
    LimitUnit.CALENDAR_DAYS: "ngày",
    LimitUnit.WORKING_HOURS: "giờ làm việc",
    LimitUnit.CLOCK_HOURS: "giờ",
    LimitUnit.MONTHS: "tháng",
    LimitUnit.SAME_DAY: "trong ngày",
    LimitUnit.IMMEDIATE: "giải quyết ngay",
}
_WITHOUT_NUMBER = (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE)
_OWN_RULES = {
    AfterCutoff.NONE: "",
    AfterCutoff.RETURN_NEXT_DAY: "nên trả ngày làm việc kế tiếp",
    AfterCutoff.COUNT_FROM_NEXT_DAY: "nên tính từ ngày làm việc kế tiếp",
}
#: Two lines of the A5 receipt at 10 pt hold about 190 letters.
_LONGEST = 170


def limit_words(limit: Limit, *, padded: bool = True) -> str:
    """A limit as written on paper: ``03 ngày làm việc``; with ``padded=False`` as on screen: ``3 ngày làm việc``."""
    if limit.unit in _WITHOUT_NUMBER:
        return UNIT_WORDS[limit.unit]
    number = number_words(limit.value)
    if padded and len(number) == 1:
        number = "0" + number
    return f"{number} {UNIT_WORDS[limit.unit]}"


def short_reason(limit: Limit, received_at: datetime, trail: Trail, calendar: WorkCalendar, *, late: bool) -> str:
    """The line under the promise: at most two lines of A5 however long the count.

    ``late`` tells that the receipt came after the cut-off or on a day off.
    """
    if trail.steps[-1].label == EXTENDED:
        return "Hẹn lại theo văn bản xin lỗi và đề nghị gia hạn (Mẫu 04)."
    when = late_words(received_at, calendar) if late else ""
    ending = f"; {when} {rule}" if late and (rule := _OWN_RULES[own_rule(limit)]) else ""
    if trail.stopped_since:
        ending += f"; đang dừng từ {day_month(trail.stopped_since)}, ngày hẹn sẽ lùi"
    by_calendar = limit.unit in (LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS)
    off = [] if by_calendar else [calendar.day(step.on) for step in trail.steps if step.label == OFF]
    moved, moved_briefly = _moved(trail.steps, calendar) if by_calendar else ("", "")
    stops = _stops(trail)
    told = _sentence(limit, when, [*_days_off(off), *_spans(stops)], moved + ending)
    if len(told) <= _LONGEST:
        return told
    counts = [f"{len(off)} ngày nghỉ cuối tuần, lễ, tết"] if off else []
    counts += [f"{len(stops)} lần tạm dừng"] if stops else []
    return _sentence(limit, when, counts, moved_briefly + ending)


def _sentence(limit: Limit, late: str, skipped: list[str], ending: str) -> str:
    if limit.unit is LimitUnit.WORKING_DAYS and limit.value >= 1:
        return f"Không tính {_listed(['ngày nhận', *skipped])}{ending}."
    opening = {
        LimitUnit.WORKING_DAYS: "Tính theo buổi làm việc, không tính buổi nhận",
        LimitUnit.CALENDAR_DAYS: "Không tính ngày nhận, tính cả ngày nghỉ",
        LimitUnit.WORKING_HOURS: "Tính theo giờ mở cửa từ lúc nhận",
        LimitUnit.CLOCK_HOURS: "Tính liên tục từ lúc nhận, cả ngoài giờ và ngày nghỉ",
        LimitUnit.MONTHS: f"Đủ {limit_words(limit, padded=False)} từ ngày nhận",
        LimitUnit.SAME_DAY: f"{late.capitalize()} nên trả ngày làm việc tiếp theo" if late else "Trả trong ngày",
        LimitUnit.IMMEDIATE: "Giải quyết ngay trong buổi làm việc",
    }[limit.unit]
    return f"{opening}; không tính {_listed(skipped)}{ending}." if skipped else f"{opening}{ending}."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"


def _days_off(off: Sequence[CalendarDay | None]) -> Iterator[str]:
    """Weekends as a number, a holiday of several days as a range, the others one by one with their document."""
    if weekends := sum(day is None for day in off):
        yield f"{weekends} ngày nghỉ cuối tuần"
    for (kin, _), run in groupby((day for day in off if day), key=lambda day: (_kin(day), day.on.year)):
        days = list(run)
        first, last = days[0].on, days[-1].on
        if len(days) > 1 and last - first == timedelta(len(days) - 1):
            yield f"nghỉ {kin} {day_month(first)}–{day_month(last)}"
            continue
        kind = "nghỉ hoán đổi" if days[0].kind is DayKind.SWAP_OFF else "nghỉ lễ"
        yield f"ngày {kind} {', '.join(day_month(day.on) for day in days)}{_document(days[0])}"


def _kin(day: CalendarDay) -> str:
    """The holiday a day belongs to: its name without the part in brackets."""
    return day.name.split(" (")[0]


def _document(day: CalendarDay) -> str:
    """The document of a day that is not a matter of the Labour Code, in brackets."""
    if day.source.startswith(LABOUR_CODE):
        return ""
    return f" ({day.source.split(';')[0].split(' (')[0].split(' ngày ')[0]})"


def _moved(steps: Sequence[Step], calendar: WorkCalendar) -> tuple[str, str]:
    """Why the end was moved when days or months end on a day off (Đ148 k5), at length and briefly; else nothing."""
    last = next((step.on for step in reversed(steps) if step.counted), None)
    if last is None or calendar.is_working_day(last):
        return "", ""
    what, day = WEEKDAYS[last.weekday()], calendar.day(last)
    if day:
        what = ("ngày nghỉ hoán đổi" if day.kind is DayKind.SWAP_OFF else _kin(day)) + _document(day)
    return (
        f"; ngày cuối {day_month(last)} là {what} nên lùi đến ngày làm việc tiếp theo",
        f"; ngày cuối {day_month(last)} nghỉ nên lùi tiếp",
    )


def _stops(trail: Trail) -> list[list[Step]]:
    """The stretches in which the clock stood still, without one that has no end yet."""
    since = trail.stopped_since
    still = date.max if since is None else since.date()
    runs = groupby(trail.steps, key=lambda step: step.label == STOPPED and not step.counted and step.on < still)
    return [list(run) for stopped, run in runs if stopped]


def _spans(stops: Sequence[Sequence[Step]]) -> Iterator[str]:
    for run in stops:
        first, last = day_month(run[0].on), day_month(run[-1].on)
        yield f"thời gian tạm dừng {first}" + (f"–{last}" if last != first else "")
