"""The hub at its worst moment, all 3,321 communes of the country sending a day at once, and after ten years.

One real process of ``motcua hub serve`` takes the day, each commune over a connection of its own. The raw side writes
the very same rows into the same kind of database, one durable transaction for each report, with nothing checked.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from db import hub_reports, hub_units
from db.connection import PRAGMAS
from db.hub import DATABASE_FILE, Hub
from db.hub_reports import Front, StandingRow, StoredReport
from db.hub_units import HubUnit
from desktop.hub import founding, overview, units
from desktop.rules import calendar, seal
from desktop.rules.calendar import VN_TZ
from desktop.sync import client
from tests.bench import many_senders
from tests.bench.measuring import Row, milliseconds
from tests.hub import postgres
from tests.sync.hub_process import serving
from tests.sync.invented import InventedCommune

_NOW = datetime(2026, 11, 23, 17, 30, tzinfo=VN_TZ)
_COMMUNES, _AT_ONCE, _VISITS = 3_321, 3_321, 40
_MEGABYTES, _RANKED_MS = 300.0, 100.0
_FIRST = date(2025, 7, 1)
#: As many bytes as a report of forty visits has when it is kept.
_DOCUMENT = bytes(1_200)
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
#: Writes one row: the statement and its values.
Execute = Callable[[str, tuple[Any, ...]], Any]


def measure(quick: bool) -> list[Row]:
    """Reports a commune sends against raw inserts and the process's memory, on both databases; the ranking."""
    count = 12 if quick else _COMMUNES
    communes = [InventedCommune(f"X{number}", f"xã Số {number}", practice=True) for number in range(count)]
    packets = [commune.packet(commune.day(_NOW.date(), _VISITS)) for commune in communes]
    with tempfile.TemporaryDirectory() as folder:
        rows = _on_sqlite(Path(folder, "sqlite"), communes, packets)
        if postgres.programs():
            rows += _on_postgres(Path(folder, "postgres"), communes, packets)
        return [*rows, _ranking(Path(folder, "years"), years=1 if quick else 10)]


def _on_sqlite(home: Path, communes: list[InventedCommune], packets: list[bytes]) -> list[Row]:
    _begin(home, communes, None).close()
    before = (home / DATABASE_FILE).read_bytes()
    taken, memory = _served(home, packets)
    raw = home / "raw.sqlite3"
    raw.write_bytes(before)
    with founding.open_founded(home) as hub, closing(sqlite3.connect(raw, isolation_level=None)) as peer:
        for name, value in PRAGMAS.items():
            peer.execute(f"PRAGMA {name} = {value}")
        inserted = milliseconds(_write_all, _rows(hub, "?"), peer.execute, "BEGIN IMMEDIATE")
    return _told("SQLite", len(packets), taken, inserted, memory)


def _on_postgres(home: Path, communes: list[InventedCommune], packets: list[bytes]) -> list[Row]:
    import psycopg

    with postgres.server(**_DURABLE) as address:
        with psycopg.connect(address.format("postgres"), autocommit=True) as server:
            server.execute("CREATE DATABASE hub")
            _begin(home, communes, address.format("hub")).close()
            server.execute("CREATE DATABASE raw TEMPLATE hub")
        taken, memory = _served(home, packets)
        with founding.open_founded(home) as hub, psycopg.connect(address.format("raw"), autocommit=True) as peer:
            inserted = milliseconds(_write_all, _rows(hub, "%s"), peer.execute, "BEGIN")
    return _told("PostgreSQL", len(packets), taken, inserted, memory)


def _begin(home: Path, communes: list[InventedCommune], database: str | None) -> Hub:
    """A practice hub that knows every commune's key."""
    hub = founding.init(home, now=_NOW, practice=True, database_url=database)
    with hub.write():
        for commune in communes:
            hub_units.put(hub, HubUnit(commune.code, commune.name, "", None, None, None))
            hub_units.replace_key(hub, commune.code, seal.public_of(commune.key).hex(), _NOW.isoformat())
    return hub


def _served(home: Path, packets: list[bytes]) -> tuple[float, float]:
    """Milliseconds until every commune had its answer, and the most megabytes that the process had in use."""
    with serving(home) as process:
        answers: list[tuple[int, bytes]] = []
        taken = milliseconds(
            lambda: answers.extend(many_senders.answers(process.address, client.REPORTS, packets, at_once=_AT_ONCE))
        )
        assert {status for status, _ in answers} == {200}, "somebody was refused"
        return taken, process.peak_megabytes


def _rows(hub: Hub, place: str) -> list[list[tuple[str, tuple[Any, ...]]]]:
    """For each report the statements that write its rows."""
    matters = [_insert("matter", row, place) for row in hub.rows("SELECT * FROM matter")]
    found = {row[0]: [_insert("report", row, place)] for row in hub.rows("SELECT * FROM report ORDER BY id")}
    for row in hub.rows("SELECT * FROM figure"):
        found[row[0]].append(_insert("figure", row, place))
    of_unit = {}
    for row in hub.rows("SELECT * FROM standing"):
        found[row[2]].append(_insert("standing", row, place))
        of_unit[row[0]] = row[2]
    for row in hub.rows("SELECT * FROM front"):
        found[of_unit[row[0]]].append(_insert("front", row, place))
    return [matters, *found.values()]


def _insert(table: str, row: tuple[Any, ...], place: str) -> tuple[str, tuple[Any, ...]]:
    return f"INSERT INTO {table} VALUES ({', '.join([place] * len(row))})", row


def _write_all(reports: list[list[tuple[str, tuple[Any, ...]]]], execute: Execute, begin: str) -> None:
    for rows in reports:
        execute(begin, ())
        for sql, row in rows:
            execute(sql, row)
        execute("COMMIT", ())


def _told(name: str, count: int, taken: float, inserted: float, memory: float) -> list[Row]:
    claim = f"{count:,} communes send a day at once to a hub on {name}"
    return [
        Row(f"{claim}, each", taken / count, inserted / count, 4.0, "raw inserts of its rows, durable, one by one"),
        Row(f"{claim}, memory", memory, _MEGABYTES, 1.0, f"promised {_MEGABYTES:.0f} MB", "MB"),
    ]


def _ranking(home: Path, *, years: int) -> Row:
    """38 units ranked over all of these years, on which they reported every working day."""
    with founding.init(home, now=_NOW, practice=True) as hub:
        hub.run("PRAGMA synchronous = OFF")
        units.load(hub, None, who="quantri", now=_NOW)
        days = [_FIRST + timedelta(days=number) for number in range(years * 365)]
        told = [_years(seed, [on for on in days if calendar.shipped().is_working_day(on)]) for seed in range(3)]
        shown = units.every(hub)
        for number, unit in enumerate(shown):
            with hub.write():
                _keep(hub, unit.code, told[number % len(told)])
        taken = median(milliseconds(overview.ranking, hub, days[0], days[-1]) for _ in range(9))
        assert len(overview.ranking(hub, days[0], days[-1]).ranked) == len(shown)
        (reports,) = hub.rows("SELECT count(*) FROM report")[0]
    return Row(f"{len(shown)} units ranked over {reports:,} reports", taken, _RANKED_MS, 1.0, "promised 100 ms")


def _years(seed: int, days: list[date]) -> list[dict[str, Any]]:
    commune = InventedCommune(f"Y{seed}", f"xã Số {seed}", practice=True)
    return [commune.day(on, _VISITS) for on in days]


def _keep(hub: Hub, unit: str, told: list[dict[str, Any]]) -> None:
    """Every day of a unit as the receiver would keep it, under a document that nobody can read."""
    reports, figures, standing = [], [], []
    for number, body in enumerate(told, start=hub_reports.last_id(hub) + 1):
        day, digest, before = body["from"], body["hash"], body["previous"] or {}
        previous = before.get("day"), before.get("revision"), before.get("hash")
        seq, code, at = body["chain"]["seq"], body["code"], body["closed_at"]
        report = StoredReport(
            number, unit, day, 1, digest, digest, seq, *previous, code, "", "accepted", "", at, "network"
        )
        reports.append((report, _DOCUMENT))
        figures += [(number, matter, *counts) for matter, counts in _matters(hub, body)]
        standing.append(StandingRow(unit, day, number, 1, 1, digest, code, tuple(body["total"])))
    hub_reports.add(hub, reports)
    hub_reports.add_figures(hub, figures)
    hub_reports.set_standing(hub, standing)
    last = reports[-1][0]
    hub_reports.set_fronts(hub, [Front(unit, 1, last.seq, last.hash, told[0]["from"], last.day, last.day, 0)])


def _matters(hub: Hub, body: dict[str, Any]) -> Iterator[tuple[int, list[int]]]:
    """Number of field and procedure with the figures, of every line of a report."""
    known: dict[tuple[str, str], int] = hub.derived.setdefault("matters", {})
    for field, procedure, *counts in body["rows"]:
        if (field, procedure) not in known:
            known[field, procedure] = len(known) + 1
            hub_reports.add_matters(hub, [(known[field, procedure], field, procedure)])
        yield known[field, procedure], counts
