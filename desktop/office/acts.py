"""What happens to a dossier after reception: one function records any act of its life, one transaction each.

Hides the fold of the history, the due date after clock stops and the paper an act issues. Windows, ``act``
and ``replay`` call ``perform``; what may be done now and why not is ``offered``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from db import dossiers, events, people, projection
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import DossierStatus, EventKind
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.labels import EVENT_WORDS
from desktop.office import ballots, corrections, lookup, papers, procedures, rights, settings
from desktop.office.history import MOVES_PROMISE, History, columns, history_of, payload_of
from desktop.rules import facts as facts_of_acts
from desktop.rules import lifecycle, obstacles, ratings
from desktop.rules.deadlines import Promise
from desktop.rules.lifecycle import Happened, State
from desktop.rules.obstacles import Refusal, Situation

E = EventKind

#: What stands in the file of a paper that the citizen asked for, where the clerk wrote nothing.
_NOTES = {E.STOP: "Theo đề nghị của người nộp hồ sơ.", E.WITHDRAW: "Theo đề nghị của người nộp hồ sơ."}


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


def perform(
    book: Register,
    code: str,
    event: EventKind,
    facts: Mapping[str, Any],
    *,
    clerk: str | None,
    now: datetime,
    key: str | None = None,
    seen: int | None = None,
    file: Mapping[str, Any] | None = None,
) -> Done:
    """Record ``event`` on a dossier with what the clerk gave as ``facts``; raises UserError with one sentence.

    ``key`` makes asking twice safe. ``seen`` is the number of the last event the asker knows: when the dossier
    went on since, nothing is recorded and the sentence tells what happened. ``file`` is what ``attachments.kept``
    gave. Judged and recorded within one transaction, so that of two windows only one succeeds.
    """
    now = now.replace(microsecond=0)
    given = _read(book, event, facts)
    with book.write():
        row = lookup.row(book, code)
        if key and (earlier := _answered(book, row.code, key, event, given)):
            return earlier
        history = history_of(book, row)
        _refuse_stale(history, seen)
        actor = rights.acting(book, clerk, event, procedure=row.procedure, now=now).short_name
        situation = _situation(book, history, actor, now)
        _raise(obstacles.refusal(history.state, event, given, situation))
        told = _completed(book, history, event, given, situation)
        if file:
            told["file"] = dict(file)
        return _record(book, history, event, told, clerk=actor, now=now, key=key or str(uuid4()))


def offered(book: Register, code: str, *, clerk: str, now: datetime) -> tuple[Offer, ...]:
    """Every act of the life cycle, those possible to this clerk first, each other with its reason."""
    history = history_of(book, lookup.row(book, code))
    situation = _situation(book, history, clerk, now)
    person = people.find(book, clerk)
    offers = []
    for event in (*lifecycle.TRANSITIONS, EventKind.UNDO):
        obstacle = obstacles.possible(history.state, event, situation)
        foreign = rights.why_not(book, person, event, procedure=history.row.procedure) if person else None
        offers.append(Offer(event, foreign[1] if foreign else obstacle.message if obstacle else ""))
    return tuple(sorted(offers, key=lambda offer: bool(offer.why_not)))


def _read(book: Register, event: EventKind, facts: Mapping[str, Any]) -> dict[str, Any]:
    try:
        told = facts_of_acts.read(event, facts, settings.calendar(book))
    except facts_of_acts.FactError as error:
        raise UserError(error.code, error.message, field=error.field) from error
    if event in _NOTES:
        told.setdefault("note", _NOTES[event])
    return ratings.complete(told, _scale(book)) if event is E.RATE else told


def _completed(
    book: Register, history: History, event: EventKind, given: Mapping[str, Any], situation: Situation
) -> dict[str, Any]:
    """The facts together with what follows from them, or from the register."""
    told = dict(given)
    if second := told.get("confirmed_by"):
        told |= _confirmed(book, history, second, situation)
    if "inner_days" in told:
        told["inner_due"] = _iso(obstacles.leg_due(Decimal(told["inner_days"]), situation))
    if event is E.ATTACH_OFFICIAL_CODE:
        taken = dossiers.by_code(book, told["official_code"])
        if taken is not None:
            message = f"Mã {told['official_code']} đã gắn cho hồ sơ {taken.code}."
            raise UserError("official_code_taken", message, dossier=taken.code)
    if event is E.RATE and ratings.has_own_words(told):
        raise UserError("own_reason", "Ý kiến không ghi tên chỉ nhận lý do có sẵn trên màn hình đánh giá; chưa ghi gì.")
    if event is E.UNDO:
        assert history.state.last is not None, "the obstacles let nothing be undone that never was"
        told["undoes"] = history.state.last.seq
    return told


def _confirmed(book: Register, history: History, name: str, situation: Situation) -> dict[str, Any]:
    """Who confirms, and that his password proved it where people have one; only a second request has to be."""
    about, needed = history.row.procedure, history.state.supplement_requests > 0
    second, vouched = rights.confirming(
        book, name, actor=situation.clerk, procedure=about, needed=needed, now=situation.now
    )
    return {"confirmed_by": second.short_name} | ({"vouched": True} if vouched else {})


def _record(
    book: Register, history: History, event: EventKind, facts: dict[str, Any], *, clerk: str, now: datetime, key: str
) -> Done:
    row, form = history.row, history.form
    if event is E.CORRECT:
        procedure = procedures.version(book, history.reception["version_id"])
        form = corrections.corrected(form, facts["set"], procedure, today=now.date())
    state = history.with_(Happened(history.last_seq + 1, event, now, clerk, facts))
    promise = history.promise(book, state) if event in MOVES_PROMISE else None
    due_at = history.due_before(facts["undoes"]) if event is E.UNDO else promise.due_at if promise else row.due_at
    payload: dict[str, Any] = {"facts": facts, "after": columns(state, due_at)}
    if promise:
        payload["explanation"] = _explained(promise, state)
    if event is E.CORRECT:
        payload |= {"form": form}
        payload["after"] |= projection.person_columns(form)
    if event is E.ATTACH_OFFICIAL_CODE:
        payload |= {"official_code": facts["official_code"], "before": row.official_code}
        payload["after"]["official_code"] = facts["official_code"]
    if event is E.RATE and ratings.is_unnamed(facts):
        payload |= {"facts": ratings.kept(facts), "box": ballots.cast(book, facts, clerk=clerk, now=now)}
    paper = papers.draft(book, history, event, facts, form=form, state=state, clerk=clerk, now=now)
    if paper:
        payload["paper"] = paper.sealed
    stored = events.append(book, event, payload, at=now, clerk=clerk, key=key, dossier=row.code)
    document = papers.issue(book, row.code, paper, at=now) if paper else None
    official_code = facts.get("official_code", row.official_code)
    search_key = lookup.search_key(form, row.code, official_code) if event in _FOUND_ANEW else None
    dossiers.change(book, stored, payload, search_key=search_key)
    return Done(row.code, state.status, due_at, event, Changes(frozenset({row.code}), reports=True), document)


_FOUND_ANEW = frozenset({E.CORRECT, E.ATTACH_OFFICIAL_CODE})


def _explained(promise: Promise, state: State) -> list[dict]:
    """The steps of a promise; an appointment that a later clock stop moved says where it came from."""
    steps = list(promise.steps)
    if state.extended_to is not None and promise.due_at > state.extended_to:
        moved = f"lùi từ {state.extended_to:%d/%m} vì đã dừng chờ người nộp"
        steps[-1] = replace(steps[-1], because=f"{steps[-1].because}; {moved}")
    return [step.as_json() for step in steps]


def _situation(book: Register, history: History, clerk: str, now: datetime) -> Situation:
    row = history.row
    return Situation(
        row.received_at, history.first_due_at, row.due_at, now, clerk, settings.calendar(book), _scale(book)
    )


def _scale(book: Register) -> int:
    """How many scores citizens choose from."""
    return settings.get(book, ratings.SCALE_SETTING, ratings.DEFAULT_SCALE)


def _answered(book: Register, code: str, key: str, event: EventKind, given: Mapping[str, Any]) -> Done | None:
    """The first answer for this key; another act or other facts under the same key are refused."""
    stored = events.by_key(book, key)
    if stored is None:
        return None
    if (stored.kind, stored.dossier) != (event, code) or not _says(stored, given):
        raise UserError("key_reused", "Khóa của lần ghi này đã dùng cho việc khác; chưa ghi gì.", key=key)
    row = lookup.row(book, code)
    return Done(row.code, row.status, row.due_at, event, Changes(), again=True)


def _says(stored: StoredEvent, given: Mapping[str, Any]) -> bool:
    """Whether an event recorded just what is given now; what the office completed is not asked for."""
    recorded = payload_of(stored)["facts"]
    if stored.kind == E.RATE:
        given = ratings.kept(given)
    completed = {"undoes", "file", "vouched"} | ({"inner_due"} if "inner_days" in recorded else set())
    return {name: value for name, value in recorded.items() if name not in completed} == {
        name: value for name, value in given.items() if name not in completed
    }


def _refuse_stale(history: History, seen: int | None) -> None:
    """Somebody printing meanwhile changes nothing that an act is judged by."""
    newer = [one for one in history.happened if seen is not None and one.seq > seen and one.event is not E.PRINT]
    if not newer:
        return
    last = newer[-1]
    what = EVENT_WORDS[last.event].lower()
    raise UserError(
        "changed_elsewhere",
        f"Hồ sơ vừa có việc mới: {what}, lúc {last.at:%H:%M}, {last.clerk}. Đã mở lại bản mới, chưa ghi gì.",
        event=str(last.event),
        clerk=last.clerk,
        seq=last.seq,
    )


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _raise(obstacle: Refusal | None) -> None:
    if obstacle:
        raise UserError(obstacle.code, obstacle.message)
