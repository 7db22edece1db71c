"""The intake a clerk has begun: kept at every edit, so that a power cut takes nothing away."""

from datetime import datetime

from db import drafts
from db.connection import Register
from db.records import Draft


def save(book: Register, station: str, state: dict, *, now: datetime) -> None:
    """Replace the station's draft with ``state`` (JSON values); durable when it returns."""
    drafts.save(book, station, state, at=now)


def load(book: Register, station: str) -> Draft | None:
    """The station's draft, if one was left."""
    return drafts.load(book, station)


def discard(book: Register, station: str) -> None:
    """Forget the station's draft."""
    drafts.discard(book, station)
