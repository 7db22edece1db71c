"""Pill: a state in 22 px, always colour, shape and word together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.gui.icons import Icon, Mark
from desktop.gui.texts import line
from desktop.gui.theme import restyle


class Pill(QFrame):
    """Shows one :class:`~desktop.gui.icons.Mark`."""

    def __init__(self, mark: Mark | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon(size=15)
        self._word = line()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 1, 9, 1)
        row.setSpacing(5)
        row.addStrut(20)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        if mark:
            self.show_mark(mark)

    def show_mark(self, mark: Mark) -> None:
        """Change colour, shape and word at once."""
        self._icon.show_icon(mark.icon)
        self._word.setText(mark.word)
        self.setAccessibleName(mark.word)
        for part in (self, self._icon, self._word):
            restyle(part, tone=mark.tone)
        # Or the row around it would learn of the new width one turn of the event loop too late.
        self.updateGeometry()

    @property
    def word(self) -> str:
        return self._word.text()
