"""What the hub holds of a unit as the unit may compare it with its own outbox, and which working days are missing.

Of several histories of a unit only the one that is believed now is compared: what an abandoned register reported for
the time before stands, but the commune cannot know it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db import hub_reports
from db.hub import Hub
from db.hub_units import HubUnit
from desktop.hub.founding import identity
from desktop.rules import calendar
from desktop.sync import protocol
from desktop.sync.protocol import Held, Holding

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What stands of a unit, the working days that nothing stands for, and the digest of what stands."""

    held: Held
    holdings: tuple[Holding, ...]
    missing: tuple[date, ...]


def of_units(hub: Hub, units: Sequence[HubUnit], *, now: datetime) -> dict[str, Holdings]:
    """The holdings of these units, by code."""
    until = expected_until(hub, now)
    fronts = hub_reports.fronts(hub, [unit.code for unit in units])
    rows: dict[str, list[tuple[int, str, int, str]]] = {unit.code: [] for unit in units}
    for code, *row in hub_reports.held(hub, list(rows)):
        rows[code].append((row[0], row[1], row[2], row[3]))
    found = {}
    for unit in units:
        line = fronts[unit.code].line if unit.code in fronts else 0
        current = [row[1:] for row in rows[unit.code] if row[0] == line]
        found[unit.code] = Holdings(
            protocol.held_digest(current),
            tuple((date.fromisoformat(day), revision, sha256) for day, revision, sha256 in current),
            missing_days(unit, [row[1] for row in rows[unit.code]], until),
        )
    return found


def expected_until(hub: Hub, now: datetime) -> date:
    """Until when reports can be expected: yesterday, on a practice hub the latest day that any unit reported."""
    if not identity(hub).practice:
        return now.date() - _A_DAY
    latest = hub.row("SELECT MAX(day) FROM standing")
    return date.fromisoformat(latest[0]) if latest and latest[0] else date.min


def missing_days(unit: HubUnit, days: Iterable[str], until: date) -> tuple[date, ...]:
    """Working days without a report from the unit's first reported day on, while the unit exists."""
    reported = set(days)
    if not reported:
        return ()
    on, last, found = date.fromisoformat(min(reported)), min(until.isoformat(), unit.valid_to or "~"), []
    working = calendar.shipped().is_working_day
    while (text := on.isoformat()) <= last:
        if text not in reported and working(on):
            found.append(on)
        on += _A_DAY
    return tuple(found)
