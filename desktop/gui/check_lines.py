"""CheckLine: one thing to compare, ticked by a person with Space or by the machine, which then says when."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.gui.buttons import Tick
from desktop.gui.cards import Rule
from desktop.gui.texts import line


class CheckLine(QWidget):
    """A tick below a hairline, its words over two lines if need be, a note at the right.

    ``changed`` follows a person's tick.
    """

    changed = Signal()

    def __init__(self, name: str, words: str = "") -> None:
        super().__init__()
        self.tick = Tick()
        self.tick.setObjectName(name)
        self._words = line(words, wrap=True)
        self._note = line("", "note")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.addWidget(Rule(), 0, 0, 1, 3)
        grid.addWidget(self.tick, 1, 0)
        grid.addWidget(self._words, 1, 1)
        grid.addWidget(self._note, 1, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 1)
        self.tick.clicked.connect(lambda _checked=False: self.changed.emit())
        self.say(words)

    def say(self, words: str, note: str = "") -> None:
        """What is to be compared."""
        self._words.setText(words)
        self._note.setText(note)
        self.tick.setAccessibleName(f"{words} {note}".strip())

    @property
    def is_ticked(self) -> bool:
        return self.tick.isChecked()

    def clear(self, words: str, note: str = "") -> None:
        """A person has to look: nothing ticked yet."""
        self.say(words, note)
        self.tick.setChecked(False)
        self.tick.setEnabled(True)

    def settle(self, words: str, note: str) -> None:
        """The machine compared: ticked, and no longer a person's to untick."""
        self.say(words, note)
        self.tick.setChecked(True)
        self.tick.setEnabled(False)

    def mouseReleaseEvent(self, event) -> None:
        if self.tick.isEnabled():
            self.tick.setFocus()
            self.tick.click()
        super().mouseReleaseEvent(event)
