"""The promise: when a dossier is due, and every reason for that moment. The only engine of time limits.

Pure: received moment, limit, calendar and pauses in, a due moment with its explanation out. Called by intake
(at each keystroke), reception, the command line and, later, by hand-over. Never reads the clock.

How each unit counts (BLDS 2015 Đ147-148, domain.md 6.1):

- working days: the day of receipt is not counted; due at closing time of the last counted day.
- parts of a day (0,25 0,5 0,75 below one day): halves are the morning and the afternoon session, the one of the
  receipt is not counted; a quarter is half of a session by its hours. Above one day (1,5) whole days are counted
  first and the part is that part of the next working day.
- calendar days and months: Đ147 k2, Đ148 k3; an end on a day off moves to the next working day (k5).
- working hours: through real opening intervals, from the next opening if received outside them.
- clock hours: continuous, and not moved by days off (Đ147 k1).
- same day: closing time; after 15:00, or on a day off, closing time of the next working day.
- immediate: end of the session of the receipt, else of the next session.

Clock stops: in days, the day of a request counts as used and counting goes on the day after the answer; in hours
and parts of a day the pause is left out to the minute; same-day and immediate matters take the answer as a new
receipt. Pausing never shortens. A procedure's own 15:00 rule (``Limit.after_cutoff``) also holds for receipts on a
day off, so that who files later is never promised an earlier date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.calendar import VN_TZ, WorkCalendar
from desktop.rules.counting import Count
from desktop.rules.reasons import limit_words, short_reason
from desktop.rules.trail import Pause, Step

__all__ = [
    "LimitError",
    "Pause",
    "Promise",
    "Step",
    "check_limit",
    "limit_words",
    "moved_appointment",
    "promise",
    "stage_dues",
]

_LONGEST = {
    LimitUnit.WORKING_DAYS: 3650,
    LimitUnit.CALENDAR_DAYS: 3650,
    LimitUnit.WORKING_HOURS: 3650 * 8,
    LimitUnit.CLOCK_HOURS: 3650 * 24,
    LimitUnit.MONTHS: 120,
}
_GRAINS = {
    LimitUnit.WORKING_DAYS: (Decimal("0.25"), "Ngày làm việc chỉ chia đến phần tư ngày (0,25)."),
    LimitUnit.CALENDAR_DAYS: (Decimal(1), "Thời hạn tính bằng ngày phải là số nguyên."),
    LimitUnit.MONTHS: (Decimal(1), "Thời hạn tính bằng tháng phải là số nguyên."),
}
_YEARS = range(2000, 2200)


class LimitError(ValueError):
    """A limit, moment or pause that nothing can be promised for: stable ``code``, one Vietnamese sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Promise:
    """A due moment (+07:00, whole minute) and why.

    ``steps`` are strictly ordered by date, end on the due date, and their ``counted`` shares sum to the limit.
    ``unconfirmed_years`` are the years between receipt and due whose yearly notice is not in the calendar.
    """

    due_at: datetime
    steps: tuple[Step, ...]
    unconfirmed_years: tuple[int, ...]
    short_reason: str


def promise(
    received_at: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    *,
    pauses: Iterable[Pause] = (),
    extended_to: datetime | None = None,
) -> Promise:
    """The due moment of a dossier complete at ``received_at``.

    ``pauses`` in order, at most the last one open; ``extended_to`` is a new appointment, which holds when it is
    on a later date than the count gives. Raises ``LimitError`` for input that no promise can be made of.
    """
    check_limit(limit)
    received_at = _moment(received_at)
    count = Count(received_at, limit, calendar, _in_order(pauses, received_at))
    due_at = count.run()
    if extended_to is not None and _moment(extended_to).date() > due_at.date():
        due_at = _moment(extended_to)
        count.trail.extended(due_at)
    years = range(received_at.year, due_at.year + 1)
    return Promise(
        due_at,
        tuple(count.trail.steps),
        tuple(year for year in years if not calendar.is_confirmed(year)),
        short_reason(limit, received_at, count.trail, calendar, late=count.is_late),
    )


def stage_dues(received_at: datetime, stage_limits: Sequence[Limit], calendar: WorkCalendar) -> tuple[datetime, ...]:
    """The inner due moments of stages that follow each other, one for each limit.

    Stages of one unit add up from the receipt, so that the last is the promise of their total; where the unit
    changes, counting begins again at the due moment reached. A stage of 0 ("không tính thời gian") ends with the
    one before it. The first stage's 15:00 rule is that of the whole.
    """
    dues: list[datetime] = []
    start = due_at = _moment(received_at)
    rule = stage_limits[0].after_cutoff if stage_limits else AfterCutoff.NONE
    for unit, stages in groupby(stage_limits, key=lambda limit: limit.unit):
        total = Decimal(0)
        for stage in stages:
            if stage.value:
                check_limit(stage)
            total += stage.value
            if total or unit in (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE):
                due_at = promise(start, Limit(total, unit, rule), calendar).due_at
            dues.append(due_at)
        start, rule = due_at, AfterCutoff.NONE
    return tuple(dues)


def moved_appointment(appointment: datetime, pauses: Iterable[Pause], calendar: WorkCalendar) -> datetime:
    """A new appointment after the clock stops that came after it was given (domain.md 6.4).

    The working days that were left on the day of the request count again from the day after the answer; with none
    left the day of the answer holds, or the next working day when it has passed the hour. Pausing never shortens.
    """
    for pause in pauses:
        if pause.to_at is None or pause.from_at > appointment:
            continue
        on, asked_on = pause.to_at.date(), pause.from_at.date()
        days = (appointment.date() - asked_on).days
        left = sum(calendar.is_working_day(asked_on + timedelta(days=ahead + 1)) for ahead in range(days))
        for _ in range(left):
            on = calendar.next_working_day(on)
        moved = datetime.combine(on, appointment.timetz())
        if not calendar.is_working_day(on) or moved < pause.to_at:
            moved = datetime.combine(calendar.next_working_day(on), appointment.timetz())
        appointment = max(appointment, moved)
    return appointment


def check_limit(limit: Limit) -> None:
    """Raises ``LimitError`` for a limit that is not positive, absurdly long, or in parts its unit does not have."""
    if limit.unit not in _LONGEST:
        return
    value = limit.value
    if not value.is_finite() or value <= 0:
        raise LimitError("limit_not_positive", "Thời hạn phải lớn hơn 0.")
    if value > _LONGEST[limit.unit]:
        longest = limit_words(Limit(Decimal(_LONGEST[limit.unit]), limit.unit))
        raise LimitError("limit_too_long", f"Thời hạn không quá {longest}.")
    grain, sentence = _GRAINS.get(limit.unit, (None, ""))
    if grain and value % grain:
        raise LimitError("limit_in_parts", sentence)


def _moment(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise LimitError("moment_without_zone", "Thời điểm phải kèm múi giờ (+07:00).")
    if at.year not in _YEARS:
        raise LimitError("moment_absurd", f"Năm {at.year} không hợp lý, kiểm tra đồng hồ máy.")
    return at.astimezone(VN_TZ)


def _in_order(pauses: Iterable[Pause], received_at: datetime) -> list[Pause]:
    """The pauses in Việt Nam time; each after the one before, only the last without an answer."""
    ordered: list[Pause] = []
    last: datetime | None = received_at
    for pause in pauses:
        from_at = _moment(pause.from_at)
        to_at = None if pause.to_at is None else _moment(pause.to_at)
        if last is None or from_at < last or (to_at is not None and to_at < from_at):
            raise LimitError("pauses_out_of_order", "Các lần tạm dừng phải nối tiếp nhau, sau khi nhận hồ sơ.")
        ordered.append(replace(pause, from_at=from_at, to_at=to_at))
        last = to_at
    return ordered
