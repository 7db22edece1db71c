"""PickRow: a label and a few picks in one line, of which exactly one holds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.buttons import Pick
from desktop.gui.texts import line


class PickRow(QWidget):
    """``picked`` follows the clerk's choice; the first pick holds at the beginning."""

    picked = Signal()

    def __init__(self, name: str, caption: str, words: Sequence[str], *, label_width: int = 104) -> None:
        super().__init__()
        label = line(caption, "quiet")
        label.setFixedWidth(label_width)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label)
        self.picks = [Pick(word) for word in words]
        for pick in self.picks:
            pick.setObjectName(name)
            pick.setAccessibleDescription(caption)
            pick.clicked.connect(self.picked)
            row.addWidget(pick)
        row.addStretch(1)
        self.picks[0].setChecked(True)

    @property
    def value(self) -> str:
        """The words of the pick that holds."""
        return next(pick.text() for pick in self.picks if pick.isChecked())

    def choose(self, words: str) -> None:
        """Pick without telling anybody."""
        next(pick for pick in self.picks if pick.text() == words).setChecked(True)
