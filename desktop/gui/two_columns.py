"""TwoColumns: the work at the left, what follows from it at the right, the page's act always in sight.

On a narrow canvas the right cards move below the left ones in reading order. Scrolls down, never sideways.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.gui.scrolling import application, scrolled_column

_GAP = 10
_RIGHT = 370
#: Narrower than this the right column would squeeze the left one.
_WIDE = 900


class Act(QWidget):
    """What stays pinned; ``lie_flat`` asks for the low shape of a narrow canvas."""

    def lie_flat(self, flat: bool) -> None:
        raise NotImplementedError


class TwoColumns(QWidget):
    """Cards of the page. The last left card takes the height that is left over; ``widened`` tells the shape."""

    widened = Signal(bool)

    def __init__(
        self,
        left: Sequence[QWidget],
        right: Sequence[QWidget],
        act: QWidget | None = None,
        *,
        right_fills: bool = False,
        right_width: int = _RIGHT,
    ) -> None:
        super().__init__()
        self._left, self._right, self._act = tuple(left), tuple(right), act
        self._right_fills, self._right_width = right_fills, right_width
        self._wide: bool | None = None
        self._left_scroll, self._left_box = scrolled_column(_GAP)
        self._right_scroll, self._right_box = scrolled_column(_GAP)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(_GAP)
        self._arrange(True)
        application().focusChanged.connect(self._follow_focus)

    def _arrange(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        focused = self.focusWidget()
        for box in (self._left_box, self._right_box):
            for card in (*self._left, *self._right):
                box.removeWidget(card)
        self._fill(self._left_box, self._left, stretch_last=wide)
        self._fill(self._right_box if wide else self._left_box, self._right, stretch_last=wide and self._right_fills)
        self._place(wide)
        self.widened.emit(wide)
        if focused is not None:
            focused.setFocus()

    def _fill(self, box: QVBoxLayout, cards: Sequence[QWidget], *, stretch_last: bool) -> None:
        """Add cards before the empty end of the column."""
        for card in cards:
            box.insertWidget(box.count() - 1, card, 1 if stretch_last and card is cards[-1] else 0)

    def _place(self, wide: bool) -> None:
        for part in (self._left_scroll, self._right_scroll, self._act):
            if part is not None:
                self._grid.removeWidget(part)
        self._grid.addWidget(self._left_scroll, 0, 0, 2 if wide else 1, 1)
        if wide:
            self._grid.addWidget(self._right_scroll, 0, 1, 1 if self._act else 2, 1)
            self._right_scroll.setFixedWidth(self._right_width)
        if self._right_scroll.parent() is not None:
            self._right_scroll.setHidden(not wide)
        if self._act is not None:
            self._grid.addWidget(self._act, 1, 1 if wide else 0)
            if isinstance(self._act, Act):
                self._act.lie_flat(not wide)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(0, 1)

    def rewind(self) -> None:
        """Show the beginning of the work, once what was hidden or shown just now has its place."""
        QTimer.singleShot(0, self, self._to_top)

    def _to_top(self) -> None:
        for scroll in (self._left_scroll, self._right_scroll):
            scroll.verticalScrollBar().setValue(0)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        for scroll in (self._left_scroll, self._right_scroll):
            if new is not None and scroll.isAncestorOf(new):
                scroll.ensureWidgetVisible(new, 0, 40)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= _WIDE)
