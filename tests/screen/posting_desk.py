"""What every test of the wall's pages needs beside them: keys, a file that is brought, the QR of a sheet."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.office.posting_sheets import wall
from desktop.rules import sheet_codes

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class AnsweredOpener:
    """Brings a file or a stick at once, or gives up."""

    def __init__(self, answer: Path | None = None) -> None:
        self.answer = answer
        self.asked: Sequence[str] = ()
        self.begun: Path | None = None

    def ask(self, _parent, _title, endings, then, start=None) -> None:
        self.asked, self.begun = endings, start
        if self.answer is not None:
            then(self.answer)

    def ask_folder(self, _parent, _title, _start, then) -> None:
        if self.answer is not None:
            then(self.answer)


def press(key: Qt.Key, modifiers=NONE) -> None:
    """One key to whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def type_in(text: str) -> None:
    """Replace what stands in the field that has the focus; ASCII by keys, other letters at once."""
    field = QApplication.focusWidget()
    field.selectAll()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)
        field.textEdited.emit(text)


def qr(book, name: str, on) -> str:
    """The QR text of a sheet as it reads on a day."""
    version = sheet_codes.version_digits(wall(book, on).sha256(name))
    return sheet_codes.sheet_text(name, version, practice=book.practice)


def stand(page: QWidget, qtbot, jobs, *, size: tuple[int, int] = (1182, 620)) -> None:
    """Show a page in an active window of its own, its first focus ready."""
    page.resize(*size)
    qtbot.addWidget(page, before_close_func=lambda _page: qtbot.waitUntil(lambda: jobs.is_idle))
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
