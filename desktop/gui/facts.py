"""FactList: label and value side by side, one below the other; values can be copied, states stand as pills."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.gui import layouts
from desktop.gui.icons import Mark
from desktop.gui.pills import Pill
from desktop.gui.texts import line

_TOP = Qt.AlignmentFlag.AlignTop
_PILL_TOP = 2


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
        grid.setColumnStretch(2, 1)
        for row, (label, value) in enumerate(pair for pair in facts if pair[1]):
            caption = line(label, "quiet", wrap=True)
            caption.setFixedWidth(self._label_width)
            grid.addWidget(caption, row, 0, _TOP)
            if isinstance(value, str):
                grid.addWidget(_words(label, value), row, 1, 1, 2, _TOP)
                continue
            # Letters beside a pill stand as high as those in it.
            caption.setContentsMargins(0, _PILL_TOP, 0, 0)
            mark = value.mark if isinstance(value, Stated) else value
            grid.addWidget(Pill(mark), row, 1, _TOP | Qt.AlignmentFlag.AlignLeft)
            if isinstance(value, Stated):
                words = _words(label, value.words)
                words.setContentsMargins(0, _PILL_TOP, 0, 0)
                grid.addWidget(words, row, 2, _TOP)
        layouts.put_instead(self._column, self._rows, fresh)
        fresh.show()  # Qt would do so a turn of the event loop later, and until then it takes no room
        self._rows = fresh


def _words(label: str, value: str) -> QLabel:
    words = line(value, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAccessibleName(f"{label}: {value}")
    return words
