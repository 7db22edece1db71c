"""The acts of the intake page: how many places are left to look at, F12, at once, and that the draft is safe."""

from datetime import datetime

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel
from desktop.gui.theme import restyle
from desktop.gui.two_columns import Act


class IntakeAct(Act):
    """``accept`` is F12, ``next_problem`` Alt+S, ``put_aside`` Ctrl+N. The button stays alive when not ready.

    ``solve`` (Alt+R) is offered for matters of the same day only.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accept = _action(self, "Tiếp nhận và in giấy hẹn", "F12")
        self.next_problem = _action(self, "Tới chỗ phải xem", "Alt+S")
        self.put_aside = _action(self, "Để sau", "Ctrl+N")
        self.solve = _action(self, "Giải quyết và trả ngay", "Alt+R")
        self._left = 0
        self._strip = MessageStrip()
        self._next_key = KeyBadge(self.next_problem)
        strip = self._strip.layout()
        assert strip is not None
        strip.addWidget(self._next_key)
        self.button = ActButton(self.accept, "printer", kind="primary", tall=True)
        self.button.setObjectName("accept")
        self._solve_button = ActButton(self.solve, "flash-outline")
        self._safe_icon = Icon("content-save-check-outline", "ok", 16)
        self._safe = ElidedLabel("", "note")
        self._aside = ActButton(self.put_aside, kind="quiet")
        self._aside.setFixedHeight(24)
        draft = QWidget()
        row = QHBoxLayout(draft)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._safe_icon)
        row.addWidget(self._safe, 1)
        row.addWidget(self._aside)
        self._draft = draft
        self._card = Card()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._card.body.addLayout(self._grid)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        self.lie_flat(False)
        self.show_draft(None)
        self.offer_at_once(False)

    def lie_flat(self, flat: bool) -> None:
        for part in (self._strip, self._draft, self.button, self._solve_button):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._strip, 0, 0)
        self._grid.addWidget(self._draft, 1 if flat else 3, 0)
        self._grid.addWidget(self._solve_button, 2, 1 if flat else 0)
        self._grid.addWidget(self.button, 0 if flat else 1, 1 if flat else 0, 2 if flat else 1, 1)
        self._grid.setColumnStretch(0, 1)

    def offer_at_once(self, offered: bool) -> None:
        """Whether the matter on the sheet may be solved and returned while the citizen waits."""
        self.solve.setEnabled(offered)
        self._solve_button.setVisible(offered)

    def show_left(self, left: int) -> None:
        """How many problems stand in the way; the strip leads to the next one."""
        self._left = left
        self.button.set_ready(left == 0)
        if left:
            self._say("late", f"Còn {left} chỗ phải xem trước khi nhận", with_key=True)
        else:
            self._strip.hush()

    def show_waiting(self) -> None:
        """Nothing was begun: neither a count nor a reproach."""
        self._left = 0
        self.button.set_ready(False)
        self._strip.hush()

    def say_refused(self, sentence: str) -> None:
        """Why the last F12 stored nothing."""
        self._say("late", sentence, with_key=False)

    def _say(self, tone: str, sentence: str, *, with_key: bool) -> None:
        self._next_key.setVisible(with_key)
        self._strip.say(tone, sentence)

    def show_draft(self, saved_at: datetime | None, trouble: str = "") -> None:
        """That what was typed is on the disk, or that it is not."""
        restyle(self._safe_icon, tone="late" if trouble else "ok")
        restyle(self._safe, tone="late" if trouble else "")
        self._safe_icon.setVisible(bool(saved_at or trouble))
        if trouble:
            self._safe.show_text(f"Chưa ghi được nháp: {trouble}")
        else:
            self._safe.show_text(f"Nháp đã ghi {saved_at:%H:%M:%S}" if saved_at else "")
            self._safe.setToolTip("Nháp ở trên đĩa, mất điện vẫn còn.")
        self.put_aside.setEnabled(saved_at is not None)
        self._aside.setVisible(saved_at is not None)


def _action(owner: QWidget, words: str, keys: str) -> QAction:
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    owner.addAction(action)
    return action
