"""“Hôm nay là …?”: asked before anybody acts when a register was left alone for days, for a clock may be ahead.

What is recorded at a moment to come can never be taken back: every later act would have to wait for that moment. One
key confirms a clock that is right; for one that is wrong it says how to put it right, and asks again.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.texts import line

_WIDTH, _MARGIN = 520, 24
_HOW = (
    "Bấm vào đồng hồ ở góc màn hình, chọn chỉnh ngày giờ (múi giờ Hà Nội, UTC+7); máy có mạng thì bật đặt giờ tự động. "
    "Xong bấm F12 để xem lại. Chưa có gì được ghi."
)


class ClockQuestion(QDialog):
    """``clock`` tells the present moment, ``doubt(now)`` why to ask; empty, there is no reason any more.

    Accepted when the day is right.
    """

    def __init__(self, clock: Callable[[], datetime], doubt: Callable[[datetime], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._clock, self._doubt = clock, doubt
        self._told: datetime | None = None
        self.setProperty("openToAll", True)  # it shows nobody's data
        self.setWindowTitle("Một cửa – ngày giờ của máy")
        self.setFixedWidth(_WIDTH)
        self._question, self._why = line("", "title", name="question"), line("", wrap=True, name="why")
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._yes = self._act("Đúng, làm việc", "F12", self._confirm)
        self._no = self._act("Không đúng", "Esc", self._say_how)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(16)
        column.addWidget(self._question)
        column.addWidget(self._why)
        row = QHBoxLayout()
        row.addStretch(1)
        yes = ActButton(self._yes, kind="primary", parent=self)
        row.addWidget(ActButton(self._no, parent=self))
        row.addWidget(yes)
        column.addLayout(row)
        yes.setFocus()
        # As high as what it may have to say, so that nothing moves or is cut when it says more.
        self._why.setText(_HOW)
        self.ensurePolished()
        self._why.ensurePolished()
        self._why.setMinimumHeight(self._why.heightForWidth(_WIDTH - 2 * _MARGIN))
        self._ask()

    def reject(self) -> None:
        """Esc and the window's cross: the day is not right."""
        self._say_how()

    def _ask(self) -> bool:
        """Ask for the day that the clock shows now; False when there is nothing to ask any more."""
        self._told = self._clock()
        why = self._doubt(self._told)
        self._question.setText(f"Hôm nay là {labels.day_words(self._told.date())}, {self._told:%H:%M}?")
        self._why.setText(why)
        self._yes.setText("Đúng, làm việc")
        self._no.setVisible(True)
        self._no.setEnabled(True)
        return bool(why)

    def _say_how(self) -> None:
        self._told = None
        self._question.setText("Chỉnh lại ngày giờ của máy")
        self._why.setText(_HOW)
        self._yes.setText("Đã chỉnh, xem lại")
        self._no.setVisible(False)
        self._no.setEnabled(False)

    def _confirm(self) -> None:
        told = self._told
        confirmed = told is not None and told.date() == self._clock().date()
        if confirmed or not self._ask():
            self.accept()

    def _act(self, words: str, keys: str, then: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: then())
        self.addAction(action)
        return action
