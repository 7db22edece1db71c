"""ConsequenceRow: one thing that followed from an act, with its own true state."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.gui.icons import Icon, Mark
from desktop.gui.texts import line
from desktop.gui.theme import restyle


class ConsequenceRow(QWidget):
    """Icon, title and fact at the left, the state as one word at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon(size=22)
        self._title = line("", "strong", wrap=True)
        self._fact = line("", "note", wrap=True)
        self._state = line("", "caption")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._fact, 1, 1)
        grid.addWidget(self._state, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)

    def say(self, mark: Mark, title: str, fact: str) -> None:
        """``mark`` gives tone, icon and the word of the state."""
        self._icon.show_icon(mark.icon)
        self._title.setText(title)
        self._fact.setText(fact)
        self._state.setText(mark.word)
        for part in (self._icon, self._state):
            restyle(part, tone=mark.tone)
        self.setAccessibleName(f"{title}. {mark.word}. {fact}")

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def fact(self) -> str:
        return self._fact.text()

    @property
    def state(self) -> str:
        return self._state.text()
