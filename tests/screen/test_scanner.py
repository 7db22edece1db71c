"""The scanner that types: heard wherever the focus is, leaking nothing, and never mistaking a person for itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.gui.enter_guard import EnterGuard
from desktop.gui.scanner import UNKNOWN, UNREADABLE
from tests.screen.scanner_desk import CARD, FAST_TYPIST, PERSON, RECEIPT, SCANNER, SHEET, SLIP, Desk, scanner_desk


@pytest.fixture
def desk(qtbot) -> Iterator[Desk]:
    with scanner_desk(qtbot) as made:
        yield made


def state(desk: Desk) -> tuple:
    return (
        desk.line.text(),
        desk.box.currentText(),
        desk.text.toPlainText(),
        desk.ticked,
        desk.pressed,
        QApplication.focusWidget(),
    )


@pytest.mark.parametrize("place", ["line", "box", "text", "papers", "button"])
@pytest.mark.parametrize(
    ("scanned", "heard"),
    [
        (CARD, "Vàng Thị Ví Dụ"),
        (RECEIPT, RECEIPT),
        (SLIP, f"slip: {SLIP}"),
        (SHEET, f"sheet: {SHEET}"),
        (CARD + "||||", "Vàng Thị Ví Dụ"),
    ],
)
def test_a_scan_is_heard_wherever_the_focus_is_and_leaves_no_trace(desk, qtbot, place, scanned, heard):
    getattr(desk, place).setFocus()
    before = state(desk)
    desk.scan(scanned)
    assert desk.heard == [heard]
    assert state(desk) == before
    QTest.qWait(0)
    assert state(desk) == before


def test_a_scan_is_heard_while_nothing_has_the_focus(desk):
    desk.line.clearFocus()
    assert QApplication.focusWidget() is None
    for char in CARD:
        desk.clock.ms += SCANNER
        QApplication.sendEvent(desk, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char))
    desk.clock.ms += SCANNER
    QApplication.sendEvent(
        desk, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r")
    )
    assert desk.heard == ["Vàng Thị Ví Dụ"]


def test_a_scan_does_not_disturb_what_was_typed_and_selected(desk):
    desk.line.setText("Giàng Thị Giả Định")
    desk.line.setSelection(6, 3)
    desk.scan(CARD)
    assert (desk.line.text(), desk.line.selectedText()) == ("Giàng Thị Giả Định", "Thị")


def test_a_cut_or_spoilt_card_is_refused_in_a_sentence_and_fills_nothing(desk):
    desk.scan(CARD[:60])
    desk.scan(CARD.replace("à", "?").replace("ị", "?").replace("í", "?").replace("ụ", "?"))
    assert desk.heard == [UNREADABLE, UNREADABLE]
    assert desk.line.text() == ""


def test_a_letter_that_came_without_its_text_spoils_the_scan(desk):
    desk.type(CARD[:70])
    desk.key(Qt.Key.Key_unknown, "")
    desk.type(CARD[71:])
    desk.enter()
    assert (desk.heard, desk.line.text()) == ([UNREADABLE], "")


def test_a_scanner_without_an_end_key_is_heard_after_its_pause(desk, qtbot):
    desk.type(CARD)
    assert desk.heard == []
    desk.rest()
    qtbot.waitUntil(lambda: desk.heard == ["Vàng Thị Ví Dụ"])
    assert desk.line.text() == ""


def test_a_scanner_may_end_with_tab_and_the_focus_stays(desk):
    desk.type(CARD)
    desk.key(Qt.Key.Key_Tab, "\t")
    assert desk.heard == ["Vàng Thị Ví Dụ"]
    assert desk.line.hasFocus()


def test_a_hiccup_in_the_middle_of_a_scan_does_not_cut_it(desk):
    desk.type(CARD[:30])
    desk.clock.ms += 120
    desk.scan(CARD[30:])
    assert (desk.heard, desk.line.text()) == (["Vàng Thị Ví Dụ"], "")


@pytest.mark.parametrize("pace", [FAST_TYPIST, PERSON])
def test_a_person_is_never_taken_for_a_scanner(desk, qtbot, pace):
    desk.type("012087000001", gap=pace)
    desk.enter(gap=pace)
    desk.rest()
    qtbot.waitUntil(lambda: desk.line.text() == "012087000001")
    assert desk.heard == []


def test_twelve_digits_typed_at_any_pace_reach_the_field(desk, qtbot):
    desk.type("012087000001", gap=SCANNER)
    desk.enter(gap=PERSON)
    desk.rest()
    qtbot.waitUntil(lambda: desk.line.text() == "012087000001")
    assert desk.heard == []


def test_two_keys_rolled_over_each_other_keep_their_order_and_capitals(desk, qtbot):
    desk.type("0M", gap=12)
    desk.type("ưa đá", gap=PERSON)
    desk.rest()
    qtbot.waitUntil(lambda: desk.line.text() == "0Mưa đá")


def test_held_keys_go_to_the_field_they_were_typed_into(desk):
    desk.type("09")
    desk.spare.setFocus()
    assert (desk.line.text(), desk.spare.text()) == ("09", "")


def test_keys_that_no_scan_begins_with_are_not_held_at_all(desk):
    desk.type("Giang", gap=FAST_TYPIST)
    assert desk.line.text() == "Giang"


def test_a_key_held_down_repeats_as_always(desk):
    for _ in range(5):
        desk.clock.ms += 30
        repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0", True)
        QApplication.sendEvent(desk.line, repeat)
    assert desk.line.text() == "00000"


def test_a_foreign_code_is_refused_where_letters_would_choose_something(desk):
    desk.box.setFocus()
    desk.scan("https://vidu.example/buu-chinh")
    assert (desk.heard, desk.box.currentText()) == ([UNKNOWN], "Trực tiếp")


def test_no_shortcut_fires_from_inside_a_scan(desk):
    fired: list[str] = []
    alone = QAction("Một chữ", desk)
    alone.setShortcut("1")
    alone.triggered.connect(lambda: fired.append("1"))
    desk.addAction(alone)
    for char in CARD[:12]:
        desk.clock.ms += SCANNER
        QTest.keyClick(desk.line, char)
    desk.scan(CARD[12:])
    assert (fired, desk.heard) == ([], ["Vàng Thị Ví Dụ"])


def test_a_shortcut_comes_after_the_letters_that_were_typed_before_it(desk):
    seen: list[str] = []
    accept = QAction("Tiếp nhận", desk)
    accept.setShortcut("F12")
    accept.triggered.connect(lambda: seen.append(desk.line.text()))
    desk.addAction(accept)
    desk.type("09m")
    desk.clock.ms += 30
    QTest.keyClick(desk.line, Qt.Key.Key_F12)
    assert seen == ["09m"]


def test_an_enter_right_after_a_key_presses_no_button(desk):
    desk.button.setFocus()
    desk.key(Qt.Key.Key_Right, gap=PERSON)
    desk.button.setFocus()
    desk.enter(gap=20)
    assert desk.pressed == []
    desk.enter(gap=400)
    assert desk.pressed == ["button"]


def test_an_enter_on_a_page_just_shown_presses_nothing(desk, qtbot):
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    pressed: list[int] = []
    for _page in range(2):
        button = QPushButton("Người tiếp theo")
        button.setAutoDefault(True)
        button.clicked.connect(lambda: pressed.append(1))
        stack.addWidget(button)
    with qtbot.waitExposed(stack):
        stack.show()
    stack.activateWindow()
    qtbot.waitUntil(stack.isActiveWindow)
    desk.clock.ms += 1000
    stack.setCurrentIndex(1)
    stack.currentWidget().setFocus()
    qtbot.wait(20)
    desk.enter(gap=250)
    assert pressed == []
    desk.enter(gap=350)
    assert pressed == [1]


def test_an_enter_that_ends_fast_keys_closes_no_dialog(desk, qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, accept = QLineEdit(), QPushButton("Đồng ý")
    accept.setDefault(True)
    accept.clicked.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(field)
    column.addWidget(accept)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.wait(20)
    field.setFocus()
    desk.type("EI123456789VN", gap=10)
    desk.enter(gap=10)
    assert dialog.isVisible()
    assert field.text() == "EI123456789VN"
    desk.enter(gap=500)
    assert not dialog.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_list_that_hangs_open_under_a_box_chooses_nothing_by_a_scan(desk):
    desk.box.setFocus()
    desk.box.showPopup()
    assert QApplication.focusWidget() is not desk.box
    desk.scan(CARD)
    desk.box.hidePopup()
    assert (desk.heard, desk.box.currentText()) == (["Vàng Thị Ví Dụ"], "Trực tiếp")


def test_a_page_that_takes_long_to_show_is_seen_only_after_that(qtbot):
    """A weak machine works longer than a third of a second on a page; the Enter of the last scan waits behind it."""
    now = 0
    guard = EnterGuard(lambda: now)
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    page = QWidget()
    stack.addWidget(page)
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    guard.notice_shown(page)
    now = 900
    assert guard.is_hasty(enter), "the system hands on waiting keys before the page was ever painted"
    QTest.qWait(20)
    now = 1000
    assert guard.is_hasty(enter)
    now = 1300
    assert not guard.is_hasty(enter)
