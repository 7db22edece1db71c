"""What the hub holds of reports: each as it came, its figures, which one of a day stands, and who refused what.

Rows go in many at a time and as SQL text; all of it runs on SQLite and PostgreSQL. Inside ``Hub.write`` where it
changes something. It judges nothing: verdicts and standing reports are the receiver's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from db.hub import Hub, Row

COLUMNS = (
    "received_total", "received_online", "received_direct", "carried_over", "resolved_total", "early", "on_time",
    "late", "pending_total", "pending_in_time", "pending_overdue",
)  # fmt: skip
#: SQLite and PostgreSQL take so many values in one statement, and more.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One report as it was taken; ``document`` is the signed document, compressed."""

    id: int
    unit: str
    day: str
    revision: int
    sha256: str
    hash: str
    seq: int
    previous_day: str | None
    previous_revision: int | None
    previous_hash: str | None
    code: str
    before: str
    verdict: str
    why: str
    received_at: str
    carrier: str


@dataclass(frozen=True, slots=True)
class Front:
    """Where a unit's history is; ``forks`` wait for a decision.

    ``reach`` is the last day that any of its reports is about or names, or an official spoke of.
    """

    unit: str
    line: int
    last_seq: int
    last_hash: str
    first_day: str
    last_day: str
    reach: str
    forks: int


@dataclass(frozen=True, slots=True)
class StandingRow:
    """The report of a day that counts, with its totals in the order of ``COLUMNS``."""

    unit: str
    day: str
    report: int
    line: int
    revision: int
    sha256: str
    code: str
    total: tuple[int, ...]


_REPORT = ", ".join(StoredReport.__slots__)
_STANDING = f"unit, day, report, line, revision, sha256, code, {', '.join(COLUMNS)}"
_FRONT = ", ".join(Front.__slots__)
# ``astuple`` copies every value: it would cost a tenth of taking a report.
_REPORT_VALUES, _FRONT_VALUES = attrgetter(*StoredReport.__slots__), attrgetter(*Front.__slots__)


def places(count: int) -> str:
    """So many question marks."""
    return ", ".join("?" * count)


def _upsert(table: str, columns: str, key: str) -> str:
    names = columns.split(", ")
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key.split(", "))
    values = places(len(names))
    return f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changed}"


_ADD_REPORT = f"INSERT INTO report ({_REPORT}, document) VALUES ({places(len(StoredReport.__slots__) + 1)})"
_ADD_FIGURE = f"INSERT INTO figure (report, matter, {', '.join(COLUMNS)}) VALUES ({places(2 + len(COLUMNS))})"
_SET_STANDING = _upsert("standing", _STANDING, "unit, day")
_SET_FRONT = _upsert("front", _FRONT, "unit")


def last_id(hub: Hub) -> int:
    """The number of the report that was stored last."""
    row = hub.row("SELECT COALESCE(MAX(id), 0) FROM report")
    return int(row[0]) if row else 0


def add(hub: Hub, reports: Iterable[tuple[StoredReport, bytes]]) -> None:
    """Store reports with their compressed documents."""
    hub.run_many(_ADD_REPORT, [(*_REPORT_VALUES(report), document) for report, document in reports])


def add_figures(hub: Hub, rows: Iterable[Sequence[int]]) -> None:
    """Store lines of reports: report, matter and the columns."""
    hub.run_many(_ADD_FIGURE, rows)


def set_standing(hub: Hub, rows: Iterable[StandingRow]) -> None:
    """Let these reports count for their days."""
    hub.run_many(
        _SET_STANDING, [(r.unit, r.day, r.report, r.line, r.revision, r.sha256, r.code, *r.total) for r in rows]
    )


def clear_standing(hub: Hub, unit: str, days: Iterable[str]) -> None:
    """Let nothing count for these days of a unit."""
    hub.run_many("DELETE FROM standing WHERE unit = ? AND day = ?", [(unit, day) for day in days])


def set_fronts(hub: Hub, fronts: Iterable[Front]) -> None:
    """Say where units' histories are."""
    hub.run_many(_SET_FRONT, map(_FRONT_VALUES, fronts))


def clear_front(hub: Hub, unit: str) -> None:
    """Forget where a unit's history is, before it is told anew."""
    hub.run("DELETE FROM front WHERE unit = ?", (unit,))


def fronts(hub: Hub, units: Sequence[str] | None = None) -> dict[str, Front]:
    """Where the histories of these units (or all) are; none for a unit that never reported."""
    if units is None:
        return {row[0]: Front(*row) for row in hub.rows(f"SELECT {_FRONT} FROM front")}
    found = {}
    for some in _some(units):
        for row in hub.rows(f"SELECT {_FRONT} FROM front WHERE unit IN ({places(len(some))})", some):
            found[row[0]] = Front(*row)
    return found


def of_unit(hub: Hub, unit: str) -> list[StoredReport]:
    """Every report of a unit, as they were taken one after another."""
    return [StoredReport(*row) for row in hub.rows(f"SELECT {_REPORT} FROM report WHERE unit = ? ORDER BY id", (unit,))]


def document(hub: Hub, report: int) -> bytes:
    """The signed document of a report, compressed."""
    row = hub.row("SELECT document FROM report WHERE id = ?", (report,))
    return bytes(row[0]) if row else b""


def walk(hub: Hub) -> Iterable[tuple[StoredReport, bytes]]:
    """Every report with its document, in the order in which they were taken, a few at a time in memory."""
    last = 0
    sql = f"SELECT {_REPORT}, document FROM report WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}"
    while rows := hub.rows(sql, (last,)):
        for row in rows:
            yield StoredReport(*row[:-1]), bytes(row[-1])
        last = rows[-1][0]


def figures_of(hub: Hub, report: int) -> list[Row]:
    """Number of field and procedure, and the columns, of each line of a report."""
    return hub.rows(f"SELECT matter, {', '.join(COLUMNS)} FROM figure WHERE report = ?", (report,))


def total_of(hub: Hub, report: int) -> tuple[int, ...]:
    """The sums of a report's lines."""
    sums = ", ".join(f"COALESCE(SUM({name}), 0)" for name in COLUMNS)
    row = hub.row(f"SELECT {sums} FROM figure WHERE report = ?", (report,))
    assert row is not None
    return tuple(map(int, row))


def standing_of_day(hub: Hub, unit: str, day: str) -> StandingRow | None:
    """What counts for a day of a unit."""
    row = hub.row(f"SELECT {_STANDING} FROM standing WHERE unit = ? AND day = ?", (unit, day))
    return _standing_row(row) if row else None


def standing_of(hub: Hub, unit: str) -> list[StandingRow]:
    """What counts for every day of a unit, by day."""
    rows = hub.rows(f"SELECT {_STANDING} FROM standing WHERE unit = ? ORDER BY day", (unit,))
    return [_standing_row(row) for row in rows]


def held(hub: Hub, units: Sequence[str]) -> list[Row]:
    """``(unit, line, day, revision, sha256)`` of everything that counts of a few units, by unit and day."""
    sql = f"SELECT unit, line, day, revision, sha256 FROM standing WHERE unit IN ({places(len(units))})"
    return hub.rows(f"{sql} ORDER BY unit, day", units)


def count_refusal(hub: Hub, unit: str, day: str, carrier: str, reason: str, message: str, at: str) -> None:
    """Count something that was refused; ``unit`` is empty where nobody proved who it was."""
    hub.run(
        "INSERT INTO refused (unit, day, carrier, reason, times, last_at, message) VALUES (?, ?, ?, ?, 1, ?, ?)"
        " ON CONFLICT (unit, day, carrier, reason) DO UPDATE SET times = refused.times + 1,"
        " last_at = excluded.last_at, message = excluded.message",
        (unit, day, carrier, reason, at, message),
    )


def refusals(hub: Hub, since: str) -> list[Row]:
    """``(unit, day, carrier, reason, times, last_at, message)`` of what was refused from a day on, newest first."""
    sql = "SELECT unit, day, carrier, reason, times, last_at, message FROM refused WHERE day >= ? ORDER BY last_at DESC"
    return hub.rows(sql, (since,))


def settlements(hub: Hub, unit: str | None = None) -> list[Row]:
    """``(unit, at, who, choice, reason, after_report)`` of every decision about a fork, oldest first."""
    sql = "SELECT unit, at, who, choice, reason, after_report FROM settlement"
    if unit is None:
        return hub.rows(f"{sql} ORDER BY id")
    return hub.rows(f"{sql} WHERE unit = ? ORDER BY id", (unit,))


def add_settlement(hub: Hub, unit: str, at: str, who: str, choice: str, reason: str, after_report: int) -> None:
    """Record a decision about a fork."""
    hub.run(
        "INSERT INTO settlement (unit, at, who, choice, reason, after_report) VALUES (?, ?, ?, ?, ?, ?)",
        (unit, at, who, choice, reason, after_report),
    )


def matters(hub: Hub) -> dict[tuple[str, str], int]:
    """Number of every field and procedure that a report ever named."""
    rows = hub.rows("SELECT id, field, procedure FROM matter")
    return {(name, procedure): number for number, name, procedure in rows}


def add_matters(hub: Hub, rows: Iterable[tuple[int, str, str]]) -> None:
    """Give fields and procedures their numbers."""
    hub.run_many("INSERT INTO matter (id, field, procedure) VALUES (?, ?, ?)", rows)


def _standing_row(row: Row) -> StandingRow:
    return StandingRow(*row[:7], tuple(row[7:]))  # type: ignore[call-arg]


def _some(units: Sequence[str]) -> Iterable[list[str]]:
    for start in range(0, len(units), _AT_ONCE):
        yield list(units[start : start + _AT_ONCE])
