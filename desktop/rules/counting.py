"""One count of one time limit, day by day or through opening hours.

Hides how days, hours, months, the 15:00 rule and clock stops play together. Used by ``deadlines`` alone,
which checks the input first; what happened on each date is told by the ``trail``. Never reads the clock.
"""

from calendar import monthrange
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.calendar import VN_TZ, WorkCalendar
from desktop.rules.trail import Pause, Trail, counts_days, own_rule

_ZERO, _ONE, _HALF = Decimal(0), Decimal(1), Decimal("0.5")
_CENT = Decimal("0.01")
_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
_PER_HOUR = Fraction(1, timedelta(hours=1) // _TICK)

#: A stretch of time, and the share of the limit that each microsecond of it uses.
Piece = tuple[datetime, datetime, Fraction]


class Count:
    """A count under way: ``run()`` once, then ``trail.steps`` hold what it passed.

    A pause that begins no later than the due moment delays it; one that begins later changes nothing, since the
    dossier is already late. An open pause leaves the due moment as it stands.
    """

    def __init__(self, received_at: datetime, limit: Limit, calendar: WorkCalendar, pauses: Iterable[Pause]) -> None:
        self.is_late = not _in_time(received_at, calendar)
        self.trail = Trail(received_at, limit, calendar, late=self.is_late)
        self._received_at = received_at
        self._limit = limit
        self._calendar = calendar
        self._pauses = deque(pauses)
        self._resumed_at = received_at
        rule = own_rule(limit) if self.is_late else AfterCutoff.NONE
        self._returns_later = rule is AfterCutoff.RETURN_NEXT_DAY
        self._starts_later = rule is AfterCutoff.COUNT_FROM_NEXT_DAY

    def run(self) -> datetime:
        """The due moment, on a whole minute."""
        match self._limit.unit:
            case LimitUnit.SAME_DAY:
                self.trail.received()
                return self._days(self._received_at.date(), _ZERO, day_after=self.is_late)
            case LimitUnit.IMMEDIATE:
                return self._immediate()
            case _:
                return self._through_days() if counts_days(self._limit) else self._through_hours()

    def _immediate(self) -> datetime:
        """Closing of the session of the receipt or, outside sessions, of the next; an answer counts like a receipt."""
        self.trail.received()
        due_at = self._session_end(self._received_at)
        while pause := self._next_pause(due_at.date(), due_at):
            self.trail.walk(pause.from_at.date())
            self._stop(pause, pause.from_at.date())
            if pause.to_at is not None:
                due_at = self._session_end(pause.to_at)
        self.trail.arrived(due_at.date())
        self.trail.expired(due_at)
        return due_at

    def _through_days(self) -> datetime:
        start = self._start().date()
        if self._starts_later:
            self.trail.taken_as_received(start)
        else:
            self.trail.received()
        need = self._limit.value
        if self._limit.unit is LimitUnit.MONTHS:
            need = Decimal((_months_after(start, int(need)) - start).days)
        return self._days(start, need, day_after=self._returns_later)

    def _through_hours(self) -> datetime:
        start = self._start()
        match self._limit.unit:
            case LimitUnit.WORKING_DAYS:
                due_at = self._flow(start.date(), self._next_part(start.date()), self._day_parts)
            case LimitUnit.WORKING_HOURS:
                due_at = self._flow(start.date(), start, self._open_hours)
            case _:
                due_at = self._flow(start.date(), start, _round_the_clock)
        if self._returns_later:
            return self._days(due_at.date(), _ZERO, day_after=True)
        self.trail.expired(due_at)
        return due_at

    def _start(self) -> datetime:
        """Where counting begins: the receipt or, if the procedure says so of late receipts, the next opening."""
        if not self._starts_later:
            return self._received_at
        start = self._calendar.intervals(self._calendar.next_working_day(self._received_at.date()))[0][0]
        self.trail.received_late(start)
        return start

    def _days(self, on: date, need: Decimal, *, day_after: bool) -> datetime:
        """Count ``need`` days after ``on``, then roll to a working day (Đ148 k5), one later if ``day_after``.

        Days are working days for a limit in working days, else every day. The day of a request counts as used and
        counting goes on the day after the answer (domain.md 6.4); with nothing left, the day of the answer is due.
        """
        trail, is_working = self.trail, self._calendar.is_working_day
        every_day = self._limit.unit is not LimitUnit.WORKING_DAYS
        left, share = need, _ONE
        earliest = on + _DAY if day_after else on
        while True:
            due_at = None
            if not left and on >= earliest and is_working(on) and self._last_moment(on) >= self._resumed_at:
                due_at = self._part_end(on, share)
            if self._pauses and (pause := self._next_pause(on, due_at)):
                on = self._stop(pause, on)
                share = share if pause.to_at is None else _ONE
                continue
            if due_at is not None:
                trail.expired(due_at)
                return due_at
            on += _DAY
            if left and (every_day or is_working(on)):
                share = left if left < 1 else _ONE
                left -= share
                earliest = on + _DAY if day_after else on
                trail.counted_day(on, share, need - left, last=not left)
            elif is_working(on):
                share = _ONE
                trail.moved(on)
            else:
                trail.off(on)

    def _flow(self, on: date, start: datetime, pieces: Callable[[date], Iterable[Piece]]) -> datetime:
        """Use up the limit through pieces of time from ``start``, leaving out pauses; tell each date from ``on``."""
        need, used, told = Fraction(self._limit.value), Fraction(0), _ZERO
        while True:
            due_at = None
            for begin, end, rate in self._running(start, pieces(on)):
                gain = rate * ((end - begin) // _TICK)
                if used + gain >= need:
                    due_at = begin + ceil((need - used) / rate) * _TICK
                    break
                used += gain
            total = self._limit.value if due_at else _cents(used)
            passed = [pause for pause in self._pauses if due_at is None or pause.from_at < due_at]
            self.trail.counted_time(on, total - told, total, passed)
            if due_at is not None:
                self._pauses = deque(pause for pause in self._pauses if pause not in passed)
                return _whole_minute(due_at)
            told = total
            on += _DAY

    def _running(self, start: datetime, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The parts of the pieces that lie after ``start`` and in no pause."""
        for opens, closes, rate in pieces:
            begin = max(opens, start)
            for pause in self._pauses:
                if pause.to_at is not None:
                    if begin < min(pause.from_at, closes):
                        yield begin, min(pause.from_at, closes), rate
                    begin = max(begin, pause.to_at)
            if begin < closes:
                yield begin, closes, rate

    def _open_hours(self, on: date) -> Iterator[Piece]:
        return ((opens, closes, _PER_HOUR) for opens, closes in self._calendar.intervals(on))

    def _day_parts(self, on: date) -> Iterator[Piece]:
        return ((begin, end, Fraction(1, 4 * ((end - begin) // _TICK))) for begin, end in self._calendar.quarters(on))

    def _next_part(self, on: date) -> datetime:
        """The first quarter (0,25) or half of a day (0,5 and 0,75) that begins after the receipt, from a date on."""
        stride = 2 if self._limit.value >= _HALF else 1
        while True:
            for begin, _ in self._calendar.quarters(on)[::stride]:
                if begin > self._received_at:
                    return begin
            on = self._calendar.next_working_day(on)

    def _part_end(self, on: date, share: Decimal) -> datetime:
        if share == 1:
            return self._calendar.closing(on)
        return _whole_minute(self._calendar.quarters(on)[int(share * 4) - 1][1])

    def _session_end(self, at: datetime) -> datetime:
        on = at.date()
        while True:
            for _, closes in self._calendar.intervals(on):
                if at < closes:
                    return closes
            on += _DAY

    def _last_moment(self, on: date) -> datetime:
        """Until when an answer that comes on a working day still belongs to it."""
        if self._limit.unit is LimitUnit.SAME_DAY:
            return _cutoff(on, self._calendar)
        return self._calendar.closing(on)

    def _next_pause(self, on: date, due_at: datetime | None) -> Pause | None:
        """Take the next pause if it begins by this date and not after the due moment, where that is known."""
        if not self._pauses or self._pauses[0].from_at.date() > on:
            return None
        if due_at is not None and self._pauses[0].from_at > due_at:
            return None
        return self._pauses.popleft()

    def _stop(self, pause: Pause, on: date) -> date:
        """Let a pause pass; the date from which things go on."""
        until = on
        if pause.to_at is not None:
            self._resumed_at = pause.to_at
            until = max(on, pause.to_at.date())
        self.trail.stopped(pause, on, until)
        return until


def _round_the_clock(on: date) -> Iterator[Piece]:
    midnight = datetime.combine(on, time(), VN_TZ)
    yield midnight, midnight + _DAY, _PER_HOUR


def _in_time(at: datetime, calendar: WorkCalendar) -> bool:
    """On a working day and not after its cut-off.

    A day off counts as after the cut-off of the working day before it, so that who files later is never promised
    an earlier date.
    """
    return calendar.is_working_day(at.date()) and at <= _cutoff(at.date(), calendar)


def _cutoff(on: date, calendar: WorkCalendar) -> datetime:
    return min(datetime.combine(on, calendar.hours.cutoff, VN_TZ), calendar.closing(on))


def _months_after(on: date, months: int) -> date:
    """The same day of a later month, or that month's last (Đ148 k3)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _whole_minute(at: datetime) -> datetime:
    """Rounded up: paper shows minutes and must not promise less than was counted."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def _cents(share: Fraction) -> Decimal:
    return floor(share * 100) * _CENT
