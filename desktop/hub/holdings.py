"""What the hub holds of a unit as the unit may compare it with its own outbox, and which working days are missing.

Of several histories of a unit only the one that is believed now is compared: what an abandoned register reported for
the time before stands, but the commune cannot know it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter

from db import hub_reports
from db.hub import Hub, Row
from db.hub_units import HubUnit
from desktop.hub.founding import identity
from desktop.rules import calendar
from desktop.sync import protocol
from desktop.sync.protocol import Held, Holding

_A_DAY = timedelta(days=1)
#: Units whose days are in memory at one time: ten years are 2,500 days.
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Holdings:
    """What stands of a unit, the working days that nothing stands for, and the digest of what stands."""

    held: Held
    holdings: tuple[Holding, ...]
    missing: tuple[date, ...]


def of_units(hub: Hub, units: Sequence[HubUnit], *, now: datetime) -> dict[str, Holdings]:
    """The holdings of these units, by code."""
    until = expected_until(hub, now)
    lines = {code: front.line for code, front in hub_reports.fronts(hub, [unit.code for unit in units]).items()}
    found = {}
    for start in range(0, len(units), _AT_ONCE):
        some = {unit.code: unit for unit in units[start : start + _AT_ONCE]}
        rows = hub_reports.held(hub, list(some))
        for code, own in groupby(rows, key=itemgetter(0)):
            found[code] = _of_unit(some.pop(code), list(own), lines.get(code, 0), until)
        found |= {code: _of_unit(unit, [], 0, until) for code, unit in some.items()}
    return found


def _of_unit(unit: HubUnit, rows: Sequence[Row], line: int, until: date) -> Holdings:
    current = [(day, revision, sha256) for _, number, day, revision, sha256 in rows if number == line]
    return Holdings(
        protocol.held_digest(current),
        tuple((date.fromisoformat(day), revision, sha256) for day, revision, sha256 in current),
        missing_days(unit, [row[2] for row in rows], rows[0][2] if rows else None, until),
    )


def expected_until(hub: Hub, now: datetime) -> date:
    """Until when reports can be expected: yesterday, on a practice hub the latest day that any unit reported."""
    if not identity(hub).practice:
        return now.date() - _A_DAY
    latest = hub.row("SELECT MAX(day) FROM standing")
    return date.fromisoformat(latest[0]) if latest and latest[0] else date.min


def missing_days(unit: HubUnit, reported: Collection[str], since: str | None, until: date) -> tuple[date, ...]:
    """Working days without a report, from ``since`` on (none where the unit never reported) while the unit exists."""
    if since is None:
        return ()
    last, told = min(until.isoformat(), unit.valid_to or "~"), set(reported)
    found: list[str] = []
    for year in range(int(since[:4]), until.year + 1):
        expected = _working_days(year)
        of_unit = expected[bisect_left(expected, since) : bisect_right(expected, last)]
        found += [day for day in of_unit if day not in told]
    return tuple(map(date.fromisoformat, found))


@cache
def _working_days(year: int) -> tuple[str, ...]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return tuple(on.isoformat() for on in days if on.year == year and calendar.shipped().is_working_day(on))
