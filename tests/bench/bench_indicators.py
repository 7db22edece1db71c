"""The figures beside the official table, for a month of a commune's hundred thousand dossiers.

Every dossier has the events of one that the program itself took in and handed over, moved to its own days.
"""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind
from desktop.office import acts, counter, counting, indicators, opening
from desktop.rules.calendar import VN_TZ
from tests.bench import registers
from tests.bench.measuring import Row, milliseconds

E = EventKind
_NOW = datetime(2027, 1, 4, 9, tzinfo=VN_TZ)
_MONTHS = {"the newest month": date(2026, 12, 1), "a month two years before": date(2024, 12, 1)}
_AT_ONCE = 5_000
#: What happens to one dossier of so many, and hours after its reception when.
_LIFE: tuple[tuple[EventKind, int, int, dict[str, str | int]], ...] = (
    (E.REQUEST_SUPPLEMENT, 20, 2, {"note": "Tờ khai chưa ghi đủ các mục"}),
    (E.SUPPLEMENT, 20, 24, {}),
    (E.FEE_PAID, 4, 26, {"receipt_number": "AA/25P-0001", "by": "cash"}),
    (E.FINISH, 1, 27, {}),
    (E.HAND_OVER, 1, 28, {}),
    (E.RATE, 3, 29, {"score": 5}),
)
#: Kind, one of so many, hours after reception, payload with days as ``@0@`` (of reception) and the code as ``@code@``.
Told = tuple[str, int, int, str]


def measure(quick: bool) -> list[Row]:
    """The newest month and one of two years before, of so many dossiers that went their whole way."""
    dossiers = 1_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        life = _life(Path(folder, "one"))
        with registers.filled(Path(folder, "many"), dossiers, last=_NOW - timedelta(days=7)) as book:
            _tell(book, life)
            with counting.up_to_date(book, now=_NOW):
                pass
            return [_month(book, dossiers, name, first) for name, first in _MONTHS.items()]


def _month(book: Register, dossiers: int, name: str, first: date) -> Row:
    ask = partial(indicators.of_period, book, first, first + timedelta(days=30), now=_NOW)
    taken = median(milliseconds(ask) for _ in range(7))
    return Row(f"Figures beside the table of {name}, {dossiers:,} dossiers", taken, 300.0, 1.0, "promised 300 ms")


def _life(home: Path) -> list[Told]:
    """One dossier as the program records it."""
    begun = datetime(2026, 11, 9, 8, tzinfo=VN_TZ)
    with opening.init(home, registers.UNIT, now=begun - timedelta(days=1)) as book:
        form = next(iter(registers.forms(99)))
        code = counter.register(book, form, clerk="quay1", now=begun).code
        for event, _, hours, facts in _LIFE:
            acts.perform(book, code, event, facts, clerk="quay1", now=begun + timedelta(hours=hours))
        told = events.of_dossier(book, code)
    often = {str(event): (one_of, hours) for event, one_of, hours, _ in _LIFE}
    days = {(begun.date() + timedelta(days=number)).isoformat(): f"@{number}@" for number in range(15)}
    return [(one.kind, *often.get(one.kind, (1, 0)), _with_tokens(one.payload, code, days)) for one in told]


def _with_tokens(payload: str, code: str, days: dict[str, str]) -> str:
    text = payload.replace(code, "@code@")
    for day, token in days.items():
        text = text.replace(day, token)
    return text


def _tell(book: Register, life: Iterable[Told]) -> None:
    """A chain in which every dossier of the register lived that life."""
    rows = book.database.execute_sql("SELECT id, code, received_at FROM dossier ORDER BY received_at, id").fetchall()
    seq, prev = events.head(book)
    stored: list[tuple] = []
    for dossier, code, at in rows:
        for kind, when, payload in _moved(life, dossier, code, datetime.fromisoformat(at)):
            seq += 1
            event = StoredEvent(seq, code, kind, when, "quay1", f"{code} {kind}", payload, prev, "")
            prev = event.computed_hash()
            stored.append((*event[:8], prev))
        if len(stored) > _AT_ONCE or dossier == rows[-1][0]:
            with book.write():
                book.database.connection().executemany(f"INSERT INTO event VALUES ({', '.join('?' * 9)})", stored)
            stored.clear()


def _moved(life: Iterable[Told], dossier: int, code: str, begun: datetime) -> Iterator[tuple[str, str, str]]:
    days = {f"@{number}@": (begun + timedelta(days=number)).date().isoformat() for number in range(15)}
    for kind, one_of, hours, payload in life:
        if dossier % one_of == 0:
            text = payload.replace("@code@", code)
            for token, day in days.items():
                text = text.replace(token, day)
            yield kind, (begun + timedelta(hours=hours)).isoformat(), text
