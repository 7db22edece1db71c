"""Mẫu 01, the receipt: giấy tiếp nhận hồ sơ và hẹn trả kết quả (TT 03/2025/TT-VPCP, Phụ lục I).

Renders a frozen :class:`ReceiptContent` that issuing stored in the same transaction as the dossier. Reads no
database, no clock and no setting: the same content gives the same bytes, today and in ten years.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from desktop.documents.blocks import Para, framed
from desktop.documents.coded_title import coded_title
from desktop.documents.layout import SIZES, Sheet
from desktop.documents.letterhead import Letterhead, Signer, letterhead, signatures
from desktop.documents.lines import NBSP, Run
from desktop.documents.pages import page_count, to_pdf
from desktop.documents.qr import Symbol
from desktop.documents.units import mm
from desktop.documents.wording import count_words, moment_words

__all__ = ["Party", "PrincipalParty", "ReceiptContent", "ReceiptPaper", "page_count", "render"]

Size = Literal["A4", "A5"]

_QR_SIDE = {"A4": 34 * mm, "A5": 28 * mm}
#: 49 modules: what a sealed text with an ordinary code needs.
_QR_VERSION = 8
_COPY_MARKS = ("Bản giao người nộp", "Bản lưu")
_PRACTICE_MARK = "BẢN TẬP HUẤN"
_SIGNERS = (
    Signer("NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)"),
    Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)"),
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation as printed; an empty string leaves dots to write on."""

    name: str = ""
    organisation: str = ""
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PrincipalParty:
    """Who gave the power of attorney (người ủy quyền), and the paper that says so."""

    name: str = ""
    address: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    authority_paper: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A paper handed in: how many originals and copies, or only shown (xuất trình)."""

    name: str
    originals: int = 0
    copies: int = 0
    shown: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """All that one receipt says, frozen when the dossier was registered. Text is NFC, moments are aware (+07:00).

    ``code`` is the official code, or the counter's own when ``temporary``. ``request`` is the procedure's name with
    its code, ``limit_text`` the limit in words, ``why`` one line on how the due date was counted,
    ``unconfirmed_note`` the warning when it reaches a year whose holidays are not confirmed. ``qr_text`` is the
    sealed text of rules.seal. ``version`` counts replacements from 1, ``replaces`` names the receipt that this one
    takes the place of. ``title_lines``, ``form_ref``, ``signers`` and ``foot`` are data because the law changes them;
    the last signer is the clerk.
    """

    form_ref: str
    title_lines: tuple[str, ...]
    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    number_line: str
    place: str
    issued_on: date
    code: str
    temporary: bool
    centre_name: str
    applicant: Party
    request: str
    limit_text: str
    received_at: datetime
    due_at: datetime
    why: str
    collect_at: str
    clerk_name: str
    qr_text: str
    foot: str
    principal: PrincipalParty | None = None
    papers: tuple[ReceiptPaper, ...] = ()
    sets: int = 1
    unconfirmed_note: str = ""
    book_no: str = ""
    entry_no: str = ""
    practice: bool = False
    version: int = 1
    replaces: str = ""
    signers: tuple[Signer, ...] = _SIGNERS


def render(content: ReceiptContent, *, size: Size = "A5", copies: Literal[1, 2] = 1, reprint: int = 0) -> bytes:
    """The receipt as PDF: the citizen's copy, and with ``copies=2`` the counter's on pages of its own.

    ``reprint`` above 0 prints "Bản in lại lần n". Raises ``EnvironmentProblem("no_font")``.
    """
    symbol = Symbol(content.qr_text, _QR_VERSION)
    sheets = [_sheet(content, size, mark, reprint, symbol) for mark in _COPY_MARKS[:copies]]
    return to_pdf(
        sheets,
        title=" ".join(content.title_lines),
        author=content.centre_name,
        subject=content.form_ref,
    )


def _sheet(content: ReceiptContent, size: Size, mark: str, reprint: int, symbol: Symbol) -> Sheet:
    marks = [mark]
    if content.version > 1:
        marks.append(f"Thay bản số {content.version - 1}")
    if reprint:
        marks.append(f"Bản in lại lần {reprint}")
    sheet = Sheet(
        SIZES[size],
        running=" – ".join([_code_line(content), *marks]),
        foot=content.foot,
        overlay=_PRACTICE_MARK if content.practice else "",
    )
    letterhead(
        sheet,
        Letterhead(content.superior_lines, content.centre_lines, content.number_line, content.place, content.issued_on),
    )
    sheet.add(coded_title(sheet, _title(sheet, content), symbol, _QR_SIDE[size], marks))
    _people(sheet, content)
    _dossier(sheet, content)
    _promise(sheet, content)
    *others, clerk = content.signers
    signatures(sheet, (*others, replace(clerk, name=content.clerk_name)))
    return sheet


def _code_line(content: ReceiptContent) -> str:
    return f"Mã hồ sơ: {content.code}"


def _title(sheet: Sheet, content: ReceiptContent) -> list[Para]:
    paper, faces = sheet.paper, sheet.faces
    title = [Para(((line, faces.bold),), paper.title, "center") for line in content.title_lines]
    title.append(Para(((_code_line(content), faces.bold),), paper.body, "center", gap=paper.gap))
    if content.temporary:
        title.append(Para((("(Mã tiếp nhận tạm)", faces.italic),), paper.small, "center"))
    if content.replaces:
        title.append(Para(((content.replaces, faces.italic),), paper.small, "center"))
    return title


def _people(sheet: Sheet, content: ReceiptContent) -> None:
    person = content.applicant
    sheet.paragraph((content.centre_name, sheet.faces.regular))
    sheet.field("Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức:", _named(person), strong=True)
    sheet.field("Số định danh cá nhân/tổ chức:", person.id_number)
    sheet.field("Địa chỉ:", person.address)
    sheet.fields(("Số điện thoại:", person.phone), ("Email:", person.email))
    principal = content.principal
    if principal is None:
        return
    inset = 1.2 * sheet.paper.body
    sheet.field("Nộp theo ủy quyền của Ông (Bà):", principal.name, strong=True)
    sheet.field("Địa chỉ:", principal.address, left=inset)
    sheet.field("Số định danh cá nhân:", principal.id_number, left=inset)
    sheet.fields(("Số điện thoại:", principal.phone), ("Email:", principal.email), left=inset)
    sheet.field("Giấy tờ ủy quyền:", principal.authority_paper, left=inset)


def _named(person: Party) -> str:
    if person.organisation and person.name:
        return f"{person.organisation} (người nộp: {person.name})"
    return person.organisation or person.name


def _dossier(sheet: Sheet, content: ReceiptContent) -> None:
    sheet.field("Nội dung yêu cầu giải quyết:", content.request)
    sheet.paragraph(("Thành phần hồ sơ nộp gồm:", sheet.faces.regular), keep=True)
    sheet.items([_paper_words(paper) for paper in content.papers])
    sheet.field("Số lượng hồ sơ:", f"{count_words(content.sets)} (bộ)")
    sheet.field("Thời gian giải quyết hồ sơ theo quy định là:", content.limit_text)
    sheet.field("Thời gian nhận hồ sơ:", moment_words(content.received_at))


def _paper_words(paper: ReceiptPaper) -> str:
    kinds = []
    if paper.originals:
        kinds.append(f"{count_words(paper.originals)}{NBSP}bản{NBSP}chính")
    if paper.copies:
        kinds.append(f"{count_words(paper.copies)}{NBSP}bản{NBSP}sao")
    if paper.shown:
        kinds.append(f"xuất{NBSP}trình")
    return f"{paper.name} ({', '.join(kinds)})" if kinds else paper.name


def _promise(sheet: Sheet, content: ReceiptContent) -> None:
    paper = sheet.paper
    padding = 0.7 * paper.body
    sheet.add(framed(list(_box_lines(sheet, content)), 0, paper.measure, padding, gap=1.5 * paper.gap))
    sheet.field("Đăng ký nhận kết quả tại:", content.collect_at)
    sheet.fields(("Vào Sổ theo dõi hồ sơ, Quyển số", content.book_no), ("Số thứ tự", content.entry_no), keep=True)


def _box_lines(sheet: Sheet, content: ReceiptContent) -> Iterator[Para]:
    paper, faces = sheet.paper, sheet.faces
    label: Run = ("Thời gian trả kết quả giải quyết hồ sơ:", faces.regular)
    yield Para((label,), paper.body)
    yield Para(((moment_words(content.due_at), faces.bold),), paper.title - 0.5)
    for note in (content.why, content.unconfirmed_note):
        if note:
            yield Para(((note, faces.italic),), paper.small)
