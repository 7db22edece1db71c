"""The sheets of the wall as they are worded: one function a kind of sheet, from procedures and facts to content.

Called by ``posting_sheets``, which knows what hangs on a day. Hides captions and sentences; reads no register.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from db.records import ProcedureVersion, Unit
from desktop.documents.posting_sheet import Para, Row, SheetContent, SheetKind
from desktop.labels import grouped_phone
from desktop.office import posting_parts
from desktop.office.illustrations import Illustration
from desktop.office.posting_facts import PostingFacts
from desktop.office.posting_plan import Slot
from desktop.rules import sheet_codes

_KICKER = "NIÊM YẾT CÔNG KHAI THỦ TỤC HÀNH CHÍNH"
_BLANK = "…" * 12
#: The columns of the province's list; the last one stands below its row, where it has room.
_LIST_COLUMNS = (
    *("STT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm, cách thức"),
    *("Phí, lệ phí (nếu\u00a0có)", "Căn cứ pháp lý"),
)
_FEE_COLUMNS = ("Số tờ", "Tên thủ tục hành chính", "Mức phí, lệ phí")
_LINK_COLUMNS = ("Số tờ", "Tên thủ tục hành chính", "Mã QR")
_CONTENTS_COLUMNS = ("Số", "Nội dung", "Thủ tục", "Tờ danh mục", "Tờ chi tiết")
_FEE_NOTE = (
    "Thủ tục không có trong bảng này: không thu phí, lệ phí hoặc danh mục chưa có dữ liệu về phí; xem tờ chi tiết."
)
_LINK_NOTE = "Thủ tục không có trong bảng này: danh mục chưa có đường dẫn riêng; vào trang chủ rồi gõ mã thủ tục."


class Placed(NamedTuple):
    """A procedure with its place on the wall; its sheet is marked with field and number, such as ``12.07``."""

    version: ProcedureVersion
    slot: Slot

    @property
    def field(self) -> str:
        return f"{self.slot.field}. {self.version.field}"

    @property
    def mark(self) -> str:
        return f"{self.slot.field}.{self.slot.number:02d}"


@dataclass(frozen=True, slots=True)
class Boards:
    """The commune whose wall it is, on a day; ``hours`` are its opening hours in words, ``illustrations`` by code."""

    unit: Unit
    facts: PostingFacts
    hours: str
    on: date
    illustrations: Mapping[str, Illustration]

    def field_list(self, number: int, placed: Sequence[Placed]) -> SheetContent:
        """One sheet of a field's list (danh mục)."""
        slot, field = placed[0].slot, placed[0].version.field
        return self._headed(
            sheet_codes.list_name(slot.field, number),
            SheetKind.LIST,
            f"{slot.field}/{number}",
            f"LĨNH VỰC {field.upper()}",
            place=placed[0].field,
            decisions=_decisions(placed),
            columns=_LIST_COLUMNS,
            rows=tuple(posting_parts.list_row(one.version, one.slot.number, one.mark, self.on) for one in placed),
            box=self._where_and_when(),
        )

    def full_sheet(self, one: Placed) -> SheetContent:
        """All constituent parts of one procedure."""
        version, own = one.version, self.illustrations.get(one.version.code, Illustration())
        return SheetContent(
            version.code,
            SheetKind.PROCEDURE,
            one.mark,
            self.unit.centre_name,
            version.name,
            place=f"{one.field} – {version.code}",
            kicker=f"LĨNH VỰC {version.field.upper()}",
            lead=(Para(lead="Mã thủ tục:", strong=version.code),),
            decisions=_decisions([one]),
            rows=posting_parts.full_rows(version, self.unit.centre_name, self.on, self._extras(own)),
            picture=own.picture,
        )

    def fee_table(self, number: int, placed: Sequence[Placed]) -> SheetContent:
        """One sheet of the fee table, the procedures under their fields."""
        return self._headed(
            sheet_codes.fee_name(number),
            SheetKind.FEES,
            f"B/{number}",
            "PHÍ, LỆ PHÍ",
            place="Phí, lệ phí",
            decisions=_decisions(placed),
            columns=_FEE_COLUMNS,
            rows=tuple(
                row
                for field, group in groupby(placed, key=lambda one: one.field)
                for row in (_group(field), *(posting_parts.fee_row(one.version, one.mark, self.on) for one in group))
            ),
            box=(Para(rest=_FEE_NOTE),),
        )

    def qr_index(self, number: int, placed: Sequence[Placed]) -> SheetContent:
        """One sheet of the QR index; its first symbol leads to the portal, where every code is found."""
        portal = (
            Para(strong=posting_parts.PORTAL_NAME),
            Para(rest="Trang chủ: tìm mọi thủ tục theo mã hoặc theo tên."),
        )
        return self._headed(
            sheet_codes.link_name(number),
            SheetKind.LINKS,
            f"C/{number}",
            "TRA CỨU BẰNG MÃ QR",
            place="Tra cứu bằng mã QR",
            columns=_LINK_COLUMNS,
            rows=(
                Row("portal", ((Para(rest="–"),), portal, (Para(qr=posting_parts.PORTAL),))),
                *(posting_parts.link_row(one.version, one.mark) for one in placed),
            ),
            box=(Para(rest=_LINK_NOTE),),
        )

    def notice(self) -> SheetContent:
        """Opening hours, and where feedback goes (NĐ 61/2018 and the rules of posting): dots where nobody told."""
        facts, unit = self.facts, self.unit
        told = (
            ("Giờ tiếp nhận", self.hours),
            ("Nơi tiếp nhận, trả kết quả", unit.centre_name),
            ("Phản ánh, kiến nghị về quy định hành chính gửi đến", facts.feedback_to),
            ("Địa chỉ", facts.feedback_address),
            ("Điện thoại", grouped_phone(facts.feedback_phone)),
            ("Thư điện tử", facts.feedback_email),
            ("Trang thông tin", facts.feedback_web),
            ("Điện thoại của xã, phường", grouped_phone(facts.complaint_phone)),
        )
        rows = tuple(Row(label, ((Para(strong=label),), (Para(rest=words or _BLANK),))) for label, words in told)
        return self._headed(
            sheet_codes.NOTICE,
            SheetKind.NOTICE,
            "A",
            "GIỜ TIẾP NHẬN VÀ NƠI NHẬN PHẢN ÁNH, KIẾN NGHỊ",
            place="Giờ tiếp nhận, phản ánh, kiến nghị",
            rows=rows,
        )

    def contents(self, fields: Iterable[Sequence[Placed]], fee_sheets: int, link_sheets: int) -> SheetContent:
        """What hangs and where it is found: the numbers that its sheets bear."""
        others = (
            ("A", "Giờ tiếp nhận, nơi nhận phản ánh, kiến nghị", "A"),
            ("B", "Phí, lệ phí", _span("B/1", f"B/{fee_sheets}")),
            ("C", "Tra cứu bằng mã QR", _span("C/1", f"C/{link_sheets}")),
        )
        rows = [_row(mark, mark, title, "", sheets, "") for mark, title, sheets in others]
        rows += [
            _row(
                placed[0].version.field,
                str(placed[0].slot.field),
                placed[0].version.field,
                str(len(placed)),
                _span(*(f"{one.slot.field}/{one.slot.sheet}" for one in (placed[0], placed[-1]))),
                _span(placed[0].mark, placed[-1].mark),
            )
            for placed in fields
        ]
        return self._headed(
            sheet_codes.CONTENTS,
            SheetKind.CONTENTS,
            "",
            "MỤC LỤC",
            place="Mục lục",
            columns=_CONTENTS_COLUMNS,
            rows=tuple(rows),
        )

    def cover(self) -> SheetContent:
        """The cover of the whole set."""
        return self._headed(sheet_codes.COVER, SheetKind.COVER, "", _KICKER, kicker="", place="Bìa")

    def door(self) -> SheetContent:
        """The sign at the door."""
        title = " ".join(self.unit.centre_lines)
        lead = (Para(rest="Giờ tiếp nhận"), Para(strong=self.hours))
        return self._headed(
            sheet_codes.DOOR, SheetKind.SIGN, "", title, kicker="", place="Biển cửa", centre_lines=(), lead=lead
        )

    def desk(self, number: int, words: str) -> SheetContent:
        """The sign of one desk: its number, what is done there."""
        name = sheet_codes.desk_name(number)
        lead = (Para(strong=words),)
        return SheetContent(
            name, SheetKind.SIGN, "", self.unit.centre_name, f"QUẦY {number}", place=f"Biển quầy {number}", lead=lead
        )

    def _extras(self, own: Illustration) -> Iterator[tuple[str, tuple[Para, ...]]]:
        """Second language, and that a pictogram is missing, on the walls of communes that have any."""
        if self.facts.language:
            yield self.facts.language, posting_parts.in_language(self.facts.language, own)
        if not own.picture and any(one.picture for one in self.illustrations.values()):
            yield "Hình minh họa", posting_parts.MISSING

    def _headed(self, name: str, kind: SheetKind, mark: str, title: str, **said: Any) -> SheetContent:
        """A sheet with the letterhead."""
        heads = {
            "kicker": _KICKER,
            "superior_lines": self.unit.superior_lines,
            "centre_lines": self.unit.centre_lines,
        }
        return SheetContent(name, kind, mark, self.unit.centre_name, title, **(heads | said))

    def _where_and_when(self) -> tuple[Para, ...]:
        phone = grouped_phone(self.facts.feedback_phone) or _BLANK
        return (
            Para(strong="Nơi nộp:", rest=f"{self.unit.centre_name}; trực tuyến: {posting_parts.PORTAL_NAME}."),
            Para(strong="Giờ tiếp nhận:", rest=self.hours),
            Para(strong="Phản ánh, kiến nghị:", rest=f"điện thoại {phone}; xem tờ A."),
        )


def _group(words: str) -> Row:
    return Row(words, ((Para(strong=words),),))


def _row(key: str, *cells: str) -> Row:
    return Row(key, tuple((Para(rest=words),) if words else () for words in cells))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _decisions(placed: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for one in placed if (words := posting_parts.decision_words(one.version))))
