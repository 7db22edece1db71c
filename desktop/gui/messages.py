"""Sentences for what went wrong: a refusal becomes a strip, a bug becomes a text to copy.

Nothing here is modal while a clerk types; the crash window opens only for our own mistakes.
"""

import platform
import traceback
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.errors import EnvironmentProblem, RegisterProblem, UserError
from desktop.gui.buttons import ActButton
from desktop.gui.texts import line


class Message(NamedTuple):
    """One sentence and the tone it is said in."""

    tone: str
    text: str


def of_problem(problem: UserError | RegisterProblem) -> Message:
    """A request that cannot be done is a warning; a broken world is an error."""
    broken = isinstance(problem, EnvironmentProblem | RegisterProblem)
    return Message("late" if broken else "soon", problem.message)


def bug_report(error: BaseException) -> str:
    """What the makers need to see of our own mistake: code and place, no citizen's data."""
    where = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return f"{type(error).__name__}\nPython {platform.python_version()}, {platform.system()}\n\n{where}"


class CrashWindow(QDialog):
    """Says that the program itself failed, what is safe, and shows a text to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chương trình gặp lỗi")
        self.resize(640, 380)
        self._report = QPlainTextEdit(bug_report(error))
        self._report.setReadOnly(True)
        self._report.setAccessibleName("Nội dung lỗi")
        self._report.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(line("Chương trình gặp lỗi của chính nó", "title"))
        safe = "Những hồ sơ đã có mã vẫn nguyên trong sổ. Hãy chép nội dung dưới đây gửi người hỗ trợ."
        column.addWidget(line(safe, wrap=True))
        column.addWidget(self._report, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(ActButton(self._action("Chép nội dung", "Alt+C", self._copy)))
        row.addWidget(ActButton(self._action("Đóng", "Esc", self.accept), kind="primary"))
        column.addLayout(row)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _action(self, words: str, keys: str, then) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.triggered.connect(then)
        self.addAction(action)
        return action

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
