"""The wall on paper: all the catalogue says and nothing else, whole on every page, known by its QR, the same bytes."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from db.records import ProcedureCase, RequiredPaper
from db.vocabulary import Channel
from desktop.documents import posting_pages
from desktop.documents.posting_layout import A3, A4
from desktop.documents.posting_pages import Printing, QrSheet
from desktop.documents.posting_sheet import Para, Row, SheetContent, SheetKind, frozen, sha256_of
from desktop.office import opening, posting_prints, procedures
from desktop.office.illustrations import Illustration
from desktop.office.posting_boards import Boards, Placed
from desktop.office.posting_facts import PostingFacts
from desktop.office.posting_plan import Slot
from desktop.office.posting_sheets import wall
from desktop.rules import intake, procedure_words, sheet_codes, slips
from tests.conftest import MONDAY
from tests.office.deciding import days
from tests.paper.looking import in_order, squeezed

ON = MONDAY.date()
UNIT = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
TODAY = Printing(ON)
BOARDS = Boards(UNIT, PostingFacts(), "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00.", ON, {})
BIRTH = next(version for version in procedures.shipped() if version.code == "1.001193")
LONGEST = max(procedures.shipped(), key=lambda version: len(version.name))


def drawn(*sheets, size="A4", printing=TODAY, progress=None, picture=None):
    told = [
        QrSheet(
            sheet,
            sheet_codes.sheet_text(sheet.name, sheet_codes.version_digits(sha256_of(frozen(sheet))), practice=False),
        )
        for sheet in sheets
    ]
    return posting_pages.render(
        told, len(told), printing, size=size, title="Niêm yết", author="x", picture=picture, progress=progress
    )


def full(version, number=1):
    return BOARDS.full_sheet(Placed(version, Slot(22, number, 1)))


def listed(*versions):
    return BOARDS.field_list(1, [Placed(version, Slot(22, n, 1)) for n, version in enumerate(versions, start=1)])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A live commune's whole wall: the wall, its file, the text of its pages, white space squeezed out."""
    with opening.init(tmp_path_factory.mktemp("wall") / "data", UNIT, now=MONDAY) as book:
        paper = posting_prints.wall_pdf(book, now=MONDAY)
        shown = wall(book, ON)
        with pypdfium2.PdfDocument(paper.data) as document:
            raw = [page.get_textpage().get_text_bounded() for page in document]
    assert all(unicodedata.is_normalized("NFC", text) for text in raw)
    return shown, paper, [" ".join(text.split()) for text in raw]


def pages_of(whole):
    """Mark of each sheet that has one → its pages' text in order."""
    sheets: dict[str, list[str]] = {}
    for text in whole[2]:
        if found := re.search(r"Tờ (\S+) – trang \d+/\d+", text):
            sheets.setdefault(found[1], []).append(text)
    return sheets


def test_every_procedure_in_force_stands_once_in_a_list_and_has_one_full_sheet(whole):
    _, _, pages = whole
    in_force = {v.code for v in procedures.Catalogue(procedures.shipped()).listed(on=ON)}
    listed_codes = Counter(code for page in pages for code in re.findall(r"Mã: (\d\.\d{6}) – tờ", page))
    sheet_codes_ = Counter(code for page in pages for code in re.findall(r"Mã thủ tục: (\d\.\d{6})", page))
    assert listed_codes == sheet_codes_ == Counter(in_force)
    gone = {version.code for version in procedures.shipped()} - in_force
    assert not [code for code in gone if any(code in page for page in pages)]


def test_each_full_sheet_says_all_that_the_catalogue_knows(whole):
    shown, _, _ = whole
    pages = {mark: squeezed("".join(texts)) for mark, texts in pages_of(whole).items()}
    for version in procedures.Catalogue(procedures.shipped()).listed(on=ON):
        text = pages[shown.sheet(version.code).mark]
        said = [version.name, version.code, version.result, version.authority, "; ".join(version.legal_basis)]
        said += [slips.wanted(paper) for paper in version.papers]
        said += [] if intake.needs_typed_limit(version) else [case.label for case in version.cases]
        said += procedure_words.fee_lines(version, ON)
        missing = [words for words in said if squeezed(words) not in text]
        assert not [words for words in missing if not _over_two_pages(words, text)], version.code


def _over_two_pages(words, text):
    """A paragraph parted by a page break has foot and head between its lines: every word is there all the same."""
    return len(words) > 60 and all(squeezed(word) in text for word in words.split())


def test_every_page_bears_field_sheet_page_unit_decision_and_day(whole):
    shown, _, pages = whole
    marks = Counter()
    for text in pages:
        assert "In ngày 23/11/2026" in text and "Trung tâm Phục vụ hành chính công xã Mường Than" in text
        mark, number, count = re.search(r"(?:Tờ (\S+) – t|T)rang (\d+)/(\d+)", text).groups()
        assert 1 <= int(number) <= int(count)
        marks[mark] += 1
        if mark and re.match(r"\d", mark):
            assert re.search(r"Theo Quyết định công bố số \S+|Số quyết định công bố: chưa có trong dữ liệu", text)
    for name in shown.names:
        sheet = shown.sheet(name)
        assert not sheet.mark or marks[sheet.mark] >= 1
    hoc = next(text for text in pages if "Mã thủ tục: 1.001193" in text)
    in_order(hoc, ["22. Hộ tịch – 1.001193", "Tờ 22.11 – trang 1/1", "Theo Quyết định công bố số 163/QĐ-BTP"])


def test_the_contents_number_every_field_and_all_its_sheets(whole):
    _, _, pages = whole
    text = " ".join(page for page in pages if "MỤC LỤC" in page or page.count(" – ") > 20)
    assert "22 Hộ tịch 41 22/1 – 22/15 22.01 – 22.41" in text
    fields = {v.field for v in procedures.Catalogue(procedures.shipped()).listed(on=ON)}
    assert not [field for field in fields if squeezed(field) not in squeezed(text)]


def test_the_parts_stand_in_the_order_of_the_law_and_what_is_missing_is_said(pages_text):
    (text,) = pages_text(drawn(full(replace(BIRTH, forms=("Mẫu TK-01",), sets=2))))
    in_order(
        text,
        [
            *("LĨNH VỰC HỘ TỊCH", "Thủ tục đăng ký khai sinh", "Mã thủ tục: 1.001193"),
            *("1. Trình tự thực hiện Chưa có trong dữ liệu.", "2. Cách thức thực hiện", "Trực tiếp: tại Trung tâm"),
            *("3. Thành phần, số lượng hồ sơ", "1. Tờ khai đăng ký khai sinh theo mẫu (01 bản chính)"),
            *("Số lượng: 02 bộ", "4. Thời hạn giải quyết Trong ngày; nhận sau 15 giờ: trả ngày làm việc tiếp theo"),
            *("5. Đối tượng thực hiện Chưa có trong dữ liệu.", "6. Cơ quan giải quyết UBND cấp xã"),
            *("7. Mẫu đơn, mẫu tờ khai", "1. Mẫu TK-01", "8. Kết quả thực hiện Giấy khai sinh"),
            *("9. Yêu cầu, điều kiện Chưa có", "10. Phí, lệ phí Miễn lệ phí", "11. Căn cứ pháp lý", "60/2014/QH13"),
        ],
    )


def test_both_limits_are_posted_where_the_communes_is_shorter(pages_text):
    limits = {"limit": days(2), "statutory": days(5)}
    case = ProcedureCase("Cần xác minh", days(6), days(10))
    for version in (replace(BIRTH, **limits), replace(BIRTH, limit=None, cases=(case,))):
        told = [f"{number:02d} ngày làm việc" for number in ((2, 5) if version.limit else (6, 10))]
        for sheet in (full(version), listed(version)):
            (text,) = pages_text(drawn(sheet))
            in_order(text, [f"{told[0]};", f"đã cắt giảm, quy định: {told[1]}"])


def awkward():
    """A procedure as long as they get: 919 letters of name, 24 papers of 330 letters, nine cases, 18 bases."""
    papers = tuple(
        RequiredPaper(f"Giấy tờ số {n} " + "của người có yêu cầu và những người liên quan " * 7, 1, n % 2, n % 3 > 0)
        for n in range(1, 25)
    )
    own = tuple(RequiredPaper(f"Giấy riêng {n}", 1, 0, case=f"Trường hợp số {n}") for n in range(1, 10))
    cases = tuple(ProcedureCase(f"Trường hợp số {n}", days(n), days(2 * n)) for n in range(1, 10))
    return replace(
        LONGEST,
        papers=(*papers, *own),
        cases=cases,
        limit=None,
        needs_review=False,
        steps="\n".join(f"Bước {n}: " + "người dân nộp hồ sơ và nhận giấy hẹn " * 6 for n in range(1, 9)),
        legal_basis=tuple(f"{n}/2026/TTLT-BTTTT-BQP-BCA" for n in range(18)),
        channels=tuple(Channel),
        link="https://dichvucong.example/" + "a" * 150,
    )


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_nothing_of_the_longest_procedure_is_cut_on_any_page(pages_text, inks, size):
    version, paper = awkward(), {"A4": A4, "A3": A3}[size]
    assert len(version.name) == 919
    pdf = drawn(full(version), listed(BIRTH, version, BIRTH), size=size)
    texts = pages_text(pdf)
    text = squeezed("".join(texts))
    assert len(texts) > 4
    words = " ".join([version.name, version.steps, *version.legal_basis, *(case.label for case in version.cases)])
    words += " " + " ".join(paper.name for paper in version.papers)
    assert not [word for word in set(words.split()) if word not in text]
    assert all(f"Giấytờsố{n}" in text and f"{n}." in text for n in range(1, 25))
    for number in range(1, 10):
        assert f"Trườnghợp:Trườnghợpsố{number}" in text and f"Giấyriêng{number}(01bảnchính)" in text
        assert f"{number:02d}ngàylàmviệc;đãcắtgiảm,quyđịnh:{2 * number:02d}ngàylàmviệc" in text
    for page in inks(pdf):
        for ink in page:
            assert ink.left >= paper.left - 1 and ink.right <= paper.width - paper.right + 1, ink
            assert ink.bottom >= paper.bottom - 1 and ink.top <= paper.height - paper.top + 1, ink
    assert squeezed("a" * 150) in text


def test_a_table_goes_on_with_its_captions_and_a_part_with_its_label(pages_text):
    first, *rest = pages_text(drawn(full(awkward())))
    assert sum("3. Thành phần, số lượng hồ sơ" in text for text in (first, *rest)) > 1
    pages = pages_text(drawn(listed(*([replace(BIRTH, code=f"1.{n:06d}") for n in range(12)]))))
    assert len(pages) > 2
    for text in pages[:-1]:
        in_order(
            text, ["STT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm", "Phí, lệ phí", "Căn cứ pháp lý"]
        )


def test_a4_is_read_at_13_points_and_a3_at_18_with_the_same_lines(inks, pages_text):
    sheets = [full(BIRTH), listed(BIRTH, LONGEST), BOARDS.notice(), BOARDS.cover(), BOARDS.door()]
    small, large = (drawn(*sheets, size=size) for size in ("A4", "A3"))
    assert pages_text(small) == pages_text(large)
    sizes = {size: Counter() for size in ("A4", "A3")}
    for name, pdf in (("A4", small), ("A3", large)):
        for page in inks(pdf):
            for ink in page:
                if ink.kind == "text":
                    sizes[name][round(ink.size, 1)] += len(ink.words)
    assert min(sizes["A4"]) == 11 and sizes["A4"].most_common(1)[0][0] == 13
    assert min(sizes["A3"]) >= 15.5 and sizes["A3"].most_common(1)[0][0] >= 18
    codes = [ink.size for page in inks(small) for ink in page if ink.words.startswith(("Mã: ", "Căn cứ pháp lý:"))]
    assert set(codes) == {11}


def test_black_only(inks):
    for page in inks(drawn(full(BIRTH), listed(BIRTH))):
        assert {colour[:3] for ink in page for colour in ink.colours} <= {(0, 0, 0)}


@pytest.mark.parametrize("size", ["A4", "A3"])
@pytest.mark.parametrize("dpi", [72, 150])
def test_the_qr_of_every_kind_of_sheet_is_read_from_its_page(rasters, size, dpi):
    sheets = [
        *(full(BIRTH), listed(BIRTH), BOARDS.notice(), BOARDS.cover(), BOARDS.door(), BOARDS.desk(1, "Hộ tịch")),
        *(BOARDS.fee_table(3, [Placed(BIRTH, Slot(22, 1, 1))]), BOARDS.contents([], 1, 1)),
    ]
    for sheet, picture in zip(sheets, rasters(drawn(*sheets, size=size), dpi), strict=True):
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        told = sheet_codes.read(found.text)
        assert told.name == sheet.name
        assert told.version == sheet_codes.version_digits(sha256_of(frozen(sheet)))


def test_the_qr_index_leads_where_the_catalogue_says_and_to_the_portal_else(rasters):
    linked = replace(BIRTH, link="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd-95d6-778f-889b-e3045003fa5e")
    (picture,) = rasters(drawn(BOARDS.qr_index(1, [Placed(linked, Slot(22, 11, 1))])), 150)
    found = {code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)}
    assert {"https://dichvucong.gov.vn", linked.link} < found and len(found) == 3


def test_a_practice_wall_says_so_on_every_page(pages_text):
    pages = pages_text(drawn(full(awkward()), BOARDS.cover(), BOARDS.door(), printing=Printing(ON, practice=True)))
    assert len(pages) > 4 and all("BẢN TẬP HUẤN" in text for text in pages)


def test_a_sheet_of_another_day_bears_that_day(pages_text):
    (text,) = pages_text(
        drawn(full(BIRTH), printing=Printing(ON, "Áp dụng từ ngày 01/12/2026; không dán trước ngày này."))
    )
    assert "Áp dụng từ ngày 01/12/2026; không dán trước ngày này." in text


def test_the_same_sheets_give_the_same_bytes_and_the_day_of_printing_is_no_part_of_the_version(rasters):
    sheets = [full(BIRTH), listed(BIRTH)]
    first = drawn(*sheets)
    drawn(full(awkward()))
    assert drawn(*sheets) == first
    later = drawn(*sheets, printing=Printing(date(2026, 11, 30)))
    assert later != first
    texts = [[zxingcpp.read_barcodes(picture)[0].text for picture in rasters(pdf, 100)] for pdf in (first, later)]
    assert texts[0] == texts[1]


def test_progress_hears_every_sheet_and_may_stop_the_work():
    heard = []

    def listen(done, total):
        heard.append((done, total))
        return len(heard) < 3

    sheets = [full(BIRTH, number) for number in range(1, 10)]
    assert drawn(*sheets, progress=listen) is None
    assert heard == [(0, 9), (1, 9), (2, 9)]


def test_an_image_is_drawn_black_on_the_bare_paper(rasters):
    drawing = BytesIO()
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 30, 40))
    image.save(drawing, "PNG")
    with_picture = replace(BOARDS, illustrations={BIRTH.code: Illustration(picture="abc")})
    sheet = with_picture.full_sheet(Placed(BIRTH, Slot(22, 11, 1)))
    pdf = drawn(sheet, picture={"abc": drawing.getvalue()}.__getitem__)
    (picture,) = rasters(pdf, 72)
    shades = Counter(picture.tobytes())
    assert any(count > 500 for shade, count in shades.items() if 0 < shade < 250)


def test_what_nobody_brought_is_said_to_be_missing_where_others_were_brought(pages_text):
    facts = PostingFacts(language="Tiếng Thái")
    told = Illustration(texts={"Tiếng Thái": "chữ do người dân đưa"}, picture="abc")
    boards = replace(BOARDS, facts=facts, illustrations={"1.000000": told})
    (text,) = pages_text(drawn(boards.full_sheet(Placed(BIRTH, Slot(22, 11, 1)))))
    in_order(text, ["12. Tiếng Thái Chưa có trong dữ liệu.", "Bản nghe: chưa có", "13. Hình minh họa Chưa có"])
    assert "Tiếng Thái" not in pages_text(drawn(full(BIRTH)))[0]


def test_letters_beyond_the_first_subset_of_a_font_are_drawn_right(pages_text):
    """A subset holds 255 letters; a sheet in a language with other letters needs more of them."""
    letters = [chr(code) for code in range(0x100, 0x250)]
    rare = " ".join(letters[n : n + 4] and "".join(letters[n : n + 4]) for n in range(0, len(letters), 4))
    sheet = SheetContent(
        "BIA", SheetKind.NOTICE, "A", "x", "y", rows=(Row("k", ((Para(strong="Chữ"),), (Para(rest=rare),))),)
    )
    (text,) = pages_text(drawn(sheet))
    assert squeezed(rare) in squeezed(text)
