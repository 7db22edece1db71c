"""Hồ sơ: the filtered list from the database, and one dossier with its promise, events and papers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from desktop.changes import Changes
from desktop.gui.pages.dossier import DossierPage
from desktop.gui.pages.dossiers import DossiersPage
from desktop.gui.table_view import RecordTable
from desktop.gui.text_window import TextWindow
from desktop.gui.texts import ElidedLabel
from desktop.rules import periods
from desktop.rules.periods import PeriodKind

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def show(qtbot):
    kept = []

    def shown(page, width=1182):
        kept.append(page)
        page.resize(width, 620)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.focus_first()
        return page

    return shown


@pytest.fixture
def people_of_the_day(take_in):
    return [take_in(name, minutes=at) for at, name in enumerate(("Lò Văn Thử", "Vàng Thị Ví Dụ", "Đèo Thị Giả"))]


def texts(page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_list_is_filtered_without_marks(show, commands, people_of_the_day, qtbot):
    page = show(DossiersPage(commands))
    table, field = page.findChild(RecordTable), page.findChild(QLineEdit, "filter")
    assert field.hasFocus()
    assert table.records.rowCount() == 3
    qtbot.keyClicks(field, "deo thi")
    qtbot.waitUntil(lambda: table.records.rowCount() == 1)
    assert table.records.record(0).applicant == "Đèo Thị Giả"
    assert "1 hồ sơ khớp" in texts(page)


def test_enter_in_the_filter_opens_the_only_match(show, commands, people_of_the_day, qtbot):
    page = show(DossiersPage(commands))
    field = page.findChild(QLineEdit, "filter")
    qtbot.keyClicks(field, "vang")
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened.args == [people_of_the_day[1]]


def test_down_into_the_list_esc_back_and_the_text_stays(show, commands, people_of_the_day, qtbot):
    page = show(DossiersPage(commands))
    table, field = page.findChild(RecordTable), page.findChild(QLineEdit, "filter")
    qtbot.keyClicks(field, "thi")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert field.hasFocus()
    assert field.text() == "thi"


def test_nothing_found_says_what_to_try(show, commands, people_of_the_day, qtbot):
    page = show(DossiersPage(commands))
    qtbot.keyClicks(page.findChild(QLineEdit, "filter"), "khongco")
    qtbot.waitUntil(lambda: "Không có hồ sơ nào khớp “khongco”" in texts(page))


def test_the_selected_dossier_stays_selected_when_another_arrives(show, commands, people_of_the_day, take_in):
    page = show(DossiersPage(commands))
    table = page.findChild(RecordTable)
    table.select_row(1)
    page.take(Changes(frozenset({take_in("Lù A Thí Dụ", minutes=30)})))
    assert table.records.rowCount() == 4
    assert table.current.code == people_of_the_day[1]


def test_a_dossier_shows_its_promise_and_why(show, commands, people_of_the_day, qtbot):
    page = DossierPage(commands)
    page.show_dossier(people_of_the_day[1])
    show(page)
    shown = texts(page)
    assert people_of_the_day[1] in shown
    assert "Thứ Sáu 27/11/2026" in shown
    assert "3 ngày làm việc" in shown
    assert "Vì sao ngày 27/11?" in shown
    assert [text for text in shown if text in {"Nhận", "Nghỉ", "1", "2", "3"}] == ["Nhận", "Nghỉ", "1", "2", "3"]
    qtbot.keyClick(page, Qt.Key.Key_V, ALT)
    window = next(window for window in page.findChildren(TextWindow) if window.isVisible())
    assert "Nghị quyết 28/2026/QH16" in window.findChild(QPlainTextEdit).toPlainText()
    window.close()


def test_the_identity_number_is_masked_until_asked_for(show, commands, people_of_the_day, qtbot):
    page = DossierPage(commands)
    page.show_dossier(people_of_the_day[0])
    show(page)
    number = page.findChild(QLabel, "id_number")
    assert "9500" not in number.text()
    assert "****" in number.text()
    qtbot.keyClick(page, Qt.Key.Key_M, ALT)
    assert number.text() == "0121 9500 0002"
    page.show_dossier(people_of_the_day[1])
    assert "****" in number.text()


def test_events_tell_the_truth_about_printing(show, commands, take_in):
    page = DossierPage(commands)
    page.show_dossier(take_in(printed=False))
    show(page)
    shown = texts(page)
    assert "Chưa in được giấy hẹn" in shown
    assert "chưa có bản giấy hẹn nào được máy in nhận" in shown
    assert not [text for text in shown if text == "Đã in"]


def test_reprint_is_one_key_and_names_the_dossier(show, commands, take_in, qtbot):
    code = take_in(printed=True)
    page = DossierPage(commands)
    page.show_dossier(code)
    show(page)
    with qtbot.waitSignal(page.reprint_requested) as requested:
        qtbot.keyClick(page, Qt.Key.Key_P, ALT)
    assert requested.args == [code]
    table = page.findChild(RecordTable, "")
    assert table.records.record(0).note.endswith("đã gửi in 1 lần")


def test_esc_leaves_and_an_unknown_code_is_a_sentence(show, commands, take_in, qtbot):
    page = DossierPage(commands)
    page.show_dossier(take_in())
    show(page)
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(commands.refused) as refused:
        page.show_dossier("TN-MT-000000-0000")
    assert refused.args[0].code == "unknown_dossier"


@pytest.mark.parametrize("width", [1182, 855, 627])
def test_nothing_is_cut_at_100_150_and_200_percent(show, commands, take_in, nothing_cut, width):
    page = DossierPage(commands)
    page.show_dossier(take_in("Trần Thị Không Khớp", printed=True))
    show(page, width)
    nothing_cut(page)
    nothing_cut(show(DossiersPage(commands), width))


def test_a_dossier_leads_to_the_figures_in_which_it_stands(show, commands, people_of_the_day, qtbot):
    page = show(DossierPage(commands))
    page.show_dossier(people_of_the_day[0])
    told = page.findChild(ElidedLabel, "standing")
    assert told.accessibleName() == "Số liệu: 12/2026 cột 3, 5, 11, 12"
    assert "Quý IV năm 2026: cột 3, 5, 11, 12" in told.toolTip()
    with qtbot.waitSignal(page.figures_requested) as wanted:
        qtbot.keyClick(page, Qt.Key.Key_F, ALT)
    assert wanted.args == [periods.official(PeriodKind.MONTH, 2026, 12)]
