"""UnitChooser: the list of units, narrowed by a few letters typed without marks; Enter takes the row that is marked."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.fields import FieldRow
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.rules import places
from desktop.rules.places import Commune

_ROWS = 4
_NONE = "Danh sách không có đơn vị này: ghi đủ tên, rồi ghi mã ở ô dưới."
_HOW = "↑ ↓ chọn, Enter nhận. Ngoài tỉnh Lai Châu thì ghi đủ tên và mã."


class UnitChooser(QWidget):
    """The field of the unit's name with the units that it may mean; ``taken`` carries a :class:`Commune`."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.row = FieldRow("unit_name", "Đơn vị", hint="gõ vài chữ, ví dụ: muong than")
        self._table = RecordTable(RecordTableModel(_COLUMNS), "Đơn vị tìm thấy", two_lines=False, heads=False)
        self._table.setFixedHeight(_ROWS * self._table.verticalHeader().defaultSectionSize() + 2)
        self._how = line(_HOW, "note", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.row, self._table, self._how):
            column.addWidget(part)
        self.row.edited.connect(self._narrow)
        self.row.editor.installEventFilter(self)
        self._table.opened.connect(self._take)
        self._narrow("")

    def value(self) -> str:
        """The name as it is typed or was taken: ``xã Mường Than``."""
        return self.row.value().strip()

    def commune(self) -> Commune | None:
        """The unit of the list that is called so."""
        return next((one for one in places.communes() if one.name == self.value()), None)

    def _narrow(self, typed: str) -> None:
        found = places.communes_like(typed)
        self._table.show_rows(found)
        self._table.setHidden(not found)
        self._how.setText(_HOW if found else _NONE)
        if typed.strip():
            self._table.select_row(0)
        else:
            self._table.deselect()

    def _take(self, commune: Commune) -> None:
        self.row.set_value(commune.name)
        self.row.clear_problem()
        self.taken.emit(commune)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field: ↓ and ↑ move in the list, Enter takes what is marked there."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, row = event.key(), self._table.currentIndex().row()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._table.select_row(max(row, -1) + (1 if key == Qt.Key.Key_Down else -1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._table.open_current()
                return True
        return super().eventFilter(watched, event)


def _made_of(commune: Commune) -> str:
    return f"gồm {', '.join(commune.merged_from)} cũ" if commune.merged_from else ""


_COLUMNS = (
    Column("Đơn vị", lambda commune: commune.name, 180, strong=True),
    Column("Gồm", _made_of, quiet=True),
    Column("Mã", lambda commune: commune.code, 70, quiet=True, right=True),
)
