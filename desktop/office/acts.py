"""What happens to a dossier after reception: one function records any act of its life, one transaction each.

Hides the fold of the history, the due date after pauses and the paper an act issues. Windows, ``act``
and ``replay`` call ``perform``; what may be done now and why not is ``offered``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from db import dossiers, events, people, projection
from db.connection import Register
from db.records import DossierRow, Limit
from db.vocabulary import AfterCutoff, DossierStatus, EventKind, LimitUnit
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import corrections, lookup, papers, procedures, settings
from desktop.rules import deadlines, lifecycle, obstacles
from desktop.rules.deadlines import Promise
from desktop.rules.lifecycle import Happened, State
from desktop.rules.obstacles import Refusal, Situation

#: Acts after which the promise is counted anew.
_MOVES_PROMISE = frozenset({EventKind.SUPPLEMENT, EventKind.FULFIL_OBLIGATION, EventKind.EXTEND, EventKind.UNDO})


@dataclass(frozen=True, slots=True)
class Done:
    """What an act answers; ``document`` is the id of the paper it issued, if any."""

    code: str
    status: DossierStatus
    due_at: datetime
    event: EventKind
    changes: Changes
    document: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as a screen shows it: possible now, or the sentence why not."""

    event: EventKind
    why_not: str = ""


class History:
    """A dossier's events, decoded once, with the state they lead to."""

    def __init__(self, book: Register, row: DossierRow) -> None:
        self.row = row
        self.stored = events.of_dossier(book, row.code)
        self.payloads = [json.loads(event.payload) for event in self.stored]
        self.happened = [
            Happened(
                event.seq,
                EventKind(event.kind),
                datetime.fromisoformat(event.at),
                event.clerk,
                payload.get("facts", {}),
            )
            for event, payload in zip(self.stored, self.payloads, strict=True)
        ]
        self.state = lifecycle.fold(self.happened)

    @property
    def last_seq(self) -> int:
        return self.stored[-1].seq

    @property
    def reception(self) -> dict[str, Any]:
        """What the ``register`` event recorded."""
        return self.payloads[0]

    @property
    def form(self) -> dict[str, Any]:
        """The form as it stands after every correction."""
        return next(payload["form"] for payload in reversed(self.payloads) if "form" in payload)

    def promise(self, book: Register, state: State) -> Promise:
        """The promise as the events leave it: the limit of reception, every pause that ended, the extension."""
        told = self.reception["limit"]
        after_cutoff = AfterCutoff(told.get("after_cutoff", AfterCutoff.NONE))
        limit = Limit(Decimal(told["value"]), LimitUnit(told["unit"]), after_cutoff)
        return deadlines.promise(
            self.row.received_at,
            limit,
            settings.calendar(book),
            pauses=tuple(pause for pause in state.pauses if pause.to_at is not None),
            extended_to=state.extended_to,
        )


def perform(
    book: Register,
    code: str,
    event: EventKind,
    facts: Mapping[str, Any],
    *,
    clerk: str,
    now: datetime,
    key: str | None = None,
    seen: int | None = None,
) -> Done:
    """Record ``event`` on a dossier with what the clerk gave as ``facts``; raises UserError with one sentence.

    ``key`` makes asking twice safe. ``seen`` is the number of the last event the asker knows: when the dossier
    went on since, nothing is recorded and the sentence tells what happened.
    """
    now = now.replace(microsecond=0)
    key = key or str(uuid4())
    if earlier := _answered(book, key, event):
        return earlier
    history = History(book, lookup.row(book, code))
    _refuse_stale(history, seen)
    situation = _situation(book, history, clerk, now)
    _refuse_stranger(book, facts)
    _raise(obstacles.refusal(history.state, event, facts, situation))
    if event is EventKind.UNDO:
        assert history.state.last is not None, "the obstacles let nothing be undone that never was"
        facts = {"undoes": history.state.last.seq}
    return _record(book, history, event, dict(facts), clerk=clerk, now=now, key=key)


def offered(book: Register, code: str, *, clerk: str, now: datetime) -> tuple[Offer, ...]:
    """Every act of the life cycle, possible ones first, each other with its reason."""
    history = History(book, lookup.row(book, code))
    situation = _situation(book, history, clerk, now)
    offers = []
    for event in (*lifecycle.TRANSITIONS, EventKind.UNDO):
        obstacle = obstacles.possible(history.state, event, situation)
        offers.append(Offer(event, obstacle.message if obstacle else ""))
    return tuple(sorted(offers, key=lambda offer: bool(offer.why_not)))


def _record(
    book: Register, history: History, event: EventKind, facts: dict[str, Any], *, clerk: str, now: datetime, key: str
) -> Done:
    row = history.row
    form = history.form
    if event is EventKind.CORRECT:
        procedure = procedures.version(book, history.reception["version_id"])
        form = corrections.corrected(form, facts.get("set", {}), procedure, today=now.date())
    with book.write():
        state = lifecycle.fold([*history.happened, Happened(history.last_seq + 1, event, now, clerk, facts)])
        promise = history.promise(book, state) if event in _MOVES_PROMISE else None
        due_at = promise.due_at if promise else row.due_at
        payload: dict[str, Any] = {"facts": facts, "after": _columns(state, due_at)}
        if promise:
            payload["explanation"] = lookup.told(promise)
        if event is EventKind.CORRECT:
            payload["form"] = form
            payload["after"] |= projection.person_columns(form)
        paper = papers.draft(book, row, form, event, facts, due_at=row.due_at, now=now)
        if paper:
            payload["paper"] = paper.sealed
        stored = events.append(book, event, payload, at=now, clerk=clerk, key=key, dossier=row.code)
        document = papers.issue(book, row.code, paper, at=now) if paper else None
        search_key = lookup.search_key(form, row.code, row.official_code) if event is EventKind.CORRECT else None
        dossiers.change(book, stored, payload, search_key=search_key)
    return Done(row.code, state.status, due_at, event, Changes(frozenset({row.code}), reports=True), document)


def _columns(state: State, due_at: datetime) -> dict[str, Any]:
    """What the act leaves in the dossier's row."""

    def told(at: datetime | None) -> str | None:
        return at.isoformat(timespec="seconds") if at else None

    return {
        "status": int(state.status),
        "due_at": told(due_at),
        "holder": state.holder,
        "paused_since": told(state.pauses[-1].from_at) if state.is_paused else None,
        "apologised": state.apologised,
        "finished_at": told(state.finished_at),
        "handed_over_at": told(state.handed_over_at),
    }


def _situation(book: Register, history: History, clerk: str, now: datetime) -> Situation:
    best = settings.get(book, "rating_scale", 5)
    return Situation(history.row.due_at, now, clerk, settings.calendar(book), best)


def _answered(book: Register, key: str, event: EventKind) -> Done | None:
    stored = events.by_key(book, key)
    if stored is None:
        return None
    if stored.kind != event or stored.dossier is None:
        raise UserError("key_reused", "Khóa của lần ghi này đã dùng cho việc khác; chưa ghi gì.", key=key)
    row = lookup.row(book, stored.dossier)
    return Done(row.code, row.status, row.due_at, event, Changes(), again=True)


def _refuse_stale(history: History, seen: int | None) -> None:
    if seen is None or seen == history.last_seq:
        return
    last = history.happened[-1]
    raise UserError(
        "changed_elsewhere",
        f"Hồ sơ vừa có việc mới lúc {last.at:%H:%M} của {last.clerk}. Đã mở lại bản mới, chưa ghi gì.",
        event=str(last.event),
        clerk=last.clerk,
        seq=last.seq,
    )


def _refuse_stranger(book: Register, facts: Mapping[str, Any]) -> None:
    second = facts.get("confirmed_by")
    if second and people.find(book, str(second)) is None:
        raise UserError("unknown_clerk", f"Không có công chức tên “{second}” trong sổ này.", clerk=second)


def _raise(obstacle: Refusal | None) -> None:
    if obstacle:
        raise UserError(obstacle.code, obstacle.message)
