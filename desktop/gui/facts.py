"""FactList: label and value side by side, one below the other; values can be copied, states stand as pills."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.gui import layouts
from desktop.gui.icons import Mark
from desktop.gui.pills import Pill
from desktop.gui.texts import line


class Stated(NamedTuple):
    """A state and what is to be said of it: its pill, then words that wrap."""

    mark: Mark
    words: str


class FactList(QWidget):
    """Shows pairs; an empty value leaves its row out."""

    def __init__(self, *, label_width: int = 104) -> None:
        super().__init__()
        self._label_width = label_width
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._rows)

    def show_facts(self, facts: Iterable[tuple[str, str | Mark | Stated]]) -> None:
        """Replace the pairs; a ``Mark`` as value is shown as its pill."""
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(pair for pair in facts if pair[1]):
            caption = line(label, "quiet", wrap=True)
            caption.setFixedWidth(self._label_width)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(value, Stated):
                grid.addLayout(_stated(label, value), row, 1)
            elif isinstance(value, Mark):
                grid.addWidget(Pill(value), row, 1, Qt.AlignmentFlag.AlignLeft)
            else:
                grid.addWidget(_words(label, value), row, 1, Qt.AlignmentFlag.AlignTop)
        layouts.put_instead(self._column, self._rows, fresh)
        fresh.show()  # Qt would do so a turn of the event loop later, and until then it takes no room
        self._rows = fresh


def _stated(label: str, value: Stated) -> QHBoxLayout:
    across = QHBoxLayout()
    across.setSpacing(8)
    across.addWidget(Pill(value.mark), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(_words(label, value.words), 1)
    return across


def _words(label: str, value: str) -> QLabel:
    words = line(value, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAccessibleName(f"{label}: {value}")
    return words
