"""Who looked at personal data, signed in, printed and took data out, as SQL over the event chain.

Called by ``office.access_log`` alone. Looks have an index of their own; prints are found through the order of the
chain, whose time never goes back on a live register.
"""

from collections.abc import Iterator
from datetime import date

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


def between(book: Register, first: date, last: date) -> Iterator[StoredEvent]:
    """Every look, export and sign-in of these days, both included, in chain order."""
    return events.of_kinds(book, *LOGGED, since=first, until=last)


def at_dossier(book: Register, code: str, since: date) -> list[StoredEvent]:
    """Every look at one dossier since a day, in chain order."""
    return [one for one in between(book, since, date.max) if f'"dossier":"{code}"' in one.payload]


def prints(book: Register, first: date, last: date) -> list[StoredEvent]:
    """Every print of these days, both included, in chain order."""
    start = 1 if book.practice else _first_since(book, first.isoformat())
    end = f"{last.isoformat()}~"
    past = _newest(book) + 1 if book.practice else _first_since(book, end)
    rows = book.database.execute_sql(
        "SELECT seq, dossier, kind, at, clerk, key, payload, prev, hash FROM event"
        " WHERE seq >= ? AND seq < ? AND kind = 'print' AND at >= ? AND at < ? ORDER BY seq",
        (start, past, first.isoformat(), end),
    )
    return [StoredEvent(*row) for row in rows]


def _newest(book: Register) -> int:
    return events.head(book)[0]


def _first_since(book: Register, moment: str) -> int:
    """The number of the first event at ``moment`` or later, one past the newest where there is none."""
    low, high = 1, _newest(book) + 1
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
