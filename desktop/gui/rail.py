"""Rail: the pages and their keys at the left; folds to icons when the window is narrow."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.icons import Icon
from desktop.gui.page import Destination
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle

_WIDE, _FOLDED = 184, 56
_GAP, _ITEM = 4, 40
#: From here on a count says only that it is large.
_MANY = 100


class RailItem(QPushButton):
    """One page: icon, name and key; only icon and key when folded."""

    def __init__(self, destination: Destination) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        # The keys are F2…F9; Tab belongs to the page's own work.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(destination.title)
        self.setAccessibleDescription(destination.shortcut)
        self.setToolTip(f"{destination.title} ({destination.shortcut})")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        self._icon = Icon(destination.icon, "rail", 20)
        self._name = line(destination.title, tone="rail")
        self._key = line(destination.shortcut, "note", "rail")
        #: Made with the first thing that waits; most pages never have one.
        self._count: QLabel | None = None
        self._grid = QGridLayout(self)
        for part in (self._icon, self._name, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(lambda on: restyle(self._name, role="strong" if on else "body"))
        self.fold(False)

    def show_count(self, number: int) -> None:
        """How many things wait on the page; nothing is shown for none."""
        if self._count is None:
            if not number:
                return
            self._count = line(name="count")
            self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.fold(self._folded)
        self._count.setText(str(number) if number < _MANY else f"{_MANY - 1}+")
        self._count.setVisible(number > 0)
        self.setAccessibleDescription(f"{self._key.text()}, {number} việc chờ" if number else self._key.text())
        self.updateGeometry()

    def fold(self, folded: bool) -> None:
        """Stack the key under the icon and drop the name, or lay all three in a row; a count stands between."""
        self._folded = folded
        grid = self._grid
        for part in (self._icon, self._name, self._key):
            grid.removeWidget(part)
        centre = Qt.AlignmentFlag.AlignCenter
        if folded:
            grid.addWidget(self._icon, 0, 0, centre)
            grid.addWidget(self._key, 1, 0, centre)
        else:
            grid.addWidget(self._icon, 0, 0)
            grid.addWidget(self._name, 0, 1)
            grid.addWidget(self._key, 0, 3)
        if self._count is not None:
            grid.removeWidget(self._count)
            corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            grid.addWidget(self._count, 0, 0 if folded else 2, corner if folded else centre)
            restyle(self._count, folded="true" if folded else "false")
        grid.setContentsMargins(*((0, 0, 4, 0) if folded else (14, 0, 12, 0)))
        grid.setHorizontalSpacing(0 if folded else 10)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1 if folded else 0)
        grid.setColumnStretch(1, 0 if folded else 1)
        self._name.setVisible(not folded)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(
            _FOLDED if self._folded else _WIDE, max(48 if self._folded else _ITEM, self._grid.sizeHint().height())
        )

    def minimumSizeHint(self) -> QSize:
        """As low as icon and key where the screen is (1366×768 at 200 %)."""
        return QSize(self.sizeHint().width(), self._grid.minimumSize().height() if self._folded else _ITEM)

    def least_height(self) -> int:
        """Pixels that a folded item cannot do without, folded now or not."""
        self._key.ensurePolished()
        return self._icon.sizeHint().height() + self._key.sizeHint().height()


class Rail(QFrame):
    """``chosen`` carries the key of the page that was clicked."""

    chosen = Signal(str)

    def __init__(self, destinations: Sequence[Destination], unit: str, *, practice: bool) -> None:
        super().__init__()
        self.setProperty("practice", "true" if practice else "false")
        self._items: dict[str, RailItem] = {}
        self._head = self._make_head(unit, practice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _GAP)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(_GAP)
        for destination in destinations:
            if not destination.belongs_to and not destination.at_foot:
                column.addWidget(self._make_item(destination))
        column.addStretch(1)
        for destination in destinations:
            if not destination.belongs_to and destination.at_foot:
                column.addWidget(self._make_item(destination))
        self.fold(False)

    def _make_head(self, unit: str, practice: bool) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 8, 12, 6)
        column.setSpacing(0)
        column.addWidget(line("MỘT CỬA", name="brand"))
        name = ElidedLabel(unit[:1].upper() + unit[1:], "note")
        name.setProperty("tone", "rail")
        column.addWidget(name)
        if practice:
            column.addWidget(line("BẢN TẬP HUẤN", "caption", "rail"))
        return head

    def _make_item(self, destination: Destination) -> RailItem:
        item = RailItem(destination)
        item.clicked.connect(lambda _checked=False, key=destination.key: self.chosen.emit(key))
        self._items[destination.key] = item
        return item

    def mark(self, key: str) -> None:
        """Show which page is open."""
        self._items[key].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things wait on which page; a page that is not named has none."""
        for key, item in self._items.items():
            item.show_count(counts.get(key, 0))

    def fold(self, folded: bool) -> None:
        """Icons only, for narrow windows."""
        self.setFixedWidth(_FOLDED if folded else _WIDE)
        self._head.setVisible(not folded)
        for item in self._items.values():
            item.fold(folded)

    def minimumSizeHint(self) -> QSize:
        """That of the folded rail: an unfolded one must never keep the window larger than a low screen."""
        return QSize(_FOLDED, sum(item.least_height() for item in self._items.values()) + 2 * _GAP)

    def full_height(self) -> int:
        """Pixels that the unfolded rail needs, folded now or not."""
        return self._head.sizeHint().height() + 2 * _GAP + len(self._items) * _ITEM
