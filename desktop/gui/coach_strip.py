"""CoachStrip: the exercise's next step in one sentence above the page, what it offers to do, and the way out."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.strips import MessageStrip

_NARROW, _ABOVE = 800, 8


class CoachStrip(QWidget):
    """``leave`` is the act that ends the exercise; it stands at the right of every sentence."""

    def __init__(self, leave: QAction) -> None:
        super().__init__()
        self.strip = MessageStrip()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, _ABOVE, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.strip, 1)
        self._leave = ActButton(leave, kind="quiet")
        row.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, sentence: str, *, act: QAction | None = None, done: bool = False) -> None:
        """Show one sentence; ``act`` is what the exercise offers to do."""
        if sentence == self.strip.text and self.isVisible():
            return  # its button may have the focus
        tone, icon = ("ok", "check-circle") if done else ("accent", "school-outline")
        self.show()
        self.strip.say(tone, sentence, action=act, icon=icon)

    def minimumSizeHint(self) -> QSize:
        """One line: what wraps would ask for the room of the narrowest column."""
        return QSize(super().minimumSizeHint().width(), self._leave.sizeHint().height() + _ABOVE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On the lowest screens the page below keeps its room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self.strip.fold(narrow)
        self._leave.shorten(self._leave.accessibleName().split()[0] if narrow else "")

    def hush(self) -> None:
        """The exercise is not going on."""
        self.strip.hush()
        self.hide()
