"""ShortTable: a list inside a form, as high as its rows and no higher, that tells which of its words are cut.

It grows into what the page has left and scrolls before the page does.
"""

from PySide6.QtCore import QSize

from desktop.gui.table_view import RecordTable


class ShortTable(RecordTable):
    """Call :meth:`fit` whenever the number of rows may have changed."""

    def fit(self, fewest: int) -> None:
        """Between ``fewest`` rows (or all, where there are less) and all of them."""
        heads, rows = self.horizontalHeader(), self.records.rowCount()
        head = max(heads.sizeHint().height(), heads.minimumHeight()) + 2
        row = self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(head + min(rows, fewest) * row)
        self.setMaximumHeight(head + rows * row)

    def cuts(self, column: int, words: str) -> bool:
        """Whether ``words`` are longer than the column shows."""
        return self.fontMetrics().horizontalAdvance(words) > self.columnWidth(column) - 20

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())
