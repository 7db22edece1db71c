"""The engine against the naive reading on 100,000 random cases, over the shipped calendar and invented ones."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from db.records import CalendarDay, Limit
from db.vocabulary import AfterCutoff, DayKind, LimitUnit
from desktop.rules.calendar import VN_TZ, WorkCalendar, shipped
from desktop.rules.deadlines import Pause, promise
from tests.rules.naive_deadlines import A_DAY, DAY_ZERO, NaiveLaw

CASES = 100_000
#: Unit, how often it is drawn, its longest limit in fourths, and the grain of a limit in fourths.
UNITS = (
    ("working_days", 40, 100, 1),
    ("calendar_days", 18, 180, 4),
    ("months", 7, 24, 4),
    ("working_hours", 10, 64, 1),
    ("clock_hours", 7, 192, 1),
    ("same_day", 12, 0, 1),
    ("immediate", 6, 0, 1),
)
#: Minutes of a day on which rules turn.
EDGES = (449, 450, 451, 569, 570, 571, 689, 690, 691, 809, 810, 811, 899, 900, 901, 914, 915, 1019, 1020, 1021, 0, 1439)
MIDNIGHT = datetime(DAY_ZERO.year, DAY_ZERO.month, DAY_ZERO.day, tzinfo=VN_TZ)


def moment(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def invented_calendar(draw: Random) -> WorkCalendar:
    """Far more holidays, swaps and make-up days than any real year has."""
    days = {}
    for _ in range(260):
        on = DAY_ZERO + timedelta(days=draw.randrange(30, 1900))
        kind = DayKind.MAKE_UP if on.weekday() >= 5 else draw.choice((DayKind.HOLIDAY, DayKind.SWAP_OFF))
        days[on] = CalendarDay(on, kind, "Ngày thử", "Văn bản thử")
    return WorkCalendar(days.values(), range(2024, 2028))


def naive(calendar: WorkCalendar) -> NaiveLaw:
    made_up: set[date] = {day.on for day in calendar.days if day.kind is DayKind.MAKE_UP}
    return NaiveLaw({day.on for day in calendar.days} - made_up, made_up)


def any_minute(draw: Random, day: int) -> int:
    return day * A_DAY + (draw.choice(EDGES) if draw.random() < 0.4 else draw.randrange(A_DAY))


def any_stops(draw: Random, received: int) -> list[tuple[int, int]]:
    stops, after = [], received
    for _ in range(draw.choice((0, 0, 0, 1, 1, 2, 3))):
        begin = max(after, any_minute(draw, after // A_DAY + int(draw.expovariate(0.25))))
        after = max(begin, any_minute(draw, begin // A_DAY + int(draw.expovariate(0.2))))
        stops.append((begin, after))
    return stops


def test_the_engine_agrees_with_the_naive_reading_on_100_000_random_cases() -> None:
    draw = Random(20261124)
    laws = [(calendar, naive(calendar)) for calendar in (shipped(), invented_calendar(draw), invented_calendar(draw))]
    seen: Counter[str] = Counter()
    for _ in range(CASES):
        calendar, law = draw.choice(laws)
        unit, _, longest, grain = draw.choices(UNITS, [weight for _, weight, _, _ in UNITS])[0]
        quarters = draw.randrange(0, longest, grain) + grain if longest else 0
        if unit == "working_days" and draw.random() < 0.5:
            quarters = quarters // 4 * 4 + 4
        rule = draw.choice(tuple(AfterCutoff)) if draw.random() < 0.4 else AfterCutoff.NONE
        received = any_minute(draw, draw.randrange(40, 1300))
        stops = any_stops(draw, received)
        pauses = [Pause(moment(begin), moment(end)) for begin, end in stops]
        limit = Limit(Decimal(quarters) / 4, LimitUnit(unit), rule)
        ours = promise(moment(received), limit, calendar, pauses=pauses).due_at
        theirs = moment(law.due(received, quarters, unit, rule, stops))
        assert ours == theirs, (f"{moment(received):%a %d/%m/%Y %H:%M}", limit, pauses, ours, theirs)
        seen[unit] += 1
        seen["paused"] += bool(stops)
        seen[rule] += 1
    assert all(seen[unit] > CASES / 30 for unit, *_ in UNITS)
    assert seen["paused"] > CASES / 3 and all(seen[rule] > CASES / 10 for rule in AfterCutoff)
