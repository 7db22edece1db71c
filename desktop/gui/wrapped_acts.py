"""WrappedActs: acts beside each other at the left; where there is no room the rest goes on in the next row."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_APART = 8


class WrappedActs(QLayout):
    """A layout for a card that may be as narrow as 1366×768 at 150 % leaves it; hidden acts take no room."""

    def __init__(self, *acts: QWidget) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for act in acts:
            self.addWidget(act)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in sizes) + _APART * max(len(sizes) - 1, 0)
        return self._framed(QSize(wide, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """The widest alone."""
        least = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return self._framed(least)

    def _framed(self, size: QSize) -> QSize:
        sides = self.contentsMargins()
        return size.grownBy(sides)

    def _lay(self, rect: QRect, *, place: bool) -> int:
        """Give each act its place if ``place``; the height of all rows, edges included."""
        room = rect.marginsRemoved(self.contentsMargins())
        left, top, high = room.left(), room.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if left > room.left() and left + size.width() > room.right() + 1:
                left, top, high = room.left(), top + high + _APART, 0
            if place:
                item.setGeometry(QRect(QPoint(left, top), size))
            left, high = left + size.width() + _APART, max(high, size.height())
        return top + high - rect.top() + self.contentsMargins().bottom()
