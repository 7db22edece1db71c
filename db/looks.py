"""Who looked at personal data, signed in, printed and took data out, as SQL over the event chain.

Called by ``office.access_log`` alone. Looks have an index of their own; prints are found through the order of the
chain, whose time never goes back on a live register.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind

#: In the order of the partial index: SQLite compares its condition word by word.
LOGGED = (
    EventKind.VIEW,
    EventKind.SEARCH,
    EventKind.REVEAL,
    EventKind.EXPORT,
    EventKind.SIGN_IN,
    EventKind.FAIL_SIGN_IN,
)

_COLUMNS = "seq, dossier, kind, at, clerk, key, payload, prev, hash"


class Asked(NamedTuple):
    """Days, both included, and whose looks or looks at which dossier; empty for everybody's, at anything."""

    first: date
    last: date
    person: str = ""
    dossier: str = ""


def newest(book: Register, asked: Asked, limit: int | None) -> list[StoredEvent]:
    """The looks, sign-ins, exports and prints that were asked for, newest first; all of them without ``limit``."""
    both = [*_rows(book, *_looks(asked), limit), *_rows(book, *_prints(book, asked), limit)]
    return sorted(both, key=lambda event: event.seq, reverse=True)[:limit]


def count(book: Register, asked: Asked) -> int:
    """How many there are of what was asked for."""
    return sum(_count(book, *each) for each in (_looks(asked), _prints(book, asked)))


def at_dossier(book: Register, code: str, since: date) -> list[StoredEvent]:
    """Every look at one dossier since a day, newest first; not its prints."""
    return _rows(book, *_looks(Asked(since, date.max, dossier=code)), None)


def _looks(asked: Asked) -> tuple[str, list[str]]:
    """A condition that SQLite answers from the partial index, and its values."""
    words = ", ".join(f"'{kind}'" for kind in LOGGED)
    where, facts = _within(asked)
    if asked.dossier:
        where, facts = f"{where} AND instr(payload, ?)", [*facts, f'"dossier":"{asked.dossier}"']
    return f"kind IN ({words}) AND {where}", facts


def _prints(book: Register, asked: Asked) -> tuple[str, list[str | int]]:
    """The same for prints, which have no index: between the first and the last event of these days."""
    where, facts = _within(asked)
    if asked.dossier:
        where, facts = f"{where} AND dossier = ?", [*facts, asked.dossier]
    start = 1 if book.practice else _first_since(book, asked.first.isoformat())
    past = events.head(book)[0] + 1 if book.practice else _first_since(book, f"{asked.last.isoformat()}~")
    return f"kind = 'print' AND seq >= ? AND seq < ? AND {where}", [start, past, *facts]


def _within(asked: Asked) -> tuple[str, list[str]]:
    where, facts = "at >= ? AND at < ?", [asked.first.isoformat(), f"{asked.last.isoformat()}~"]
    return (f"{where} AND clerk = ?", [*facts, asked.person]) if asked.person else (where, facts)


def _rows(book: Register, where: str, facts: Sequence[str | int], limit: int | None) -> list[StoredEvent]:
    most = -1 if limit is None else limit
    rows = book.database.execute_sql(
        f"SELECT {_COLUMNS} FROM event WHERE {where} ORDER BY at DESC, seq DESC LIMIT ?", (*facts, most)
    )
    return [StoredEvent(*row) for row in rows]


def _count(book: Register, where: str, facts: Sequence[str | int]) -> int:
    return int(book.database.execute_sql(f"SELECT count(*) FROM event WHERE {where}", tuple(facts)).fetchone()[0])


def _first_since(book: Register, moment: str) -> int:
    """The number of the first event at ``moment`` or later, one past the newest where there is none."""
    low, high = 1, events.head(book)[0] + 1
    while low < high:
        middle = (low + high) // 2
        row = book.database.execute_sql(
            "SELECT at FROM event WHERE seq >= ? ORDER BY seq LIMIT 1", (middle,)
        ).fetchone()
        if row is not None and row[0] < moment:
            low = middle + 1
        else:
            high = middle
    return low
