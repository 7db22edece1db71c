"""Timeline: what happened, oldest first, joined by a hairline; nothing here can be edited."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.gui import layouts
from desktop.gui.icons import Icon
from desktop.gui.texts import line


class Happening(NamedTuple):
    """One event as shown: when, how it looks, what it was, one fact; ``struck`` when it was taken back."""

    at: datetime
    icon: str
    tone: str
    title: str
    fact: str
    struck: bool = False


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
        layouts.put_instead(self._column, self._items, fresh)
        self._items = fresh


class _Item(QWidget):
    def __init__(self, happening: Happening, *, last: bool) -> None:
        super().__init__()
        self._last = last
        self._icon = Icon(happening.icon, "hint" if happening.struck else happening.tone, 20)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        at = QVBoxLayout()
        for words in (f"{happening.at:%d/%m}", f"{happening.at:%H:%M}"):
            part = line(words, "note")
            part.setMinimumWidth(40)
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            at.addWidget(part)
        at.addStretch(1)
        grid.addLayout(at, 0, 0, 2, 1)
        grid.addWidget(self._icon, 0, 1, Qt.AlignmentFlag.AlignTop)
        title = line(happening.title, "strong", "hint" if happening.struck else "", wrap=True)
        title.setProperty("struck", happening.struck)
        grid.addWidget(title, 0, 2)
        grid.addWidget(line(happening.fact, "note", wrap=True), 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2, 1)
        taken_back = "Đã hoàn lại. " if happening.struck else ""
        self.setAccessibleName(f"{happening.at:%d/%m %H:%M} {taken_back}{happening.title}. {happening.fact}")

    def paintEvent(self, _event) -> None:
        if self._last:
            return
        icon: QRect = self._icon.geometry()
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().mid().color(), 2))
        x = icon.center().x() + 1
        painter.drawLine(x, icon.bottom() + 3, x, self.height())
