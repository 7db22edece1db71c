"""FactList: label and value side by side, one below the other; values can be copied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.gui.texts import line


class FactList(QWidget):
    """Shows pairs; an empty value leaves its row out."""

    def __init__(self, *, label_width: int = 104) -> None:
        super().__init__()
        self._label_width = label_width
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._rows)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Replace the pairs."""
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(pair for pair in facts if pair[1]):
            caption = line(label, "quiet", wrap=True)
            caption.setFixedWidth(self._label_width)
            words = line(value, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(f"{label}: {value}")
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
        self._column.replaceWidget(self._rows, fresh)
        self._rows.deleteLater()
        self._rows = fresh
