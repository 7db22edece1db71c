"""The slips of the chain judged again by the rules: each was allowed, and each dossier names those it followed.

Heard event by event by ``retelling``, in the order of the chain. Changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from db.events import StoredEvent
from db.records import ProcedureVersion
from db.vocabulary import DocumentKind, EventKind
from desktop.office import procedures
from desktop.rules import slips
from desktop.rules.intake import IntakeForm
from desktop.rules.slips import SlipForm

E = EventKind


class SlipTrail:
    """What became of every slip so far; ``version`` gives a procedure's version by its id."""

    def __init__(self, version: Callable[[int], ProcedureVersion]) -> None:
        self._version = version
        self._unanswered = slips.Unanswered()
        self._given: dict[int, StoredEvent] = {}

    def fault(self, event: StoredEvent, payload: Mapping[str, Any]) -> str:
        """Why the rules would not have let this event be, as far as slips are concerned; empty when they would."""
        match event.kind:
            case E.GIVE_SLIP:
                return self._given_fault(event, payload)
            case E.REGISTER:
                return self._followed_fault(payload)
            case E.UNDO if event.dossier is None:
                return self._taken_back_fault(event, payload["facts"]["undoes"])
        return ""

    def _given_fault(self, event: StoredEvent, payload: Mapping[str, Any]) -> str:
        form = msgspec.convert(payload["form"], IntakeForm)
        kind, at = DocumentKind(payload["paper"]["kind"]), datetime.fromisoformat(event.at)
        procedure = self._version(payload["version_id"]) if payload["version_id"] else None
        if procedure:
            procedure = replace(procedure, status=procedures.status_on(procedure, at.date()))
        request = "" if procedure else payload["procedure_name"]
        given = SlipForm(
            kind, form, event.key, tuple(payload["items"]), payload["reason"], request, payload["confirmed_by"]
        )
        wrong = slips.problems(
            given, procedure, today=at.date(), clerk=event.clerk, asked_before=self._unanswered.asked(form)
        )
        before = self._unanswered.of(form)
        self._unanswered.add(event.seq, kind, form)
        self._given[event.seq] = event
        if wrong:
            return f"phiếu này không được phép ({wrong[0].code})"
        return "" if payload["after_slips"] == before else "các phiếu trước không khớp"

    def _followed_fault(self, payload: Mapping[str, Any]) -> str:
        followed = self._unanswered.of(msgspec.convert(payload["form"], IntakeForm))
        for slip in followed:
            self._unanswered.drop(slip)
        return "" if payload.get("after_slips", []) == followed else "các phiếu trước hồ sơ không khớp"

    def _taken_back_fault(self, event: StoredEvent, slip: int) -> str:
        given = self._given.get(slip)
        if given is None:
            return "hoàn lại một phiếu không có"
        self._unanswered.drop(slip)
        given_at, now = (datetime.fromisoformat(each.at) for each in (given, event))
        refused = slips.take_back_refusal(given_at, given.clerk, None, clerk=event.clerk, now=now)
        return f"việc này không được phép ({refused.code})" if refused else ""
