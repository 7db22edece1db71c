"""Last year's book brought in from a file: looked at, taken in whole, found again, in no figure, held to the chain."""

import csv
from datetime import date

import openpyxl
import pytest
from xlsxwriter import Workbook

from db import events
from db.vocabulary import DocumentKind, Role
from desktop.errors import UserError
from desktop.office import (
    counter,
    counting,
    issuing,
    lists,
    lookup,
    old_book_lookup,
    old_books,
    people,
)
from tests.office import old_book_files as files
from tests.office.old_book_files import bring, everything, look, remarks


def test_the_register_books_own_form_is_read_whole(commune, monday, tmp_path):
    path = files.form_book(
        tmp_path / "so-2025.xlsx",
        (
            *(1, "H35.17.28-250103-0001", "Đăng ký khai sinh", "Lò Thị Dí", "Bản Mường 1\n0912 345 678", "UBND xã"),
            *("08:10\n03/01/2025", "17:00\n06/01/2025", "15:20\n06/01/2025", "Tại quầy", None),
        ),
        (
            *(2, "TN-MT-\n250103-0002-Q2", "Đăng ký khai tử", "Lò Thị Dụ", "Bản 2", "UBND xã"),
            *("09:00\n03/01/2025", "17:00\n06/01/2025", "Rút hồ sơ\n05/01/2025", "Bưu chính", None),
        ),
        ("Cộng trang: 2 hồ sơ, đã trả 1",),
    )
    looked = look(commune, path, monday)
    assert not looked.left and not looked.reading.warned and not looked.reading.notes
    done = old_books.bring_in(commune, looked, clerk="truc", now=monday)
    first, second = everything(commune)
    assert (first.entry_no, first.code, first.applicant) == ("1", "H35.17.28-250103-0001", "Lò Thị Dí")
    assert (first.address, first.phone, first.year) == ("Bản Mường 1", "0912 345 678", 2025)
    days = (first.received_on, first.due_on, first.handed_over_on)
    assert days == (date(2025, 1, 3), date(2025, 1, 6), date(2025, 1, 6))
    assert first.note == "Cơ quan chủ trì giải quyết: UBND xã; Phương thức nhận kết quả: Tại quầy"
    assert (second.code, second.result) == ("TN-MT-250103-0002-Q2", "Rút hồ sơ")
    assert (second.finished_on, second.handed_over_on) == (date(2025, 1, 5), None)
    assert {first.imported_by, second.imported_by} == {done.seq}


def test_the_mess_of_a_real_counter_comes_in_row_by_row(commune, monday, tmp_path):
    looked = look(commune, files.messy_book(tmp_path / "so.xlsx"), monday)
    assert {row.row: row.applicant for row, _ in looked.new} == {
        8: "Lò Văn Ví",
        9: "Vàng Thị Dụ",
        10: "Nguyễn Thị Ước",
        16: "Tổng Công ty Ví Dụ",
        22: "Sùng Thị Hoa",
        23: "Sùng Thị Hoa",
    }
    assert remarks(looked.left) == {
        12: "Ngày nhận “31/02/2025” không đọc được.",
        13: "Thiếu họ tên người nộp.",
        14: "Thiếu ngày nhận.",
        15: "Ngày nhận 10/01/2027 ở sau hôm nay.",
        24: "Trùng hoàn toàn dòng 22.",
    }
    assert remarks(looked.reading.warned) == {
        8: "số giấy tờ còn 11 chữ số, có thể đã mất số 0 ở đầu; giữ như trong tệp;"
        " số điện thoại có thể đã mất số 0 ở đầu; giữ như trong tệp",
        16: "hẹn trả 13/01/2025 trước ngày nhận 14/01/2025",
    }
    assert looked.reading.unknown == ("Lãnh đạo ký",)
    assert looked.reading.notes == ("Trang “Hướng dẫn”: không có tiêu đề của sổ, bỏ qua 1 dòng.",)
    # What was received: a day with its format, one that lost it, an hour beside it, words, ISO.
    days = [(each.month, each.day) for each in (row.received_on for row, _ in looked.new)]
    assert days == [(1, 6), (1, 7), (1, 9), (1, 14), (2, 3), (2, 3)]


def test_a_number_that_lost_its_zero_is_kept_as_written_and_found_by_the_whole_one(commune, monday, tmp_path):
    path = files.plain_book(tmp_path / "so.xlsx", files.plain_row(id=11185000123, phone=912345678))
    bring(commune, path, monday)
    (entry,) = old_book_lookup.find(commune, "011185000123", limit=5)
    assert (entry.id_number, entry.phone) == ("11185000123", "912345678")
    for text in ("11185000123", "0912345678", "000123", "vang di", "Vàng Thị Dí"):
        assert old_book_lookup.find(commune, text, limit=5) == (entry,), text
    assert not old_book_lookup.find(commune, "giang", limit=5)


def test_letters_that_came_in_parts_are_put_together(commune, monday, tmp_path):
    decomposed = "Va\u0300ng Thi\u0323 Di\u0301"
    bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row(name=decomposed)), monday)
    assert everything(commune)[0].applicant == "Vàng Thị Dí"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_book_in_plain_text_is_read_whatever_parts_its_columns(commune, monday, tmp_path, delimiter):
    path = tmp_path / "so.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([files.PLAIN, files.plain_row(matter="Khai sinh, cấp lại; bản sao")])
    bring(commune, path, monday)
    (entry,) = everything(commune)
    assert (entry.procedure_name, entry.received_on) == ("Khai sinh, cấp lại; bản sao", date(2025, 2, 3))


def formula_book(path, value):
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, files.PLAIN)
        for column, cell in enumerate(files.plain_row()):
            sheet.write(1, column, cell)
        sheet.write_formula(1, 0, "=ROW()-1", None, value)
    return path


def test_a_formula_counts_as_what_excel_computed_last(commune, monday, tmp_path):
    bring(commune, formula_book(tmp_path / "so.xlsx", 17), monday)
    assert everything(commune)[0].entry_no == "17"


def test_a_formula_that_was_never_computed_does_not_pass_for_an_empty_cell(commune, monday, tmp_path):
    path = files.plain_book(tmp_path / "so.xlsx", files.plain_row(received="=A1+1"))
    with pytest.raises(UserError) as refused:
        look(commune, path, monday)
    assert (refused.value.code, refused.value.facts["row"]) == ("not_computed", 2)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "no_file"),
        (lambda path: path.write_bytes(b""), "empty_file"),
        (lambda path: path.write_bytes(b"PK\3\4 and no end"), "swollen_file"),
        (lambda path: path.write_bytes(b"%PDF-1.7 x"), "not_a_list"),
        (lambda path: path.write_text("[]"), "not_a_list"),
        (lambda path: files.plain_book(path, heading=("Tên hàng", "Giá")), "no_book"),
        (lambda path: files.plain_book(path, heading=("STT", "Họ tên", "Địa chỉ")), "missing_column"),
    ],
)
def test_what_is_no_book_is_refused_in_one_sentence(commune, monday, tmp_path, make, code):
    path = tmp_path / "so.xlsx"
    make(path)
    with pytest.raises(UserError) as refused:
        look(commune, path, monday)
    assert refused.value.code == code
    assert refused.value.message.endswith((".", "…"))
    assert "danh mục" not in refused.value.message


def test_the_same_row_never_comes_in_twice(commune, monday, tmp_path):
    path = files.plain_book(tmp_path / "so.xlsx", files.plain_row(1), files.plain_row(2, "Lò A Ví"))
    bring(commune, path, monday)
    again = look(commune, path, monday)
    assert not again.new and set(remarks(again.known).values()) == {"Đã nhập từ trước."}
    with pytest.raises(UserError) as nothing:
        old_books.bring_in(commune, again, clerk="truc", now=monday)
    assert nothing.value.code == "nothing_new"
    # One row mended in the file, somewhere else in it: only that one comes in.
    rows = (files.plain_row(3, "Lò A Mới"), files.plain_row(1), files.plain_row(2, "Lò A Ví"))
    mended = look(commune, files.plain_book(tmp_path / "sua.xlsx", *rows), monday)
    assert [row.applicant for row, _ in mended.new] == ["Lò A Mới"]


def test_a_file_that_was_looked_at_twice_comes_in_once(commune, monday, tmp_path):
    path = files.plain_book(tmp_path / "so.xlsx", files.plain_row())
    first, second = look(commune, path, monday), look(commune, path, monday)
    old_books.bring_in(commune, first, clerk="truc", now=monday)
    with pytest.raises(UserError) as late:
        old_books.bring_in(commune, second, clerk="truc", now=monday)
    assert late.value.code == "changed_meanwhile"
    assert len(everything(commune)) == 1


def test_a_dossier_of_this_register_is_no_history(commune, monday, correction_form, tmp_path):
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    heading = ("Mã hồ sơ", *files.PLAIN)
    path = files.plain_book(tmp_path / "so.xlsx", (code, *files.plain_row(received="23/11/2026")), heading=heading)
    looked = look(commune, path, monday)
    assert not looked.new
    assert remarks(looked.known) == {2: f"Hồ sơ {code} có trong chính sổ này."}


def test_it_is_in_no_figure_no_list_and_no_book(commune, monday, correction_form, tmp_path):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    first, last = date(2025, 1, 1), monday.date()

    def figures():
        table = counting.counted(commune, first, last, now=monday).table
        papers = issuing.period_pdf(commune, DocumentKind.REGISTER_BOOK, first, last, now=monday)
        return table, lists.counts(commune, monday), lookup.count(commune), lookup.count(commune, "vang"), papers.data

    before = figures()
    bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row(), files.plain_row(due="01/12/2026")), monday)
    assert len(everything(commune)) == 2
    assert figures() == before


def test_one_event_tells_the_file_and_the_counts_and_its_entries_where_they_stood(commune, monday, tmp_path):
    path = tmp_path / "sổ cũ.xlsx"
    book = openpyxl.Workbook()
    for name, rows in (("T1", (files.plain_row(1), files.plain_row(2, "Lò A"))), ("T2", (files.plain_row(3, "Lò B"),))):
        sheet = book.create_sheet(name)
        for row in (files.PLAIN, *rows):
            sheet.append(row)
    book.save(path)
    looked = look(commune, path, monday)
    before, _ = events.head(commune)
    done = old_books.bring_in(commune, looked, clerk="truc", now=monday)
    assert done.seq == before + 1 == events.head(commune)[0]
    (source,) = old_book_lookup.sources(commune)
    assert (source.file, source.sha256, source.clerk, source.at) == ("sổ cũ.xlsx", looked.sha256, "truc", monday)
    assert (source.rows, source.first, source.last) == (3, date(2025, 2, 3), date(2025, 2, 3))
    assert [(source.sheet_of(entry), entry.row) for entry in everything(commune)] == [("T1", 2), ("T1", 3), ("T2", 2)]


@pytest.mark.parametrize("roles", [{Role.RECEPTION, Role.PROCESSING}, {Role.INSPECT}])
def test_whoever_may_not_brings_nothing_in(commune, monday, tmp_path, roles):
    people.add(commune, "sa", "Lý A Sa", roles=roles, clerk="quay1", now=monday)
    looked = look(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row()), monday)
    before = events.head(commune)
    with pytest.raises(UserError) as refused:
        old_books.bring_in(commune, looked, clerk="sa", now=monday)
    assert refused.value.code == "not_allowed"
    assert (events.head(commune), everything(commune)) == (before, ())


@pytest.mark.parametrize("after", range(4))
def test_whoever_stops_the_reading_gets_nothing(commune, monday, tmp_path, after):
    path = files.plain_book(tmp_path / "so.xlsx", *(files.plain_row(n, f"Lò {n}") for n in range(1500)))
    told = []

    def progress(done, total):
        told.append(done / total)
        return len(told) <= after

    assert look(commune, path, monday, progress=progress) is None
    assert len(told) == after + 1
    assert told == sorted(told)


def test_whoever_stops_the_writing_leaves_the_register_as_it_was(commune, monday, tmp_path):
    rows = (files.plain_row(n, f"Lò {n}") for n in range(600))
    looked = look(commune, files.plain_book(tmp_path / "so.xlsx", *rows), monday)
    before = events.head(commune)
    stopped = old_books.bring_in(
        commune, looked, clerk="truc", now=monday, progress=lambda done, total: done < total // 2
    )
    assert stopped is None
    assert (events.head(commune), everything(commune)) == (before, ())
    assert old_books.bring_in(commune, looked, clerk="truc", now=monday).count == 600


def test_what_is_left_is_told_in_a_file(commune, monday, tmp_path):
    looked = look(commune, files.messy_book(tmp_path / "so.xlsx"), monday)
    old_books.save_left(looked, tmp_path / "con-lai.xlsx", now=monday)
    sheet = openpyxl.load_workbook(tmp_path / "con-lai.xlsx").active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("Trang", "Dòng", "Lý do")
    assert rows[1:] == [(each.sheet, each.row, each.words) for each in looked.left]
