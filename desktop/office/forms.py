"""The texts of every form as data: what the law prints, from when to when, and what the commune made of it.

Hides the files in ``resources/forms`` and the setting that holds the commune's own wording. Papers take their text
here when they are frozen; the settings window shows and changes it. A changed text never reaches a paper
that was already issued, and gives way when a later official version comes into force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Register
from db.records import Unit
from db.vocabulary import DocumentKind
from desktop.changes import Changes
from desktop.documents import letter
from desktop.documents import template as notation
from desktop.documents.letterhead import Signer
from desktop.documents.tables import Column
from desktop.errors import UserError
from desktop.office import settings
from desktop.rules.text import TextError, clean

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "forms"
_SETTING = "form_texts"
_LONGEST_TEXT, _LONGEST_TITLE = 8000, 300
#: What stands above the space for a signature: the role, lines apart, and how to sign.
SignerWords = tuple[str, str]

_ANYWHERE = {
    "mã hồ sơ": "TN-MT-261123-0015",
    "người nộp": "Vàng Thị Ví Dụ",
    "số định danh": "012195000002",
    "địa chỉ": "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
    "điện thoại": "0900 000 001",
    "email": "",
    "nội dung yêu cầu": "Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch (1.004859)",
    "tên thủ tục": "thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch",
    "tên cơ quan": "",
    "lúc tiếp nhận": "09 giờ 14 phút, ngày 23 tháng 11 năm 2026",
    "ngày tiếp nhận": "23 tháng 11 năm 2026",
    "lúc hẹn trả": "17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
    "ngày lập": "25 tháng 11 năm 2026",
    "công chức": "Lò Thị Trực",
    notation.BLANK: "",
}
_REASON: dict[str, Any] = {"lý do": "Cần xác minh thêm tại nơi đã đăng ký trước đây"}
_SIGNED = {"người ký": "Giàng Văn Mẫu"}
_OF_KIND: dict[DocumentKind, dict[str, Any]] = {
    DocumentKind.SUPPLEMENT: _REASON
    | {
        "nội dung bổ sung": ["Bản chính Giấy khai sinh", "Tờ khai ký lại ở mục 3"],
        "điện thoại hướng dẫn": "0900 000 002",
    },
    DocumentKind.REFUSAL: _REASON,
    DocumentKind.APOLOGY: _REASON | _SIGNED | {"ngày trả mới": "02 tháng 12 năm 2026"},
    DocumentKind.STOP: _REASON | _SIGNED | {"tình trạng": "Đang xử lý"},
    DocumentKind.CONTROL: {"cơ quan giải quyết": "Phòng Kinh tế", "cơ quan phối hợp": ""},
    DocumentKind.HANDOVER_LIST: {
        "bên giao": "Quầy tiếp nhận",
        "bên nhận": "Phòng Kinh tế",
        "thời gian": "ngày 25 tháng 11 năm 2026",
        "số hồ sơ": "12",
    },
    DocumentKind.FEE_SLIP: {"số tiền": "15.000 đồng", "căn cứ thu": "", "miễn giảm": "", "biên lai": ""},
    DocumentKind.HANDOVER_RECEIPT: {
        "kết quả": "Trích lục cải chính hộ tịch",
        "người nhận": "Vàng Thị Ví Dụ",
        "số định danh người nhận": "012195000002",
        "quan hệ": "Chủ hồ sơ",
        "hình thức trả": "Tại quầy",
        "lúc trả": "14 giờ 05 phút, ngày 26 tháng 11 năm 2026",
    },
}


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a form. ``text`` is in the notation of ``documents.template``, empty where the form is a table.

    ``number`` is the pattern of its number, ``needs`` the slots that no wording may leave out, ``note`` what is known
    of its source. ``edited`` tells that title or text are the commune's own.
    """

    kind: DocumentKind
    form_ref: str
    title_lines: tuple[str, ...]
    number: str
    text: str
    signers: tuple[Signer, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    recipients: tuple[str, ...]
    foot: str
    needs: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    note: str
    edited: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """What may stand in braces in this form."""
        return tuple(samples(self.kind))

    @property
    def signer_words(self) -> list[SignerWords]:
        """Roles and how to sign, in the order of the form."""
        return [(signer.title, signer.note) for signer in self.signers]

    def number_line(self, number: int, unit: Unit) -> str:
        """``Số: 05/PBS-TTPVHCC``; empty for a paper without numbers."""
        return self.number.replace("{số}", f"{number:02d}").replace("{ký hiệu}", unit.symbol)


class _Version(msgspec.Struct, forbid_unknown_fields=True):
    form_ref: str
    title: tuple[str, ...]
    number: str
    signers: tuple[Signer, ...]
    valid_from: date
    valid_to: date | None
    note: str
    text: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    notes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    foot: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    kind: DocumentKind
    versions: tuple[_Version, ...]


@cache
def shipped(kind: DocumentKind) -> tuple[Template, ...]:
    """Every version of a form as the program brings it, oldest first."""
    file = msgspec.json.decode((_FOLDER / f"{kind}.json").read_bytes(), type=_File)
    return tuple(
        Template(
            kind=file.kind,
            form_ref=version.form_ref,
            title_lines=version.title,
            number=version.number,
            text="\n".join(version.text),
            signers=version.signers,
            columns=version.columns,
            notes=version.notes,
            recipients=version.recipients,
            foot=version.foot,
            needs=version.needs,
            valid_from=version.valid_from,
            valid_to=version.valid_to,
            note=version.note,
        )
        for version in sorted(file.versions, key=lambda version: version.valid_from)
    )


def official(kind: DocumentKind, on: date) -> Template:
    """The form as the law has it on a day; the oldest version for days before any."""
    versions = shipped(kind)
    return next((version for version in reversed(versions) if version.valid_from <= on), versions[0])


def template(book: Register, kind: DocumentKind, on: date) -> Template:
    """The form as this commune prints it on a day."""
    form = official(kind, on)
    own = _own(book).get(kind)
    if own is None or own["form_ref"] != form.form_ref:
        return form
    signers = _retitled(form.signers, own.get("signers", ()))
    return replace(form, title_lines=tuple(own["title"]), text=own["text"], signers=signers, edited=True)


def worded(
    book: Register,
    kind: DocumentKind,
    on: date,
    *,
    text: str | None = None,
    title: str | None = None,
    signers: Sequence[SignerWords] | None = None,
) -> Template:
    """The form in a wording that is not stored yet; UserError with the first thing wrong with it."""
    form = template(book, kind, on)
    if text is None and title is None and signers is None:
        return form
    return _checked(form, form.text if text is None else text, title, signers)


def change_template(
    book: Register,
    kind: DocumentKind,
    text: str,
    *,
    title: str | None = None,
    signers: Sequence[SignerWords] | None = None,
    clerk: str | None,
    now: datetime,
) -> Changes:
    """Print ``text`` (``title``, ``signers``) from now on; lines of a title are apart, signers in the form's order.

    UserError with the first thing wrong with them. Who signs stays the form's; only the words above change.
    """
    changed = _checked(template(book, kind, now.date()), text, title, signers)
    own = {
        "form_ref": changed.form_ref,
        "title": list(changed.title_lines),
        "text": changed.text,
        "signers": [list(words) for words in changed.signer_words],
    }
    return settings.change(book, _SETTING, _own(book) | {str(kind): own}, clerk=clerk, now=now)


def restore_template(book: Register, kind: DocumentKind, *, clerk: str | None, now: datetime) -> Changes:
    """Print the official wording again."""
    kept = {name: own for name, own in _own(book).items() if name != kind}
    return settings.change(book, _SETTING, kept, clerk=clerk, now=now)


def samples(kind: DocumentKind) -> dict[str, Any]:
    """Invented words for every slot of a form with text."""
    return _ANYWHERE | _OF_KIND.get(kind, {})


def letter_content(
    form: Template,
    unit: Unit,
    values: dict[str, Any],
    *,
    number: int,
    on: date,
    remark: str = "",
    rows: Iterable[tuple[str, ...]] = (),
) -> letter.LetterContent:
    """What a paper of this form says, ready to be frozen; ``rows`` fill its table where it has one."""
    code = values.get("mã hồ sơ", "")
    coded = f"Mã hồ sơ: {code}" if code and "mã hồ sơ" not in notation.slots(form.text) else ""
    return letter.LetterContent(
        form_ref=form.form_ref,
        title_lines=form.title_lines,
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        number_line=form.number_line(number, unit),
        place=unit.place,
        issued_on=on,
        code=code,
        centre_name=unit.centre_name,
        text=form.text,
        values=values,
        signers=tuple(replace(signer, name=values.get(signer.name.strip("{}"), "")) for signer in form.signers),
        columns=form.columns,
        rows=tuple(rows),
        notes=form.notes,
        recipients=form.recipients,
        remark=" – ".join(part for part in (coded, remark) if part),
        foot=form.foot,
        practice=unit.practice,
    )


def _own(book: Register) -> dict[str, Any]:
    if _SETTING not in book.derived:
        book.derived[_SETTING] = settings.get(book, _SETTING, {})
    return book.derived[_SETTING]


def _retitled(signers: tuple[Signer, ...], words: Sequence[Sequence[str]]) -> tuple[Signer, ...]:
    """The signers of a form under the commune's words; as the law has them where it said none."""
    if len(words) != len(signers):
        return signers
    return tuple(replace(signer, title=title, note=note) for signer, (title, note) in zip(signers, words, strict=True))


def _checked(form: Template, text: str, title: str | None, signers: Sequence[SignerWords] | None) -> Template:
    text = _kept(text, _LONGEST_TEXT)
    title_lines = form.title_lines if title is None else tuple(_kept(title, _LONGEST_TITLE).split("\n"))
    if not any(title_lines):
        raise UserError("no_title", "Ghi tên của mẫu.")
    if form.text and not text:
        raise UserError("no_text", "Nội dung mẫu không để trống được.")
    if text and not form.text:
        raise UserError("fixed_form", "Mẫu này là bảng kẻ sẵn nên chỉ sửa được tên.")
    try:
        used = notation.slots(text)
    except notation.TemplateError as error:
        raise UserError(error.code, error.message) from error
    for name in used:
        if name not in form.slots:
            offered = ", ".join(f"{{{slot}}}" for slot in form.slots)
            raise UserError("unknown_slot", f"Mẫu này không có mục {{{name}}}. Dùng được: {offered}.", slot=name)
    for name in form.needs:
        if name not in used:
            raise UserError("missing_slot", f"Nội dung phải có mục {{{name}}}.", slot=name)
    return replace(form, text=text, title_lines=title_lines, signers=_checked_signers(form, signers))


def _checked_signers(form: Template, words: Sequence[SignerWords] | None) -> tuple[Signer, ...]:
    if words is None:
        return form.signers
    if len(words) != len(form.signers):
        raise UserError("signers", f"Mẫu này có {len(form.signers)} chỗ ký.")
    kept = [(_kept(title, _LONGEST_TITLE), _kept(note, _LONGEST_TITLE)) for title, note in words]
    if not all(title for title, _note in kept):
        raise UserError("no_signer", "Ghi chức danh của mỗi chỗ ký.")
    return _retitled(form.signers, kept)


def _kept(text: str, longest: int) -> str:
    """Lines cleaned one by one; a space in front of a line stays, for it sets the first line in."""
    if len(text) > longest:
        raise UserError("too_long", f"Nội dung dài quá {longest} chữ.")
    try:
        lines = [" " * line[:1].isspace() + clean(line) for line in text.strip("\n").splitlines()]
    except TextError as error:
        raise UserError(error.code, error.message) from error
    return "\n".join(line for line in lines if line.strip())
