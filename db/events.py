"""The event chain: append-only, hash-linked, the only source of what happened.

Each event carries who, when, what, the caller's idempotency key and SHA-256 over its canonical
content and its predecessor's hash. ``append`` must be called inside ``Register.write``.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from db import statements
from db.connection import Register
from db.errors import RegisterProblem
from db.vocabulary import EventKind

GENESIS = "0" * 64
_in_order = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
#: SQLite takes so many values in one statement, and more.
_AT_ONCE = 500
_COLUMNS = "seq, dossier, kind, at, clerk, key, payload, prev, hash"


class StoredEvent(NamedTuple):
    """One link as stored; ``at`` is ISO text, ``payload`` canonical JSON text."""

    seq: int
    dossier: str | None
    kind: str
    at: str
    clerk: str
    key: str
    payload: str
    prev: str
    hash: str

    def computed_hash(self) -> str:
        """What ``hash`` must be for this content after this predecessor."""
        content = [self.seq, self.dossier, self.kind, self.at, self.clerk, self.key, self.payload, self.prev]
        from hashlib import sha256  # OpenSSL behind it is a fiftieth of the start-up, and a start hashes nothing

        return sha256(_in_order(content).encode()).hexdigest()


class ChainFault(NamedTuple):
    """Where the chain does not hold: the event's number and what is wrong with it."""

    seq: int
    fault: str


def new_key() -> str:
    """An idempotency key for what is asked once by its nature, such as a change of the settings."""
    from uuid import uuid4

    return str(uuid4())


def canonical(payload: dict) -> str:
    """JSON text that is the same for the same content: sorted keys, no spaces, real letters."""
    return _sorted(payload)


def append(
    book: Register,
    kind: EventKind,
    payload: dict,
    *,
    at: datetime,
    clerk: str,
    key: str,
    dossier: str | None = None,
) -> StoredEvent:
    """Add one link. A live register's time never goes back: an earlier ``at`` raises ``clock_back``.

    RuntimeError for an act that nobody asked a right for in this transaction.
    """
    if not book.is_granted(clerk, kind):
        raise RuntimeError(f"nobody asked whether {clerk!r} may {kind}")
    seq, last_at, prev = _tail(book)
    moment = at.isoformat(timespec="seconds")
    if not book.practice and moment < last_at:
        last = datetime.fromisoformat(last_at)
        raise RegisterProblem(
            "clock_back",
            f"Đồng hồ máy đang chỉ {at:%H:%M %d/%m/%Y}, sớm hơn việc cuối đã ghi lúc {last:%H:%M %d/%m/%Y}. "
            "Hãy chỉnh lại đồng hồ; chưa có gì được ghi.",
            last_at=last_at,
        )
    event = StoredEvent(seq + 1, dossier, str(kind), moment, clerk, key, canonical(payload), prev, "")
    event = event._replace(hash=event.computed_hash())
    statements.insert(book, "event", event._asdict())
    return event


def _tail(book: Register) -> tuple[int, str, str]:
    row = book.database.execute_sql("SELECT seq, at, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (0, "", GENESIS)


def last_moment(book: Register) -> datetime | None:
    """When the newest event happened."""
    at = _tail(book)[1]
    return datetime.fromisoformat(at) if at else None


def first_moment(book: Register) -> datetime | None:
    """When the register began."""
    row = book.database.execute_sql("SELECT at FROM event ORDER BY seq LIMIT 1").fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def by_key(book: Register, key: str) -> StoredEvent | None:
    """The event that this idempotency key made, if any."""
    row = book.database.execute_sql(f"SELECT {_COLUMNS} FROM event WHERE key = ?", (key,)).fetchone()
    return StoredEvent(*row) if row else None


def by_seq(book: Register, seq: int) -> StoredEvent | None:
    """The event of this number, if there is one."""
    row = book.database.execute_sql(f"SELECT {_COLUMNS} FROM event WHERE seq = ?", (seq,)).fetchone()
    return StoredEvent(*row) if row else None


def first_with_key(book: Register, prefix: str) -> StoredEvent | None:
    """The oldest event whose idempotency key begins with ``prefix``, if any."""
    row = book.database.execute_sql(
        f"SELECT {_COLUMNS} FROM event WHERE key >= ? AND key < ? ORDER BY seq LIMIT 1", (prefix, prefix + "\U0010ffff")
    ).fetchone()
    return StoredEvent(*row) if row else None


def of_kinds(
    book: Register,
    *kinds: EventKind,
    since: date = date.min,
    until: date = date.max,
    only: EventKind | None = None,
) -> Iterator[StoredEvent]:
    """The events of these kinds from the day ``since`` to the end of the day ``until``, in chain order.

    ``kinds`` are those of a partial index; ``only`` takes one of them out of it.
    """
    # Kinds written out and the order not that of the rows: else SQLite reads every event instead of a partial index.
    words = ", ".join(f"'{kind}'" for kind in kinds)
    sql = f"SELECT {_COLUMNS} FROM event WHERE kind IN ({words}) AND at >= ? AND at < ?"
    facts = [since.isoformat(), f"{until.isoformat()}~"]
    if only is not None:
        sql, facts = f"{sql} AND kind = ?", [*facts, str(only)]
    for row in book.database.execute_sql(f"{sql} ORDER BY +seq", facts):
        yield StoredEvent(*row)


def dossiers_with(book: Register, *kinds: EventKind, since: date, until: date) -> list[str]:
    """Codes of the dossiers to which one of these kinds, those of a partial index, happened on these days."""
    words = ", ".join(f"'{kind}'" for kind in kinds)
    sql = f"SELECT DISTINCT dossier FROM event WHERE kind IN ({words}) AND at >= ? AND at < ? AND dossier IS NOT NULL"
    # Sorted here: asked to, SQLite would read the index of all dossiers.
    return sorted(row[0] for row in book.database.execute_sql(sql, (since.isoformat(), f"{until.isoformat()}~")))


def last_with_key(book: Register, kind: EventKind, prefix: str) -> StoredEvent | None:
    """The event of a kind whose idempotency key is the last in order of those that begin with ``prefix``, if any."""
    row = book.database.execute_sql(
        f"SELECT {_COLUMNS} FROM event WHERE key >= ? AND key < ? AND kind = ? ORDER BY key DESC LIMIT 1",
        (prefix, prefix + "\U0010ffff", str(kind)),
    ).fetchone()
    return StoredEvent(*row) if row else None


def last_before(book: Register, kind: EventKind, seq: int) -> StoredEvent | None:
    """The newest event of a kind among those before an event's number, if any."""
    row = book.database.execute_sql(
        f"SELECT {_COLUMNS} FROM event WHERE kind = ? AND seq < ? ORDER BY seq DESC LIMIT 1", (str(kind), seq)
    ).fetchone()
    return StoredEvent(*row) if row else None


def with_keys(book: Register, kind: EventKind, first: str, last: str) -> list[StoredEvent]:
    """The events of a kind whose idempotency keys lie between two texts, in the order of their keys."""
    rows = book.database.execute_sql(
        f"SELECT {_COLUMNS} FROM event WHERE key BETWEEN ? AND ? AND kind = ? ORDER BY key", (first, last, str(kind))
    )
    return [StoredEvent(*row) for row in rows]


def of_dossier(book: Register, code: str) -> list[StoredEvent]:
    """Everything that happened to a dossier, oldest first."""
    rows = book.database.execute_sql(f"SELECT {_COLUMNS} FROM event WHERE dossier = ? ORDER BY seq", (code,))
    return [StoredEvent(*row) for row in rows]


def of_dossiers(book: Register, codes: Sequence[str]) -> Iterator[tuple[str, int, str, str, str, str]]:
    """``(dossier, seq, kind, at, clerk, payload)`` of everything that happened to these, by dossier and in order."""
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        places = ", ".join("?" * len(some))
        yield from book.database.execute_sql(
            "SELECT dossier, seq, kind, at, clerk, payload FROM event"
            f" WHERE dossier IN ({places}) ORDER BY dossier, seq",
            some,
        )


def walk(book: Register) -> Iterator[StoredEvent]:
    """Every event in chain order, a few at a time in memory."""
    for row in book.database.execute_sql(f"SELECT {_COLUMNS} FROM event ORDER BY seq"):
        yield StoredEvent(*row)


def faults(book: Register) -> Iterator[ChainFault]:
    """Every place where the chain was edited, cut or reordered; nothing when it holds.

    A tail cut off is seen by the counter that SQLite keeps of the highest number ever given; whoever
    also edits that counter can only be caught by a hash that left the machine.
    """
    prev, expected = GENESIS, 1
    for event in walk(book):
        if event.seq != expected:
            yield ChainFault(expected, "missing")
        if event.prev != prev:
            yield ChainFault(event.seq, "wrong predecessor")
        if event.hash != event.computed_hash():
            yield ChainFault(event.seq, "content changed")
        prev, expected = event.hash, event.seq + 1
    highest = book.database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = 'event'").fetchone()
    if highest is not None and highest[0] >= expected:
        yield ChainFault(expected, "missing")


def head(book: Register) -> tuple[int, str]:
    """Number and hash of the newest event."""
    seq, _, digest = _tail(book)
    return seq, digest
