"""Forms 02 to 06 and their like, as a citizen reads them: labels in official order, every copy marked, nothing cut."""

import unicodedata
from dataclasses import replace
from datetime import date

import msgspec
import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from db.vocabulary import DocumentKind as Kind
from desktop.documents.layout import SIZES
from desktop.documents.letter import LetterContent, render, render_all
from desktop.documents.pages import page_count
from desktop.office import forms, opening
from tests.paper.looking import check_page, in_order, squeezed

ON = date(2026, 11, 25)
UNIT = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
HEAD = (
    "ỦY BAN NHÂN DÂN XÃ MƯỜNG THAN",
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
)
NAME, CODE = "Vàng Thị Ví Dụ", "TN-MT-261123-0015"
VALUES = {
    "mã hồ sơ": CODE,
    "người nộp": NAME,
    "số định danh": "012195000002",
    "địa chỉ": "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
    "điện thoại": "0987 000 001",
    "email": "vidu@vidu.example",
    "nội dung yêu cầu": "Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch (1.004859)",
    "tên thủ tục": "thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch",
    "tên cơ quan": UNIT.centre_name,
    "lúc tiếp nhận": "09 giờ 14 phút, ngày 23 tháng 11 năm 2026",
    "ngày tiếp nhận": "23 tháng 11 năm 2026",
    "lúc hẹn trả": "17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
    "ngày lập": "25 tháng 11 năm 2026",
    "công chức": "Lò Thị Trực",
    "lý do": "Cần xác minh tại nơi đã đăng ký trước đây",
    "nội dung bổ sung": ["Bản chính Giấy khai sinh", "Tờ khai điền lại mục 3"],
    "điện thoại hướng dẫn": "0987 000 002",
    "ngày trả mới": "02 tháng 12 năm 2026",
    "người ký": "Giàng Văn Mẫu",
    "tình trạng": "Đang xử lý",
    "cơ quan giải quyết": "Phòng Kinh tế",
    "cơ quan phối hợp": "Phòng Văn hóa – Xã hội",
    "bên giao": "Quầy tiếp nhận",
    "bên nhận": "Phòng Kinh tế",
    "thời gian": "ngày 25/11/2026",
    "số hồ sơ": "02",
    "số tiền": "8.000 đồng",
    "căn cứ thu": "Thông tư 281/2016/TT-BTC",
    "miễn giảm": "Người thuộc hộ nghèo",
    "biên lai": "0001234",
    "kết quả": "Trích lục cải chính hộ tịch",
    "người nhận": "Lò Văn Thử",
    "số định danh người nhận": "012087000001",
    "quan hệ": "Chồng",
    "hình thức trả": "Tại quầy",
    "lúc trả": "14 giờ 05 phút, ngày 26 tháng 11 năm 2026",
}
APPLICANT = (
    "Số định danh cá nhân/tổ chức: 012195000002",
    "Địa chỉ: Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
)
REACHED = ("Số điện thoại: 0987 000 001", "Email: vidu@vidu.example")
REQUEST = "Nội dung yêu cầu giải quyết: Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch (1.004859)"
#: Domain reference, section 2: what stands on each form, in this order.
LABELS = {
    Kind.SUPPLEMENT: (
        "Số: 07/PBS-TTPVHCC",
        "Mường Than, ngày 25 tháng 11 năm 2026",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        f"Hồ sơ của: {NAME}",
        REQUEST,
        APPLICANT[1],
        *REACHED,
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "1. Bản chính Giấy khai sinh",
        "2. Tờ khai điền lại mục 3",
        "Lý do: Cần xác minh tại nơi đã đăng ký trước đây",
        "liên hệ với Ông/Bà Lò Thị Trực, số điện thoại 0987 000 002 để được hướng dẫn.",
        "NGƯỜI HƯỚNG DẪN",
        "Lò Thị Trực",
    ),
    Kind.REFUSAL: (
        "Số: 07/PTC-TTPVHCC",
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Trung tâm Phục vụ hành chính công xã Mường Than",
        f"Tiếp nhận hồ sơ của: {NAME}",
        *APPLICANT,
        *REACHED,
        f"Mã hồ sơ (nếu có): {CODE}",
        REQUEST,
        "không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "Cần xác minh tại nơi đã đăng ký trước đây",
        "Xin thông báo để Ông/Bà/Tổ chức biết và thực hiện.",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ),
    Kind.APOLOGY: (
        "Số: 07/PXL",
        "PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        f"Kính gửi: {NAME}",
        "Ngày 23 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công xã Mường Than tiếp nhận giải quyết hồ sơ",
        f"của Ông/Bà/Tổ chức {NAME}; số định danh: 012195000002; mã số hồ sơ: {CODE}.",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026.",
        "ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
        "Lý do: Cần xác minh tại nơi đã đăng ký trước đây",
        "xin lỗi Ông/Bà/Tổ chức",
        "sẽ trả kết quả giải quyết hồ sơ vào ngày 02 tháng 12 năm 2026.",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "Giàng Văn Mẫu",
    ),
    Kind.STOP: (
        "Số: 07/TB-TTPVHCC",
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        f"Kính gửi: {NAME}",
        *APPLICANT,
        f"Mã hồ sơ: {CODE}",
        REQUEST,
        "Thời gian tiếp nhận hồ sơ: 09 giờ 14 phút, ngày 23 tháng 11 năm 2026",
        "Ngày đề nghị dừng: 25 tháng 11 năm 2026",
        "Hình thức đề nghị: ……",
        "Lý do đề nghị dừng:",
        "Tình trạng xử lý tại thời điểm đề nghị: Đang xử lý",
        "thông báo dừng giải quyết hồ sơ nêu trên từ ngày 25 tháng 11 năm 2026",
        "Giấy tờ, phí, lệ phí hoàn trả (nếu có): ……",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "Nơi nhận:",
        "- Như trên; - Lưu hồ sơ.",
    ),
    Kind.CONTROL: (
        "Số: 07/PKS-TTPVHCC",
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        f"Mã số hồ sơ: {CODE}",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Phòng Kinh tế",
        "Cơ quan phối hợp giải quyết hồ sơ: Phòng Văn hóa – Xã hội",
        "Ngày nhận: 09 giờ 14 phút, ngày 23 tháng 11 năm 2026",
        "Hẹn trả kết quả vào 17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
        "Tên đơn vị Thời gian giao nhận hồ sơ Kết quả giải quyết hồ sơ (trước hạn/ đúng hạn/ quá hạn) Ghi chú",
        "1. Giao: Quầy tiếp nhận",
        "2. Nhận: Phòng Kinh tế",
        "Kết quả giải quyết hồ sơ do bên nhận của mỗi lần giao nhận ghi.",
    ),
    Kind.HANDOVER_LIST: (
        "PHIẾU BÀN GIAO HỒ SƠ",
        "Bên giao: Quầy tiếp nhận",
        "Bên nhận: Phòng Kinh tế",
        "Thời gian bàn giao: ngày 25/11/2026",
        "Số hồ sơ bàn giao: 02",
        "NGƯỜI GIAO",
        "NGƯỜI NHẬN",
    ),
    Kind.FEE_SLIP: (
        "PHIẾU THÔNG BÁO PHÍ (KHÔNG PHẢI BIÊN LAI)",
        f"Mã hồ sơ: {CODE}",
        f"Người nộp hồ sơ: {NAME}",
        "Phí, lệ phí phải nộp: 8.000 đồng",
        "Căn cứ thu: Thông tư 281/2016/TT-BTC",
        "Miễn, giảm: Người thuộc hộ nghèo",
        "Biên lai đã thu số: 0001234",
        "không phải biên lai thu phí, lệ phí",
    ),
    Kind.HANDOVER_RECEIPT: (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
        f"Chủ hồ sơ: {NAME}",
        "Kết quả giải quyết: Trích lục cải chính hộ tịch",
        "Người nhận kết quả: Lò Văn Thử",
        "Số định danh người nhận: 012087000001",
        "Quan hệ với chủ hồ sơ: Chồng",
        "Hình thức trả kết quả: Tại quầy",
        "Thời gian trả kết quả: 14 giờ 05 phút, ngày 26 tháng 11 năm 2026",
        "NGƯỜI NHẬN KẾT QUẢ",
        "NGƯỜI TRẢ KẾT QUẢ",
    ),
}
ROWS = {
    Kind.CONTROL: (("1. Giao: Quầy tiếp nhận\n2. Nhận: Phòng Kinh tế", "09 giờ 14 phút", "Đúng hạn", "Đủ giấy tờ"),),
    Kind.HANDOVER_LIST: (("1", "TN-MT-\n261123-0001", "Đăng ký khai sinh", NAME, "3", "17:00\n27/11/2026", ""),),
}
SIZE = pytest.mark.parametrize("size", ["A4", "A5"])
KIND = pytest.mark.parametrize("kind", LABELS)


def paper(kind: Kind, values=VALUES, **changes) -> LetterContent:
    content = forms.letter_content(forms.official(kind, ON), UNIT, dict(values), number=7, on=ON)
    return replace(content, rows=ROWS.get(kind, ()), **changes)


@SIZE
@KIND
def test_every_label_stands_in_its_order_on_one_page(pages_text, kind, size):
    pdf = render(paper(kind), size=size)
    assert page_count(pdf) == 1
    (text,) = pages_text(pdf)
    in_order(text, (*HEAD, *LABELS[kind]))
    assert unicodedata.is_normalized("NFC", text)


@SIZE
@KIND
def test_nothing_leaves_the_margins_or_lies_over_something(inks, kind, size):
    for page in inks(render(paper(kind), size=size, copies=2, reprint=2)):
        check_page(page, SIZES[size])


@KIND
def test_what_is_not_known_leaves_dots_to_write_on(pages_text, inks, kind):
    pdf = render(paper(kind, {}), size="A5")
    (text,) = pages_text(pdf)
    assert text.count("………") >= 2
    assert "{" not in text and "}" not in text and "*" not in text and "None" not in text
    check_page(inks(pdf)[0], SIZES["A5"])


LONG_NAME = " ".join(f"Nguyễn Thị Ngọc Ánh{n}" for n in range(40))[:200]
LONG_REQUEST = " ".join(f"thủ tục đăng ký đất đai lần {n}" for n in range(40))[:300]
CROWDED = dict.fromkeys(VALUES, LONG_REQUEST) | {
    "người nộp": LONG_NAME,
    "mã hồ sơ": "000.28.17.H35-230615-000151",
    "email": "rat.dai." * 20 + "@vidu.example",
    "công chức": LONG_NAME,
    "người ký": LONG_NAME,
    "nội dung bổ sung": [f"Giấy tờ thứ {n} " + "về quyền sử dụng đất " * (1 + n % 5) for n in range(1, 21)],
}


@SIZE
@KIND
def test_a_crowded_paper_keeps_every_word(pages_text, inks, kind, size):
    content = paper(kind, CROWDED)
    rows = tuple(
        tuple(f"Ô {n} " + LONG_REQUEST[: 300 if at == n % 3 else 60] for at, _ in enumerate(content.columns))
        for n in range(20)
    )
    pdf = render(replace(content, rows=rows if content.columns else ()), size=size)
    for page in inks(pdf):
        check_page(page, SIZES[size])
    body = squeezed(" ".join(pages_text(pdf)))
    pages = page_count(pdf)
    for number in range(2, pages + 1):
        # What stands around the text of a page that goes on.
        body = body.replace(squeezed(f"Trang {number - 1}/{pages} – xem tiếp trang sau"), "")
        running = f"{' '.join(content.title_lines)} – {content.code} – Trang {number}/{pages}"
        assert squeezed(running) in body
        body = body.replace(squeezed(running), "")
    for name in forms.notation.slots(content.text):
        value = CROWDED.get(name, "")
        for words in value if isinstance(value, list) else (value,):
            assert squeezed(words) in body, name


@pytest.mark.parametrize("kind", [Kind.CONTROL, Kind.HANDOVER_LIST])
@SIZE
def test_a_table_repeats_its_head_on_every_page(pages_text, inks, kind, size):
    content = paper(kind)
    rows = tuple((*("" for _ in content.columns[1:]), f"Dòng {n}\nhai\nba") for n in range(60))
    pdf = render(replace(content, rows=rows), size=size)
    pages = pages_text(pdf)
    assert len(pages) > 1
    for page in pages[:-1]:
        assert all(squeezed(column.caption) in squeezed(page) for column in content.columns)
    found = " ".join(pages)
    assert [n for n in range(60) if f"Dòng {n} hai" not in found] == []
    for page in inks(pdf):
        check_page(page, SIZES[size])


def test_a_row_taller_than_a_page_goes_on_in_the_next(pages_text, inks):
    long = " ".join(f"chữ{n}" for n in range(600))
    pdf = render(replace(paper(Kind.CONTROL), rows=(("a", "b", "c", long),)), size="A5")
    drawn = squeezed(" ".join(pages_text(pdf)))
    assert page_count(pdf) > 2
    assert all(f"chữ{n}" in drawn for n in range(600))
    for page in inks(pdf):
        check_page(page, SIZES["A5"])


@KIND
def test_each_copy_and_each_reprint_is_marked(pages_text, kind):
    plain, again = render(paper(kind)), render(paper(kind), copies=2, reprint=3)
    assert "Bản" not in pages_text(plain)[0].replace("Bản Mẫu", "").replace("Bản chính", "")
    citizen, counter = pages_text(again)
    assert "Bản giao người nộp" in citizen and "Bản in lại lần 3" in citizen
    assert "Bản lưu" in counter and "Bản in lại lần 3" in counter


@KIND
def test_a_practice_paper_says_so_in_black(pages_text, inks, kind):
    pdf = render(paper(kind, practice=True))
    assert "BẢN TẬP HUẤN" in pages_text(pdf)[0]
    assert {colour for ink in inks(pdf)[0] for colour in ink.colours} == {(0, 0, 0, 255)}


@KIND
def test_frozen_content_survives_json_and_gives_the_same_bytes(kind):
    content = paper(kind)
    thawed = msgspec.convert(msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(content))), LetterContent)
    assert render(thawed) == render(content) == render(content)
    assert render(replace(content, place="Than Uyên")) != render(content)


def test_several_lists_are_one_file(pages_text):
    lists = [paper(Kind.HANDOVER_LIST, VALUES | {"bên nhận": name}) for name in ("Phòng Kinh tế", "Công an xã")]
    first, second = pages_text(render_all(lists))
    assert "Bên nhận: Phòng Kinh tế" in first and "Bên nhận: Công an xã" in second


@KIND
def test_the_metadata_name_no_citizen(kind):
    with pypdfium2.PdfDocument(render(paper(kind))) as document:
        said = document.get_metadata_dict()
    assert said["Subject"] == forms.official(kind, ON).form_ref
    assert NAME not in str(said) and CODE not in str(said)


def test_words_in_bold_keep_the_point_that_follows(pages_text):
    text = "Trả vào *ngày {ngày trả mới}*, không *muộn hơn*."
    pdf = render(paper(Kind.APOLOGY, text=text))
    assert "Trả vào ngày 02 tháng 12 năm 2026, không muộn hơn." in pages_text(pdf)[0]


TEXTS = st.text(alphabet="aăâeêioôơuưyđnghtcẤỆỖỮỴỲqQg-/(). *|", max_size=260)


# Without shrinking: a failure of one page says enough, and shrinking twenty values takes minutes.
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(kind=st.sampled_from(list(LABELS)), size=st.sampled_from(["A4", "A5"]), filler=st.lists(TEXTS, min_size=5))
def test_any_values_stay_inside_the_margins_and_apart(inks, kind, size, filler):
    values = {name: filler[number % len(filler)] for number, name in enumerate(VALUES)}
    values["nội dung bổ sung"] = filler
    for page in inks(render(paper(kind, values), size=size)):
        check_page(page, SIZES[size])
