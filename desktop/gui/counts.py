"""CountRow: counts side by side that narrow the list below them; icon, word and number, one of them chosen at most.

← → go from one to the next, ↓ into the list (``went_down``); choosing the chosen one again shows everything.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop import labels
from desktop.gui.icons import Icon, Mark
from desktop.gui.texts import line
from desktop.gui.theme import restyle


class Count(QPushButton):
    """One count. ``stepped`` carries the arrow key that wants to leave it."""

    stepped = Signal(int)

    def __init__(self, mark: Mark, unit: str) -> None:
        super().__init__()
        self._mark, self._unit = mark, unit
        self._icon = Icon(mark.icon, mark.tone, 15)
        self._word = line(mark.word, "note")
        self._number = line("–", "title")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 4, 6, 4)
        self._grid.setHorizontalSpacing(5)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._word, 0, 1)
        self._grid.addWidget(self._number, 1, 0, 1, 2)
        self._grid.setColumnStretch(1, 1)
        for part in (self._icon, self._word, self._number):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_count(self, number: int) -> None:
        """Zero is calm."""
        self._number.setText(labels.count_words(number))
        for part in (self._icon, self._word):
            restyle(part, tone=self._mark.tone if number else "idle")
        self.setAccessibleName(f"{self._mark.word}, {labels.count_words(number)} {self._unit}")

    @property
    def needed(self) -> int:
        """The width in which the word is whole."""
        self._word.ensurePolished()
        return self._word.sizeHint().width() + 40

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(event.key())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return self._grid.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._grid.sizeHint().height())


class CountRow(QWidget):
    """``chosen`` follows every choice of a person; the choice itself is :attr:`current`, None for all."""

    chosen = Signal()
    went_down = Signal()

    def __init__(self, marks: Mapping[str, Mark], *, unit: str) -> None:
        super().__init__()
        self._counts = {name: Count(mark, unit) for name, mark in marks.items()}
        self.current: str | None = None
        self._shape = (0, False)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        for name, count in self._counts.items():
            count.clicked.connect(partial(self._take, name))
            count.stepped.connect(partial(self._step, name))
        self._arrange(len(self._counts))

    def show_counts(self, numbers: Mapping[str, int]) -> None:
        """The number of each name."""
        for name, number in numbers.items():
            self._counts[name].show_count(number)

    def choose(self, name: str | None) -> None:
        """Choose one, or all, without telling."""
        self.current = name
        for each, count in self._counts.items():
            count.setChecked(each == name)

    def focus(self) -> None:
        """Into the chosen count, or the first."""
        self._counts[self.current or next(iter(self._counts))].setFocus()

    @property
    def stops(self) -> Sequence[QWidget]:
        """The counts in the order of the eyes."""
        return tuple(self._counts.values())

    def _take(self, name: str, _checked: bool = False) -> None:
        self.choose(None if name == self.current else name)
        self.chosen.emit()

    def _step(self, name: str, key: int) -> None:
        if key == Qt.Key.Key_Down:
            self.went_down.emit()
        elif key != Qt.Key.Key_Up:
            names = list(self._counts)
            place = names.index(name) + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= place < len(names):
                self._counts[names[place]].setFocus()
                self.choose(names[place])
                self.chosen.emit()

    def _arrange(self, columns: int) -> None:
        # Alike where each has room for its word, else by what they need.
        alike = max(count.needed for count in self._counts.values()) * columns <= self.width()
        if (columns, alike) == self._shape:
            return
        self._shape = columns, alike
        for count in self._counts.values():
            self._grid.removeWidget(count)
        for number, count in enumerate(self._counts.values()):
            self._grid.addWidget(count, number // columns, number % columns)
            self._grid.setColumnStretch(number, 0 if number >= columns else 1 if alike else count.needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit = sum(count.needed for count in self._counts.values()) <= event.size().width()
        self._arrange(len(self._counts) if fit else (len(self._counts) + 1) // 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._grid.minimumSize().height())
