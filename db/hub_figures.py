"""Sums over the reports that stand, as the pages of a hub ask for them; SQL for SQLite and PostgreSQL, nothing else.

Flows are summed over days; what stood open before a period is that of a unit's first reported day in it, what stands
open after it that of the last, but what one unit handed to another is counted once. ``Sums`` are in the order of
``COLUMNS``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.hub import Hub, Value
from db.hub_reports import COLUMNS, places

_BEGIN, _END = ("carried_over",), ("pending_total", "pending_in_time", "pending_overdue")
_FLOWS = ("received_online", "received_direct", "early", "on_time", "late")


@dataclass(frozen=True, slots=True)
class Sums:
    """What a unit, a field or a procedure comes to; ``first_day`` and ``last_day`` are reported ones."""

    first_day: str
    last_day: str
    days: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """Units that a merger ends or begins within a period: what the ``givers`` have open in the end is not theirs any
    more, and what the ``takers`` had open when they began was counted with the givers.
    """

    givers: frozenset[str] = frozenset()
    takers: frozenset[str] = frozenset()


_NOTHING = Handed()


def _summed(table: str, day: str = "s.day") -> str:
    parts = {name: f"SUM({table}.{name})" for name in _FLOWS}
    parts |= {name: f"SUM(CASE WHEN {day} = e.begin_day THEN {table}.{name} ELSE 0 END)" for name in _BEGIN}
    parts |= {name: f"SUM(CASE WHEN {day} = e.end_day THEN {table}.{name} ELSE 0 END)" for name in _END}
    parts["received_total"] = f"{parts['received_online']} + {parts['received_direct']} + {parts['carried_over']}"
    parts["resolved_total"] = f"{parts['early']} + {parts['on_time']} + {parts['late']}"
    return ", ".join(parts[name] for name in COLUMNS)


def _spans(units: Sequence[str], first: str, last: str, handed: Handed) -> tuple[str, list[Value]]:
    """First and last reported day of each unit in a period, and on which of them what it had open counts."""
    # No unit has an empty code; both databases take a list of one, and only one of them an empty list.
    takers, givers = (["", *sorted(codes)] for codes in (handed.takers, handed.givers))
    sql = (
        "WITH e AS (SELECT unit, MIN(day) AS first_day, MAX(day) AS last_day, COUNT(*) AS days,"
        f" CASE WHEN unit IN ({places(len(takers))}) THEN '' ELSE MIN(day) END AS begin_day,"
        f" CASE WHEN unit IN ({places(len(givers))}) THEN '' ELSE MAX(day) END AS end_day FROM standing"
        f" WHERE unit IN ({places(len(units))}) AND day BETWEEN ? AND ? GROUP BY unit)"
    )
    return sql, [*takers, *givers, *units, first, last]


def by_unit(hub: Hub, units: Sequence[str], first: str, last: str, handed: Handed = _NOTHING) -> dict[str, Sums]:
    """Unit → its sums of a period; nothing for a unit that reported no day of it."""
    if not units:
        return {}
    spans, params = _spans(units, first, last, handed)
    sql = (
        f"{spans} SELECT s.unit, e.first_day, e.last_day, e.days, {_summed('s')}"
        " FROM e JOIN standing s ON s.unit = e.unit AND s.day BETWEEN e.first_day AND e.last_day"
        " GROUP BY s.unit, e.first_day, e.last_day, e.days"
    )
    return {row[0]: _sums(row[1:]) for row in hub.rows(sql, params)}


def by_matter(
    hub: Hub, units: Sequence[str], first: str, last: str, handed: Handed = _NOTHING
) -> dict[tuple[str, str], Sums]:
    """Field and procedure → the sums of a period over these units."""
    if not units:
        return {}
    spans, params = _spans(units, first, last, handed)
    sql = (
        f"{spans} SELECT m.field, m.procedure, MIN(s.day), MAX(s.day), COUNT(DISTINCT s.day),"
        f" {_summed('f')}"
        " FROM e JOIN standing s ON s.unit = e.unit AND s.day BETWEEN e.first_day AND e.last_day"
        " JOIN figure f ON f.report = s.report JOIN matter m ON m.id = f.matter GROUP BY m.field, m.procedure"
    )
    return {(row[0], row[1]): _sums(row[2:]) for row in hub.rows(sql, params)}


def by_unit_of_matter(
    hub: Hub,
    units: Sequence[str],
    first: str,
    last: str,
    field: str,
    procedure: str,
    handed: Handed = _NOTHING,
) -> dict[str, Sums]:
    """Unit → the sums of a period for one procedure, or for a whole field where ``procedure`` is empty."""
    if not units:
        return {}
    spans, params = _spans(units, first, last, handed)
    sql = (
        f"{spans} SELECT s.unit, e.first_day, e.last_day, e.days, {_summed('f')}"
        " FROM e JOIN standing s ON s.unit = e.unit AND s.day BETWEEN e.first_day AND e.last_day"
        " JOIN figure f ON f.report = s.report JOIN matter m ON m.id = f.matter"
        f" WHERE m.field = ?{' AND m.procedure = ?' if procedure else ''}"
        " GROUP BY s.unit, e.first_day, e.last_day, e.days"
    )
    asked = [field, procedure] if procedure else [field]
    return {row[0]: _sums(row[1:]) for row in hub.rows(sql, [*params, *asked])}


def by_day(hub: Hub, units: Sequence[str], first: str, last: str) -> list[tuple[str, int, tuple[int, ...]]]:
    """Day, how many of these units reported it, and the sums of ``COLUMNS``; by day."""
    if not units:
        return []
    sums = ", ".join(f"SUM({name})" for name in COLUMNS)
    rows = hub.rows(
        f"SELECT day, COUNT(*), {sums} FROM standing WHERE unit IN ({places(len(units))}) AND day BETWEEN ? AND ?"
        " GROUP BY day ORDER BY day",
        [*units, first, last],
    )
    return [(row[0], row[1], tuple(map(int, row[2:]))) for row in rows]


def rates(hub: Hub, units: Sequence[str], first: str, last: str) -> dict[str, tuple[int, int]]:
    """Unit → resolved in time and resolved, of a period."""
    if not units:
        return {}
    rows = hub.rows(
        "SELECT unit, SUM(early) + SUM(on_time), SUM(resolved_total) FROM standing"
        f" WHERE unit IN ({places(len(units))}) AND day BETWEEN ? AND ? GROUP BY unit",
        [*units, first, last],
    )
    return {unit: (int(good), int(of_all)) for unit, good, of_all in rows}


def first_days(hub: Hub) -> dict[str, str]:
    """Unit → the first day that it ever reported."""
    rows = hub.rows("SELECT u.code, (SELECT MIN(s.day) FROM standing s WHERE s.unit = u.code) FROM unit u")
    return {unit: day for unit, day in rows if day is not None}


def reported_days(hub: Hub, units: Sequence[str], first: str, last: str) -> dict[str, list[str]]:
    """Unit → the days that it reported in a period."""
    found: dict[str, list[str]] = {unit: [] for unit in units}
    if units:
        params: list[Value] = [*units, first, last]
        sql = f"SELECT unit, day FROM standing WHERE unit IN ({places(len(units))}) AND day BETWEEN ? AND ?"
        for unit, day in hub.rows(f"{sql} ORDER BY unit, day", params):
            found[unit].append(day)
    return found


def _sums(row: Sequence[int | str]) -> Sums:
    return Sums(str(row[0]), str(row[1]), int(row[2]), tuple(map(int, row[3:])))
