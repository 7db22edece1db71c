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
from desktop.rules.deadlines import LimitError, Promise
from desktop.rules.lifecycle import Happened, State


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
        """The promise as events lead to ``state``: the limit of reception, every pause that ended, the extension.

        The calendar is the register's of today: a day off that was decreed while the dossier waited counts.
        """
        told = self.reception["limit"]
        after_cutoff = AfterCutoff(told.get("after_cutoff", AfterCutoff.NONE))
        limit = Limit(Decimal(told["value"]), LimitUnit(told["unit"]), after_cutoff)
        calendar = settings.calendar(book)
        pauses = tuple(pause for pause in state.pauses if pause.to_at is not None)
        extended_to = state.extended_to
        if extended_to is not None and state.extended_at is not None:
            later = (pause for pause in pauses if pause.from_at >= state.extended_at)
            extended_to = deadlines.moved_appointment(extended_to, later, calendar)
        try:
            return deadlines.promise(self.row.received_at, limit, calendar, pauses=pauses, extended_to=extended_to)
        except LimitError as error:
            raise UserError(error.code, error.message) from error


def history_of(book: Register, row: DossierRow) -> History:
    """The history of a dossier."""
    stored = events.of_dossier(book, row.code)
    payloads = tuple(map(payload_of, stored))
    happened = tuple(map(_happened, stored, payloads))
    return History(row, payloads, happened, lifecycle.fold(happened))


def payload_of(event: StoredEvent) -> Mapping[str, Any]:
    """What an event recorded."""
    return json.loads(event.payload)


def _happened(event: StoredEvent, told: Mapping[str, Any]) -> Happened:
    at = datetime.fromisoformat(event.at)
    return Happened(event.seq, EventKind(event.kind), at, event.clerk, told.get("facts", {}))
