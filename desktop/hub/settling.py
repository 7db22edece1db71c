"""Forks: reports that cannot come from the register whose reports are held, and what an official decides about them.

They are kept and shown, and count for nothing until then. Called by ``hub settle`` and the page of forks.
"""

from dataclasses import dataclass
from datetime import date, datetime

from db import hub_people, hub_reports
from db.hub import Hub
from db.hub_reports import StandingRow
from db.hub_units import HubUnit
from desktop.errors import UserError
from desktop.hub import standings, units
from desktop.hub.history import Choice
from desktop.hub.lines import FORK_WORDS
from desktop.rules.statistics import Line
from desktop.rules.text import TextError, clean

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Fork:
    """A report that waits for a decision, beside what is held of the same day."""

    unit: HubUnit
    report: int
    day: date
    revision: int
    code: str
    why: str
    received_at: datetime
    total: Line
    held: StandingRow | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision and how many reports it was about."""

    unit: str
    choice: Choice
    reports: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about the forks of a unit, when and why."""

    unit: HubUnit
    at: datetime
    who: str
    choice: Choice
    reason: str


def decisions(hub: Hub, *, root: str = "") -> tuple[Decision, ...]:
    """Every decision that was made, the newest first."""
    asked = {unit.code: unit for unit in units.within(units.every(hub), root)}
    return tuple(
        Decision(asked[unit], datetime.fromisoformat(at), who, Choice(choice), reason)
        for unit, at, who, choice, reason, _ in reversed(hub_reports.settlements(hub))
        if unit in asked
    )


def forks(hub: Hub, *, root: str = "") -> tuple[Fork, ...]:
    """Everything that waits for a decision, by unit and in the order in which it came."""
    waiting = {unit for unit, front in hub_reports.fronts(hub).items() if front.forks}
    return tuple(
        fork for unit in units.within(units.every(hub), root) if unit.code in waiting for fork in _of_unit(hub, unit)
    )


def settle(hub: Hub, unit: str, choice: Choice, reason: str, *, who: str, now: datetime) -> Settled:
    """Decide about all forked reports of a unit: of days told differently what is held stays, or the new is taken.

    Either way the hub follows the commune's present register from then on, and its next attempt is answered by that. A
    decision may be made again otherwise. UserError ``unknown_unit``, ``no_fork``, ``no_reason``.
    """
    why = _cleaned(reason)
    with hub.write():
        units.find(hub, unit)
        history = standings.history_of(hub, unit)
        count = len(history.forked)
        if not history.can_settle:
            raise UserError("no_fork", f"Đơn vị “{unit}” không có báo cáo nào đang chờ quyết định.", unit=unit)
        at = now.isoformat(timespec="seconds")
        after = hub_reports.last_id(hub)
        hub_reports.add_settlement(hub, unit, at, who, choice, why, after)
        facts = {"unit": unit, "choice": choice, "reason": why, "reports": count}
        hub_people.record(hub, "settle", facts, who=who, at=at)
        history.settle(choice, after=after)
        standings.write(hub, unit, history)
    return Settled(unit, choice, count)


def _cleaned(reason: str) -> str:
    try:
        why = clean(reason)
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if not 1 <= len(why) <= _LONGEST_REASON:
        raise UserError("no_reason", f"Ghi lý do của quyết định, nhiều nhất {_LONGEST_REASON} chữ.")
    return why


def _of_unit(hub: Hub, unit: HubUnit) -> list[Fork]:
    return [
        Fork(
            unit,
            link.report,
            date.fromisoformat(link.day),
            link.revision,
            link.code,
            FORK_WORDS[why],
            datetime.fromisoformat(received_at),
            Line(*hub_reports.total_of(hub, link.report)),
            hub_reports.standing_of_day(hub, unit.code, link.day),
        )
        for link, why, received_at in standings.waiting(hub, unit.code)
    ]
