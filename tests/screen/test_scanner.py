"""The scanner that types: heard wherever the focus is, leaking nothing, and never mistaking a person for itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import RequiredPaper
from desktop.gui.burst import GAP_MS
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.intake_papers import PaperLine, PapersTable
from desktop.gui.scanner import UNKNOWN, UNREADABLE, ScanCapture
from desktop.rules import citizen_id
from desktop.rules.intake import SubmittedPaper
from tests.rules.scanners import Unikey, keys_for, payloads

CARD = "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
RECEIPT = "MA HO SO TN-MT-261123-0015 TTHC 1.004859 HEN TRA 17:00 27/11/2026 BAN 1"
SCANNER, FAST_TYPIST, PERSON = 6, 40, 80


class Clock:
    """Milliseconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.ms = 10_000

    def __call__(self) -> int:
        return self.ms


class Desk(QWidget):
    """One of each kind of thing that can hold the focus, and what the scanner said."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.line, self.box, self.text, self.spare = QLineEdit(), Choice(), QPlainTextEdit(), QLineEdit()
        self.box.addItems(["Trực tiếp", "Trực tuyến", "Bưu chính"])
        self.papers = PapersTable()
        self.papers.show_rows([PaperLine(0, RequiredPaper("Tờ khai", 1, 0), SubmittedPaper("Tờ khai"))])
        self.pressed: list[str] = []
        act = QAction("Tiếp nhận", self)
        act.triggered.connect(lambda: self.pressed.append("button"))
        self.button = ActButton(act)
        self.ticked: list[int] = []
        self.papers.changed.connect(lambda number, _line: self.ticked.append(number))
        column = QVBoxLayout(self)
        for part in (self.line, self.box, self.text, self.papers, self.button, self.spare):
            column.addWidget(part)
        self.scanner = ScanCapture(clock=self.clock)
        self.heard: list[object] = []
        self.scanner.card_scanned.connect(lambda card: self.heard.append(card.name))
        self.scanner.receipt_scanned.connect(self.heard.append)
        self.scanner.scan_refused.connect(self.heard.append)

    def key(self, key: int, text: str = "", gap: int = SCANNER, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """One key down and up, ``gap`` ms after the one before, sent to whatever has the focus."""
        self.clock.ms += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget()
            if target is not None:
                QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))

    def type(self, text: str, gap: int = SCANNER) -> None:
        """Letters as a wedge scanner sends them: Shift held for capitals."""
        for char in text:
            if char == "\b":
                self.key(Qt.Key.Key_Backspace, "\b", gap)
                continue
            shift = char.isupper() or char in '|:"'
            modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
            if shift:
                QApplication.sendEvent(
                    QApplication.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, modifiers)
                )
            code = ord(char.upper()) if char.isascii() else Qt.Key.Key_unknown
            self.key(code, char, gap, modifiers)

    def enter(self, gap: int = SCANNER) -> None:
        self.key(Qt.Key.Key_Return, "\r", gap)

    def scan(self, text: str) -> None:
        self.type(text)
        self.enter()


@pytest.fixture
def desk(qtbot) -> Iterator[Desk]:
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    yield made
    made.scanner.close()


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
    ("scanned", "heard"), [(CARD, "Vàng Thị Ví Dụ"), (RECEIPT, RECEIPT), (CARD + "||||", "Vàng Thị Ví Dụ")]
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


def test_a_scanner_without_an_end_key_is_heard_after_its_pause(desk, qtbot):
    desk.type(CARD)
    assert desk.heard == []
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
    qtbot.waitUntil(lambda: desk.line.text() == "012087000001")
    assert desk.heard == []


def test_twelve_digits_typed_at_any_pace_reach_the_field(desk, qtbot):
    desk.type("012087000001", gap=SCANNER)
    desk.enter(gap=PERSON)
    qtbot.waitUntil(lambda: desk.line.text() == "012087000001")
    assert desk.heard == []


def test_two_keys_rolled_over_each_other_keep_their_order_and_capitals(desk, qtbot):
    desk.type("0M", gap=12)
    desk.type("ưa đá", gap=PERSON)
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


def steps(*shown: str) -> str:
    """The keys that Unikey sends while a word grows through these shapes: backspaces, then letters."""
    keys, before = "", ""
    for now in shown:
        same = next((n for n, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]), None)
        same = min(len(before), len(now)) if same is None else same
        keys += "\b" * (len(before) - same) + now[same:]
        before = now
    return keys


TELEX = "".join(
    (
        "012195000002||",
        steps("V", "Va", "Và", "Vàn", "Vàng"),
        " ",
        steps("T", "Th", "Thi", "Thị"),
        " ",
        steps("V", "Vi", "Ví"),
        " ",
        steps("D", "Du", "Dụ"),
        "|02111995|",
        steps("N", "Nu", "Nư", "Nữ"),
        "|",
        steps("B", "Ba", "Bả", "Bản"),
        " ",
        steps("M", "Ma", "Mâ", "Mẫ", "Mẫu"),
        " Hai, ",
        steps("M", "Mu", "Muo", "Mươ", "Mườ", "Mườn", "Mường"),
        " ",
        steps("M", "Mi", "Mí", "Mít"),
        ", Than ",
        steps("U", "Uy", "Uye", "Uyê", "Uyên"),
        ", Lai ",
        steps("C", "Ch", "Cha", "Châ", "Châu"),
        "|05062022",
    )
)


def test_a_card_that_unikey_composed_is_read_exactly(desk):
    desk.scan(TELEX)
    assert (desk.heard, desk.line.text()) == (["Vàng Thị Ví Dụ"], "")


def test_a_card_that_unikey_spoilt_is_refused_and_nothing_is_filled(desk):
    desk.scan(TELEX.replace("\b", ""))
    assert (desk.heard, desk.line.text()) == ([UNREADABLE], "")


@pytest.mark.parametrize("method", ["telex", "vni"])
@pytest.mark.parametrize("spells", [True, False])
def test_two_hundred_cards_through_unikey_are_each_exact_or_refused(desk, method, spells):
    unikey = Unikey(method, checks_spelling=spells)
    exact = 0
    for card in payloads(20261123, 200):
        desk.heard.clear()
        desk.scan(unikey.type(card))
        assert desk.heard in ([citizen_id.parse(card).name], [UNREADABLE])
        exact += desk.heard != [UNREADABLE]
    assert exact > 190
    assert desk.line.text() == ""


@pytest.mark.parametrize("method", ["telex", "vni"])
def test_cards_that_the_scanner_spells_in_keys_are_each_exact_or_refused(desk, method):
    unikey = Unikey(method, checks_spelling=False)
    for card in payloads(20261124, 60):
        desk.heard.clear()
        desk.scan(unikey.type(keys_for(card, method, tone_last=True)))
        assert desk.heard in ([citizen_id.parse(card).name], [UNREADABLE])
    assert desk.line.text() == ""


def compose(text: str, preedit: str = "", replaced: int = 0) -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text, -replaced, replaced)
    QCoreApplication.sendEvent(QApplication.focusWidget(), event)


def test_a_card_that_comes_through_an_input_method_is_heard(desk):
    for char in CARD:
        desk.clock.ms += SCANNER
        if char.isalpha():
            compose("", preedit=char)
            compose(char)
        else:
            compose(char)
    desk.enter()
    assert (desk.heard, desk.line.text()) == (["Vàng Thị Ví Dụ"], "")


def test_words_composed_by_a_person_reach_the_field_at_once(desk):
    for shown in ("N", "Ng", "Ngu", "Nguy", "Nguye", "Nguyê", "Nguyễ", "Nguyễn"):
        desk.clock.ms += PERSON
        compose("", preedit=shown)
    compose("Nguyễn")
    assert desk.line.text() == "Nguyễn"


def test_a_number_composed_by_a_person_reaches_the_field_with_its_corrections(desk, qtbot):
    desk.clock.ms += PERSON
    compose("3")
    desk.clock.ms += GAP_MS - 5
    compose("5", replaced=1)
    qtbot.waitUntil(lambda: desk.line.text() == "5")


def test_unikey_correcting_a_person_leaves_the_right_word(desk, qtbot):
    desk.type("Ma", gap=PERSON)
    desk.key(Qt.Key.Key_Backspace, "\b", PERSON)
    desk.type("â", gap=1)
    desk.type("u", gap=PERSON)
    qtbot.waitUntil(lambda: desk.line.text() == "Mâu")


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
