"""A second, deliberately naive reading of the law to hold the real one against: day by day, minute by minute.

Knows nothing of the engine. Days are integers since DAY_ZERO, moments are minutes since its midnight, and every
minute was looked up beforehand in flat arrays. Published hours and the 15:00 rule only.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

DAY_ZERO = date(2023, 12, 1)
DAYS_KNOWN = 365 * 6
A_DAY = 24 * 60
OPEN, NOON, AFTERNOON, CLOSE, CUTOFF = 450, 690, 810, 1020, 900
#: When the quarters of a day begin, and when they end.
QUARTERS, QUARTER_ENDS = (450, 570, 810, 915), (570, 690, 915, 1020)

#: A pause from a minute to a minute.
Stop = tuple[int, int]


class NaiveLaw:
    """The naive reading over one set of days off and one of made-up days."""

    def __init__(self, off: set[date], made_up: set[date]) -> None:
        everyday = [DAY_ZERO + timedelta(days=n) for n in range(DAYS_KNOWN)]
        self.works = [on in made_up or (on.weekday() < 5 and on not in off) for on in everyday]
        is_open = bytearray(A_DAY)
        is_open[OPEN:NOON] = b"\x01" * (NOON - OPEN)
        is_open[AFTERNOON:CLOSE] = b"\x01" * (CLOSE - AFTERNOON)
        # 840ths of a quarter of a day: a morning minute is worth 7 (two quarters of 120), an afternoon minute 8.
        worth = bytearray(A_DAY)
        worth[OPEN:NOON] = b"\x07" * (NOON - OPEN)
        worth[AFTERNOON:CLOSE] = b"\x08" * (CLOSE - AFTERNOON)
        self.opened = b"".join(bytes(is_open) if working else bytes(A_DAY) for working in self.works)
        self.parts = b"".join(bytes(worth) if working else bytes(A_DAY) for working in self.works)
        self.always = b"\x01" * (A_DAY * DAYS_KNOWN)

    def due(self, received: int, quarters: int, unit: str, rule: str, stops: Sequence[Stop]) -> int:
        """The due minute of a limit of ``quarters`` fourths of its unit."""
        if unit == "same_day":
            return self.renewed(received, stops, self.same_day)
        if unit == "immediate":
            return self.renewed(received, stops, self.session_end)
        late = not self.in_time(received) and unit != "clock_hours"
        later = late and rule == "return_next_day"
        start = received
        if late and rule == "count_from_next_day":
            start = self.working_from(received // A_DAY + 1) * A_DAY + OPEN
        if unit in ("calendar_days", "months") or (unit == "working_days" and quarters >= 4):
            return self.by_days(start // A_DAY, quarters, unit, stops, later=later)
        if unit == "working_days":
            part = self.next_part(received if start == received else start - 1, quarters)
            due = self.walk(part, quarters * 840, self.parts, stops)
        else:
            minutes = self.opened if unit == "working_hours" else self.always
            due = self.walk(start, quarters * 15, minutes, stops)
        if not later:
            return due
        earliest = due // A_DAY + 1
        moved = self.landing(earliest, due)
        for begin, end in stops:
            if due <= begin <= moved:
                moved = self.landing(earliest, end)
        return moved

    def in_time(self, minute: int) -> bool:
        return self.works[minute // A_DAY] and minute % A_DAY <= CUTOFF

    def working_from(self, day: int) -> int:
        while not self.works[day]:
            day += 1
        return day

    def landing(self, earliest: int, answered: int) -> int:
        """Closing of the first working day from a day on that has not closed when the answer comes."""
        day = self.working_from(earliest)
        while day * A_DAY + CLOSE < answered:
            day = self.working_from(day + 1)
        return day * A_DAY + CLOSE

    def renewed(self, received: int, stops: Sequence[Stop], rule: Callable[[int], int]) -> int:
        due = rule(received)
        for begin, end in stops:
            if begin <= due:
                due = max(due, rule(end))
        return due

    def same_day(self, minute: int) -> int:
        day = minute // A_DAY
        return (day if self.in_time(minute) else self.working_from(day + 1)) * A_DAY + CLOSE

    def session_end(self, minute: int) -> int:
        while not self.opened[minute]:
            minute += 1
        while self.opened[minute]:
            minute += 1
        return minute

    def next_part(self, start: int, quarters: int) -> int:
        starts = QUARTERS if quarters == 1 else (QUARTERS[0], QUARTERS[2])
        minute = start + 1
        while not (self.works[minute // A_DAY] and minute % A_DAY in starts):
            minute += 1
        return minute

    def walk(self, minute: int, need: int, worth: bytes, stops: Sequence[Stop]) -> int:
        got = 0
        for begin, end in [*stops, (len(worth), len(worth))]:
            while minute < begin:
                got += worth[minute]
                minute += 1
                if got >= need:
                    return minute
            minute = max(minute, end)
        raise AssertionError("the arrays are too short for this case")

    def by_days(self, anchor: int, quarters: int, unit: str, stops: Sequence[Stop], *, later: bool) -> int:
        """The formula of domain.md 6.4, once for each pause: count again from the answer what was left."""
        left = quarters if unit != "months" else self.days_of_months(anchor, quarters // 4) * 4
        countable = self.works if unit == "working_days" else [True] * DAYS_KNOWN
        earliest, answered = anchor, 0
        for begin, end in [*stops, (len(self.always), 0)]:
            due = self.landing(max(earliest, answered // A_DAY), answered)
            if left:
                day, share = anchor, left
                while share > 4 or not countable[day + 1]:
                    day += 1
                    share -= 4 * countable[day]
                day += 1
                earliest = day + 1 if later else day
                whole = share == 4 or later or not self.works[day]
                due = self.landing(earliest, 0) if whole else day * A_DAY + QUARTER_ENDS[share - 1]
            if begin > due:
                return due
            used = sum(countable[anchor + 1 : begin // A_DAY + 1])
            left = max(0, left - 4 * used)
            anchor, answered = max(anchor, end // A_DAY), end
        raise AssertionError("the last pause never begins")

    def days_of_months(self, anchor: int, months: int) -> int:
        on = DAY_ZERO + timedelta(days=anchor)
        year, month, day = on.year, on.month, on.day
        for _ in range(months):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        while True:
            try:
                return (date(year, month, day) - on).days
            except ValueError:
                day -= 1
