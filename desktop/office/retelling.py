"""The whole history judged again by the rules: what acts sealed must follow from what clerks gave.

The hash chain tells that nobody changed an event; this tells that no event says what the rules would not have
allowed, or a date that does not follow. Used by ``checking`` alone. Changes nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.records import ProcedureVersion
from db.vocabulary import EventKind, ProcedureStatus
from desktop.office import procedures
from desktop.office.grounds import CalendarOfThen, CatalogueOfThen
from desktop.office.history import MOVES_PROMISE, columns, happened, limit_of, recounted
from desktop.office.slip_trail import SlipTrail
from desktop.rules import deadlines, intake, lifecycle, obstacles, ratings
from desktop.rules.calendar import WorkCalendar
from desktop.rules.intake import IntakeForm
from desktop.rules.lifecycle import TRANSITIONS, Happened, State
from desktop.rules.obstacles import Situation

E = EventKind


@dataclass(slots=True)
class _Life:
    """One dossier as told so far: its reception, its events, the due moment after each of them."""

    reception: Mapping[str, Any]
    state: State
    due_at: datetime
    past: list[Happened] = field(default_factory=list)
    due: dict[int, datetime] = field(default_factory=dict)


def faults(book: Register) -> Iterator[str]:
    """One sentence for every event that the rules would not have let be."""
    then, listed, lives = CalendarOfThen(), CatalogueOfThen(book), dict[str | None, _Life]()
    version = cache(lambda version_id: procedures.version(book, version_id))
    slips = SlipTrail(version)
    for event in events.walk(book):
        payload, why = json.loads(event.payload), ""
        then.hear(event, payload)
        listed.hear(event, payload)
        if event.kind == E.REGISTER:
            lives[event.dossier] = _begun(event, payload)
            spoke = listed.speaks(payload["procedure"], date.fromisoformat(event.at[:10]))
            why = _reception_fault(event, payload, spoke, then.calendar)
        elif event.dossier in lives and "after" in payload:
            why = _act_fault(lives[event.dossier], event, payload, then.calendar)
        for fault in (why, slips.fault(event, payload)):
            if fault:
                yield f"sự kiện {event.seq}: {fault}"


def _begun(event: StoredEvent, payload: Mapping[str, Any]) -> _Life:
    past, due_at = [happened(event, payload)], datetime.fromisoformat(payload["due_at"])
    return _Life(payload, lifecycle.fold(past), due_at, past, {event.seq: due_at})


def _reception_fault(
    event: StoredEvent, payload: Mapping[str, Any], spoke: ProcedureVersion | None, calendar: WorkCalendar
) -> str:
    """The version is the one that spoke on the day, the limit its own, the promise counted from the event's moment.

    A limit may be typed where the version has none.
    """
    limit = limit_of(payload)
    if spoke is None or spoke.version_id != payload["version_id"] or spoke.status is not ProcedureStatus.IN_FORCE:
        return "thủ tục không theo bản đang áp dụng ngày hôm đó"
    if payload["received_at"] != event.at:
        return "giờ nhận không phải giờ của sự kiện"
    if limit != intake.limit_for(msgspec.convert(payload["form"], IntakeForm), spoke):
        return "thời hạn không phải của danh mục"
    due_at = deadlines.promise(datetime.fromisoformat(event.at), limit, calendar).due_at
    return "" if payload["due_at"] == due_at.isoformat() else "ngày hẹn không theo thời hạn"


def _act_fault(life: _Life, event: StoredEvent, payload: Mapping[str, Any], calendar: WorkCalendar) -> str:
    """Whether the act was possible and led to what it sealed; goes on with what was sealed."""
    told = happened(event, payload)
    received_at, first_due = (datetime.fromisoformat(life.reception[name]) for name in ("received_at", "due_at"))
    situation = Situation(received_at, first_due, life.due_at, told.at, told.clerk, calendar)
    if told.event not in TRANSITIONS and told.event is not E.UNDO:
        return ""
    if told.event is E.RATE and ratings.is_ballot(told.facts):
        refused = obstacles.possible(life.state, told.event, situation)  # what it says is judged by its box
    else:
        refused = obstacles.refusal(life.state, told.event, told.facts, situation)
    before = life.state
    life.past.append(told)
    life.state = lifecycle.fold(life.past)
    due_at = _due_after(life, told, calendar)
    life.due_at = life.due[event.seq] = datetime.fromisoformat(payload["after"]["due_at"])
    if refused:
        return f"việc này không được phép ({refused.code})"
    if told.event is E.UNDO and (before.last is None or told.facts["undoes"] != before.last.seq):
        return "hoàn lại một việc không phải việc cuối"
    follows = columns(life.state, due_at).items() <= payload["after"].items()
    return "" if follows else "kết quả không theo các việc đã ghi"


def _due_after(life: _Life, told: Happened, calendar: WorkCalendar) -> datetime:
    if told.event is E.UNDO:
        undone = {event.facts["undoes"] for event in life.past if event.event is E.UNDO}
        kept = [seq for seq in life.due if seq < int(str(told.facts["undoes"])) and seq not in undone]
        return life.due[max(kept)]
    if told.event in MOVES_PROMISE:
        return recounted(life.reception, life.state, calendar).due_at
    return life.due_at
