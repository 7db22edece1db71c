"""What a receipt says: every printed fact of Mẫu 01 copied out of the register, once, for ever."""

from datetime import datetime

import msgspec

from db import settings as stored
from db.connection import Register
from db.records import Clerk, Limit, ProcedureVersion
from db.vocabulary import ResultBy
from desktop import labels
from desktop.documents.receipt import Party, PrincipalParty, ReceiptContent, ReceiptPaper
from desktop.office import sealing, settings
from desktop.rules import deadlines, seal
from desktop.rules.deadlines import Promise
from desktop.rules.intake import IntakeForm, Person, Principal

#: Mẫu 01 as numbered and titled today; a setting ``receipt_wording`` replaces them when the law does.
FORM_REF = "Mẫu số 01 – Thông tư 03/2025/TT-VPCP"
TITLE_LINES = ("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ")
FOOT = "Khi đến nhận kết quả, mang theo Giấy này và giấy tờ tùy thân. Kết quả có thể có sớm hơn ngày hẹn."


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
    text = seal.receipt_text(code, procedure.code, promise.due_at, 1, practice=unit.practice)
    wording = _wording(book)
    receipt = ReceiptContent(
        form_ref=wording.get("form_ref", FORM_REF),
        title_lines=tuple(wording.get("title_lines", TITLE_LINES)),
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        number_line=f"Số: {number:02d}/{unit.symbol}",
        place=unit.place,
        issued_on=received_at.date(),
        code=code,
        temporary=not unit.agency_code,
        centre_name=unit.centre_name,
        applicant=_party(form.applicant),
        request=f"{procedure.name} ({procedure.code})" + (f" – {form.case}" if form.case else ""),
        limit_text=deadlines.limit_words(limit),
        received_at=received_at,
        due_at=promise.due_at,
        why=promise.short_reason,
        collect_at=_collect_at(form.result_by, unit.centre_name),
        clerk_name=clerk.full_name,
        qr_text=seal.seal(text, sealing.private_key(book)),
        foot=wording.get("foot", FOOT),
        principal=_principal(form.principal),
        papers=tuple(ReceiptPaper(paper.name, paper.originals, paper.copies, paper.shown) for paper in form.papers),
        sets=form.sets,
        unconfirmed_note=labels.unconfirmed_note(promise.unconfirmed_years),
        book_no=unit.book_no,
        entry_no=str(entry_no),
        practice=unit.practice,
        version=1,
    )
    return msgspec.to_builtins(receipt)


def _wording(book: Register) -> dict:
    if "receipt_wording" not in book.derived:
        book.derived["receipt_wording"] = stored.get(book, "receipt_wording", {})
    return book.derived["receipt_wording"]


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
