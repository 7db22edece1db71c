"""Giải quyết ngay: a matter taken in, solved and returned in one step; certified copies for one citizen after another.

One transaction: reception, result and return are three events of the same moment, or none. Always in the book and in
the statistics, with or without a receipt (domain.md 1.4). Windows call ``solve`` and ``repeat``.
"""

from dataclasses import asdict, astuple, dataclass
from datetime import datetime
from typing import Any

from db import dossiers
from db.connection import Register
from db.records import ProcedureVersion
from db.vocabulary import Channel, EventKind, LimitUnit
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import acts, counter, procedures
from desktop.office.counter import Registered
from desktop.rules import fees, intake
from desktop.rules.fees import CertifiedCopies
from desktop.rules.intake import IntakeForm, Person, SubmittedPaper

_MOST_ORIGINALS = 99
_MOST = 999


@dataclass(frozen=True, slots=True)
class Solved:
    """What solving at once answers: the reception, the fee in đồng where one is known, what changed."""

    registered: Registered
    fee: int | None
    changes: Changes

    @property
    def code(self) -> str:
        return self.registered.code


def is_for(procedure: ProcedureVersion) -> bool:
    """Whether a procedure is promised for the same day, so that the counter offers to solve it at once."""
    return procedure.limit is not None and procedure.limit.unit in (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE)


def solve(
    book: Register,
    form: IntakeForm,
    *,
    clerk: str | None,
    now: datetime,
    receipt: bool = False,
    checklist: bool = False,
    copies: CertifiedCopies | None = None,
    receipt_number: str = "",
) -> Solved:
    """Take in, solve and return ``form`` at once; asking again with the same key adds nothing.

    ``receipt`` also issues Mẫu 01. ``copies`` are what was certified, ``receipt_number`` that of the real biên lai.
    Raises UserError as reception and acts do; then nothing is recorded.
    """
    _refuse_odd(copies)
    with book.write():
        done = counter.register(book, form, clerk=clerk, now=now, checklist=checklist, receipt=receipt)
        fee = form.fee_amount
        if fee is None:
            procedure = procedures.get(book, form.procedure, on=now.date())
            listed = fees.fee_for(procedure, on=now.date(), channel=form.channel, exemption=form.fee_exemption)
            fee = copies.fee if copies else listed
        received_by = form.applicant.name or form.applicant.organisation
        following: list[tuple[EventKind, dict[str, Any]]] = [
            (EventKind.FINISH, {"certified": asdict(copies) | {"fee": fee}} if copies else {}),
            (EventKind.HAND_OVER, {"to": received_by, "by": form.result_by}),
        ]
        if receipt_number:
            following.append((EventKind.FEE_PAID, {"receipt_number": receipt_number, "amount": fee}))
        changes = done.changes
        for event, facts in following:
            key = f"{form.key}:{event}"
            changes |= acts.perform(book, done.code, event, facts, clerk=clerk, now=now, key=key).changes
    return Solved(done, fee, changes)


def repeat(
    book: Register,
    applicant: Person,
    copies: CertifiedCopies,
    *,
    key: str,
    clerk: str | None,
    now: datetime,
    receipt: bool = False,
    receipt_number: str = "",
) -> Solved:
    """Certified copies for the next citizen: the procedure of the last ones, the fee by its formula."""
    _refuse_odd(copies)
    form = _form(certifying(book, now=now), applicant, copies, key)
    return solve(book, form, clerk=clerk, now=now, copies=copies, receipt=receipt, receipt_number=receipt_number)


def certifying(book: Register, *, now: datetime) -> ProcedureVersion:
    """The procedure that ``repeat`` repeats: that of the latest certified copies, else the catalogue's first."""
    listed = [version for version in procedures.catalogue(book).listed(on=now.date()) if _is_certifying(version)]
    if not listed:
        raise UserError("no_certified_copies", "Danh mục không có thủ tục chứng thực bản sao nào đang dùng.")
    latest = dossiers.latest_procedure(book, [version.code for version in listed])
    return next((version for version in listed if version.code == latest), listed[0])


def _is_certifying(version: ProcedureVersion) -> bool:
    return version.fee.rule == fees.CERTIFIED_COPY and is_for(version)


def _refuse_odd(copies: CertifiedCopies | None) -> None:
    bounds = (_MOST_ORIGINALS, _MOST, _MOST)
    if copies and not all(1 <= number <= most for number, most in zip(astuple(copies), bounds, strict=True)):
        raise UserError(
            "bad_copies", f"Số bản chính từ 1 đến {_MOST_ORIGINALS}, số trang và số bản sao từ 1 đến {_MOST}."
        )


def _form(version: ProcedureVersion, applicant: Person, copies: CertifiedCopies, key: str) -> IntakeForm:
    papers = tuple(
        SubmittedPaper(paper.name, shown=True) if paper.shown_only else SubmittedPaper(paper.name, copies.originals)
        for paper in intake.papers_for(version, None)
        if paper.required
    )
    told = f"{copies.originals} bản chính, mỗi bản {copies.pages} trang, {copies.copies} bản sao."
    return IntakeForm(version.code, Channel.DIRECT, key, applicant, papers=papers, fee_amount=copies.fee, note=told)
