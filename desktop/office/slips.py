"""Slips at the counter before any dossier exists: what is missing (Mẫu 02), or why nothing is taken in (Mẫu 03).

One transaction gives one: number of the form's series, event without a dossier, frozen paper, row. The dossier that
the citizen brings afterwards names the slips it follows (``counter.register``), so that every visit can be counted.
Rendering and printing are ``issuing``'s, finding one again ``slip_lookup``'s; the intake's draft is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from db import events, issued, slips
from db.connection import Register
from db.records import ProcedureVersion, SlipRow
from db.vocabulary import DocumentKind, EventKind
from desktop import labels
from desktop.changes import Changes
from desktop.documents import letter
from desktop.errors import UserError
from desktop.office import forms, letters, lookup, papers, procedures, rights, settings
from desktop.office.history import payload_of
from desktop.rules import intake
from desktop.rules import slips as rules
from desktop.rules.intake import IntakeForm
from desktop.rules.person import Problem
from desktop.rules.slips import SlipForm

_CHANGED = Changes(slips=True, reports=True)


@dataclass(frozen=True, slots=True)
class Given:
    """What giving a slip answers; ``again`` tells that this key had given one before and nothing was added."""

    slip: SlipRow
    changes: Changes
    again: bool = False


def give(book: Register, slip: SlipForm, *, clerk: str | None, now: datetime) -> Given:
    """Number, freeze and record a slip; UserError with the first thing that is wrong, then nothing is changed.

    ``slip.key`` makes it safe to ask twice: the same key and content give the first answer again.
    """
    slip, now = rules.normalised(slip), now.replace(microsecond=0)
    if not slip.key:
        raise UserError("missing", "Khóa của phiếu để trống; mỗi phiếu cần một khóa riêng.", field="key")
    procedure = procedures.known(book, slip.intake.procedure, on=now.date())
    with book.write():
        if earlier := _answered(book, slip):
            return earlier
        about = procedure.code if procedure else None
        actor = rights.acting(book, clerk, EventKind.GIVE_SLIP, procedure=about, now=now).short_name
        before = unanswered(book, slip.intake)
        _refuse(rules.problems(slip, procedure, today=now.date(), clerk=actor, asked_before=_asked(before)))
        vouched = False
        if slip.confirmed_by:
            second, vouched = rights.confirming(
                book, slip.confirmed_by, actor=actor, procedure=about, needed=bool(_asked(before)), now=now
            )
            slip = replace(slip, confirmed_by=second.short_name)
        paper, label = _drawn(book, slip, procedure, before, clerk=actor, now=now)
        payload = _told(slip, procedure) | {
            "label": label,
            "after_slips": [row.id for row in before],
            "paper": paper.sealed,
        }
        payload |= {"vouched": True} if vouched else {}
        event = events.append(book, EventKind.GIVE_SLIP, payload, at=now, clerk=actor, key=slip.key)
        papers.issue(book, None, paper, at=now)
        found_by = f"{paper.number} {label} {lookup.search_key(payload['form'])}"
        slips.insert(book, event, payload, search_key=" ".join(lookup.words(found_by)))
        given = slips.by_id(book, event.seq)
    assert given is not None, "it was just stored"
    return Given(given, _CHANGED)


def take_back(book: Register, slip: SlipRow, *, clerk: str | None, now: datetime) -> Changes:
    """A slip given by mistake holds no more; within the minute, by who gave it. Its number stays used."""
    now = now.replace(microsecond=0)
    with book.write():
        row = slips.by_id(book, slip.id) or slip
        if row.taken_back:
            return Changes()
        actor = rights.acting(book, clerk, EventKind.UNDO, now=now).short_name
        refused = rules.take_back_refusal(row.given_at, row.clerk, row.followed_by, clerk=actor, now=now)
        if refused:
            raise UserError(refused.code, refused.message)
        payload = {"facts": {"undoes": row.id}}
        event = events.append(book, EventKind.UNDO, payload, at=now, clerk=actor, key=str(uuid4()))
        slips.change(book, event, payload)
    return _CHANGED


def unanswered(book: Register, form: IntakeForm) -> tuple[SlipRow, ...]:
    """Slips that no dossier has followed: of this very form, or of this person for this procedure; oldest first."""
    return tuple(slips.unanswered(book, form.applicant.id_number, form.procedure, form.key))


def follow(book: Register, event: events.StoredEvent, payload: dict) -> None:
    """A dossier was taken in: the slips that its event names are answered. Inside the transaction of reception."""
    slips.change(book, event, payload)


def lacking(book: Register, kind: DocumentKind, form: IntakeForm, *, now: datetime) -> tuple[Problem, ...]:
    """What the intake form must still tell before a slip of this form can be begun."""
    form = intake.normalised(form)
    version = procedures.known(book, form.procedure, on=now.date())
    return rules.lacking(kind, form, version, today=now.date())


def preview(book: Register, slip: SlipForm, *, clerk: str, now: datetime) -> bytes:
    """The PDF that ``give`` would issue, with the number that is free now; what is missing stays empty on it."""
    slip = rules.normalised(slip)
    procedure = procedures.known(book, slip.intake.procedure, on=now.date())
    paper, _ = _drawn(book, slip, procedure, unanswered(book, slip.intake), clerk=clerk, now=now)
    return letter.render(msgspec.convert(paper.content, letter.LetterContent))


def _asked(before: Sequence[SlipRow]) -> int:
    return sum(row.kind is DocumentKind.SUPPLEMENT for row in before)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        first = problems[0]
        raise UserError(first.code, first.message, field=first.field, problems=len(problems))


def _told(slip: SlipForm, procedure: ProcedureVersion | None) -> dict[str, Any]:
    """What the clerk gave, as the event keeps it."""
    return {
        "procedure": procedure.code if procedure else "",
        "procedure_name": procedure.name if procedure else slip.request,
        "version_id": procedure.version_id if procedure else None,
        "form": msgspec.to_builtins(slip.intake),
        "items": list(slip.items),
        "reason": slip.reason,
        "confirmed_by": slip.confirmed_by,
    }


def _drawn(
    book: Register,
    slip: SlipForm,
    procedure: ProcedureVersion | None,
    before: Sequence[SlipRow],
    *,
    clerk: str,
    now: datetime,
) -> tuple[papers.Draft, str]:
    """The paper with the next number of its series, and that number as printed."""
    told, unit, asks = _told(slip, procedure), settings.unit(book), slip.kind is DocumentKind.SUPPLEMENT
    number = issued.next_number(book, slip.kind, now.year)
    name, code = told["procedure_name"], told["procedure"]
    values = letters.before_dossier(book, told["form"], name, code, clerk=clerk, now=now) | {"lý do": slip.reason}
    if asks:
        phone = labels.grouped_phone(settings.contact_phone(book))
        values |= {"nội dung bổ sung": told["items"], "điện thoại hướng dẫn": phone}
    content = forms.letter_content(
        forms.template(book, slip.kind, now.date()),
        unit,
        values,
        number=number,
        on=now.date(),
        remark=f"Yêu cầu lần {_asked(before) + 1}" if asks and _asked(before) else "",
    )
    qr_text = rules.qr_text(rules.SlipCode(slip.kind, now.year, number, unit.code), practice=unit.practice)
    content = replace(content, qr_text=qr_text)
    return papers.Draft(slip.kind, number, 1, msgspec.to_builtins(content)), content.number_line.removeprefix("Số: ")


def _answered(book: Register, slip: SlipForm) -> Given | None:
    """The first answer for this key; another content under the same key is refused."""
    stored = events.by_key(book, slip.key)
    if stored is None:
        return None
    given, payload = slips.by_id(book, stored.seq), payload_of(stored)
    asked = {name: told for name, told in _told(slip, None).items() if name in ("form", "items", "reason")}
    recorded = {name: payload.get(name) for name in asked}
    if given is None or given.kind is not slip.kind or events.canonical(recorded) != events.canonical(asked):
        raise UserError("key_reused", "Khóa này đã dùng cho một việc khác; chưa ghi gì.", key=slip.key)
    return Given(given, Changes(), again=True)
