"""PairGrid: field rows two by two where there is room, one below the other where there is not.

Reading order and Tab order stay the same in both shapes.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

#: Below this width two fields side by side would cut addresses and names.
_TWO_COLUMNS = 660


class PairGrid(QWidget):
    """Rows of one or two widgets; ``shares`` are the stretches of the left and right column."""

    def __init__(
        self,
        rows: Sequence[tuple[QWidget, ...]],
        *,
        shares: tuple[int, int] = (48, 52),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self._shares = shares
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._arrange(2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for row in self._rows:
            for widget in row:
                self._grid.removeWidget(widget)
        line, top = 0, Qt.AlignmentFlag.AlignTop
        for row in self._rows:
            for place, widget in enumerate(row):
                if columns == 2:
                    self._grid.addWidget(widget, line, place, 1, 2 if len(row) == 1 else 1, top)
                else:
                    self._grid.addWidget(widget, line, 0, top)
                    line += 1
            line += columns == 2
        for column, share in enumerate(self._shares):
            self._grid.setColumnStretch(column, share if columns == 2 else 1 - column)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column: being squeezed is what makes the second one give way."""
        narrowest = max((widget.minimumSizeHint().width() for row in self._rows for widget in row), default=0)
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= _TWO_COLUMNS else 1)
