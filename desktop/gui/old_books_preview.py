"""What a file would bring from an old book, row by row: to be taken, to be looked at, there already, unreadable.

Pure rows of a ``Looked`` and the view of them. Decides and writes nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.cards import Rule
from desktop.gui.counts import CountRow
from desktop.gui.icons import Mark
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.office.old_books import Looked

_NEW, _WARNED, _KNOWN, _REJECTED = "new", "warned", "known", "rejected"
MARKS = {
    _NEW: Mark("accent", "plus-circle-outline", "Nhập được"),
    _WARNED: Mark("soon", "alert-outline", "Nên xem lại"),
    _KNOWN: Mark("idle", "equal", "Đã có"),
    _REJECTED: Mark("late", "alert-circle-outline", "Không đọc được"),
}
_ROW_MARKS = MARKS | {_NEW: Mark("ok", "check-circle", "Nhập được")}
_LEAST_HEIGHT = 240


class PreviewRow(NamedTuple):
    """A row of the file; ``said`` is what is wrong with it, or what it is about."""

    id: tuple[str, int]
    kind: str
    where: str
    person: str
    said: str


_COLUMNS = (
    Column("Dòng", lambda row: row.where, 76, right=True),
    Column("Người nộp, nội dung", lambda row: row.person or row.said, note=lambda row: _below(row)),
    Column("Đọc tệp", mark=lambda row: _ROW_MARKS[row.kind], width=178),
)


def _below(row: PreviewRow) -> str:
    """What it is about, or what can be done about a row that does not come in."""
    if row.person:
        return row.said
    return "không vào sổ lần nữa" if row.kind == _KNOWN else "sửa trong tệp rồi nhập lại tệp ấy"


def rows(looked: Looked) -> list[PreviewRow]:
    """All rows that are dossiers: first what needs eyes, then the others, each in the order of the file."""
    return [*_left(looked), *_new(looked)]


def _left(looked: Looked) -> Iterator[PreviewRow]:
    for kind, remarks in ((_REJECTED, looked.reading.rejected), (_KNOWN, looked.known)):
        for each in remarks:
            yield PreviewRow(
                (each.sheet, each.row), kind, str(each.row), "", _with_sheet(looked, each.sheet, each.words)
            )


def _new(looked: Looked) -> list[PreviewRow]:
    warned = {(each.sheet, each.row): each.words for each in looked.reading.warned}
    found = []
    for row, _ in looked.new:
        place = (row.sheet, row.row)
        kind = _WARNED if place in warned else _NEW
        about = f"{row.received_on:%d/%m/%Y} – {row.procedure_name or 'không ghi thủ tục'}"
        said = warned[place][0].upper() + warned[place][1:] + "." if place in warned else about
        found.append(PreviewRow(place, kind, str(row.row), row.applicant, _with_sheet(looked, row.sheet, said)))
    return sorted(found, key=lambda each: each.kind != _WARNED)


def _with_sheet(looked: Looked, sheet: str, words: str) -> str:
    """Where a file has several sheets, a row number alone says too little."""
    several = len({row.sheet for row in looked.reading.rows}) > 1
    return f"{sheet}: {words}" if several else words


class OldBooksPreview(QWidget):
    """The counts narrow the rows below them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PreviewRow] = []
        self.counts = CountRow(MARKS, unit="dòng")
        self.table = RecordTable(RecordTableModel(_COLUMNS), "Các dòng trong tệp")
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (Rule(), self.counts, Rule(), self.table, Rule()):
            column.addWidget(part, 1 if part is self.table else 0)
        self.counts.chosen.connect(self._narrow)
        self.counts.went_down.connect(self.table.setFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_looked(self, looked: Looked) -> None:
        """Show a file anew, everything of it."""
        self._rows = rows(looked)
        warned = sum(row.kind == _WARNED for row in self._rows)
        self.counts.choose(None)
        self.counts.show_counts(
            {
                _NEW: len(looked.new),
                _WARNED: warned,
                _KNOWN: len(looked.known),
                _REJECTED: len(looked.reading.rejected),
            }
        )
        self._narrow()

    def _narrow(self) -> None:
        """What is taken includes what should be looked at."""
        wanted = {_NEW: (_NEW, _WARNED), None: tuple(MARKS)}.get(self.counts.current, (self.counts.current,))
        self.table.show_rows([row for row in self._rows if row.kind in wanted])
        self.table.select_row(0)
