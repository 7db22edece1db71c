"""The official table on the screen: grouped heads, a line for each field, one cell in focus.

Arrows move the cell and ``cell_chosen`` tells which dossiers stand behind it; Enter opens their list. Shows lines that
``rules.statistics`` made and counts nothing.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.tables import Index
from desktop.gui.theme import ink
from desktop.rules.statistics import COLUMNS, Line

#: Heads of columns (3) to (13): group, words, what the cell is called in a sentence.
_HEADS = (
    ("Tiếp nhận", "Tổng", "tiếp nhận"),
    ("Tiếp nhận", "Trực\ntuyến", "nộp trực tuyến"),
    ("Tiếp nhận", "Trực tiếp,\nbưu chính", "nộp trực tiếp, bưu chính"),
    ("Tiếp nhận", "Kỳ\ntrước", "từ kỳ trước"),
    ("Đã giải quyết", "Tổng", "đã giải quyết"),
    ("Đã giải quyết", "Trước\nhạn", "giải quyết trước hạn"),
    ("Đã giải quyết", "Đúng\nhạn", "giải quyết đúng hạn"),
    ("Đã giải quyết", "Quá\nhạn", "giải quyết quá hạn"),
    ("Đang giải quyết", "Tổng", "đang giải quyết"),
    ("Đang giải quyết", "Trong\nhạn", "đang giải quyết trong hạn"),
    ("Đang giải quyết", "Quá\nhạn", "đang giải quyết quá hạn"),
)
_TOTALS = frozenset({"received_total", "resolved_total", "pending_total"})
_LATE = frozenset({"late", "pending_overdue"})
#: Widths of number, name, figure and the widest figure; the second set where the window is narrow (200 %).
_WIDTHS, _TIGHT = (34, 130, 51, 78), (26, 80, 40, 62)
_HEAD_ROWS = (22, 36, 18)
TOTAL = "Tổng cộng"


def _whole(widths: tuple[int, int, int, int]) -> int:
    number, name, figure, widest = widths
    return number + name + 10 * figure + widest


def cell_words(column: str) -> str:
    """What the dossiers of a column are: "giải quyết quá hạn"."""
    return _HEADS[COLUMNS.index(column)][2]


def cell_number(column: str) -> int:
    """The number that the form gives the column, (3) to (13)."""
    return COLUMNS.index(column) + 3


class FigureTable(QWidget):
    """``cell_chosen`` carries field (None for all) and column; ``opened`` the same on Enter."""

    cell_chosen = Signal(object, str)
    opened = Signal(object, str)

    def __init__(self, name: str = "Lĩnh vực giải quyết") -> None:
        """``name`` heads the names of the lines."""
        super().__init__()
        self._model = _Model(name)
        self.grid = _Grid(self._model)
        self._head = _Head(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.grid, 1)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._tell(self.cell_chosen))
        self.grid.entered_cell.connect(lambda: self._tell(self.opened))
        self.setFocusProxy(self.grid)

    def show_lines(self, lines: Sequence[tuple[str, Line]], total: Line) -> None:
        """The lines of the fields in their order, and their sum; the chosen cell stays where it was."""
        field, column = self.cell
        self._model.show_lines(lines, total)
        self.choose(field, column)

    @property
    def cell(self) -> tuple[str | None, str]:
        """The field (None for the sum) and the column in focus; first the overdue ones of all."""
        index = self.grid.currentIndex()
        if not index.isValid():
            return None, "late"
        return self._model.field(index.row()), COLUMNS[max(index.column() - 2, 0)]

    def choose(self, field: str | None, column: str) -> None:
        """Put the focus on a cell."""
        row = self._model.row_of(field)
        self.grid.setCurrentIndex(self._model.index(row, COLUMNS.index(column) + 2))

    @property
    def whole_height(self) -> int:
        """What every line needs."""
        return self._head.height() + self._model.rowCount() * self.grid.verticalHeader().defaultSectionSize() + 2

    @property
    def cell_rect(self) -> QRect:
        """Where the chosen cell stands in this table."""
        rect = self.grid.visualRect(self.grid.currentIndex())
        return rect.translated(self.grid.viewport().mapTo(self, QPoint(0, 0)))

    def _tell(self, signal: Any) -> None:
        signal.emit(*self.cell)

    def minimumSizeHint(self) -> QSize:
        return QSize(_whole(_TIGHT), sum(_HEAD_ROWS) + 90)


class _Model(QAbstractTableModel):
    """Number, field and eleven figures; the last row is the sum."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.rows: list[tuple[str, Line]] = [(TOTAL, Line())]

    def show_lines(self, lines: Sequence[tuple[str, Line]], total: Line) -> None:
        self.beginResetModel()
        self.rows = [*lines, (TOTAL, total)]
        self.endResetModel()

    def field(self, row: int) -> str | None:
        return None if row >= len(self.rows) - 1 else self.rows[row][0]

    def row_of(self, field: str | None) -> int:
        names = [name for name, _ in self.rows[:-1]]
        return names.index(field) if field in names else len(self.rows) - 1

    def figure(self, index: Index) -> int:
        return getattr(self.rows[index.row()][1], COLUMNS[index.column() - 2])

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        name = self.rows[index.row()][0]
        if index.column() == 0:
            return str(index.row() + 1) if index.row() < len(self.rows) - 1 else ""
        if index.column() == 1:
            return name
        words = f"{self.figure(index):,}".replace(",", ".")
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        column = COLUMNS[index.column() - 2]
        return f"{name}, cột {cell_number(column)}, {cell_words(column)}: {words}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ("STT", self.name, *(words[2] for words in _HEADS))[section]
        return None


class _Grid(QTableView):
    """The cells; its own head is hidden, the grouped one stands above."""

    entered_cell = Signal()

    def __init__(self, model: _Model) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Tình hình, kết quả giải quyết thủ tục hành chính")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(27, self.fontMetrics().lineSpacing() + 6))
        head = self.horizontalHeader()
        head.hide()
        head.setMinimumSectionSize(20)
        for column in range(model.columnCount()):
            stretch = column == 1
            head.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            )
        self._share_out(_WIDTHS)

    def _share_out(self, widths: tuple[int, int, int, int]) -> None:
        number, _name, figure, widest = widths
        for column in range(self.model().columnCount()):
            if column != 1:
                self.setColumnWidth(column, number if column == 0 else widest if column == 4 else figure)

    def resizeEvent(self, event) -> None:
        self._share_out(_WIDTHS if event.size().width() >= _whole(_WIDTHS) else _TIGHT)
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered_cell.emit()
            return
        super().keyPressEvent(event)
        if self.currentIndex().column() < 2:
            self.setCurrentIndex(self.model().index(self.currentIndex().row(), 2))

    def keyboardSearch(self, _search: str) -> None:
        """Letters never move the cell: the scanner types letters."""

    def mouseDoubleClickEvent(self, _event) -> None:
        self.entered_cell.emit()


def fitted(font: QFont, words: str, room: int) -> QFont:
    """The font, smaller where a figure has no room: one that is cut short would be another figure."""
    wide = QFontMetrics(font).horizontalAdvance(words)
    if wide <= room:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(QFontInfo(font).pixelSize() * room // wide)
    return smaller


class _Delegate(QStyledItemDelegate):
    """Totals bold, overdue figures in the tone of lateness and bold, zeros quiet, the focused cell framed."""

    def __init__(self, grid: _Grid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option, index: Index) -> None:
        model = self._grid.model()
        assert isinstance(model, _Model)
        rect: QRect = option.rect
        last = index.row() == model.rowCount() - 1
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        if last:
            painter.setBrush(ink("alt"))
            painter.drawRect(rect)
        painter.setBrush(ink("line"))
        painter.drawRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.drawRect(rect.right(), rect.top(), 1, rect.height())
        font, token = QFont(self._grid.font()), "text"
        align = Qt.AlignmentFlag.AlignRight if index.column() > 1 else Qt.AlignmentFlag.AlignLeft
        if index.column() == 0:
            align, token = Qt.AlignmentFlag.AlignHCenter, "text2"
        elif index.column() > 1:
            column, figure = COLUMNS[index.column() - 2], model.figure(index)
            token = "late" if column in _LATE and figure else "text" if figure else "text2"
            last = last or column in _TOTALS or (column in _LATE and figure > 0)
        if last:
            font.setWeight(QFont.Weight.DemiBold)
        is_name, words = index.column() == 1, str(model.data(index))
        room = rect.adjusted(8, 0, -9, -1) if is_name else rect.adjusted(2, 0, -5, -1)
        painter.setFont(font if is_name else fitted(font, words, room.width()))
        painter.setPen(ink(token))
        if is_name:
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, words)
        if index == self._grid.currentIndex():
            self._frame(painter, rect)
        painter.restore()

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        pen = painter.pen()
        pen.setColor(ink("focus" if self._grid.hasFocus() else "edge"))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -2, -2))


class _Head(QWidget):
    """Three rows over the columns of the grid: groups, words, the numbers of the form."""

    def __init__(self, grid: _Grid) -> None:
        super().__init__()
        self._grid = grid
        self._rows = self._heights()
        self.setFixedHeight(sum(self._rows))
        grid.horizontalHeader().sectionResized.connect(lambda *_: self.update())

    def _heights(self) -> tuple[int, int, int]:
        line = self.fontMetrics().lineSpacing()
        return max(_HEAD_ROWS[0], line + 4), max(_HEAD_ROWS[1], 2 * line + 2), max(_HEAD_ROWS[2], line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("alt"))
        painter.drawRect(self.rect())
        first, second, third = self._rows
        for column in range(len(_HEADS) + 2):
            box = self._box(column)
            if column < 2:
                words = QRect(box.left(), 0, box.width(), first + second)
                self._cell(painter, words, str(self._grid.model().headerData(column, Qt.Orientation.Horizontal)))
            else:
                words = QRect(box.left(), first, box.width(), second)
                self._cell(painter, words, _HEADS[column - 2][1])
            number = QRect(box.left(), first + second, box.width(), third)
            self._cell(painter, number, f"({column + 1})", quiet=True)
        self._groups(painter, first)

    def _groups(self, painter: QPainter, height: int) -> None:
        begin = 2
        while begin < len(_HEADS) + 2:
            name = _HEADS[begin - 2][0]
            end = max(number for number, head in enumerate(_HEADS) if head[0] == name) + 2
            left, right = self._box(begin).left(), self._box(end).right()
            self._cell(painter, QRect(left, 0, right - left + 1, height), name)
            begin = end + 1

    def _box(self, column: int) -> QRect:
        return QRect(self._grid.columnViewportPosition(column), 0, self._grid.columnWidth(column), self.height())

    def _cell(self, painter: QPainter, rect: QRect, words: str, *, quiet: bool = False) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("line"))
        painter.drawRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.drawRect(rect.right(), rect.top(), 1, rect.height())
        font = QFont(self.font())
        font.setPointSizeF(9)
        font.setWeight(QFont.Weight.Normal if quiet else QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(ink("text2" if quiet else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
