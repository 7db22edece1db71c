"""How every form looks with invented data, in the wording that holds or in one that is being typed.

Drawn for the settings window; no number is taken, nothing is stored, and every page says that it is for practice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from db.connection import Register
from db.records import BookEntry, Unit
from db.vocabulary import DocumentKind, DossierStatus, ResultBy
from desktop import labels
from desktop.documents import letter, receipt, register_book
from desktop.documents.receipt import Party, ReceiptContent, ReceiptPaper
from desktop.office import books, forms, settings
from desktop.office.forms import SignerWords, Template

_PAPERS = (
    ReceiptPaper("Tờ khai thay đổi, cải chính, bổ sung thông tin hộ tịch", originals=1),
    ReceiptPaper("Giấy tờ làm căn cứ thay đổi, cải chính", originals=1, copies=1),
)
#: Long enough for the symbol of a real receipt, and no receipt: nothing verifies it.
_QR_TEXT = "MAU GIAY XEM TRUOC KHONG CO GIA TRI " * 4
_DAYS = timedelta(days=4)


def preview(
    book: Register,
    kind: DocumentKind,
    *,
    now: datetime,
    text: str | None = None,
    title: str | None = None,
    signers: Sequence[SignerWords] | None = None,
    unit: Unit | None = None,
) -> bytes:
    """A form as PDF; ``text``, ``title``, ``signers`` and ``unit`` show what is not stored yet.

    UserError with the first thing wrong with it.
    """
    form = forms.worded(book, kind, now.date(), text=text, title=title, signers=signers)
    unit = replace(unit or settings.unit(book), practice=True)
    if kind is DocumentKind.RECEIPT:
        return receipt.render(_receipt(form, unit, now), size="A5", copies=1)
    if kind is DocumentKind.REGISTER_BOOK:
        drawn = register_book.render(*books.specimen(unit, form, _entries(unit, now), on=now.date()))
        assert drawn is not None, "nobody stops this work"
        return drawn
    values = forms.samples(kind) | {"tên cơ quan": unit.centre_name}
    rows = [("",) * len(form.columns)]
    return letter.render(forms.letter_content(form, unit, values, number=1, on=now.date(), rows=rows))


def _receipt(form: Template, unit: Unit, now: datetime) -> ReceiptContent:
    told = forms.samples(form.kind)
    due_at = (now + _DAYS).replace(hour=17, minute=0)
    return ReceiptContent(
        form_ref=form.form_ref,
        title_lines=form.title_lines,
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        number_line=form.number_line(1, unit),
        place=unit.place,
        issued_on=now.date(),
        code=told["mã hồ sơ"],
        temporary=not unit.agency_code,
        centre_name=unit.centre_name,
        applicant=Party(
            name=told["người nộp"], id_number=told["số định danh"], address=told["địa chỉ"], phone=told["điện thoại"]
        ),
        request=told["nội dung yêu cầu"],
        papers=_PAPERS,
        limit_text="03 ngày làm việc",
        received_at=now,
        due_at=due_at,
        why="Không tính ngày nhận và ngày nghỉ.",
        collect_at=unit.centre_name,
        book_no=unit.book_no,
        entry_no="1",
        clerk_name=told["công chức"],
        qr_text=_QR_TEXT,
        foot=form.foot,
        practice=True,
        signers=tuple(replace(signer, name="") for signer in form.signers),
    )


def _entries(unit: Unit, now: datetime) -> list[BookEntry]:
    told = forms.samples(DocumentKind.REGISTER_BOOK)
    first = BookEntry(
        book_year=now.year,
        book_no=unit.book_no,
        entry_no=1,
        code=told["mã hồ sơ"],
        procedure_name=labels.sentence_start(told["tên thủ tục"]),
        applicant=told["người nộp"],
        address=told["địa chỉ"],
        phone=told["điện thoại"],
        solving_unit="",
        received_at=now,
        due_at=now + _DAYS,
        finished_at=now + _DAYS,
        handed_over_at=now + _DAYS,
        result_by=ResultBy.COUNTER,
        status=DossierStatus.HANDED_OVER,
    )
    waiting = replace(
        first,
        entry_no=2,
        result_by=ResultBy.POST,
        finished_at=None,
        handed_over_at=None,
        status=DossierStatus.PROCESSING,
    )
    return [first, waiting]
