"""A desk with one of each kind of thing that can hold the focus, and a scanner that types at its pace."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from db.records import RequiredPaper
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.intake_papers import PaperLine, PapersTable
from desktop.gui.scanner import ScanCapture
from desktop.rules.intake import SubmittedPaper

CARD = "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
RECEIPT = "MA HO SO TN-MT-261123-0015 TTHC 1.004859 HEN TRA 17:00 27/11/2026 BAN 1"
SLIP = "MAU 02 SO 12 NAM 2026 MT"
SHEET = "NIEM YET DANH MUC 22 TO 8 BAN 048210937551"
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
        self.scanner.slip_scanned.connect(lambda text: self.heard.append(f"slip: {text}"))
        self.scanner.sheet_scanned.connect(lambda text: self.heard.append(f"sheet: {text}"))
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

    def rest(self) -> None:
        """Nobody types for a while."""
        self.clock.ms += 1000

    def scan(self, text: str) -> None:
        self.type(text)
        self.enter()


@contextmanager
def scanner_desk(qtbot) -> Iterator[Desk]:
    """A desk in an active window, the focus in its first line."""
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    yield made
    made.scanner.close()


def compose(text: str, preedit: str = "", replaced: int = 0) -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text, -replaced, replaced)
    QCoreApplication.sendEvent(QApplication.focusWidget(), event)
