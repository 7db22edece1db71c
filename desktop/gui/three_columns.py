"""ThreeColumns: work in three steps beside each other, its act always in sight.

On a narrow canvas two columns stay and the act lies flat below them; on a very narrow one everything stands in
reading order. Each column scrolls down by itself, never sideways.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from desktop.gui.scrolling import Scroller, scrolled_column
from desktop.gui.two_columns import Act

_GAP = 14
_LAST = 370
_WIDE, _MIDDLE = 1000, 660


class ThreeColumns(QWidget):
    """``first`` and ``second`` fill a column each; ``act`` stands over the ``last`` cards in the third."""

    def __init__(self, first: QWidget, second: QWidget, act: Act, last: Sequence[QWidget]) -> None:
        super().__init__()
        self._cards = (first, second, *last)
        self._act = act
        self._shape = 0
        self._columns = [scrolled_column(_GAP) for _ in range(3)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._arrange(3)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._move_focus)
        for scroll, _box in self._columns:
            scroll.viewport().installEventFilter(self)
            _inside(scroll).installEventFilter(self)

    def _arrange(self, shape: int) -> None:
        """``shape`` is the number of columns."""
        if shape == self._shape:
            return
        self._shape = shape
        focused = self.focusWidget()
        for scroll, _box in self._columns:
            self._grid.removeWidget(scroll)
        self._grid.removeWidget(self._act)
        self._fill(shape)
        self._place(shape)
        self._act.lie_flat(shape < 3)
        if focused is not None:
            focused.setFocus()

    def _fill(self, shape: int) -> None:
        for number, card in enumerate(self._cards):
            for _scroll, box in self._columns:
                box.removeWidget(card)
            box = self._columns[min(number, shape - 1)][1]
            fills = number == min(number, shape - 1) and shape > 1
            box.insertWidget(box.count() - 1, card, 1 if fills else 0)

    def _place(self, shape: int) -> None:
        for number, (scroll, _box) in enumerate(self._columns):
            shown = number < shape
            if shown:
                self._grid.addWidget(scroll, 1 if number == 2 else 0, number, 1 if number == 2 or shape < 3 else 2, 1)
            if scroll.parent() is not None:
                scroll.setHidden(not shown)
            self._grid.setColumnStretch(number, 1 if shown else 0)
        if shape == 3:
            self._grid.addWidget(self._act, 0, 2)
        else:
            self._grid.addWidget(self._act, 1, 0, 1, shape)
        last = self._columns[2][0]
        for part in (last, self._act):
            part.setMinimumWidth(_LAST if shape == 3 else 0)
            part.setMaximumWidth(_LAST if shape == 3 else 16_777_215)
        self._grid.setRowStretch(0, 0 if shape == 3 else 1)
        self._grid.setRowStretch(1, 1 if shape == 3 else 0)

    def _move_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._follow_focus(new)

    def _follow_focus(self, focused: QWidget | None) -> None:
        for scroll, _box in self._columns:
            if focused is not None and scroll.isAncestorOf(focused):
                scroll.ensureWidgetVisible(focused, 0, 40)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            for scroll, box in self._columns:
                if watched in (scroll.viewport(), _inside(scroll)):
                    _fit(scroll, box)
            if event.type() == QEvent.Type.Resize:
                self._follow_focus(self.focusWidget())  # the act below grew: what is being filled in stays in sight
        return super().eventFilter(watched, event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(3 if width >= _WIDE else 2 if width >= _MIDDLE else 1)


def _fit(scroll: Scroller, box: QVBoxLayout) -> None:
    """A scroll area asks for the height of unwrapped lines; wrapped ones would be squeezed."""
    wrapped = box.minimumHeightForWidth(scroll.viewport().width())
    _inside(scroll).setMinimumHeight(max(wrapped, box.minimumSize().height()))


def _inside(scroll: Scroller) -> QWidget:
    inside = scroll.widget()
    assert inside is not None, "a scroller is made around its content"
    return inside
