"""PickRow: one of a few ways, as a framed line with its key; the chosen one is framed in the accent."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from desktop.gui.buttons import Pick
from desktop.gui.keys import KeyBadge
from desktop.gui.theme import restyle


class PickRow(QFrame):
    """``chosen`` fires when a person takes it by click, arrow or its key. Rows of one group exclude each other."""

    chosen = Signal()

    def __init__(self, action: QAction, words: str, group: QButtonGroup) -> None:
        super().__init__()
        self.pick = Pick(words)
        group.addButton(self.pick)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 1, 10, 1)
        row.addWidget(self.pick, 1)
        row.addWidget(KeyBadge(action))
        self.pick.toggled.connect(lambda on: restyle(self, chosen="true" if on else "false"))
        self.pick.clicked.connect(lambda _checked=False: self.chosen.emit())
        action.triggered.connect(lambda _checked=False: self._take())

    @property
    def is_chosen(self) -> bool:
        return self.pick.isChecked()

    def choose(self) -> None:
        """Mark this way and no other of the group."""
        self.pick.setChecked(True)

    def _take(self) -> None:
        if self.pick.isEnabled():
            self.pick.setFocus()
            self.pick.click()
