"""The figures of a period: the official table of a month against a hand-written scan, a year, a closed day, a recount.

Dossiers of ten years and sixty procedures are put into the figures as their events would put them; the day closed and
the recount from events are measured on a register whose chain really tells those events.
"""

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from db import events, figures
from db.connection import Register
from db.events import StoredEvent
from db.figures import Mark, StoredCourse
from db.vocabulary import EventKind
from desktop.office import closing, counting, opening
from desktop.rules.calendar import VN_TZ
from tests.bench import registers
from tests.bench.measuring import Row, in_turns, milliseconds

_FIRST = date(2017, 1, 2)
_NOW = datetime(2027, 1, 4, 9, tzinfo=VN_TZ)
_DAYS = (_NOW.date() - _FIRST).days
_FIELDS = 15
_PROCEDURES = 60
_SCAN = (
    "SELECT field, online, count(*) FROM course INDEXED BY course_received"
    " WHERE received_on BETWEEN '2026-10-15' AND '2026-11-14' GROUP BY field, online"
)


def measure(quick: bool) -> list[Row]:
    """A month in ten busy years, a month and a year at a commune's size, a recount twice as long, a closed day."""
    many, some, told = (2_000, 1_000, 40) if quick else (1_000_000, 100_000, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_tables(Path(folder, "many"), many, rounds=3 if quick else 40))
        rows += _commune(Path(folder, "some"), some)
        rows += _told(Path(folder, "told"), told)
    return rows


def _tables(home: Path, dossiers: int, rounds: int) -> Iterator[Row]:
    with _filled(home, dossiers) as book, figures.opened(book) as kept:
        month = partial(counting.table_of, kept, date(2026, 10, 15), date(2026, 11, 14), _NOW.date())
        ours, scan = in_turns(month, lambda: kept.run(_SCAN).fetchall(), rounds=rounds)
        yield Row(f"A month's table, {dossiers:,} dossiers", ours, scan, 1.5, "one covering-index scan by hand")


def _commune(home: Path, dossiers: int) -> Iterator[Row]:
    with _filled(home, dossiers) as book:
        for name, first, promised in (("month", date(2026, 11, 15), 40.0), ("year", date(2025, 12, 15), 60.0)):
            ask = partial(counting.counted, book, first, date(2026, 12, 14), now=_NOW)
            taken = median(milliseconds(ask) for _ in range(9))
            claim = f"The table of a {name} as asked for, {dossiers:,} dossiers"
            yield Row(claim, taken, promised, 1.0, f"promised {promised:.0f} ms")


def _told(home: Path, dossiers: int) -> Iterator[Row]:
    with registers.filled(home, dossiers * 2, last=_NOW - timedelta(days=1)) as book:
        _tell(book)
        half, whole = (min(_recount(book, share) for _ in range(3)) for share in (dossiers, dossiers * 2))
        yield Row(f"Figures of {dossiers * 2:,} dossiers from their events", whole, half, 2.4, "half as many")
        counting.counted(book, _NOW.date(), _NOW.date(), now=_NOW)
        close = partial(closing.close_day, book, _NOW.date(), clerk="quay1", now=_NOW)
        yield Row(f"A day closed, {dossiers * 2:,} dossiers", milliseconds(close), 50.0, 1.0, "promised 50 ms")


def _filled(home: Path, dossiers: int) -> Register:
    """A register whose figures know ten years of dossiers."""
    book = opening.init(home, registers.UNIT, now=_NOW)
    with figures.opened(book) as kept, kept.write():
        kept.put_courses([], _courses(dossiers))
        kept.set_mark(Mark(*events.head(book), None))
    with counting.up_to_date(book, now=_NOW):
        pass
    return book


def _courses(dossiers: int) -> Iterator[StoredCourse]:
    """Most solved within days, some late, some open; one in twenty had its promise moved."""
    chance = Random(7)
    for number in range(dossiers):
        came = _FIRST + timedelta(days=number * _DAYS // dossiers)
        procedure = min(int(chance.expovariate(0.08)), _PROCEDURES - 1)
        due = came + timedelta(days=chance.choice((0, 0, 0, 3, 10, 30)))
        spans = [(came.isoformat(), due.isoformat(), None)]
        if number % 20 == 0:
            later = came + timedelta(days=2)
            spans.append((later.isoformat(), (due + timedelta(days=4)).isoformat(), None))
        ended = None if number % 33 == 0 and number > dossiers * 0.98 else due + timedelta(days=number % 50 == 0)
        outcome = None if ended is None else "late" if ended > due else "on_time"
        group = (f"Lĩnh vực {procedure % _FIELDS}", f"1.{procedure:06d}")
        ended_on = ended.isoformat() if ended else None
        yield (number + 1, *group, number % 3 == 0, came.isoformat(), ended_on, outcome, spans)


def _tell(book: Register) -> None:
    """A chain that says what the dossier rows say: each received, and finished the day after."""
    rows = book.database.execute_sql("SELECT code, received_at, procedure, version_id FROM dossier ORDER BY id")
    seq, prev = events.head(book)
    stored = []
    for code, at, procedure, version in rows.fetchall():
        form = {"channel": "direct"}
        ended_at = (datetime.fromisoformat(at) + timedelta(days=1)).isoformat()
        begun = {"procedure": procedure, "version_id": version, "received_at": at, "due_at": ended_at, "form": form}
        after = {"status": 9, "due_at": ended_at, "paused_since": None, "finished_at": ended_at}
        for kind, told in ((EventKind.REGISTER, begun), (EventKind.FINISH, {"after": after})):
            seq += 1
            when = at if kind is EventKind.REGISTER else ended_at
            event = StoredEvent(seq, code, str(kind), when, "quay1", f"{code} {kind}", json.dumps(told), prev, "")
            prev = event.computed_hash()
            stored.append((*event[:8], prev))
    with book.write():
        places = ", ".join("?" * 9)
        book.database.connection().executemany(f"INSERT INTO event VALUES ({places})", stored)
        book.database.execute_sql("UPDATE dossier SET status = 9, finished_at = date(received_at, '+1 day')")
        book.database.execute_sql("UPDATE dossier SET due_at = finished_at || substr(received_at, 11)")


def _recount(book: Register, dossiers: int) -> float:
    """Milliseconds to read the events of the first so many dossiers into figures that know nothing."""
    ids = list(range(1, dossiers + 1))
    with figures.opened(book) as kept:
        with kept.write():
            kept.forget()
        return milliseconds(counting.read_dossiers, book, kept, ids, events.head(book)[0])
