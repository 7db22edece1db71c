"""A counter as a person has it: the real window on a register, a printer tray, a keyboard and a scanner."""

from pathlib import Path

import pypdfium2
import zxingcpp
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from db.connection import Register
from db.vocabulary import EventKind
from desktop.gui.clock_question import ClockQuestion
from desktop.gui.page import Page
from desktop.gui.printing import FilePrinter
from desktop.gui.status import StatusItem
from desktop.office import lookup
from desktop.program import Program

CARD = "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
NEXT_CARD = "012303000003||Giàng Thị Giả Định|01012003|Nữ|Bản Mẫu Ba, Mường Than, Than Uyên, Lai Châu|10102023"

#: A quick clerk; a scanner is far below.
HUMAN_MS = 42
#: Somebody who has read the code on the page before going on.
READING_MS = 350


class Counter:
    """The clerk's desk: a window on a register, a printer tray, a keyboard and a scanner."""

    def __init__(self, book: Register, tray: Path, now, qtbot, *, opener=None) -> None:
        self.book, self.tray, self.qtbot = book, tray, qtbot
        tray.mkdir()
        self.printer = FilePrinter(tray / "receipt.pdf", "Canon LBP2900")
        self.now = now
        #: How many keys a person has pressed; what a scanner types does not count.
        self.keystrokes = 0
        self.program = Program(QApplication.instance(), book, lambda: self.now, printer=self.printer, opener=opener)
        self.window = self.program.window
        self.window.resize(1366, 696)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.program.start()
        qtbot.waitUntil(lambda: self.program.is_awake)
        self.confirm_the_day()

    def close(self) -> None:
        self.program.close()
        QCoreApplication.sendPostedEvents()

    def confirm_the_day(self) -> None:
        """A register that was left alone for days asks for the day first; the clock on the wall agrees."""
        for asked in self.window.findChildren(ClockQuestion):
            self.qtbot.waitUntil(asked.isActiveWindow)
            QTest.keyClick(asked, Qt.Key.Key_F12)
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier, *, pause: int = HUMAN_MS) -> None:
        """One key through the window system, ``pause`` ms after the one before, as a person presses it."""
        self.keystrokes += 1
        QTest.qWait(pause)
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def alt(self, letter: str) -> None:
        self.press(getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)

    def type(self, text: str) -> None:
        for char in text:
            self.press(getattr(Qt.Key, f"Key_{char.upper()}")) if char.isalnum() else self.press(Qt.Key.Key_Space)

    def scan(self, text: str, *, end: bool = True) -> None:
        """What a wedge sends: each letter down and up, as fast as the bus carries them."""
        for char in text:
            code, typed = (Qt.Key.Key_Backspace, "\b") if char == "\b" else (Qt.Key.Key_unknown, char)
            self._strike(code, typed)
        if end:
            self._strike(Qt.Key.Key_Return, "\r")

    def _strike(self, code: Qt.Key, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget()
            if target is not None:
                QCoreApplication.sendEvent(target, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return next(page for page in self.window.findChildren(Page) if page.isVisible())

    def said(self) -> str:
        QApplication.processEvents()
        labels = self.window.findChildren(QLabel)
        # The strip says its facts in short where many stand beside each other, and whole to who listens or points.
        facts = [fact.accessibleName() for fact in self.window.findChildren(StatusItem) if fact.isVisible()]
        return " | ".join([*(label.text() for label in labels if label.isVisible() and label.text()), *facts])

    def until_said(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.said())

    def focus(self) -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def choose_correction(self) -> None:
        """Procedure 1.004859 by letters, its second case, every paper of it."""
        assert self.focus() == "procedure"
        self.type("cai chinh")
        self.press(Qt.Key.Key_Return)
        assert self.focus() == "case"
        self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Down)
        while self.focus() != "papers":
            self.press(Qt.Key.Key_Tab)
        for _paper in range(5):
            self.press(Qt.Key.Key_Space)
            self.press(Qt.Key.Key_Down)
        self.qtbot.waitUntil(lambda: len(self.page.sheet.form().papers) == 5)

    def printed_text(self, page: int = 0) -> str:
        """The QR of a printed page, read by a camera's eye."""
        document = pypdfium2.PdfDocument(self.tray / "receipt.pdf")
        picture = document[page].render(scale=150 / 72).to_pil()
        document.close()
        (found,) = zxingcpp.read_barcodes(picture)
        return found.text

    def kinds(self, code: str) -> list[EventKind]:
        return [event.event for event in lookup.dossier(self.book, code).events]
