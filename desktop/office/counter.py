"""What the clerk does at the counter: look ahead while typing, take a dossier in.

Reception is one transaction that appends an event and makes the dossier; nothing here renders, prints
or sends. What follows in a dossier's life is ``acts``. Windows and the command line call the same functions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec

from db import dossiers, events, issued, projection
from db.connection import Register
from db.records import Clerk, DossierRow, Limit, ProcedureVersion, SlipRow, Unit
from db.vocabulary import DocumentKind, EventKind
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import lookup, papers, procedures, receipts, rights, settings, slips
from desktop.rules import codes, deadlines, fees, intake
from desktop.rules.deadlines import Promise
from desktop.rules.intake import IntakeForm, Problem


@dataclass(frozen=True, slots=True)
class Registered:
    """What reception answers: the code, the promise, the day's running number.

    ``again`` tells that this key had been registered before and nothing was added.
    """

    code: str
    received_at: datetime
    due_at: datetime
    day_number: int
    changes: Changes
    again: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What reception would say of the form as it stands; nothing is stored."""

    procedure: ProcedureVersion | None
    problems: tuple[Problem, ...]
    promise: Promise | None
    fee: int | None
    duplicates: tuple[DossierRow, ...]
    #: Slips given to this person for this matter that no dossier has followed.
    slips: tuple[SlipRow, ...] = ()


def preview(book: Register, form: IntakeForm, *, now: datetime) -> Preview:
    """Look ahead at a form being typed: problems, the promise and why, the fee, likely duplicates."""
    form = intake.normalised(form)
    procedure = procedures.known(book, form.procedure, on=now.date())
    problems = intake.problems_of_normalised(form, procedure, today=now.date(), checklist=True)
    limit = intake.limit_for(form, procedure) if procedure else None
    promise = _promise(book, limit, now) if limit else None
    fee = form.fee_amount
    if fee is None and procedure is not None:
        fee = fees.fee_for(procedure, on=now.date(), channel=form.channel, exemption=form.fee_exemption)
    return Preview(procedure, problems, promise, fee, duplicates(book, form), slips.unanswered(book, form))


def _promise(book: Register, limit: Limit, now: datetime) -> Promise:
    try:
        return deadlines.promise(now, limit, settings.calendar(book))
    except deadlines.LimitError as error:
        raise UserError(error.code, error.message, field="limit") from error


def duplicates(book: Register, form: IntakeForm) -> tuple[DossierRow, ...]:
    """Open dossiers of the same person for the same procedure, newest first."""
    id_number = form.applicant.id_number
    if not id_number or not form.procedure:
        return ()
    return tuple(dossiers.open_of_person(book, id_number, form.procedure))


def register(
    book: Register,
    form: IntakeForm,
    *,
    clerk: str | None,
    now: datetime,
    checklist: bool = False,
    receipt: bool = True,
) -> Registered:
    """Take a dossier in: number it, promise its date, freeze its receipt, all in one transaction.

    ``form.key`` makes it safe to ask twice: the same key and content give the first answer again.
    ``checklist`` demands every required paper, as the intake window does. Raises UserError with the
    first problem; nothing is changed then. The receipt is rendered from what was stored, afterwards;
    a matter that is solved at once needs none (domain.md 1.4) and then takes no number of its series.
    """
    form = intake.normalised(replace(form, procedure=procedures.code_or_none(form.procedure) or form.procedure))
    now = now.replace(microsecond=0)
    if earlier := _answered(book, form):
        return earlier
    procedure = procedures.get(book, form.procedure, on=now.date())
    _refuse(intake.problems_of_normalised(form, procedure, today=now.date(), checklist=checklist))
    limit = intake.limit_for(form, procedure)
    assert limit is not None, "problems() lets no form without a limit pass"
    promise = _promise(book, limit, now)
    unit = settings.unit(book)
    with book.write():
        actor = rights.acting(book, clerk, EventKind.REGISTER, procedure=procedure.code, now=now)
        code, day_number, entry_no = _numbered(book, unit, now.date())
        followed = [slip.id for slip in slips.unanswered(book, form)]
        paper = _receipt(book, code, form, procedure, limit, promise, now, entry_no, actor) if receipt else None
        payload = {
            "code": code,
            "unit_code": unit.code,
            "day_number": day_number,
            "book_year": now.year,
            "book_no": unit.book_no,
            "entry_no": entry_no,
            **_agreed(form, procedure, limit, promise),
            "received_at": now.isoformat(timespec="seconds"),
            "receipt": {"number": paper.number, "sha256": paper.sealed["sha256"]} if paper else None,
            **({"after_slips": followed} if followed else {}),
        }
        _store(book, payload, paper, clerk=actor.short_name, now=now)
    changes = Changes(frozenset({code}), slips=bool(followed), reports=True)
    return Registered(code, now, promise.due_at, day_number, changes)


def _store(book: Register, payload: dict, paper: papers.Draft | None, *, clerk: str, now: datetime) -> None:
    """The dossier's row, its event, its receipt; slips that were given before it are answered."""
    code, form = payload["code"], payload["form"]
    values, search_key = projection.received(payload, clerk), lookup.search_key(form, code)
    dossiers.insert(book, values, request_key=form["key"], search_key=search_key)
    event = events.append(book, EventKind.REGISTER, payload, at=now, clerk=clerk, key=form["key"], dossier=code)
    slips.follow(book, event, payload)
    if paper:
        papers.issue(book, code, paper, at=now)


def _receipt(
    book: Register,
    code: str,
    form: IntakeForm,
    procedure: ProcedureVersion,
    limit: Limit,
    promise: Promise,
    now: datetime,
    entry_no: int,
    clerk: Clerk,
) -> papers.Draft:
    """Mẫu 01 with the next number of the year."""
    kind = DocumentKind.RECEIPT
    number = issued.next_number(book, kind, now.year)
    content = receipts.content(
        book, code, form, procedure, limit, promise, received_at=now, number=number, entry_no=entry_no, clerk=clerk
    )
    return papers.Draft(kind, number, 1, content)


def _agreed(form: IntakeForm, procedure: ProcedureVersion, limit: Limit, promise: Promise) -> dict:
    """What reception and citizen agreed on, as the event keeps it."""
    return {
        "procedure": procedure.code,
        "procedure_name": procedure.name,
        "version_id": procedure.version_id,
        "limit": {
            "value": str(limit.value),
            "unit": limit.unit,
            "typed": form.limit is not None,
            "after_cutoff": limit.after_cutoff,
        },
        "form": msgspec.to_builtins(form),
        "due_at": promise.due_at.isoformat(timespec="seconds"),
        "explanation": lookup.told(promise),
    }


def _numbered(book: Register, unit: Unit, on: date) -> tuple[str, int, int]:
    """The next code, its number of the day and its entry in the book; inside ``Register.write``.

    Codes with the commune's agency code look like those that the provincial system gives, so one that
    was already attached to a dossier here is passed over.
    """
    day_number, entry_no = dossiers.next_numbers(book, unit.code, on, unit.book_no)
    code = codes.dossier_code(unit, on, day_number)
    while unit.agency_code and dossiers.by_code(book, code):
        day_number += 1
        code = codes.dossier_code(unit, on, day_number)
    return code, day_number, entry_no


def _key_reused(key: str) -> UserError:
    return UserError("key_reused", "Khóa này đã dùng cho một việc khác; chưa ghi gì.", key=key)


def _answered(book: Register, form: IntakeForm) -> Registered | None:
    """The first answer for this key, or None; another content under the same key is refused."""
    if not form.key:
        raise UserError("missing", "Khóa của lần tiếp nhận để trống; mỗi hồ sơ cần một khóa riêng.", field="key")
    event = events.by_key(book, form.key)
    if event is None:
        return None
    payload = msgspec.json.decode(event.payload)
    # An older program stored forms that knew fewer fields.
    if event.kind != EventKind.REGISTER or msgspec.convert(payload["form"], IntakeForm) != form:
        raise _key_reused(form.key)
    return Registered(
        payload["code"],
        datetime.fromisoformat(payload["received_at"]),
        datetime.fromisoformat(payload["due_at"]),
        payload["day_number"],
        Changes(),
        again=True,
    )


def _refuse(problems: Iterable[Problem]) -> None:
    hard = [problem for problem in problems if not problem.soft]
    if hard:
        raise UserError(hard[0].code, hard[0].message, field=hard[0].field, problems=len(hard))
