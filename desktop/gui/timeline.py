"""Timeline: what happened, oldest first, joined by a hairline; nothing here can be edited."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.gui.icons import Icon
from desktop.gui.texts import line


class Happening(NamedTuple):
    """One event as shown: when, how it looks, what it was, one fact."""

    at: datetime
    icon: str
    tone: str
    title: str
    fact: str


class Timeline(QWidget):
    """A column of happenings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._items)
        self._column.addStretch(1)

    def show_happenings(self, happenings: Iterable[Happening]) -> None:
        """Replace the column."""
        fresh = QWidget()
        rows = QVBoxLayout(fresh)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        listed = list(happenings)
        for index, happening in enumerate(listed):
            rows.addWidget(_Item(happening, last=index == len(listed) - 1))
        self._column.replaceWidget(self._items, fresh)
        self._items.deleteLater()
        self._items = fresh


class _Item(QWidget):
    def __init__(self, happening: Happening, *, last: bool) -> None:
        super().__init__()
        self._last = last
        self._icon = Icon(happening.icon, happening.tone, 20)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        day, time = line(f"{happening.at:%d/%m}", "note"), line(f"{happening.at:%H:%M}", "note")
        day.setMinimumWidth(40)
        for row, words in enumerate((day, time)):
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 0)
        grid.addWidget(self._icon, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(line(happening.title, "strong", wrap=True), 0, 2)
        grid.addWidget(line(happening.fact, "note", wrap=True), 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2, 1)
        self.setAccessibleName(f"{happening.at:%d/%m %H:%M} {happening.title}. {happening.fact}")

    def paintEvent(self, _event) -> None:
        if self._last:
            return
        icon: QRect = self._icon.geometry()
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().mid().color(), 2))
        x = icon.center().x() + 1
        painter.drawLine(x, icon.bottom() + 3, x, self.height())
