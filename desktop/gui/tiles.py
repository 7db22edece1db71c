"""Tiles: counts that open their lists, with colour, shape, word, one fact and their key."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.texts import line
from desktop.gui.theme import restyle


class Tile(QPushButton):
    """A checkable count. Zero is calm and says so, a count that cannot be computed shows "—"."""

    def __init__(self, action: QAction, icon: str, tone: str, *, nothing: str = "không còn việc") -> None:
        super().__init__()
        self._caption = action.text()
        self._icon_name, self._tone, self._nothing = icon, tone, nothing
        self._icon = Icon(icon, tone)
        self._number = line("—", "figure")
        self._fact = line("", "note")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out(action)
        self.clicked.connect(action.trigger)
        self.show_count(None, "")

    def _lay_out(self, action: QAction) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 10, 6)
        grid.setVerticalSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(line(self._caption, "strong"), 1)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(self._number, 1, 0)
        grid.addWidget(KeyBadge(action), 1, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._fact, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_count(self, number: int | None, fact: str) -> None:
        """``None`` when it could not be computed."""
        calm = number == 0
        tone = "ok" if calm else "idle" if number is None else self._tone
        fact = self._nothing if calm else fact
        self._number.setText("—" if number is None else str(number))
        self._fact.setText(fact)
        self._icon.show_icon("check-circle-outline" if calm else self._icon_name)
        for part in (self, self._icon, self._number):
            restyle(part, tone=tone)
        count = "chưa tính được" if number is None else f"{number} hồ sơ"
        self.setAccessibleName(f"{self._caption}, {count}")
        self.setAccessibleDescription(fact)

    def sizeHint(self) -> QSize:
        return self._grid.sizeHint().expandedTo(QSize(150, 88))

    def minimumSizeHint(self) -> QSize:
        return self._grid.minimumSize().expandedTo(QSize(0, 88))


class TileRow(QWidget):
    """Tiles side by side: ← → choose, ↓ goes on into the list (``went_down``)."""

    went_down = Signal()

    def __init__(self, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self.tiles = tuple(tiles)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for tile in self.tiles:
            tile.installEventFilter(self)
            row.addWidget(tile)

    def eventFilter(self, watched, event) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress or watched not in self.tiles:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            place = self.tiles.index(watched) + (1 if event.key() == Qt.Key.Key_Right else -1)
            if 0 <= place < len(self.tiles):
                self.tiles[place].setFocus()
                self.tiles[place].click()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
            return True
        return event.key() == Qt.Key.Key_Up
