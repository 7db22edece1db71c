"""A receipt as issuing would freeze it, and eyes for PDFs: text, rasters, the boxes of words."""

import ctypes
from datetime import date, datetime
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from desktop.documents.receipt import Party, PrincipalParty, ReceiptContent, ReceiptPaper
from desktop.rules import seal
from desktop.rules.calendar import VN_TZ


class Ink(NamedTuple):
    """Something drawn on a page. Box in points from the lower left; ``size`` is 0 unless it is text."""

    kind: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    words: str
    colours: tuple[tuple[int, int, int, int], ...]


PRIVATE = bytes(range(32))
DUE_AT = datetime(2026, 11, 27, 17, 0, tzinfo=VN_TZ)


def sealed(code: str, *, practice: bool = False) -> str:
    return seal.seal(seal.receipt_text(code, "1.004859", DUE_AT, 1, practice=practice), PRIVATE)


@pytest.fixture(scope="session")
def content() -> ReceiptContent:
    code = "TN-MT-261123-0015"
    return ReceiptContent(
        form_ref="Mẫu số 01 – TT 03/2025/TT-VPCP",
        title_lines=("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"),
        superior_lines=("ỦY BAN NHÂN DÂN", "XÃ MƯỜNG THAN"),
        centre_lines=("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"),
        number_line="Số: 15/-TTPVHCC",
        place="Mường Than",
        issued_on=date(2026, 11, 23),
        code=code,
        temporary=True,
        centre_name="Trung tâm Phục vụ hành chính công xã Mường Than",
        applicant=Party(
            name="Vàng Thị Ví Dụ",
            id_number="012195000002",
            address="Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
            phone="0987 000 001",
            email="vidu@vidu.example",
        ),
        request="Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc (1.004859)",
        papers=(
            ReceiptPaper("Tờ khai đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch", originals=1),
            ReceiptPaper("Giấy tờ làm căn cứ thay đổi, cải chính", originals=1, copies=2),
            ReceiptPaper("Giấy tờ tùy thân", shown=True),
        ),
        limit_text="03 ngày làm việc",
        received_at=datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ),
        due_at=DUE_AT,
        why="Không tính ngày nhận và ngày nghỉ lễ 24/11 (Nghị quyết 28/2026/QH16).",
        collect_at="Trung tâm Phục vụ hành chính công xã Mường Than",
        book_no="02",
        entry_no="1847",
        clerk_name="Lò Thị Trực",
        qr_text=sealed(code),
        foot="Khi đến nhận kết quả, mang theo Giấy này và giấy tờ tùy thân. Kết quả có thể có sớm hơn ngày hẹn.",
    )


@pytest.fixture(scope="session")
def principal() -> PrincipalParty:
    return PrincipalParty(
        name="Giàng Thị Giả Định",
        address="Bản Mẫu Ba, xã Mường Than, tỉnh Lai Châu",
        id_number="012303000003",
        phone="0912 000 003",
        email="giadinh@vidu.example",
        authority_paper="Giấy ủy quyền số 05/2026, chứng thực tại UBND xã Mường Than",
    )


@pytest.fixture(scope="session")
def seal_text():
    """Make the sealed QR text of a code."""
    return sealed


@pytest.fixture(scope="session")
def pages_text():
    """The text of each page, lines folded to single spaces."""

    def read(pdf: bytes) -> list[str]:
        with pypdfium2.PdfDocument(pdf) as document:
            return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]

    return read


@pytest.fixture(scope="session")
def inks():
    """All text and lines of each page; a QR is one ink."""

    def look(pdf: bytes) -> list[list[Ink]]:
        with pypdfium2.PdfDocument(pdf) as document:
            return [
                [_ink(drawn, text) for text in [page.get_textpage()] for drawn in page.get_objects(filter=_DRAWN)]
                for page in document
            ]

    return look


#: A form is only a place for other things; pictures and shadings never stand on our paper.
_DRAWN = [kind for kind in range(1, 6) if kind != pdfium.FPDF_PAGEOBJ_FORM]


def _ink(drawn, textpage) -> Ink:
    assert drawn.type in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH)
    kind, size, words = "text", 0.0, ""
    if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
        kind = "qr" if pdfium.FPDFPath_CountSegments(drawn) > 1000 else "line"
    else:
        found = ctypes.c_float()
        assert pdfium.FPDFTextObj_GetFontSize(drawn, found)
        length = pdfium.FPDFTextObj_GetText(drawn, textpage, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFTextObj_GetText(drawn, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
        size, words = found.value, buffer.raw.decode("utf-16-le").rstrip("\0")
    colours = []
    for ask in (pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor):
        parts = [ctypes.c_uint() for _ in range(4)]
        if ask(drawn, *parts):
            colours.append(tuple(part.value for part in parts))
    left, bottom, right, top = drawn.get_bounds()
    if drawn.container is not None:
        place = drawn.container.get_matrix()
        left, bottom, right, top = left + place.e, bottom + place.f, right + place.e, top + place.f
    return Ink(kind, left, bottom, right, top, size, words, tuple(colours))


@pytest.fixture(scope="session")
def rasters():
    """Each page as a grey image at a resolution in dots per inch."""

    def draw(pdf: bytes, dpi: int):
        with pypdfium2.PdfDocument(pdf) as document:
            return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]

    return draw
