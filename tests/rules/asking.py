"""Short ways to ask for a promise in tests: moments as a clerk writes them, the shipped calendar."""

from datetime import datetime
from decimal import Decimal

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.deadlines import Pause, Promise, promise

DAYS, CALENDAR, HOURS, CLOCK, MONTHS, SAME_DAY, IMMEDIATE = (
    LimitUnit.WORKING_DAYS,
    LimitUnit.CALENDAR_DAYS,
    LimitUnit.WORKING_HOURS,
    LimitUnit.CLOCK_HOURS,
    LimitUnit.MONTHS,
    LimitUnit.SAME_DAY,
    LimitUnit.IMMEDIATE,
)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VN_TZ)


def pause(begin: str, end: str | None) -> Pause:
    return Pause(at(begin), None if end is None else at(end))


def promised(
    received: str, value: str, unit: LimitUnit, rule: AfterCutoff = AfterCutoff.NONE, pauses: tuple[Pause, ...] = ()
) -> Promise:
    return promise(at(received), Limit(Decimal(value), unit, rule), shipped(), pauses=pauses)


def due(
    received: str, value: str, unit: LimitUnit, rule: AfterCutoff = AfterCutoff.NONE, pauses: tuple[Pause, ...] = ()
) -> str:
    return f"{promised(received, value, unit, rule, pauses).due_at:%d/%m/%Y %H:%M}"
