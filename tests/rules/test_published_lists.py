"""Published lists in every form that was seen in practice (data/procedures.md, section 5), and what is no list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Channel
from desktop.rules import published_lists
from desktop.rules.list_entries import Kind, ListError
from tests.rules.listing import one, read, sheet

ALL = tuple(Channel)
TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | | | |"


def test_the_portal_s_own_list():
    entry = one(
        TITLE,
        "Mã số | Tên | Cơ quan ban hành | Cơ quan thực hiện | Lĩnh vực",
        "1.001193|  Thủ tục đăng ký khai sinh |Bộ Tư pháp|x|Hộ tịch",
        d3="Ủy ban nhân dân cấp xã\nSở Tư pháp\nSở Tư pháp",
    )
    assert (entry.row, entry.code, entry.name) == (3, "1.001193", "Thủ tục đăng ký khai sinh")
    assert (entry.field, entry.authority) == ("Hộ tịch", "Ủy ban nhân dân cấp xã; Sở Tư pháp")
    assert entry.limit_text is entry.fee_text is entry.place is None


def test_the_one_stop_software_s_list_with_its_heading_in_row_ten():
    reading = read(
        *[""] * 9,
        "STT | Mã TTHC | Tên Thủ tục hành chính | Lĩnh vực | Cơ quan công bố | Loại TTHC | Cơ quan thực hiện"
        " | Cấp thực hiện | Mức độ cung cấp | Phí - lệ phí | Đơn vị thực hiện",
        "1 | 1.001193.000.00.00.H57 | Đăng ký khai sinh | Hộ tịch | UBND tỉnh | Luật | UBND xã | Cấp xã | Một phần"
        " | 8.000 đồng/bản | Tư pháp",
    )
    (entry,) = reading.entries
    assert (entry.row, entry.code, entry.levels) == (11, "1.001193", ("Cấp xã",))
    assert (entry.authority, entry.fee_text) == ("UBND xã", "8.000 đồng/bản")
    assert reading.unused == ("Cơ quan công bố", "Loại TTHC", "Mức độ cung cấp")


def test_the_province_s_sheet_in_camel_case():
    entry = one(
        "MaTTHC|Tên TTHC|MaDVC|TenDVC|TenCQTH|MaCQTH|MucDo|Trạng thái|LinhVuc|LoaiHeThong|CapThucHien|Citizen URL"
        "|Cơ quan công bố|MaTTHCDP|TenTinh",
        "'1.001193|Đăng ký khai sinh|D1|Dịch vụ|UBND xã|H1|4|Đang áp dụng|Hộ tịch|A|Cấp xã|https://x.vn/1|BTP|DP1|Huế",
    )
    assert (entry.code, entry.name, entry.kind) == ("1.001193", "Đăng ký khai sinh", Kind.LISTED)
    assert (entry.field, entry.levels, entry.link) == ("Hộ tịch", ("Cấp xã",), "https://x.vn/1")


def test_a_decision_with_sections_fields_and_as_above():
    reading = read(
        "PHỤ LỤC I | | | | | |",
        "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH LĨNH VỰC HỘ TỊCH | | | | | |",
        "(Kèm theo Quyết định số 2934/QĐ-UBND ngày 20 tháng 11 năm 2026, có hiệu lực kể từ ngày 01/12/2026)| | | | | |",
        "TT|Mã TTHC|Tên thủ tục hành chính|Thời hạn giải quyết|Địa điểm thực hiện|Phí, lệ phí (nếu có)|Căn cứ pháp lý",
        "(1)|(2)|(3)|(4)|(5)|(6)|(7)",
        "1|1.001193|Đăng ký khai sinh|Trong ngày|Trung tâm PVHCC|Không|x",
        "2|1.000656|Đăng ký khai tử|Như trên|Như trên|-nt-|nt",
        "II. Lĩnh vực Chứng thực (1 TTHC)||||||",
        "1|2.000815|Chứng thực bản sao|Trong ngày|Như trên|2.000 đồng/trang|",
        "B. DANH MỤC TTHC BỊ BÃI BỎ||||||",
        "I|LĨNH VỰC ĐẤT ĐAI|||||",
        "1|1.012753|Đăng ký đất đai|||||",
        "Tổng số TTHC công bố: 4||||||",
        "|TM. ỦY BAN NHÂN DÂN|||||",
        g6="- Luật Hộ tịch 2014;\n- Nghị định số 123/2015/NĐ-CP.",
    )
    assert (reading.decision, reading.decided_on) == ("2934/QĐ-UBND", date(2026, 11, 20))
    assert reading.effective_on == date(2026, 12, 1)
    assert not reading.rejected
    assert [(entry.code, entry.kind, entry.field) for entry in reading.entries] == [
        ("1.001193", Kind.NEW, "Hộ tịch"),
        ("1.000656", Kind.NEW, "Hộ tịch"),
        ("2.000815", Kind.NEW, "Chứng thực"),
        ("1.012753", Kind.ABOLISHED, "Đất đai"),
    ]
    first, second, third, last = reading.entries
    assert first.legal_basis == ("Luật Hộ tịch 2014", "Nghị định số 123/2015/NĐ-CP") == second.legal_basis
    assert (second.limit_text, second.place, second.fee_text) == ("Trong ngày", "Trung tâm PVHCC", "Không")
    assert third.place == "Trung tâm PVHCC" and third.legal_basis is None
    assert last.limit_text is None


@pytest.mark.parametrize("cell", ["Cấp giấy phép xây dựng (1.004122)", "Cấp giấy phép xây dựng; 1.004122.H50"])
def test_a_code_in_the_name_s_cell(cell):
    entry = one("STT | Tên TTHC | Thời hạn giải quyết", f"1 | {cell} | 15 ngày")
    assert (entry.code, entry.name) == ("1.004122", "Cấp giấy phép xây dựng")


def test_a_list_of_what_is_abolished():
    entry = one(
        "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ | | | | |",
        "STT|Số hồ sơ TTHC|Tên thủ tục hành chính|Tên VBQPPL quy định việc bãi bỏ|Lĩnh vực|Cơ quan thực hiện",
        "1|2.001009|Khai nhận di sản|Nghị định 280/2025/NĐ-CP|Chứng thực|UBND xã",
    )
    assert (entry.code, entry.kind, entry.legal_basis) == ("2.001009", Kind.ABOLISHED, None)


def test_crosses_under_a_heading_of_two_tiers_merged_or_not():
    tiers = ("STT|Mã TTHC|Tên TTHC|Trực tuyến||Dịch vụ BCCI|Trực tiếp", "|||Toàn trình|Một phần||")
    merged = (
        "STT|Mã TTHC|Tên TTHC|Trực tuyến||Dịch vụ BCCI|Trực tiếp",
        "STT|Mã TTHC|Tên TTHC|Toàn trình|Một phần|Dịch vụ BCCI|Trực tiếp",
    )
    for heading in (tiers, merged):
        reading = read(*heading, "1|1.001193|Đăng ký khai sinh||x|X|x", "2|1.000656|Đăng ký khai tử|x|||")
        assert [entry.channels for entry in reading.entries] == [ALL, (Channel.ONLINE,)]


def test_place_and_way_in_one_column():
    entry = one("Mã hồ sơ TTHC | Tên TTHC | Cách thức, địa điểm thực hiện", "1.001193 | Khai sinh | Tại Trung tâm")
    assert (entry.place, entry.channels) == ("Tại Trung tâm", None)
    entry = one("Mã TTHC | Tên TTHC | Cách thức thực hiện", "1.001193 | Khai sinh | x", c2="- Trực tiếp\n- Qua mạng")
    assert (entry.place, entry.channels) == ("- Trực tiếp\n- Qua mạng", None)
    entry = one("Mã TTHC | Tên TTHC | Cách thức thực hiện", "1.001193 | Khai sinh | Trực tiếp; trực tuyến, BCCI")
    assert entry.channels == ALL


def test_footnotes_in_headings():
    entry = one(
        "STT|Tên TTHC|Mã TTHC[1]|Lĩnh vực|Quyết định công bố[2]|VBQPPL quy định|Ghi chú",
        "1|Đăng ký đất đai|1.115547|Đất đai|44/2026/QĐ-UBND|Luật Đất đai|",
    )
    assert (entry.code, entry.decision, entry.legal_basis) == ("1.115547", "44/2026/QĐ-UBND", ("Luật Đất đai",))


def test_of_two_columns_of_fees_the_newer_resolution_counts():
    for heading in (
        "TT|Tên TTHC|Mã TTHC|Mức thu theo NQ 22/2025/NQ-HĐND|Mức thu theo NQ 89/2022/NQ-HĐND",
        "TT|Tên TTHC|Mã TTHC|Mức thu theo NQ 89/2022/NQ-HĐND|Mức thu theo NQ 22/2025/NQ-HĐND",
    ):
        first, second = (5_000, 8_000) if "22/2025" in heading.split("|")[3] else (8_000, 5_000)
        entry = one(heading, "1|Khai sinh|1.001193|x|y", d2=first, e2=second)
        assert entry.fee_text == "5.000 đồng"


def test_days_and_states_of_a_commune_s_own_list():
    reading = read(
        "ma,ten,linhVuc,status,publishable,active_date,repeal_date,decision_numbers".replace(",", "|"),
        "1.001193|Khai sinh|Hộ tịch|active|true|2026-12-01||163/QĐ-BTP",
        "1.011606|Rà soát hộ nghèo|Giảm nghèo|active|true||2027-01-01|",
        "2.001009|Di sản|Chứng thực|repealed|false|||",
        "1.000656|Khai tử|Hộ tịch|active|true|hôm nay||",
        f2=date(2026, 12, 1),
    )
    first, second, third = reading.entries
    assert (first.valid_from, first.valid_to, first.decision) == (date(2026, 12, 1), None, "163/QĐ-BTP")
    assert (second.valid_from, second.valid_to) == (None, date(2027, 1, 1))
    assert third.kind is Kind.ABOLISHED
    (rejected,) = reading.rejected
    assert (rejected.row, rejected.reason) == (5, "Ngày hiệu lực “hôm nay” không phải ngày.")


def test_lai_chau_s_own_list_has_no_codes():
    entry = one(
        "STT | Tên TTHC | Thời hạn giải quyết | Địa điểm, thời gian, cách thức thực hiện TTHC | Phí, lệ phí (nếu có)"
        " | Căn cứ pháp lý",
        "I. Lĩnh vực Hộ tịch (20 TTHC) | | | | |",
        "1 | Đăng ký khai sinh | Trong ngày | Trực tiếp tại Trung tâm | Không | Luật Hộ tịch",
    )
    assert (entry.code, entry.name, entry.field) == ("", "Đăng ký khai sinh", "Hộ tịch")
    assert (entry.limit_text, entry.place) == ("Trong ngày", "Trực tiếp tại Trung tâm")


def test_two_limits_under_one_merged_heading_and_its_unit():
    reading = read(
        "STT|Mã TTHC|Tên TTHC|Thời hạn giải quyết (ngày làm việc)||Phí",
        "STT|Mã TTHC|Tên TTHC|Theo quy định|Sau cắt giảm|Phí",
        "1|1.001193|Khai sinh|5|3|Không",
        d3=5,
    )
    (entry,) = reading.entries
    assert (entry.limit_text, entry.statutory_text) == ("3 ngày làm việc", "5 ngày làm việc")


@pytest.mark.parametrize(
    ("heading", "row", "expected"),
    [
        (
            "STT|Số hồ sơ TTHC|Tên TTHC được thay thế|Tên TTHC thay thế|Lĩnh vực",
            "1|1.001776|Trợ giúp cũ|Trợ giúp mới (1.116909)|BTXH",
            ("1.001776", Kind.REPLACED, (), "1.116909", "Trợ giúp mới"),
        ),
        (
            "STT|Mã TTHC bị thay thế|Tên TTHC bị thay thế|Mã TTHC thay thế|Tên TTHC thay thế",
            "1|1.001776|Trợ giúp cũ|1.116909|Trợ giúp mới",
            ("1.001776", Kind.REPLACED, (), "1.116909", "Trợ giúp mới"),
        ),
        (
            "Mã TTHC|Tên TTHC|Được thay thế bởi",
            "1.001776|Trợ giúp cũ|1.116909",
            ("1.001776", Kind.REPLACED, (), "1.116909", ""),
        ),
        (
            "Mã TTHC|Tên TTHC|Ghi chú",
            "1.001776|Trợ giúp cũ|Được thay thế bằng thủ tục 1.116909",
            ("1.001776", Kind.REPLACED, (), "1.116909", ""),
        ),
        (
            "Mã TTHC|Tên TTHC|Ghi chú",
            "1.116909|Trợ giúp mới|Thay thế TTHC 1.001776",
            ("1.116909", Kind.LISTED, ("1.001776",), None, ""),
        ),
        (
            "Mã TTHC|Tên TTHC|Thay thế cho",
            "1.116909|Trợ giúp mới|1.001776, 1.001731",
            ("1.116909", Kind.LISTED, ("1.001776", "1.001731"), None, ""),
        ),
        ("Mã TTHC|Tên TTHC|Ghi chú", "1.116909|Trợ giúp|Bãi bỏ", ("1.116909", Kind.ABOLISHED, (), None, "")),
    ],
)
def test_replacing_is_understood_from_either_side(heading, row, expected):
    entry = one(heading, row)
    assert (entry.code, entry.kind, entry.replaces, entry.replaced_by, entry.successor_name) == expected


def test_a_heading_repeated_on_each_page_and_another_table_below():
    reading = read(
        "STT | Mã TTHC | Tên TTHC",
        "1 | 1.001193 | Khai sinh",
        "STT | Mã TTHC | Tên TTHC",
        "2 | 1.000656 | Khai tử",
        "C. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ | |",
        "TT | Tên thủ tục hành chính | Mã số",
        "1 | Di sản | 2.001009",
    )
    assert [(entry.code, entry.kind) for entry in reading.entries] == [
        ("1.001193", Kind.LISTED),
        ("1.000656", Kind.LISTED),
        ("2.001009", Kind.ABOLISHED),
    ]


def test_the_name_of_a_sheet_may_say_what_its_list_does():
    heading, row = "STT | Mã TTHC | Tên TTHC", "1 | 1.001193 | Khai sinh"
    sheets = [sheet(heading, row, name="Bãi bỏ"), sheet("Ghi chú gì đó", name="Trang 2")]
    reading = published_lists.read(sheets)
    assert (reading.entries[0].kind, reading.entries[0].sheet) == (Kind.ABOLISHED, "Bãi bỏ")
    assert reading.notes == ("Bỏ qua trang “Trang 2”: không phải danh mục thủ tục.",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1 | abc123 | Khai sinh | x", "Mã thủ tục phải có dạng 1.001193"),
        ("1 | 1.001193 1.001194 | Khai sinh | x", "Ô có 2 mã"),
        ("1 | 1.001193 | Khai tử (1.000656) | x", "Cột mã ghi 1.001193 mà ô tên ghi 1.000656"),
        ("1 | 2.000815.01 | Chứng thực | x", "là một trường hợp của thủ tục 2.000815"),
        ("1 | 6.001193 | Nội bộ | x", "thủ tục nội bộ"),
        ("1 | | | 03 ngày", "không có mã, không có tên"),
        ("1 | 1.001193 | Khai\u202e sinh | x", "đảo chiều"),
        ("1 | 1.001193 | " + "a" * 2001 + " | x", "dài quá"),
        ("1 | 1.001193 | " + "a" * 20_001 + " | x", "dài quá"),
        ("| | phần tên còn lại |", "không rõ thuộc thủ tục nào"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_number(row, reason):
    reading = read("STT | Mã TTHC | Tên TTHC | Thời hạn giải quyết", "1 | 1.000656 | Khai tử | 03 ngày", row)
    (rejected,) = reading.rejected
    assert rejected.row == 3
    assert reason in rejected.reason and rejected.reason.endswith(".")
    assert [entry.code for entry in reading.entries] == ["1.000656"]


@pytest.mark.parametrize(
    "line",
    [
        "Ghi chú: các thủ tục bị bãi bỏ xem phụ lục sau | |",
        "(*) Bãi bỏ theo Nghị định mới | |",
        "(thay thế Danh mục ban hành kèm theo Quyết định cũ) | |",
        "Bãi bỏ các Quyết định trước đây | |",
        "A. " + "bãi bỏ " * 80 + "| |",
    ],
)
def test_a_remark_on_papers_that_go_abolishes_no_procedure(line):
    assert one("STT | Mã TTHC | Tên TTHC", line, "1 | 1.001193 | Khai sinh").kind is Kind.LISTED
    assert one(line, "STT | Mã TTHC | Tên TTHC", "1 | 1.001193 | Khai sinh").kind is Kind.LISTED


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Bãi bỏ", Kind.ABOLISHED),
        ("TTHC bị bãi bỏ.", Kind.ABOLISHED),
        ("Sửa đổi, bổ sung", Kind.AMENDED),
        ("Mới", Kind.NEW),
        ("Quyết định 12 bị bãi bỏ", Kind.LISTED),
        ("Bãi bỏ yêu cầu nộp bản sao", Kind.LISTED),
    ],
)
def test_a_note_speaks_of_its_procedure_only_when_it_says_nothing_else(note, kind):
    assert one("Mã TTHC | Tên TTHC | Ghi chú", f"1.001193 | Khai sinh | {note}").kind is kind


def test_a_procedure_called_like_a_sum_or_a_section_is_none():
    reading = read(
        "STT | Tên TTHC | Thời hạn giải quyết",
        "1 | Công nhận xã đạt chuẩn | 10 ngày",
        "2 | Sửa đổi, bổ sung giấy phép cấp xã | 5 ngày",
        "3 | Tổng hợp, xét duyệt | 5 ngày",
        "Cộng: 3 | |",
    )
    assert [(entry.name, entry.kind) for entry in reading.entries] == [
        ("Công nhận xã đạt chuẩn", Kind.LISTED),
        ("Sửa đổi, bổ sung giấy phép cấp xã", Kind.LISTED),
        ("Tổng hợp, xét duyệt", Kind.LISTED),
    ]


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        ([], "empty_file", "không có dòng nào"),
        (["Xin chào | mọi người"], "no_heading", "không có dòng tiêu đề"),
        ([*["x"] * 40, "Mã TTHC | Tên TTHC", "1.001193 | Khai sinh"], "no_heading", "30 dòng đầu"),
        (["STT | Mã TTHC | Tên TTHC", "(1) | (2) | (3)"], "empty_list", "không có dòng thủ tục nào"),
        (
            [
                "Thứ tự công việc | Nội dung công việc | Trách nhiệm thực hiện | Thời gian thực hiện",
                "B1 | x | y | 0,25",
            ],
            "other_table",
            "quy trình nội bộ",
        ),
        (
            [
                "STT | Lĩnh vực giải quyết | Tổng số hồ sơ tiếp nhận | Trước hạn | Đúng hạn | Quá hạn",
                "1|Hộ tịch|1|1|0|0",
            ],
            "other_table",
            "bảng thống kê",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(lines, code, words):
    with pytest.raises(ListError) as refused:
        read(*lines, name="TONGHOP")
    assert refused.value.code == code
    assert words in refused.value.message and refused.value.message.endswith("; chưa ghi gì.")


CELLS = st.text(max_size=12) | st.none() | st.booleans() | st.integers() | st.floats() | st.dates()


@given(st.lists(st.lists(CELLS, max_size=7), max_size=8))
def test_no_table_breaks_it(rows):
    heading = "STT | Mã TTHC | Tên TTHC | Thời hạn giải quyết | Phí | Ngày hiệu lực | Ghi chú"
    cells = {f"{'abcdefg'[at]}{number}": cell for number, row in enumerate(rows, 2) for at, cell in enumerate(row)}
    try:
        reading = read(heading, *["x|x|x|x|x|x|x"] * len(rows), **cells)
    except ListError:
        return
    assert all(entry.code or entry.name for entry in reading.entries)
    assert all(rejected.reason.endswith(".") for rejected in reading.rejected)
