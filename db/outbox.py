"""Reports on their way up, as SQL: a row for each revision of a closed day, and what the hub said, kept for ever.

A row's report never changes, its state does; what was acknowledged is proved by bytes that take no change. Called by
``office.outbox`` and its neighbours alone; everything that writes is called inside ``Register.write``.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from db import statements
from db.connection import Register
from db.events import StoredEvent, by_seq
from db.outbox_records import Acknowledgement, LineState, OutboxRow, StandingReport
from db.vocabulary import EventKind, OutboxState

_COLUMNS = (
    *("seq", "day", "revision", "code", "sha256", "received", "resolved", "overdue", "state", "rest", "reason"),
    *("changed_at", "attempts", "tries", "next_try_at", "acknowledgement", "standing"),
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM outbox"
_CLOSINGS = (
    f"FROM event WHERE key BETWEEN 'close_day ' AND 'close_day ~' AND kind = '{EventKind.CLOSE_DAY}'"
    " AND seq NOT IN (SELECT seq FROM outbox)"
)
_MOMENTS = ("offline_since", "tried_at", "next_try_at", "heard_at")
_LINE = ("offline_since", "reason", "failures", "tried_at", "next_try_at", "batch", "heard_at", "asked", "enrolling")


def without_row(book: Register, limit: int) -> list[StoredEvent]:
    """The oldest closings that have no row yet."""
    found = book.database.execute_sql(f"SELECT seq {_CLOSINGS} ORDER BY seq LIMIT ?", (limit,)).fetchall()
    return [event for (seq,) in found if (event := by_seq(book, seq))]


def has_news(book: Register) -> bool:
    """Whether a day was closed that has no row yet."""
    return book.database.execute_sql(f"SELECT 1 {_CLOSINGS} LIMIT 1").fetchone() is not None


def add(book: Register, values: dict[str, Any], content: bytes) -> None:
    """Keep a report and its row, unless another thread has just done so."""
    known = book.database.execute_sql("SELECT 1 FROM outbox WHERE seq = ?", (values["seq"],)).fetchone()
    if known is None:
        statements.insert(book, "day_report", {"seq": values["seq"], "content": content})
        statements.insert(book, "outbox", values)


def rows(book: Register, *states: OutboxState) -> list[OutboxRow]:
    """Rows in these states, or all of them, the newest day first and of a day its newest revision."""
    wanted = ", ".join("?" * len(states))
    where = f" WHERE state IN ({wanted})" if states else ""
    found = book.database.execute_sql(f"{_SELECT}{where} ORDER BY day DESC, revision DESC", tuple(map(str, states)))
    return [_row(values) for values in found]


def page(book: Register, offset: int, limit: int) -> list[OutboxRow]:
    """So many rows of all, in the order of :func:`rows`."""
    found = book.database.execute_sql(f"{_SELECT} ORDER BY day DESC, revision DESC LIMIT ? OFFSET ?", (limit, offset))
    return [_row(values) for values in found]


def place_of_first(book: Register, state: OutboxState) -> int | None:
    """How many rows stand before the first one in this state, in the order of :func:`rows`."""
    first = "SELECT day, revision FROM outbox WHERE state = ? ORDER BY day DESC, revision DESC LIMIT 1"
    found = book.database.execute_sql(first, (str(state),)).fetchone()
    if found is None:
        return None
    before = "SELECT count(*) FROM outbox WHERE (day, revision) > (?, ?)"
    return int(book.database.execute_sql(before, found).fetchone()[0])


def row(book: Register, seq: int) -> OutboxRow | None:
    """The row of a closing."""
    values = book.database.execute_sql(f"{_SELECT} WHERE seq = ?", (seq,)).fetchone()
    return _row(values) if values else None


def of_day(book: Register, on: date) -> list[OutboxRow]:
    """The rows of a day, its newest revision first."""
    found = book.database.execute_sql(f"{_SELECT} WHERE day = ? ORDER BY revision DESC", (on.isoformat(),))
    return [_row(values) for values in found]


def counts(book: Register) -> dict[OutboxState, int]:
    """State → how many rows are in it."""
    found = book.database.execute_sql("SELECT state, count(*) FROM outbox GROUP BY state")
    return {OutboxState(state): number for state, number in found}


def oldest(book: Register, *states: OutboxState) -> date | None:
    """The oldest day of which a row is in one of these states."""
    sql = f"SELECT min(day) FROM outbox WHERE state IN ({', '.join('?' * len(states))})"
    (day,) = book.database.execute_sql(sql, tuple(map(str, states))).fetchone()
    return date.fromisoformat(day) if day else None


def report(book: Register, seq: int) -> bytes:
    """The kept report of a row."""
    return book.database.execute_sql("SELECT content FROM day_report WHERE seq = ?", (seq,)).fetchone()[0]


def change(book: Register, seq: int, **values: Any) -> None:
    """Change what is known of a row: columns by name; moments and records may be given as they are."""
    statements.update(book, "outbox", {name: _stored(value) for name, value in values.items()}, seq=seq)


def keep(book: Register, content: bytes, *, sha256: str, said_at: datetime, read_at: datetime, carrier: str) -> int:
    """Keep an answer of the hub; the same bytes are kept once. Returns its id."""
    known = book.database.execute_sql("SELECT id FROM acknowledgement WHERE sha256 = ?", (sha256,)).fetchone()
    if known is not None:
        return int(known[0])
    values = {"said_at": _stored(said_at), "read_at": _stored(read_at), "carrier": carrier}
    return statements.insert(book, "acknowledgement", values | {"sha256": sha256, "content": content})


def acknowledgement(book: Register, number: int) -> Acknowledgement:
    """A kept answer."""
    return next(_kept(book, "WHERE id = ?", number))


def last_acknowledgement(book: Register) -> Acknowledgement | None:
    """The answer that was kept last."""
    return next(_kept(book, "ORDER BY id DESC LIMIT 1"), None)


def acknowledgements(book: Register) -> Iterator[Acknowledgement]:
    """Every kept answer, in the order in which they were kept."""
    return _kept(book, "ORDER BY id")


def said_later(book: Register, said_at: datetime) -> bool:
    """Whether an answer is kept that was said after this moment, by the hub's clock."""
    sql = "SELECT EXISTS (SELECT 1 FROM acknowledgement WHERE said_at > ?)"
    return bool(book.database.execute_sql(sql, (_stored(said_at),)).fetchone()[0])


def line(book: Register) -> LineState:
    """What is known of the way to the hub."""
    values = book.database.execute_sql(f"SELECT {', '.join(_LINE)} FROM line WHERE id = 1").fetchone()
    told: dict[str, Any] = dict(zip(_LINE, values, strict=True))
    return LineState(**told | {name: _moment(told[name]) for name in _MOMENTS})


def change_line(book: Register, **values: Any) -> None:
    """Change what is known of the way to the hub."""
    statements.update(book, "line", {name: _stored(value) for name, value in values.items()}, id=1)


def _kept(book: Register, where: str, *facts: Any) -> Iterator[Acknowledgement]:
    sql = f"SELECT id, said_at, read_at, carrier, sha256, content FROM acknowledgement {where}"
    for number, said_at, read_at, *rest in book.database.execute_sql(sql, facts):
        yield Acknowledgement(number, datetime.fromisoformat(said_at), datetime.fromisoformat(read_at), *rest)


def _row(values: tuple[Any, ...]) -> OutboxRow:
    told = dict(zip(_COLUMNS, values, strict=True))
    standing = json.loads(told["standing"]) if told["standing"] else None
    return OutboxRow(
        **{name: told[name] for name in ("seq", "revision", "code", "sha256", "received", "resolved", "overdue")},
        **{name: told[name] for name in ("reason", "attempts", "acknowledgement")},
        day=date.fromisoformat(told["day"]),
        state=OutboxState(told["state"]),
        rest=OutboxState(told["rest"]),
        since=datetime.fromisoformat(told["changed_at"]),
        tries=tuple(map(datetime.fromisoformat, json.loads(told["tries"]))),
        next_try_at=_moment(told["next_try_at"]),
        standing=StandingReport(**(standing | {"total": tuple(standing["total"])})) if standing else None,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _stored(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case tuple():
            return json.dumps([_stored(one) for one in value])
        case StandingReport():
            return json.dumps(asdict(value))
        case OutboxState():
            return str(value)
    return value
