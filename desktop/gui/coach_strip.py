"""CoachStrip: the exercise's next step in one sentence above the page, what it offers to do, and the way out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.strips import MessageStrip


class CoachStrip(QWidget):
    """``leave`` is the act that ends the exercise; it stands at the right of every sentence."""

    def __init__(self, leave: QAction) -> None:
        super().__init__()
        self.strip = MessageStrip()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.strip, 1)
        row.addWidget(ActButton(leave, kind="quiet"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, sentence: str, *, act: QAction | None = None, done: bool = False) -> None:
        """Show one sentence; ``act`` is what the exercise offers to do."""
        if sentence == self.strip.text and self.isVisible():
            return  # its button may have the focus
        tone, icon = ("ok", "check-circle") if done else ("accent", "school-outline")
        self.show()
        self.strip.say(tone, sentence, action=act, icon=icon)

    def hush(self) -> None:
        """The exercise is not going on."""
        self.strip.hush()
        self.hide()
