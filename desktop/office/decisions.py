"""Decisions that change the catalogue (quyết định công bố): looked at first, applied whole, taken back whole.

One transaction each: the event and every version it makes, or nothing. Versions are only ever added; which of them
speaks on a day is ``procedures``. An edit by hand is a decision with one change. Windows and command line call these.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from db import catalogue as stored
from db import events
from db.connection import Register
from db.issued import digest
from db.records import Limit, ProcedureVersion
from db.vocabulary import EventKind, ProcedureStatus
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import attachments, procedures, rights, succession
from desktop.office.decision_history import history
from desktop.office.history import payload_of
from desktop.rules import change_sets, limits, versions
from desktop.rules.change_sets import Change, ChangeSet, Decision
from desktop.rules.list_entries import Kind, ListError, Reading

E = EventKind

_CHANGED = Changes(catalogue=True)
_COUNTED = (Kind.NEW, Kind.AMENDED, Kind.REPLACED, Kind.ABOLISHED)
_ENDED = {ProcedureStatus.REPLACED: Kind.REPLACED, ProcedureStatus.ABOLISHED: Kind.ABOLISHED}


@dataclass(frozen=True, slots=True)
class Decided:
    """What applying a decision answers: its event; ``again`` tells that this key had done it before."""

    seq: int
    changes: Changes
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Act:
    """A decision about to be applied: its versions, where they come from, and what makes it the same if asked twice."""

    decision: Decision
    changes: tuple[Change, ...]
    source: str
    content: str
    attachment: Mapping[str, Any] | None


def prepare(book: Register, reading: Reading, decision: Decision, *, now: datetime) -> ChangeSet:
    """What the list would do to the catalogue of the day from which it counts; stores nothing.

    A list that does not name its decision is compared as well; it takes a number to be accepted. UserError when the
    list contradicts itself or the decision.
    """
    decision = _checked(decision, numbered=False)
    catalogue = procedures.catalogue(book)
    begun = catalogue.begun(decision.effective_on)
    try:
        found = change_sets.compare(reading, begun, decision)
    except ListError as error:
        raise UserError(error.code, error.message, row=error.row) from error
    told = {"reading": msgspec.to_builtins(reading), "effective_on": decision.effective_on.isoformat()}
    listed = [change.version for change in found.new + found.amended] + [begun[code] for code in found.unchanged]
    others = tuple(version.code for version in listed if not catalogue.of_own_level(version))
    return replace(found, base=stored.newest(book), content=digest(told), other_levels=others)


def accept(
    book: Register,
    change_set: ChangeSet,
    *,
    clerk: str | None,
    now: datetime,
    answers: Mapping[int, Limit | None] | None = None,
    attachment: Path | None = None,
    source: str = "file",
    key: str | None = None,
) -> Decided:
    """Apply a change set as one transaction; a file of the decision is kept beside it.

    ``answers`` gives the limits that a person decided, by number of the question; what nobody answered is typed at
    intake. UserError ``stale_change_set`` when the catalogue moved since it was prepared, ``decision_repeated`` when
    the same list was applied under this number, ``nothing_to_change``; the same ``key`` gives the first answer again.
    """
    decision = _checked(change_set.decision)
    changes = tuple(_answered(change, change_set, answers or {}) for change in change_set.changes)
    with _kept(book, attachment, now) as file:
        act = _Act(decision, changes, source, change_set.content, file)
        return _apply(book, act, base=change_set.base, clerk=clerk, now=now, key=key or str(uuid4()))


def edit(
    book: Register,
    version: ProcedureVersion,
    decision: Decision,
    *,
    clerk: str | None,
    now: datetime,
    attachment: Path | None = None,
    key: str | None = None,
) -> Decided:
    """Change one procedure, or add one, by hand: ``version`` as it shall be from the decision's day on."""
    decision = _checked(decision)
    version = limits.both_kept(versions.tidied(replace(version, decision=decision.number, valid_from=None)))
    before = procedures.catalogue(book).begun(decision.effective_on).get(version.code)
    told = {"version": procedures.to_json(version), "effective_on": decision.effective_on.isoformat()}
    change = Change(_kind(version, before), 1, version)
    with _kept(book, attachment, now) as file:
        act = _Act(decision, (change,), "hand", digest(told), file)
        return _apply(book, act, base=None, clerk=clerk, now=now, key=key or str(uuid4()))


def undo(book: Register, seq: int, reason: str, *, clerk: str | None, now: datetime, key: str | None = None) -> Decided:
    """Take a whole decision back: on every day speaks what spoke before it. Dossiers keep the version they have.

    UserError ``unknown_decision``, ``already_undone``, ``decided_since`` when a later decision builds on it,
    ``missing`` without a reason.
    """
    reason = versions.tidied(reason)
    payload = {"undoes": seq, "reason": reason}
    key = key or str(uuid4())
    with book.write():
        if earlier := _earlier(book, key, E.UNDO_DECISION, payload):
            return earlier
        _refuse_undo(book, seq, reason)
        actor = rights.acting(book, clerk, E.UNDO_DECISION, now=now).short_name
        event = events.append(book, E.UNDO_DECISION, payload, at=now, clerk=actor, key=key)
        stored.take_back(book, seq, by=event.seq)
    book.derived.pop("catalogue", None)
    return Decided(event.seq, _CHANGED)


def _apply(book: Register, act: _Act, *, base: int | None, clerk: str | None, now: datetime, key: str) -> Decided:
    decision = act.decision
    with book.write():
        if earlier := _earlier(book, key, E.DECIDE_CATALOGUE, {"decision": decision.number, "content": act.content}):
            return earlier
        _refuse_stale(book, base)
        if act.source != "hand":
            _refuse_repeated(book, decision, act.content)
        book.derived.pop("catalogue", None)  # what another thread did is not in it
        found = succession.added(book, decision, act.changes)
        if not found:
            raise UserError("nothing_to_change", "Danh mục đã đúng như vậy; chưa ghi gì.")
        rows = succession.rows(found, stored.next_id(book))
        counts = Counter(str(each.change.kind) for each in found if not each.carried)
        decided_on = decision.decided_on.isoformat() if decision.decided_on else None
        effective_on = decision.effective_on.isoformat()
        payload = {
            "decision": decision.number,
            "decided_on": decided_on,
            "effective_on": effective_on,
            "title": decision.title,
            "source": act.source,
            "attachment": dict(act.attachment) if act.attachment else None,
            "counts": {str(kind): counts[str(kind)] for kind in _COUNTED},
            "first_version": rows[0].id,
            "versions": len(rows),
            "sha256": stored.digest(rows),
            "content": act.content,
        }
        actor = rights.acting(book, clerk, E.DECIDE_CATALOGUE, now=now).short_name
        event = events.append(book, E.DECIDE_CATALOGUE, payload, at=now, clerk=actor, key=key)
        stored.append(book, (row._replace(decision=event.seq) for row in rows))
        stored.decide(book, event.seq, decision.number, decided_on, effective_on)
    book.derived.pop("catalogue", None)
    return Decided(event.seq, _CHANGED)


def _checked(decision: Decision, *, numbered: bool = True) -> Decision:
    decision = versions.tidied(decision)
    problem = versions.decision_problem(decision)
    if problem and (numbered or problem.code != "missing"):
        raise UserError(problem.code, problem.message, field=problem.field)
    return decision


def _answered(change: Change, change_set: ChangeSet, answers: Mapping[int, Limit | None]) -> Change:
    """The change with the limit that a person decided, if anybody was asked and answered."""
    for question in change_set.to_decide:
        limit = answers.get(question.number)
        if limit and (question.sheet, question.row, question.code) == (change.sheet, change.row, change.version.code):
            decided = replace(change.version, limit=limit, cases=(), needs_review=False, review_note="")
            return replace(change, version=decided)
    return change


def _kind(version: ProcedureVersion, before: ProcedureVersion | None) -> Kind:
    if before is None:
        return Kind.NEW
    if version.status is not before.status and version.status in _ENDED:
        return _ENDED[version.status]
    return Kind.AMENDED


def _kept(book: Register, attachment: Path | None, now: datetime) -> AbstractContextManager[Mapping[str, Any] | None]:
    return attachments.kept(book, attachment, now=now) if attachment else nullcontext()


def _earlier(book: Register, key: str, kind: EventKind, told: Mapping[str, Any]) -> Decided | None:
    """The first answer for this key; anything else under the same key is refused."""
    event = events.by_key(book, key)
    if event is None:
        return None
    recorded = payload_of(event)
    if event.kind != kind or any(recorded[name] != value for name, value in told.items()):
        raise UserError("key_reused", "Khóa của lần ghi này đã dùng cho việc khác; chưa ghi gì.", key=key)
    return Decided(event.seq, Changes(), again=True)


def _refuse_stale(book: Register, base: int | None) -> None:
    if base is not None and stored.newest(book) != base:
        raise UserError(
            "stale_change_set", "Danh mục đã đổi từ lúc xem trước; hãy xem lại các thay đổi rồi áp dụng. Chưa ghi gì."
        )


def _refuse_repeated(book: Register, decision: Decision, content: str) -> None:
    for row in history(book):
        if (row.number, row.content, row.undone_by) == (decision.number, content, None):
            raise UserError(
                "decision_repeated",
                f"Danh sách này của quyết định {row.number} đã được áp dụng lúc {row.at:%H:%M %d/%m/%Y}; chưa ghi gì.",
                seq=row.seq,
            )


def _refuse_undo(book: Register, seq: int, reason: str) -> None:
    numbers = {row.seq: row for row in history(book)}
    if seq not in numbers:
        raise UserError("unknown_decision", f"Không có quyết định nào ở sự kiện {seq}.")
    if numbers[seq].undone_by is not None:
        raise UserError("already_undone", f"Quyết định {numbers[seq].number} đã thôi áp dụng rồi.")
    if not reason:
        raise UserError("missing", "Ghi lý do thôi áp dụng quyết định.", field="reason")
    if later := stored.decided_since(book, seq):
        raise UserError(
            "decided_since",
            f"Quyết định {numbers[later[0]].number} áp dụng sau cũng sửa thủ tục {later[1]};"
            " hãy thôi áp dụng quyết định đó trước.",
            seq=later[0],
            procedure=later[1],
        )
