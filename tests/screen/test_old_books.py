"""Sổ năm trước in the window: a file looked at and brought in, found by the search, read with its number masked."""

import json
import shutil

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel

from db import events
from db.vocabulary import EventKind, Role
from desktop.gui.jobs import Jobs
from desktop.gui.old_books_desk import OldBooksDesk
from desktop.gui.pages.old_books import OldBooksPage
from desktop.gui.printing import FilePrinter
from desktop.gui.scrolling import Scroller
from desktop.gui.settings_old_books import OldBooksSection
from desktop.office import old_book_lookup, old_books, opening, people
from desktop.program import Program
from tests.conftest import MONDAY
from tests.office import old_book_files as files
from tests.screen.posting_desk import ALT, AnsweredOpener, press, stand, type_in

KEY = Qt.Key


class Choosing:
    """A file chooser whose clerk always takes the offered name in the same folder."""

    def __init__(self, folder):
        self.folder = folder

    def choose(self, _parent, name, then):
        then(self.folder / name)


@pytest.fixture
def jobs(commands, qtbot):
    made = Jobs(commands)
    yield made
    made.finish()


@pytest.fixture
def opener(tmp_path):
    return AnsweredOpener(files.messy_book(tmp_path / "so-2025.xlsx"))


@pytest.fixture
def section(commands, jobs, opener, tmp_path, qtbot):
    shown = OldBooksSection(commands, OldBooksDesk(commands, jobs, commands), opener, Choosing(tmp_path))
    page = Scroller(shown)
    page.resize(916, 596)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    shown.refresh()
    shown.first.setFocus()
    yield shown


@pytest.fixture
def read_file(section, jobs, qtbot):
    """Choose the file by its key and wait until it is read."""

    def choose():
        press(KEY.Key_O, ALT)
        qtbot.waitUntil(lambda: jobs.is_idle and section.preview.isVisible(), timeout=20_000)

    return choose


def said(shown) -> str:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # facts that were replaced
    return " | ".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible() and label.text())


def kinds(commune):
    return [event.kind for event in events.walk(commune)]


def listed(table):
    return [table.records.record(row) for row in range(table.records.rowCount())]


def test_a_file_is_seen_row_by_row_before_anything_is_written(section, read_file, commune, nothing_cut):
    before = events.head(commune)
    read_file()
    told = said(section)
    assert "6 hồ sơ nhận từ 06/01/2025 đến 03/02/2025" in told
    assert "Trang “Hướng dẫn”: không có tiêu đề của sổ, bỏ qua 1 dòng." in told
    assert "Lãnh đạo ký" in told
    rows = listed(section.preview.table)
    assert [row.kind for row in rows] == ["rejected"] * 4 + ["known"] + ["warned"] * 2 + ["new"] * 4
    assert (rows[0].where, rows[0].said) == ("12", "Ngày nhận “31/02/2025” không đọc được.")
    assert rows[5].person == "Lò Văn Ví"
    assert events.head(commune) == before
    nothing_cut(section)


def test_the_counts_narrow_the_rows_by_keyboard(section, read_file):
    read_file()
    section.preview.counts.focus()
    press(KEY.Key_Space)
    assert [row.kind for row in listed(section.preview.table)] == ["warned"] * 2 + ["new"] * 4
    press(KEY.Key_Right)
    assert [row.where for row in listed(section.preview.table)] == ["8", "16"]
    press(KEY.Key_Down)
    assert QApplication.focusWidget() is section.preview.table


def test_f12_brings_it_in_and_says_what_was_left(section, read_file, jobs, commune, qtbot):
    read_file()
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: section.strip.tone == "ok", timeout=20_000)
    assert section.strip.text == ("Đã nhập 6 hồ sơ cũ. Còn 4 dòng không đọc được: sửa trong tệp rồi nhập lại tệp ấy.")
    assert old_book_lookup.count(commune) == 6
    assert "so-2025.xlsx" in said(section) and "người nhập: Lò Thị Trực" in said(section)
    assert not section.preview.isVisible()
    press(KEY.Key_O, ALT)
    qtbot.waitUntil(lambda: jobs.is_idle and section.preview.isVisible(), timeout=20_000)
    assert [row.kind for row in listed(section.preview.table)] == ["rejected"] * 4 + ["known"] * 7
    press(KEY.Key_F12)
    assert section.strip.text == "Tệp này không có dòng nào mới để nhập."


def test_rows_that_do_not_come_in_are_saved_to_a_file(section, read_file, tmp_path):
    read_file()
    press(KEY.Key_S, ALT)
    assert section.strip.text == "Đã lưu so-2025-khong-nhap.xlsx: từng dòng không nhập và lý do."
    sheet = openpyxl.load_workbook(tmp_path / "so-2025-khong-nhap.xlsx").active
    assert [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)] == [12, 13, 14, 15, 24]


def test_a_file_put_away_leaves_nothing(section, read_file, commune):
    read_file()
    press(KEY.Key_X, ALT)
    assert not section.preview.isVisible() and "Chưa nhập sổ nào." in said(section)
    press(KEY.Key_F12)
    assert section.strip.text == "Chưa chọn tệp nào; bấm Alt+O."
    assert old_book_lookup.count(commune) == 0


@pytest.mark.parametrize("writing", [False, True])
def test_what_takes_long_is_stopped_by_a_key(section, opener, jobs, commune, tmp_path, qtbot, writing):
    rows = (files.plain_row(number, f"Lò {number}") for number in range(4000))
    opener.answer = files.plain_book(tmp_path / "lon.xlsx", *rows)
    desk = section._desk
    press(KEY.Key_O, ALT)
    if writing:
        qtbot.waitUntil(lambda: jobs.is_idle and section.preview.isVisible(), timeout=60_000)
        press(KEY.Key_F12)
    with qtbot.waitSignal(desk.progressed, timeout=20_000):
        pass
    assert section.stop_button.isVisible()
    press(KEY.Key_D, ALT)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
    assert section.strip.text == "Đã dừng; chưa ghi gì vào sổ."
    assert old_book_lookup.count(commune) == 0
    assert not section.stop_button.isVisible()


def test_what_is_no_book_is_told_in_one_sentence(section, opener, jobs, tmp_path, qtbot):
    opener.answer = files.plain_book(tmp_path / "gia.xlsx", heading=("Tên hàng", "Giá"))
    press(KEY.Key_O, ALT)
    qtbot.waitUntil(lambda: jobs.is_idle and section.strip.text != "", timeout=20_000)
    assert section.strip.text.startswith("Không thấy tiêu đề của sổ theo dõi hồ sơ")


def test_whoever_may_not_is_told_whose_work_it_is(section, read_file, commands, commune, jobs, monday, qtbot):
    people.add(commune, "sa", "Lý A Sa", roles={Role.RECEPTION}, clerk="quay1", now=monday)
    commands.act_as(people.found(commune, "sa"))
    read_file()
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: jobs.is_idle and section.strip.text != "", timeout=20_000)
    assert "vai trò Lãnh đạo hoặc Quản trị" in section.strip.text
    assert old_book_lookup.count(commune) == 0


@pytest.fixture
def brought(commune, monday, tmp_path):
    """Three old dossiers in the register."""
    rows = (
        files.plain_row(1),
        files.plain_row(2, "Lò Văn Ví", id="011085000456", returned=None),
        files.plain_row(3, "Giàng Thị Dụ", id=None, phone=None, due="Trong ngày", returned="Rút 04/02/2025"),
    )
    looked = old_books.look(commune, files.plain_book(tmp_path / "so-2025.xlsx", *rows), now=monday)
    return old_books.bring_in(commune, looked, clerk="truc", now=monday)


@pytest.fixture
def page(brought, commands, jobs, qtbot):
    shown = OldBooksPage(commands)
    shown.refresh()
    stand(shown, qtbot, jobs)
    return shown


def choose(page, qtbot, text):
    """Narrow the list to what ``text`` finds, and wait for the entry beside it."""
    page.focus_first()
    type_in(text)
    press(KEY.Key_Down)
    qtbot.waitUntil(lambda: not page._look.isActive())


def test_an_old_dossier_is_read_with_where_it_came_from(page, qtbot, nothing_cut):
    choose(page, qtbot, "lo van vi")
    told = said(page.card)
    for words in ("Lò Văn Ví", "Thủ tục đăng ký khai sinh", "2, năm 2025", "03/02/2025", "Nhập từ tệp"):
        assert words in told
    assert "so-2025.xlsx, trang “Sổ năm 2025”, dòng 3" in told
    assert "chỉ để tra cứu" in told
    nothing_cut(page)
    choose(page, qtbot, "giang")
    assert "Rút hồ sơ" in said(page.card) and "Hẹn trả: Trong ngày" in said(page.card)


def test_the_number_is_masked_until_it_is_asked_for_and_each_look_is_written_down(page, commune, qtbot):
    choose(page, qtbot, "lo van vi")
    assert "011085000456" not in said(page)
    press(KEY.Key_M, ALT)
    assert "011085000456" in said(page)
    press(KEY.Key_M, ALT)
    assert "011085000456" not in said(page)
    entry = page.table.current
    looks = [(event.kind, json.loads(event.payload)) for event in events.walk(commune)]
    told = {"old_entry": entry.id, "why": "trang sổ năm trước"}
    assert looks.count((EventKind.VIEW, told)) == 1
    assert looks.count((EventKind.REVEAL, told)) == 1
    assert "011085000456" not in json.dumps(looks, ensure_ascii=False)


def test_a_list_that_finds_nothing_says_so(page, qtbot):
    page.focus_first()
    type_in("khong co ai")
    qtbot.waitUntil(lambda: page.table.records.rowCount() == 0)
    assert "Không có dòng nào khớp “khong co ai”" in said(page)


def test_a_register_without_old_books_says_where_they_come_in(commands, jobs, qtbot):
    shown = OldBooksPage(commands)
    shown.refresh()
    stand(shown, qtbot, jobs)
    assert "Chưa nhập sổ năm trước nào." in said(shown)
    assert not shown.card.isVisible()
    with qtbot.waitSignal(shown.import_wanted):
        press(KEY.Key_O, ALT)


def test_the_search_above_every_page_finds_it_and_opens_it(practice_template, tmp_path, qapp, qtbot):
    home = shutil.copytree(practice_template, tmp_path / "practice")
    with opening.open_register(home, now=MONDAY) as book:
        rows = [files.plain_row(number, f"Vàng Thị Số {number}", id=None, phone=None) for number in range(300)]
        looked = old_books.look(book, files.plain_book(tmp_path / "so.xlsx", *rows), now=MONDAY)
        old_books.bring_in(book, looked, clerk="truc", now=MONDAY)
        program = Program(qapp, book, lambda: MONDAY, printer=FilePrinter(tmp_path / "p.pdf"))
        program.window.resize(1366, 696)
        program.window.show()
        program.start()
        qtbot.waitUntil(lambda: program.is_awake and program.jobs.is_idle)
        hits = [hit for hit in program.window.search._find("vang thi so 17") if hit.kind == "old"]
        assert [hit.title for hit in hits] == ["Vàng Thị Số 179", "Vàng Thị Số 178", "Vàng Thị Số 177"]
        assert "sổ nhập từ tệp" in hits[0].note
        program.window.search.opened.emit(hits[1])
        shown = program.window.open("old_books")
        assert shown.table.current.applicant == "Vàng Thị Số 178"
        assert "Vàng Thị Số 178" in said(shown.card)
        program.close()


def test_a_book_brought_in_by_mistake_is_taken_back_by_keyboard(section, read_file, commune, jobs, qtbot):
    assert not section.undo.isVisible()
    read_file()
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: jobs.is_idle and old_book_lookup.count(commune) == 6)
    assert section.undo.isVisible()
    press(KEY.Key_R, ALT)
    assert section.strip.text == "Ghi lý do rút lại trước; lý do lưu trong chuỗi sự kiện."
    type_in("nhap nham")
    press(KEY.Key_R, ALT)
    assert "không tìm thấy các dòng ấy nữa. Bấm Alt+R lần nữa" in section.strip.text
    assert old_book_lookup.count(commune) == 6
    press(KEY.Key_R, ALT)
    assert section.strip.text.startswith("Đã rút lại sổ nhập nhầm.")
    assert old_book_lookup.count(commune) == 0 and kinds(commune)[-1] == EventKind.UNDO_IMPORT
    assert not section.undo.isVisible()
