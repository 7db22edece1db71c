"""Intakes not yet submitted: one per station, overwritten at each edit, never an act."""

import json
from datetime import datetime

from db.connection import Register
from db.records import Draft
from db.schema import Draft as Row


def save(book: Register, station: str, state: dict, *, at: datetime) -> None:
    """Replace the station's draft; durable when it returns."""
    with book.write():
        Row.insert(
            station=station, saved_at=at.isoformat(timespec="seconds"), state=json.dumps(state, ensure_ascii=False)
        ).on_conflict(conflict_target=[Row.station], preserve=[Row.saved_at, Row.state]).execute(book.database)


def load(book: Register, station: str) -> Draft | None:
    """The station's draft, if it has one."""
    rows = Row.select().where(Row.station == station).tuples().execute(book.database)
    return next((Draft(name, datetime.fromisoformat(at), json.loads(state)) for name, at, state in rows), None)


def discard(book: Register, station: str) -> None:
    """Forget the station's draft (submitted, or given up by the clerk)."""
    with book.write():
        Row.delete().where(Row.station == station).execute(book.database)
