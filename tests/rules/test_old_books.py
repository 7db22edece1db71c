"""A register book kept elsewhere: its heading by its words, its days in every form, its rows one by one."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import book_days, old_book_columns, old_books
from desktop.rules.list_entries import ListError, Row, Sheet
from desktop.rules.old_book_columns import Role as R
from desktop.rules.text import nfc

TODAY = date(2026, 11, 23)
HEADING = ("STT", "Mã hồ sơ", "Họ và tên", "Số CCCD", "Thủ tục", "Ngày nhận", "Hẹn trả", "Ngày trả")


def sheet(*rows, heading=HEADING, name="2025"):
    return Sheet(name, tuple(Row(number, tuple(row)) for number, row in enumerate((heading, *rows), 1)))


def read(*rows, **facts):
    return old_books.read([sheet(*rows, **facts)], today=TODAY)


def one(**said):
    """What is read of one good row, changed where ``said``; the names are those of the cells."""
    cells = {
        "no": 1,
        "code": "H35.17.28-250303-0001",
        "name": "Vàng Thị Dí",
        "id": "011185000123",
        "matter": "Đăng ký khai sinh",
        "received": "03/03/2025",
        "due": "05/03/2025",
        "returned": "04/03/2025",
    }
    return read(tuple((cells | said).values()))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("05/03/2025", date(2025, 3, 5)),
        ("5/3/2025", date(2025, 3, 5)),
        ("5-3-25", date(2025, 3, 5)),
        ("05.03.2025", date(2025, 3, 5)),
        ("5 / 3 / 2025", date(2025, 3, 5)),
        ("2025-03-05", date(2025, 3, 5)),
        ("2025-03-05 07:45:00", date(2025, 3, 5)),
        ("ngày 5 tháng 3 năm 2025", date(2025, 3, 5)),
        ("08:10\n05/03/2025", date(2025, 3, 5)),
        ("8 giờ 30 phút ngày 05/03/2025", date(2025, 3, 5)),
        ("05/3", date(2025, 3, 5)),
        (datetime.fromisoformat("2025-03-05T08:10"), date(2025, 3, 5)),
        (45721, date(2025, 3, 5)),
        (45721.34, date(2025, 3, 5)),
        ("45721", date(2025, 3, 5)),
        ("31/02/2025", None),
        ("12/25/2025", None),
        ("05/03/1025", None),
        ("trong ngày", None),
        ("", None),
        (True, None),
        (3, None),
        ("105/03/2025", None),
    ],
)
def test_a_day_is_read_in_every_form_and_never_mended(cell, told):
    found = book_days.read(cell, cell if isinstance(cell, str) else "", year=2025)
    assert (found.on if found else None) == told


def test_a_day_without_a_year_needs_that_of_the_book():
    assert book_days.read("05/3", "05/3") is None


@pytest.mark.parametrize(("text", "rest"), [("08:10 05/03/2025", False), ("Rút ngày 05/03/2025", True)])
def test_words_beside_a_day_are_noticed_and_its_hour_is_none(text, rest):
    assert book_days.read(text, text).rest is rest


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("STT", R.ENTRY_NO),
        ("Số thứ tự", R.ENTRY_NO),
        ("Mã số hồ sơ", R.CODE),
        ("Số biên nhận", R.CODE),
        ("Tên tổ chức, cá nhân", R.APPLICANT),
        ("HỌ VÀ TÊN", R.APPLICANT),
        ("Họ tên người nộp hồ sơ", R.APPLICANT),
        ("Họ va\u0300 te\u0302n", R.APPLICANT),
        ("Chủ hồ sơ", R.APPLICANT),
        ("Tổ chức, cá nhân nộp hồ sơ", R.APPLICANT),
        ("Tên, địa chỉ tổ chức, cá nhân", R.APPLICANT),
        ("Tên tổ chức", R.ORGANISATION),
        ("Số CCCD/CMND/Hộ chiếu", R.ID_NUMBER),
        ("Số định danh cá nhân", R.ID_NUMBER),
        ("Số CMTND", R.ID_NUMBER),
        ("Địa chỉ, số điện thoại", R.CONTACT),
        ("Nơi cư trú", R.ADDRESS),
        ("SĐT", R.PHONE),
        ("Tên thủ tục hành chính", R.PROCEDURE),
        ("Nội dung yêu cầu", R.PROCEDURE),
        ("Loại hồ sơ", R.PROCEDURE),
        ("Nội dung HS", R.PROCEDURE),
        ("Ngày, tháng, năm nhận hồ sơ", R.RECEIVED),
        ("Ngày tiếp nhận", R.RECEIVED),
        ("Ngày hẹn trả kết quả", R.DUE),
        ("Hạn trả", R.DUE),
        ("Ngày hẹn trả KQ theo quy định", R.DUE),
        ("Ngày giải quyết xong", R.FINISHED),
        ("Ngày trả kết quả", R.HANDED_OVER),
        ("Ngày nhận kết quả", R.HANDED_OVER),
        ("Kết quả giải quyết", R.RESULT),
        ("Ghi chú", R.NOTE),
        ("Ký nhận", None),
        ("Phương thức nhận kết quả", None),
        ("Cơ quan chủ trì giải quyết", None),
        ("Năm sinh", None),
        ("Mã số TTHC", None),
        ("Cán bộ tiếp nhận", None),
        ("Nhận và trả kết quả", None),
    ],
)
def test_a_caption_is_known_by_its_words(caption, role):
    assert old_book_columns.role_of(caption) is role


def test_a_row_becomes_an_entry_with_everything_it_says():
    (row,) = one().rows
    assert (row.row, row.entry_no, row.code, row.applicant) == (2, "1", "H35.17.28-250303-0001", "Vàng Thị Dí")
    assert (row.id_number, row.procedure_name) == ("011185000123", "Đăng ký khai sinh")
    assert (row.received_on, row.due_on, row.handed_over_on) == (date(2025, 3, 3), date(2025, 3, 5), date(2025, 3, 4))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"received": None}, "Thiếu ngày nhận."),
        ({"received": "30/02/2025"}, "Ngày nhận “30/02/2025” không đọc được."),
        ({"received": "24/11/2026"}, "Ngày nhận 24/11/2026 ở sau hôm nay."),
        ({"name": None}, "Thiếu họ tên người nộp."),
        ({"name": "Vàng " * 100}, "Ô Họ và tên dài quá 300 chữ."),
        ({"name": "Vàng\ufffd"}, "Có ký tự hỏng (U+FFFD). Xóa đi và gõ lại."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(said, why):
    reading = one(**said)
    assert not reading.rows
    assert [(each.row, each.words) for each in reading.rejected] == [(2, why)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"id": 11185000123.0}, "số giấy tờ còn 11 chữ số"),
        ({"id": "11185000123"}, "số giấy tờ còn 11 chữ số"),
        ({"id": 1085000123}, "số giấy tờ còn 10 chữ số"),
        ({"id": 12345678}, "số giấy tờ còn 8 chữ số"),
        ({"id": "1.1185E+10"}, "số giấy tờ bị bảng tính viết tắt"),
        ({"due": "01/03/2025"}, "hẹn trả 01/03/2025 trước ngày nhận 03/03/2025"),
        ({"received": "03/03/2024", "due": None, "returned": None}, "ngày nhận 03/03/2024 không ở năm 2025 của sổ"),
    ],
)
def test_what_looks_wrong_is_kept_as_written_and_said(said, words):
    reading = one(**said)
    assert len(reading.rows) == 1
    assert words in reading.warned[0].words
    if "id" in said:
        written = f"{said['id']:.0f}" if not isinstance(said["id"], str) else said["id"]
        assert reading.rows[0].id_number == written


def test_no_number_of_a_person_stands_in_what_is_said_of_a_row():
    assert "1118" not in one(id=11185000123).warned[0].words


@pytest.mark.parametrize("number", ["011185000123", "012345678", "B1234567", "", "011 185 000 123"])
def test_a_number_that_can_be_one_is_not_warned_of(number):
    assert not one(id=number).warned


def test_words_in_place_of_a_day_are_kept():
    (row,) = one(due="Trong ngày", returned="Đã trả").rows
    assert (row.due_on, row.handed_over_on, row.result, row.note) == (None, None, "Đã trả", "Hẹn trả: Trong ngày")


@pytest.mark.parametrize("written", ["Rút hồ sơ\n04/03/2025", "04/03/2025 (công dân rút)"])
def test_who_gave_up_got_no_result_back(written):
    (row,) = one(returned=written).rows
    assert (row.finished_on, row.handed_over_on, row.result) == (date(2025, 3, 4), None, "Rút hồ sơ")


def test_a_column_that_has_no_place_is_kept_in_the_note_and_told():
    heading = (*HEADING, "Người thụ lý", "Ghi chú")
    reading = read((1, "", "Lò A", "", "Khai tử", "03/03/2025", "", "", "Giàng B", "gấp"), heading=heading)
    assert reading.unknown == ("Người thụ lý",)
    assert reading.rows[0].note == "gấp; Người thụ lý: Giàng B"


def test_a_company_is_taken_where_nobody_is_named_and_kept_beside_who_is():
    heading = ("Họ tên", "Tên tổ chức", "Ngày nhận")
    reading = read(("", "HTX Ví Dụ", "03/03/2025"), ("Lò A", "HTX Ví Dụ", "03/03/2025"), heading=heading)
    assert [(row.applicant, row.note) for row in reading.rows] == [
        ("HTX Ví Dụ", ""),
        ("Lò A", "Tên tổ chức: HTX Ví Dụ"),
    ]


@pytest.mark.parametrize(
    ("cell", "address", "phone"),
    [
        ("Bản 2, xã Mường Than\n0912 345 678", "Bản 2, xã Mường Than", "0912 345 678"),
        ("Bản 2; ĐT: 0912345678", "Bản 2", "0912345678"),
        ("0912345678", "", "0912345678"),
        ("Bản 2, số nhà 12", "Bản 2, số nhà 12", ""),
    ],
)
def test_address_and_phone_in_one_column_are_told_apart(cell, address, phone):
    reading = read(("Lò A", cell, "03/03/2025"), heading=("Họ tên", "Địa chỉ, điện thoại", "Ngày nhận"))
    assert (reading.rows[0].address, reading.rows[0].phone) == (address, phone)


@pytest.mark.parametrize(
    "row",
    [
        ("Tháng 3",),
        ("Cộng trang: 25 hồ sơ, đã trả 20",),
        (None, "Tổng cộng", 25),
        ("Lũy kế", 20, 30),
        ("(1)", "(2)", "(3)", "(4)"),
        (None, None, "Người lập sổ", None, None, None, "Chủ tịch"),
        HEADING,
    ],
)
def test_rows_that_are_no_dossier_are_passed_over_and_counted(row):
    reading = read((1, "", "Lò A", "", "Khai tử", "03/03/2025"), row, (2, "", "Lò B", "", "Khai tử", "04/03/2025"))
    assert [each.applicant for each in reading.rows] == ["Lò A", "Lò B"]
    assert not reading.rejected
    assert [each.row for each in reading.passed] == [3]


def test_a_company_whose_name_begins_like_a_sum_is_no_sum():
    reading = read((None, None, "Tổng Công ty Ví Dụ", "", "Cấp phép", None))
    assert [each.words for each in reading.rejected] == ["Thiếu ngày nhận."]


def test_a_heading_of_two_lines_is_one_caption_a_column():
    rows = (
        ("TT", "Người nộp", None, "Thời gian", None),
        ("TT", "Họ tên", "CCCD", "Nhận", "Hẹn trả"),
        (1, "Lò A", "011185000123", "03/03/2025", "04/03/2025"),
    )
    reading = read(*rows[1:], heading=rows[0])
    assert [role for role, _ in reading.columns] == [R.ENTRY_NO, R.APPLICANT, R.ID_NUMBER, R.RECEIVED, R.DUE]
    assert reading.rows[0].due_on == date(2025, 3, 4)


def test_as_above_means_what_stands_above():
    reading = read((1, "", "Lò A", "", "Khai tử", "03/03/2025"), (2, "", "Lò B", "", "nt", '"'))
    assert [(row.procedure_name, row.received_on) for row in reading.rows] == [("Khai tử", date(2025, 3, 3))] * 2


def test_a_column_whose_days_and_months_a_spreadsheet_swapped_is_told():
    native = [(n, "", f"Lò {n}", "", "Khai tử", datetime.fromisoformat(f"2025-{n:02d}-05")) for n in range(1, 7)]
    text = [(n, "", f"Lò {n}", "", "Khai tử", f"{n}/05/2025") for n in range(13, 19)]
    assert "đổi chỗ ngày và tháng ở 6 dòng" in read(*native, *text).notes[0]
    fine = [(n, "", f"Lò {n}", "", "Khai tử", f"{n}/05/2025") for n in range(1, 19)]
    assert not read(*native, *fine).notes


def test_what_is_no_book_is_refused_with_what_it_lacks():
    with pytest.raises(ListError) as nothing:
        read(("a", "b"), heading=("Tên hàng", "Giá"))
    assert nothing.value.code == "no_book"
    with pytest.raises(ListError) as lacking:
        read((1, "Lò A", "Khai tử"), heading=("STT", "Họ tên", "Thủ tục"))
    assert (lacking.value.code, lacking.value.row) == ("missing_column", 1)
    assert "không có cột ngày nhận hồ sơ" in lacking.value.message


def test_every_sheet_is_read_and_one_without_a_heading_is_told():
    months = [sheet((1, "", f"Lò {name}", "", "Khai tử", "03/03/2025"), name=name) for name in ("T1", "T2")]
    strange = Sheet("Biểu đồ", (Row(1, ("x",)),))
    reading = old_books.read([*months, strange], today=TODAY)
    assert [(row.sheet, row.row) for row in reading.rows] == [("T1", 2), ("T2", 2)]
    assert reading.notes == ("Trang “Biểu đồ”: không có tiêu đề của sổ, bỏ qua 1 dòng.",)


def test_reading_stops_when_nobody_waits_for_it():
    told = []
    stopped = old_books.read([sheet()], today=TODAY, progress=lambda done, total: told.append((done, total)))
    assert stopped is None
    assert told == [(0, 1)]


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**13),
    st.floats(),
    st.datetimes(),
    st.text(max_size=30),
    st.sampled_from(["03/03/2025", "Lò A", "nt", '"', "Cộng: 3", "Tháng 3", "08:10 5/3", "0912345678", "011185000123"]),
)


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=9), max_size=12))
def test_every_row_whatever_stands_in_it_is_taken_refused_or_passed_over(rows):
    reading = read(*rows)
    told = [each.row for part in (reading.rows, reading.rejected, reading.passed) for each in part]
    assert sorted(told) == list(range(2, len(rows) + 2))
    for row in reading.rows:
        assert row.applicant and row.received_on <= TODAY
        assert all(text == nfc(text) for text in row if isinstance(text, str))
    assert {each.row for each in reading.warned} <= {row.row for row in reading.rows}
