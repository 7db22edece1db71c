"""Who has reported, until when, and which working days nobody has heard of.

Called by ``hub status``, the pages and the API; ``root`` is the unit whose part of the tree is asked for, empty for
all.
"""

from dataclasses import dataclass
from datetime import date, datetime

from db import hub_figures, hub_reports, hub_units
from db.hub import Hub
from db.hub_units import HubUnit
from desktop.hub import holdings, units
from desktop.rules.statistics import Rate

_EVER = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """How far one unit's reports have come. ``rate`` is of every day that it reported.

    ``silent_since`` is the first working day after ``last_day`` that should have been reported by now; None when none.
    ``missing`` holds these days and those before, from the unit's first reported day on. ``forks`` wait for a decision.
    """

    unit: HubUnit
    is_enrolled: bool
    first_day: date | None
    last_day: date | None
    silent_since: date | None
    missing: tuple[date, ...]
    rate: Rate
    forks: int


def statuses(hub: Hub, *, now: datetime, root: str = "") -> tuple[UnitStatus, ...]:
    """Every unit that reports or should, by code."""
    asked = reporting(hub, root=root, on=now.date())
    codes = [unit.code for unit in asked]
    keys, fronts = hub_units.keys_now(hub), hub_reports.fronts(hub)
    days = hub_figures.reported_days(hub, codes, *_EVER)
    rates = hub_figures.rates(hub, codes, *_EVER)
    until = holdings.expected_until(hub, now)
    found = []
    for unit in asked:
        told = days[unit.code]
        last_day = date.fromisoformat(told[-1]) if told else None
        missing = holdings.missing_days(unit, told, told[0] if told else None, until)
        found.append(
            UnitStatus(
                unit,
                unit.code in keys,
                date.fromisoformat(told[0]) if told else None,
                last_day,
                next((on for on in missing if last_day and on > last_day), None),
                missing,
                Rate(*rates.get(unit.code, (0, 0))),
                fronts[unit.code].forks if unit.code in fronts else 0,
            )
        )
    return tuple(found)


def reporting(hub: Hub, *, root: str = "", on: date | None = None) -> list[HubUnit]:
    """Units that report or should, by code: not those that only stand above others.

    With ``on``, units that had ended by that day are left out unless they ever reported.
    """
    every = units.every(hub)
    above, heard = units.groups(every), hub_reports.fronts(hub).keys()
    spoken = heard | hub_units.keys_now(hub).keys()
    found = [unit for unit in units.within(every, root) if unit.code not in above or unit.code in spoken]
    if on is None:
        return found
    return [unit for unit in found if unit.code in heard or (unit.valid_to or "~") >= on.isoformat()]
