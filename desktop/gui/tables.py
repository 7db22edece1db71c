"""RecordTableModel: records in rows, columns as data, pages fetched from the database when looked at.

Holds no row that was not shown lately and sorts nothing: order and filter belong to the database
(a proxy model costs seconds at 100,000 rows).
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.gui.icons import Mark

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int], Sequence[Any]]

_PAGE = 100
_KEPT_PAGES = 12
_ROLES = frozenset((Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole))


class Column(NamedTuple):
    """How one column reads a record. ``width`` 0 stretches; ``note`` is a second, smaller line.

    With ``mark`` the cell shows a pill, or only icon and word when ``bare``; ``tone`` colours the words where it is
    not empty. A column leaves a table that is narrower than ``least`` pixels.
    """

    title: str
    text: Callable[[Any], str] = lambda _record: ""
    width: int = 0
    note: Callable[[Any], str] | None = None
    mark: Callable[[Any], Mark] | None = None
    bare: bool = False
    strong: bool = False
    quiet: bool = False
    right: bool = False
    least: int = 0
    tone: Callable[[Any], str] | None = None

    def words(self, record: Any) -> str:
        """Everything the cell says, for tooltips and screen readers."""
        parts = [self.text(record), self.note(record) if self.note else "", self.mark(record).word if self.mark else ""]
        return " – ".join(part for part in parts if part)


class RecordTableModel(QAbstractTableModel):
    """Shows records of one kind; ``key`` tells a record apart from the others (its id)."""

    def __init__(self, columns: Sequence[Column], *, key: Callable[[Any], object] = lambda record: record.id) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._fetch: Fetch = lambda _offset, _limit: ()
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show exactly these records, all in memory."""
        self.set_pages(lambda offset, limit: rows[offset : offset + limit], len(rows))

    def set_pages(self, fetch: Fetch, total: int) -> None:
        """Show ``total`` records, asking ``fetch(offset, limit)`` for those that come into sight."""
        self.beginResetModel()
        self._fetch, self._total = fetch, total
        self._pages.clear()
        self.endResetModel()

    def record(self, row: int) -> Any | None:
        """The record of a row, or ``None`` when the row is not there (any more)."""
        if not 0 <= row < self._total:
            return None
        page = self._page(row // _PAGE)
        offset = row % _PAGE
        return page[offset] if offset < len(page) else None

    def key_at(self, row: int) -> object | None:
        """The key of the record in ``row``."""
        record = self.record(row)
        return None if record is None else self._key(record)

    def find(self, key: object, near: int) -> int | None:
        """The row that now holds ``key``, looked for in the pages around row ``near``."""
        middle = near // _PAGE
        for number in (middle, middle - 1, middle + 1):
            if number < 0 or number * _PAGE >= self._total:
                continue
            for offset, record in enumerate(self._page(number)):
                if self._key(record) == key:
                    return number * _PAGE + offset
        return None

    def _page(self, number: int) -> Sequence[Any]:
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(number * _PAGE, _PAGE)
            self._pages[number] = page
            while len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in _ROLES or not index.isValid():
            return None
        record = self.record(index.row())
        if record is None:
            return None
        column = self.columns[index.column()]
        return column.text(record) if role == Qt.ItemDataRole.DisplayRole else column.words(record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None
