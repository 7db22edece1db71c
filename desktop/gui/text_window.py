"""A text to read and copy in a window of its own; also what the program says of its own mistakes.

The crash window opens only for our own mistakes.
"""

import platform
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.scrolling import open_within_screen
from desktop.gui.texts import line

if TYPE_CHECKING:
    from desktop.gui.commands import Commands


def bug_report(error: BaseException) -> str:
    """What the makers need to see of our own mistake: code and place, no citizen's data."""
    where = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return f"{type(error).__name__}\nPython {platform.python_version()}, {platform.system()}\n\n{where}"


class TextWindow(QDialog):
    """A text to read and copy: open it with ``open()``, it deletes itself when closed."""

    def __init__(self, title: str, lead: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        open_within_screen(self, 640, 380)
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(title)
        self._text.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(line(title, "title"))
        column.addWidget(line(lead, wrap=True))
        column.addWidget(self._text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(ActButton(self._action("Chép nội dung", "Alt+C", self._copy)))
        row.addWidget(ActButton(self._action("Đóng", "Esc", self.accept), kind="primary"))
        column.addLayout(row)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _action(self, words: str, keys: str, then: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: then())
        self.addAction(action)
        return action

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())


def crash_window(error: BaseException, parent: QWidget | None = None) -> TextWindow:
    """Says that the program itself failed, what is safe, and shows the text to send."""
    safe = "Những hồ sơ đã có mã vẫn nguyên trong sổ. Hãy chép nội dung dưới đây gửi người hỗ trợ."
    window = TextWindow("Chương trình gặp lỗi của chính nó", safe, bug_report(error), parent)
    window.setProperty("openToAll", True)  # code and place, nobody's data
    return window


def tell_crash(commands: "Commands", error: BaseException, parent: QWidget) -> None:
    """Keep where it happened for the diagnostics, then show it."""
    from desktop.office import crashes

    crashes.keep(commands.book.home, error, now=commands.now())
    crash_window(error, parent).open()
