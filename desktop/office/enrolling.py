"""The commune meets its hub: whose acknowledgements are believed, and by which way the hub is reached.

An enrolment pins the hub's key and is an event of the chain; the way (address, proxy, certificate) is a setting that
may change later. Windows and verbs call it; whoever sends reads :func:`hub` and :func:`line`.
"""

from dataclasses import dataclass
from datetime import datetime

from db import settings as stored
from db.connection import Register
from desktop.errors import UserError
from desktop.sync.client import Line

_HUB, _LINE = "hub", "hub_line"


@dataclass(frozen=True, slots=True)
class Hub:
    """The receiving side that this register is enrolled with; only what ``key`` signed is believed."""

    code: str
    name: str
    key: str
    practice: bool
    enrolled_at: datetime


def hub(book: Register) -> Hub | None:
    """The hub of this register, if there is one."""
    kept = stored.get(book, _HUB)
    return Hub(**(kept | {"enrolled_at": datetime.fromisoformat(kept["enrolled_at"])})) if kept else None


def believed(book: Register) -> Hub:
    """The hub of this register; UserError ``not_enrolled``."""
    found = hub(book)
    if found is None:
        raise UserError("not_enrolled", "Sổ này chưa nối với nơi nhận báo cáo; xin mã nối của tuyến trên trước.")
    return found


def line(book: Register) -> Line:
    """How the hub is reached; without an address reports travel by stick only."""
    return Line(**stored.get(book, _LINE, {}))
