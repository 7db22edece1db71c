"""A year of 25,000 dossiers with every kind of life, told by its chain: every period and cell recounted by hand."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from random import Random

import pytest

from db import events
from db.events import StoredEvent
from db.vocabulary import DossierStatus, EventKind
from desktop.office import counting
from desktop.rules import periods, statistics
from desktop.rules.calendar import VN_TZ
from desktop.rules.periods import PeriodKind
from tests.bench import registers
from tests.journeys import figures_recount

DOSSIERS = 25_000
LAST = datetime(2026, 12, 28, 16, 0, tzinfo=VN_TZ)
NOW = LAST + timedelta(days=14)
ENDS = (
    (EventKind.FINISH, DossierStatus.FINISHED, 90),
    (EventKind.REFUSE, DossierStatus.NOT_RECEIVED, 4),
    (EventKind.STOP, DossierStatus.STOPPED, 2),
    (EventKind.WITHDRAW, DossierStatus.WITHDRAWN, 4),
)


def life(chance, came):
    """What happened after reception: (kind, moment, after), oldest first, with the promise moving as clocks stop."""
    at, due, paused = came, came + timedelta(days=chance.choice((0, 1, 3, 3, 10, 20))), None
    status, first_due = DossierStatus.RECEIVED, due
    steps = []

    def step(kind, **changes):
        after = {"status": int(status), "due_at": due.isoformat(), "paused_since": paused and paused.isoformat()}
        steps.append((kind, at, after | {"finished_at": None} | changes))

    while chance.random() < 0.25:
        at += timedelta(days=chance.choice((0, 1, 2)), minutes=7)
        status, paused = DossierStatus.WAITING_SUPPLEMENT, at
        step(EventKind.REQUEST_SUPPLEMENT)
        if chance.random() < 0.2:
            break
        at += timedelta(days=chance.choice((0, 1, 5, 12)))
        due, paused, status = due + (at - paused), None, DossierStatus.PROCESSING
        step(EventKind.SUPPLEMENT)
    if chance.random() < 0.96:
        kind, status, _ = chance.choices(ENDS, [share for *_, share in ENDS])[0]
        at += timedelta(days=chance.choice((0, 0, 0, 1, 2, 9)), minutes=11)
        if status is not DossierStatus.FINISHED or paused is None:
            step(kind, finished_at=at.isoformat())
    return first_due, steps


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """A register whose chain tells the year; the dossier rows are only there to be named."""
    with registers.filled(tmp_path_factory.mktemp("year") / "data", DOSSIERS, last=LAST) as book:
        versions = {
            code: version for version, code in book.database.execute_sql("SELECT id, code FROM procedure_version")
        }
        codes, chance = sorted(versions)[:40], Random(2026)
        told = []
        for code, at in book.database.execute_sql("SELECT code, received_at FROM dossier ORDER BY id"):
            procedure = chance.choice(codes)
            due, steps = life(chance, datetime.fromisoformat(at))
            reception = {
                "procedure": procedure,
                "version_id": versions[procedure],
                "received_at": at,
                "due_at": due.isoformat(),
                "form": {"channel": chance.choice(("direct", "online", "post"))},
            }
            told.append((at, code, EventKind.REGISTER, reception))
            told += [(when.isoformat(), code, kind, {"after": after}) for kind, when, after in steps]
        _chain(book, sorted(told, key=lambda event: event[0]))
        yield book


def _chain(book, told):
    seq, prev = events.head(book)
    rows = []
    for at, code, kind, payload in told:
        seq += 1
        event = StoredEvent(seq, code, str(kind), at, "quay1", f"year {seq}", json.dumps(payload), prev, "")
        prev = event.computed_hash()
        rows.append((*(getattr(event, name) for name in StoredEvent._fields[:8]), prev))
    with book.write():
        book.database.connection().executemany(f"INSERT INTO event VALUES ({', '.join('?' * 9)})", rows)


def asked():
    """The official year, its quarters and months, and a few free weeks."""
    yield periods.official(PeriodKind.YEAR, 2026)
    yield from (periods.official(PeriodKind.QUARTER, 2026, number) for number in range(1, 5))
    yield from (periods.official(PeriodKind.MONTH, 2026, number) for number in range(1, 13))
    yield from (periods.free(date(2026, month, 3), date(2026, month, 9)) for month in range(2, 12, 3))


def test_every_cell_of_the_year_is_what_the_events_say(year):
    recounted = figures_recount.read(year.home / "register.sqlite3")
    for period in asked():
        table = counting.counted(year, period.first, period.last, now=NOW).table
        ours = {name: asdict(line) for name, line in statistics.by_field(table.lines).items()}
        ours[""] = asdict(table.total)
        assert ours == figures_recount.recount(recounted, str(period.first), str(period.last)), period.name
        assert table.broken == ()
    assert len(recounted) == DOSSIERS
