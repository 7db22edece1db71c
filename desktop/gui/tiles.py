"""Tiles: counts that open their lists, with colour, shape, word, one fact and their key.

Upright in one row when there is room; on a narrow canvas they lie flat in as many columns as fit.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle

_TALL, _FLAT = 88, 34
_GAP, _FLAT_GAP = 10, 6
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up)
#: Bar, margins, icon and space around a caption in the two shapes; three digits of a lying tile beside it.
_AROUND, _FLAT_AROUND, _DIGITS = 50, 40, 34


class Tile(QPushButton):
    """A checkable count. Zero is calm and says so, a count that cannot be computed shows "—".

    ``stepped`` carries the arrow key that wants to leave it.
    """

    stepped = Signal(int)

    def __init__(self, action: QAction, icon: str, tone: str, *, nothing: str = "không còn việc") -> None:
        super().__init__()
        self._caption = action.text()
        self._icon_name, self._tone, self._nothing = icon, tone, nothing
        self._icon = Icon(icon, tone)
        self._head = line(self._caption, "strong")
        self._number = line("—", "figure")
        self._fact = ElidedLabel("", "note")
        self._key = KeyBadge(action)
        self._grid = QGridLayout(self)
        self._least = _TALL
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.lie_flat(False)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(action.trigger)
        self.show_count(None, "")

    def lie_flat(self, flat: bool) -> None:
        """Icon, caption and number in one low line, or the upright shape with key and fact."""
        grid, right = self._grid, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for part in (self._icon, self._head, self._number, self._key, self._fact):
            grid.removeWidget(part)
        grid.addWidget(self._icon, 0, 0)
        if flat:
            grid.addWidget(self._head, 0, 1)
            grid.addWidget(self._number, 0, 2, right)
        else:
            grid.addWidget(self._head, 0, 1, 1, 2)
            grid.addWidget(self._number, 1, 0, 1, 2)
            grid.addWidget(self._key, 1, 2, right)
            grid.addWidget(self._fact, 2, 0, 1, 3)
        for part in (self._key, self._fact):
            part.setHidden(flat)
        grid.setContentsMargins(*((6, 0, 6, 0) if flat else (12, 6, 10, 6)))
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        restyle(self._number, role="title" if flat else "figure")
        self._least = _FLAT if flat else _TALL
        self.updateGeometry()

    def show_count(self, number: int | None, fact: str) -> None:
        """``None`` when it could not be computed."""
        calm = number == 0
        tone = "ok" if calm else "idle" if number is None else self._tone
        fact = self._nothing if calm else fact
        self._number.setText("—" if number is None else str(number))
        self._fact.show_text(fact)
        self._icon.show_icon("check-circle-outline" if calm else self._icon_name)
        for part in (self, self._icon, self._number):
            restyle(part, tone=tone)
        count = "chưa tính được" if number is None else f"{number} hồ sơ"
        self.setAccessibleName(f"{self._caption}, {count}")
        self.setAccessibleDescription(fact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            self.stepped.emit(event.key())
        else:
            super().keyPressEvent(event)

    def needed(self, *, flat: bool) -> int:
        """The width in which a shape shows every letter."""
        self._head.ensurePolished()
        head = self._head.sizeHint().width()
        return head + _FLAT_AROUND + _DIGITS if flat else max(head + _AROUND, 144)

    def sizeHint(self) -> QSize:
        return self._grid.sizeHint().expandedTo(QSize(150, self._least))

    def minimumSizeHint(self) -> QSize:
        return self._grid.minimumSize().expandedTo(QSize(0, self._least))


class TileRow(QWidget):
    """Tiles side by side: ← → choose, ↓ goes on into the list (``went_down``). A tile may be left out."""

    went_down = Signal()

    def __init__(self, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self.tiles = tuple(tiles)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._absent: set[Tile] = set()
        #: None until the row has a width: to measure a tile before means to style it twice.
        self._shape: tuple[bool, int, int] | None = None
        for number, tile in enumerate(self.tiles):
            tile.stepped.connect(partial(self._step, tile))
            self._grid.addWidget(tile, 0, number)

    @property
    def shown(self) -> tuple[Tile, ...]:
        """The tiles that are there."""
        return tuple(tile for tile in self.tiles if tile not in self._absent)

    def leave_out(self, tile: Tile, out: bool) -> None:
        """Take a tile away, or let it come back."""
        (self._absent.add if out else self._absent.discard)(tile)
        tile.setHidden(out)
        if self._shape is not None:
            self._arrange()

    def _arrange(self) -> None:
        shown = self.shown
        flat = sum(tile.needed(flat=False) + _GAP for tile in shown) > self.width() + _GAP
        widest = max(tile.needed(flat=True) for tile in shown) + _FLAT_GAP
        columns = max(1, (self.width() + _FLAT_GAP) // widest) if flat else len(shown)
        if (flat, columns, len(shown)) == self._shape:
            return
        self._shape = (flat, columns, len(shown))
        self._grid.setSpacing(_FLAT_GAP if flat else _GAP)
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.lie_flat(flat)
        for number, tile in enumerate(shown):
            self._grid.addWidget(tile, number // columns, number % columns)
        for tile in self.tiles:
            tile.setHidden(tile in self._absent)

    def _step(self, tile: Tile, key: int) -> None:
        if key == Qt.Key.Key_Down:
            self.went_down.emit()
        elif key != Qt.Key.Key_Up:
            shown = self.shown
            place = shown.index(tile) + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= place < len(shown):
                shown[place].setFocus()
                shown[place].click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._grid.minimumSize().height())
