"""What a receipt says: every printed fact of Mẫu 01 copied out of the register, once, for ever."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import msgspec

from db.connection import Register
from db.records import Clerk, DossierRow, Limit, ProcedureVersion, Unit
from db.vocabulary import DocumentKind, ResultBy
from desktop import labels
from desktop.documents.letterhead import Signer
from desktop.documents.receipt import Party, PrincipalParty, ReceiptContent, ReceiptPaper
from desktop.office import forms, sealing, settings
from desktop.rules import deadlines, seal
from desktop.rules.deadlines import Promise
from desktop.rules.intake import IntakeForm, Person, Principal


def content(
    book: Register,
    code: str,
    form: IntakeForm,
    procedure: ProcedureVersion,
    limit: Limit,
    promise: Promise,
    *,
    received_at: datetime,
    number: int,
    entry_no: int,
    clerk: Clerk,
) -> dict:
    """The frozen content (JSON values) of the first receipt of a dossier, sealed by this disk's key."""
    unit = settings.unit(book)
    wording = forms.template(book, DocumentKind.RECEIPT, received_at.date())
    receipt = ReceiptContent(
        **_heading(wording, number, unit, received_at.date()),
        **_of_form(form, unit),
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        place=unit.place,
        code=code,
        temporary=not unit.agency_code,
        centre_name=unit.centre_name,
        request=f"{procedure.name} ({procedure.code})" + (f" – {form.case}" if form.case else ""),
        limit_text=deadlines.limit_words(limit),
        received_at=received_at,
        due_at=promise.due_at,
        why=promise.short_reason,
        clerk_name=clerk.full_name,
        qr_text=_sealed(book, code, procedure.code, promise.due_at, 1),
        foot=wording.foot,
        papers=tuple(ReceiptPaper(paper.name, paper.originals, paper.copies, paper.shown) for paper in form.papers),
        unconfirmed_note=labels.unconfirmed_note(promise.unconfirmed_years),
        book_no=unit.book_no,
        entry_no=str(entry_no),
        practice=unit.practice,
        signers=_unnamed(wording),
    )
    return msgspec.to_builtins(receipt)


def replacement(
    book: Register,
    before: Mapping[str, Any],
    row: DossierRow,
    form: Mapping[str, Any],
    promise: Promise,
    *,
    number: int,
    clerk: str,
    on: date,
) -> dict:
    """The frozen content of the receipt that supersedes ``before``: the same dossier as its form stands now.

    The date is the one that holds; ``promise`` explains it where it moved since. The old QR becomes superseded.
    """
    old = msgspec.convert(before, ReceiptContent)
    unit = settings.unit(book)
    wording = forms.template(book, DocumentKind.RECEIPT, on)
    code = row.official_code or row.code
    version = old.version + 1
    moved = row.due_at != old.due_at
    receipt = replace(
        old,
        **_heading(wording, number, unit, on),
        **_of_form(msgspec.convert(form, IntakeForm), unit),
        code=code,
        temporary=not (row.official_code or unit.agency_code),
        due_at=row.due_at,
        why=promise.short_reason if moved else old.why,
        unconfirmed_note=labels.unconfirmed_note(promise.unconfirmed_years) if moved else old.unconfirmed_note,
        clerk_name=clerk,
        qr_text=_sealed(book, code, row.procedure, row.due_at, version),
        version=version,
        signers=_unnamed(wording),
        replaces=f"Thay thế Giấy số {old.number_line.removeprefix('Số: ')} ngày {old.issued_on:%d/%m/%Y}",
    )
    return msgspec.to_builtins(receipt)


def _sealed(book: Register, code: str, procedure: str, due_at: datetime, version: int) -> str:
    text = seal.receipt_text(code, procedure, due_at, version, practice=book.practice)
    return seal.seal(text, sealing.private_key(book))


def _heading(wording: forms.Template, number: int, unit: Unit, on: date) -> dict[str, Any]:
    """What the form's template and the number series say."""
    return {
        "form_ref": wording.form_ref,
        "title_lines": wording.title_lines,
        "number_line": wording.number_line(number, unit),
        "issued_on": on,
    }


def _of_form(form: IntakeForm, unit: Unit) -> dict[str, Any]:
    """What the citizen told, and may be corrected later."""
    return {
        "applicant": _party(form.applicant),
        "principal": _principal(form.principal),
        "sets": form.sets,
        "collect_at": _collect_at(form.result_by, unit.centre_name),
    }


def _unnamed(wording: forms.Template) -> tuple[Signer, ...]:
    """The signers of the form; the receipt itself knows its clerk."""
    return tuple(replace(signer, name="") for signer in wording.signers)


def _party(person: Person) -> Party:
    return Party(
        person.name,
        person.organisation,
        person.id_number,
        person.residence or person.address,
        labels.grouped_phone(person.phone),
        person.email,
    )


def _principal(principal: Principal | None) -> PrincipalParty | None:
    if principal is None:
        return None
    return PrincipalParty(
        principal.name or principal.organisation,
        principal.residence or principal.address,
        principal.id_number,
        labels.grouped_phone(principal.phone),
        principal.email,
        principal.authority_paper,
    )


def _collect_at(result_by: str, centre_name: str) -> str:
    if result_by == ResultBy.POST:
        return "Địa chỉ của người nộp, qua dịch vụ bưu chính công ích"
    if result_by == ResultBy.ONLINE:
        return "Trực tuyến, qua Cổng Dịch vụ công quốc gia"
    return centre_name
