"""A dossier's events, decoded once: the state they lead to, the form as corrected, the promise as it holds.

Read by ``acts`` and by whatever explains a dossier. Changes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.records import DossierRow, Limit
from db.vocabulary import AfterCutoff, EventKind, LimitUnit
from desktop.errors import UserError
from desktop.office import settings
from desktop.rules import deadlines, lifecycle
from desktop.rules.calendar import WorkCalendar
from desktop.rules.deadlines import LimitError, Promise
from desktop.rules.lifecycle import Happened, State

#: Acts after which the promise is counted anew.
MOVES_PROMISE = frozenset({EventKind.SUPPLEMENT, EventKind.FULFIL_OBLIGATION, EventKind.EXTEND})


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one dossier; ``payloads`` and ``happened`` go with the stored events, oldest first."""

    row: DossierRow
    payloads: tuple[Mapping[str, Any], ...]
    happened: tuple[Happened, ...]
    state: State

    @property
    def last_seq(self) -> int:
        return self.happened[-1].seq

    @property
    def reception(self) -> Mapping[str, Any]:
        """What the ``register`` event recorded."""
        return self.payloads[0]

    @property
    def form(self) -> dict[str, Any]:
        """The form as it stands after every correction."""
        return next(payload["form"] for payload in reversed(self.payloads) if "form" in payload)

    @property
    def first_due_at(self) -> datetime:
        """The promise of reception, before any clock stop."""
        return datetime.fromisoformat(self.reception["due_at"])

    def with_(self, event: Happened) -> State:
        """The state once ``event`` was added."""
        return lifecycle.fold([*self.happened, event])

    def due_before(self, seq: int) -> datetime:
        """The due moment as it stood before an event: what undoing that event restores."""
        undone = {event.facts["undoes"] for event in self.happened if event.event is EventKind.UNDO}
        for event, payload in zip(reversed(self.happened), reversed(self.payloads), strict=True):
            if event.seq < seq and event.seq not in undone and "after" in payload:
                return datetime.fromisoformat(payload["after"]["due_at"])
        return self.first_due_at

    def promise(self, book: Register, state: State) -> Promise:
        """The promise as events lead to ``state``.

        The calendar is the register's of today: a day off that was decreed while the dossier waited counts.
        """
        try:
            return recounted(self.reception, state, settings.calendar(book))
        except LimitError as error:
            raise UserError(error.code, error.message) from error


def recounted(reception: Mapping[str, Any], state: State, calendar: WorkCalendar) -> Promise:
    """The limit of reception counted with every clock stop that ended, and the one new appointment."""
    pauses = tuple(pause for pause in state.pauses if pause.to_at is not None)
    received_at = datetime.fromisoformat(reception["received_at"])
    appointment = new_appointment(state, calendar)
    return deadlines.promise(received_at, limit_of(reception), calendar, pauses=pauses, extended_to=appointment)


def new_appointment(state: State, calendar: WorkCalendar) -> datetime | None:
    """The one new appointment, as clock stops moved it since it was given; None when there is none."""
    if state.extended_to is None or state.extended_at is None:
        return None
    later = (pause for pause in state.pauses if pause.from_at >= state.extended_at)
    return deadlines.moved_appointment(state.extended_to, later, calendar)


def limit_of(reception: Mapping[str, Any]) -> Limit:
    """The time limit that a ``register`` event recorded."""
    told = reception["limit"]
    after_cutoff = AfterCutoff(told.get("after_cutoff", AfterCutoff.NONE))
    return Limit(Decimal(told["value"]), LimitUnit(told["unit"]), after_cutoff)


def columns(state: State, due_at: datetime) -> dict[str, Any]:
    """What an act leaves in the dossier's row."""

    def told(at: datetime | None) -> str | None:
        return at.isoformat(timespec="seconds") if at else None

    return {
        "status": int(state.status),
        "due_at": told(due_at),
        "holder": state.holder,
        "paused_since": told(state.paused_since),
        "apologised": state.apologised,
        "finished_at": told(state.finished_at),
        "handed_over_at": told(state.handed_over_at),
    }


def history_of(book: Register, row: DossierRow) -> History:
    """The history of a dossier."""
    stored = events.of_dossier(book, row.code)
    payloads = tuple(map(payload_of, stored))
    past = tuple(map(happened, stored, payloads))
    return History(row, payloads, past, lifecycle.fold(past))


def payload_of(event: StoredEvent) -> Mapping[str, Any]:
    """What an event recorded."""
    return json.loads(event.payload)


def happened(event: StoredEvent, told: Mapping[str, Any]) -> Happened:
    """An event as the fold needs it."""
    at = datetime.fromisoformat(event.at)
    return Happened(event.seq, EventKind(event.kind), at, event.clerk, told.get("facts", {}))
