"""ProcedureChooser: a search field for procedures whose answers open in a list below it.

Nothing is completed inside the field (Vietnamese input methods break on that). The focus never leaves
the field: ↓ ↑ move in the list, Enter takes, Esc closes and keeps the text. Looks nothing up itself.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from db.records import ProcedureVersion
from desktop.gui.cards import Card
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line

Find = Callable[[str], Sequence[ProcedureVersion]]

_SHOWN_ROWS = 6
#: The clerk looked into another window or a menu and comes back: the search goes on where it was.
_WINDOW_REASONS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


WhyNot = Callable[[ProcedureVersion], str]

_COLUMNS = (
    Column("Mã", lambda found: found.code, width=104, quiet=True),
    Column("Thủ tục", lambda found: found.name, note=lambda found: found.field),
)


class ProcedureChooser(QLineEdit):
    """``chosen`` carries the procedure that the clerk took; ``refused`` a sentence about one that cannot be.

    ``find`` looks up what was typed, ``why_not`` says why a found procedure cannot be taken ("" when it can).
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, find: Find, why_not: WhyNot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._why_not = why_not
        self._procedure: ProcedureVersion | None = None
        #: What was typed and chose nothing, while another page is read.
        self._kept = ""
        self._list = _ChoiceList(self)
        self.textEdited.connect(self._search)
        self._list.table.clicked.connect(lambda index: self._take(index.row()))

    @property
    def procedure(self) -> ProcedureVersion | None:
        """The procedure that was taken."""
        return self._procedure

    @property
    def found(self) -> int:
        """How many procedures the list offers; 0 while it is closed."""
        return 0 if self._list.isHidden() else self._list.table.records.rowCount()

    def show_procedure(self, procedure: ProcedureVersion | None) -> None:
        """Show what was chosen, or an empty field."""
        self._procedure = procedure
        self._kept = ""
        self.setText(f"{procedure.code}  {procedure.name}" if procedure else "")
        self.setToolTip(procedure.name if procedure else "")
        self.setCursorPosition(0)
        self._list.hide()

    def _search(self, text: str) -> None:
        words = text.strip()
        found = self._find(words) if words else ()
        if words:
            self._list.show_found(found)
        else:
            self._list.hide()

    def _take(self, row: int) -> None:
        procedure = self._list.table.records.record(row)
        if procedure is None:
            return
        reason = self._why_not(procedure)
        if reason:
            self._list.hide()
            self.refused.emit(reason)
            return
        self.show_procedure(procedure)
        self.chosen.emit(procedure)

    def _take_typed_code(self) -> None:
        """A whole code that was typed is a choice; anything less is not."""
        typed = self.text().strip()
        exact = [found for found in self._find(typed) if found.code == typed] if typed else []
        if exact and not self._why_not(exact[0]) and exact[0] != self._procedure:
            self.show_procedure(exact[0])
            self.chosen.emit(exact[0])
        else:
            self.show_procedure(self._procedure)

    def keyPressEvent(self, event) -> None:
        key = event.key()
        open_list = not self._list.isHidden()
        if key == Qt.Key.Key_Down and not open_list:
            self._search(self.text() if self.isModified() else " ")
        elif open_list and key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN_ROWS}.get(key, -_SHOWN_ROWS)
            self._list.table.select_row(self._list.table.currentIndex().row() + step)
        elif open_list and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.table.currentIndex().row())
        elif open_list and key == Qt.Key.Key_Escape:
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        if self._kept:
            self._go_on()
        elif event.reason() not in _WINDOW_REASONS:
            self.selectAll()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _WINDOW_REASONS:
            self._list.hide()
            typed, before = self.text() if self.isModified() else "", self._procedure
            self._take_typed_code()
            # A page that gives way to another is hidden before its focus goes.
            if self._procedure is before and not self.isVisible():
                self._kept = typed

    def moveEvent(self, event) -> None:
        super().moveEvent(event)
        self._list.hide()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._list.hide()

    def _go_on(self) -> None:
        """Back on the page that was left in the middle of a search: the letters and what they found."""
        typed, self._kept = self._kept, ""
        self.setText(typed)
        self.setModified(True)
        self._search(typed)


class _ChoiceList(Card):
    """The list below the field, above everything else in the same window, without the focus."""

    def __init__(self, field: ProcedureChooser) -> None:
        super().__init__(flush=True)
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table = RecordTable(
            RecordTableModel(_COLUMNS, key=lambda found: found.code), "Thủ tục tìm thấy", heads=False
        )
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty = line("", "note", wrap=True)
        self._empty.setContentsMargins(12, 8, 12, 8)
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty)
        self.hide()

    def show_found(self, found: Sequence[ProcedureVersion]) -> None:
        """Open with these procedures, the first one selected."""
        self.setParent(self._field.window())
        self.table.show_rows(found)
        self.table.select_row(0)
        self.table.setVisible(bool(found))
        self._empty.setText("Không có thủ tục nào có những chữ này. Thử ít chữ hơn, hoặc gõ mã.")
        self._empty.setVisible(not found)
        row_height = self.table.verticalHeader().defaultSectionSize()
        height = min(len(found), _SHOWN_ROWS) * row_height + 4 if found else self._empty.sizeHint().height() + 4
        where = self._field.mapTo(self._field.window(), QPoint(0, self._field.height() + 2))
        room = self._field.window().height() - where.y() - 4
        self.setGeometry(where.x(), where.y(), self._field.width(), min(height, max(room, 2 * row_height)))
        self.show()
        self.raise_()
