"""What hangs on the wall: one row for every time a sheet was put up, derived from events and from nothing else.

A sheet hangs until another copy takes its place or it is taken down. What each version of a sheet says is kept once,
by its SHA-256, and never changes. ``faults`` rebuilds the rows from the chain and looks through what is kept.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from db import events, statements
from db.connection import Register
from db.events import StoredEvent
from db.records import PostedSheet
from db.vocabulary import EventKind

_KINDS = (EventKind.POST_SHEETS, EventKind.TAKE_DOWN, EventKind.UNDO_POSTING)
_COLUMNS = (
    *("id", "name", "sha256", "size", "board", "slot", "posted_at", "clerk", "posted_by"),
    *("down_at", "down_by", "undone"),
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM posted_sheet"
_Row = dict[str, Any]


def keep(book: Register, sha256: str, name: str, content: str) -> None:
    """Keep what a version of a sheet says; inside ``Register.write``. The same again is kept once."""
    book.database.execute_sql(
        "INSERT INTO sheet_content (sha256, name, content) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (sha256, name, content),
    )


def content(book: Register, sha256: str) -> str:
    """What a version that was posted says."""
    return book.database.execute_sql("SELECT content FROM sheet_content WHERE sha256 = ?", (sha256,)).fetchone()[0]


def versions(book: Register, name: str) -> list[str]:
    """SHA-256 of every version of a sheet that was ever posted."""
    return [row[0] for row in book.database.execute_sql("SELECT sha256 FROM sheet_content WHERE name = ?", (name,))]


def record(book: Register, event: StoredEvent, payload: Mapping[str, Any]) -> None:
    """Bring the rows up to date with an event; inside ``Register.write``."""
    undoes = payload.get("undoes", 0)
    before = _rows(book, "WHERE down_by IS NULL OR posted_by = ? OR down_by = ?", undoes, undoes)
    free = book.database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM posted_sheet").fetchone()[0]
    for number, row in _after(before, event, payload, free).items():
        if number in before:
            changed = {name: value for name, value in row.items() if value != before[number][name]}
            statements.update(book, "posted_sheet", changed, id=number)
        else:
            statements.insert(book, "posted_sheet", row)


def hanging(book: Register) -> list[PostedSheet]:
    """What hangs now, by board and slot."""
    return _records(_rows(book, "WHERE down_by IS NULL ORDER BY board, slot, id"))


def hanging_on(book: Register, day: date) -> list[PostedSheet]:
    """What hung at the end of a day, by board and slot."""
    shown = "WHERE undone = 0 AND substr(posted_at, 1, 10) <= ? AND (down_at IS NULL OR substr(down_at, 1, 10) > ?)"
    return _records(_rows(book, f"{shown} ORDER BY board, slot, id", day.isoformat(), day.isoformat()))


def last_places(book: Register) -> dict[str, tuple[str, str]]:
    """Sheet → the board and slot where it hung last."""
    rows = book.database.execute_sql(
        "SELECT name, board, slot FROM posted_sheet WHERE undone = 0 ORDER BY down_by IS NULL, down_by, id"
    )
    return {name: (board, slot) for name, board, slot in rows}


def last_event(book: Register) -> StoredEvent | None:
    """The newest posting or taking down, an undo included."""
    return max(events.of_kinds(book, *_KINDS), key=lambda event: event.seq, default=None)


def faults(book: Register) -> Iterator[str]:
    """One sentence for each row that is not what the events say, and for each version that is not what was sealed."""
    rows: dict[int, _Row] = {}
    sealed = set()
    for event in events.of_kinds(book, *_KINDS):
        payload = json.loads(event.payload)
        rows |= _after(rows, event, payload, len(rows) + 1)
        sealed |= {sheet["sha256"] for sheet in payload.get("sheets", ()) if "sha256" in sheet}
    stored = _rows(book, "")
    for number in sorted(rows.keys() | stored.keys()):
        if rows.get(number) != stored.get(number):
            yield f"tờ {(rows.get(number) or stored[number])['name']}: dòng trong sổ không khớp sự kiện"
    for sha256, name, text in book.database.execute_sql("SELECT sha256, name, content FROM sheet_content"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256 or sha256 not in sealed:
            yield f"tờ {name}: nội dung đã lưu không khớp sự kiện"
        sealed.discard(sha256)
    for sha256 in sealed:
        yield f"nội dung {sha256[:12]} của một tờ đã dán: bị mất"


def _after(rows: Mapping[int, _Row], event: StoredEvent, payload: Mapping[str, Any], free: int) -> dict[int, _Row]:
    """The rows that an event adds (numbered from ``free``) or changes."""
    down = {"down_at": event.at, "down_by": event.seq}
    if event.kind == EventKind.UNDO_POSTING:
        put_up = {n: row | down | {"undone": 1} for n, row in rows.items() if row["posted_by"] == payload["undoes"]}
        again = {"down_at": None, "down_by": None}
        return {n: row | again for n, row in rows.items() if row["down_by"] == payload["undoes"]} | put_up
    places = {_place(sheet) for sheet in payload["sheets"]}
    changed = {n: row | down for n, row in rows.items() if row["down_by"] is None and _place(row) in places}
    if event.kind == EventKind.POST_SHEETS:
        for number, sheet in enumerate(payload["sheets"], start=free):
            changed[number] = {
                "id": number,
                **{name: sheet[name] for name in ("name", "sha256", "size", "board", "slot")},
                "posted_at": event.at,
                "clerk": event.clerk,
                "posted_by": event.seq,
                "down_at": None,
                "down_by": None,
                "undone": 0,
            }
    return changed


def _place(sheet: Mapping[str, Any]) -> tuple[str, str, str]:
    return sheet["name"], sheet["board"], sheet["slot"]


def _rows(book: Register, where: str, *facts: Any) -> dict[int, _Row]:
    found = book.database.execute_sql(f"{_SELECT} {where}", facts)
    return {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in found}


def _records(rows: Mapping[int, _Row]) -> list[PostedSheet]:
    return [
        PostedSheet(
            name=row["name"],
            sha256=row["sha256"],
            size=row["size"],
            board=row["board"],
            slot=row["slot"],
            posted_at=datetime.fromisoformat(row["posted_at"]),
            clerk=row["clerk"],
            posted_by=row["posted_by"],
            down_at=datetime.fromisoformat(row["down_at"]) if row["down_at"] else None,
        )
        for row in rows.values()
    ]
