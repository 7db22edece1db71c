"""EmptyState: nothing here, said as a fact, with the nearest useful thing and one way on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.icons import Icon
from desktop.gui.texts import line

#: Lower than icon, two sentences and a button with the room that they like.
_LOW = 160


class EmptyState(QWidget):
    """An icon, one sentence of fact, what is near, at most one button."""

    def __init__(
        self, icon: str, fact: str, near: str = "", action: QAction | None = None, *, tone: str = "ok"
    ) -> None:
        super().__init__()
        self._fact = line(fact, "strong", wrap=True)
        self._near = line(near, "note", wrap=True)
        self._button: ActButton | None = None
        self._icon = Icon(icon, tone, 32)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._fact, self._near):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addSpacing(4)
        column.addStretch(1)
        self.say(fact, near, action)

    def say(self, fact: str, near: str = "", action: QAction | None = None) -> None:
        """Change the two sentences and the way on."""
        self._offer(action)
        self._fact.setText(fact)
        self._near.setText(near)
        self._near.setHidden(not near)
        self.setAccessibleName(f"{fact} {near}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On the lowest screens the words come before the picture."""
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        self._icon.setHidden(low)
        self._column.setContentsMargins(24, 4 if low else 16, 24, 4 if low else 16)

    def _offer(self, action: QAction | None) -> None:
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
        self._button = ActButton(action) if action is not None else None
        if self._button is not None:
            self._column.insertWidget(self._column.count() - 1, self._button, 0, Qt.AlignmentFlag.AlignHCenter)
