"""Frozen records of the way up, asked for through ``db.records``: what waits, what the hub holds, how the line is."""

from dataclasses import dataclass
from datetime import date, datetime

from db.vocabulary import OutboxState


@dataclass(frozen=True, slots=True)
class StandingReport:
    """What the hub holds of a day instead of what was sent; ``total`` are columns (3) to (13) of Biểu II.06a."""

    revision: int
    code: str
    sha256: str
    total: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One revision of a closed day on its way to the hub.

    ``seq`` is the number of its closing in the chain and names the row. ``received`` counts dossiers that came on the
    day, ``resolved`` those that ended, ``overdue`` those that ended late and those still open past their promise.
    ``since`` is when the state began, ``tries`` are the latest moments of sending, oldest first, ``attempts`` counts
    failures since the hub last answered for it. ``next_try_at`` is empty where nothing keeps it from being sent.
    """

    seq: int
    day: date
    revision: int
    code: str
    sha256: str
    received: int
    resolved: int
    overdue: int
    state: OutboxState
    rest: OutboxState
    reason: str
    since: datetime
    attempts: int
    tries: tuple[datetime, ...]
    next_try_at: datetime | None
    acknowledgement: int | None
    standing: StandingReport | None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A kept answer of the hub, byte for byte: ``said_at`` by its clock, ``read_at`` by ours.

    ``carrier`` is ``network`` or ``file``.
    """

    id: int
    said_at: datetime
    read_at: datetime
    carrier: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LineState:
    """What this machine saw of the way to the hub.

    ``failures`` counts tries in a row that reached nobody; ``batch`` reports go at once; ``heard_at`` is the last
    genuine answer, ``asked`` the digest of the hub for which its whole list was last looked through, ``enrolling``
    what an enrolment by files waits with (JSON).
    """

    offline_since: datetime | None
    reason: str
    failures: int
    tried_at: datetime | None
    next_try_at: datetime | None
    batch: int
    heard_at: datetime | None
    asked: str
    enrolling: str
