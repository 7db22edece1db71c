"""Mẫu 02 and 03 as slips: a QR beside the title that a scanner reads, nothing over it, marks of copies at the right."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from db.vocabulary import DocumentKind
from desktop.documents.layout import SIZES
from desktop.documents.letter import LetterContent, render
from desktop.rules.slips import SlipCode, qr_text, read_qr
from tests.paper.looking import check_page, in_order
from tests.paper.test_forms import VALUES, paper

SIZE = pytest.mark.parametrize("size", ["A4", "A5"])
KIND = pytest.mark.parametrize("kind", [DocumentKind.SUPPLEMENT, DocumentKind.REFUSAL])


def code_of(kind: DocumentKind) -> SlipCode:
    return SlipCode(kind, 2026, 12345, "MT")


def slip(kind: DocumentKind, *, practice: bool = True, **changes) -> LetterContent:
    text = qr_text(code_of(kind), practice=practice)
    return replace(paper(kind, VALUES | {"mã hồ sơ": ""}), qr_text=text, practice=practice, **changes)


@SIZE
@KIND
@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_the_qr_is_read_from_the_page_at_any_resolution(rasters, size, kind, dpi):
    pages = rasters(render(slip(kind), size=size, copies=2), dpi)
    assert len(pages) == 2
    for page in pages:
        (found,) = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
        assert read_qr(found.text) == code_of(kind)


@SIZE
@KIND
def test_nothing_lies_over_the_qr_or_leaves_the_margins(inks, size, kind):
    pages = inks(render(slip(kind, practice=False, remark="Yêu cầu lần 2"), size=size, copies=2, reprint=12))
    for page in pages:
        check_page(page, SIZES[size])


@KIND
def test_title_remark_and_marks_stand_in_their_order(pages_text, kind):
    first, second = pages_text(render(slip(kind, remark="Yêu cầu lần 2"), copies=2, reprint=3))
    for page, copy in ((first, "Bản giao người nộp"), (second, "Bản lưu")):
        for words in ("Yêu cầu lần 2", copy, "Bản in lại lần 3", "BẢN TẬP HUẤN"):
            assert words in page
        in_order(page, ("PHIẾU", "Yêu cầu lần 2", "Lò Thị Trực"))


def test_a_slip_with_many_items_goes_on_in_the_next_page_and_its_qr_stands_once(rasters):
    items = [f"Giấy tờ số {number} phải bổ sung theo quy định của thủ tục " * 3 for number in range(30)]
    content = slip(DocumentKind.SUPPLEMENT)
    pdf = render(replace(content, values=content.values | {"nội dung bổ sung": items}))
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) > 1
    read = [zxingcpp.read_barcodes(page) for page in rasters(pdf, 150)]
    assert [len(codes) for codes in read] == [1] + [0] * (len(read) - 1)
