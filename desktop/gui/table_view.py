"""RecordTable: the one list of the program, with one delegate, driven by the keyboard.

The selection follows the record, not the row number, through every refresh.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from desktop.gui import icons
from desktop.gui.scrolling import bring_rows_into_sight
from desktop.gui.tables import Column, Fetch, Index, RecordTableModel
from desktop.gui.theme import SIZES, ink, pill_edge

_PAD, _RING = 12, 2
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
#: Joined once: a table paints hundreds of lines. Top, bottom and middle of a cell, at its left and at its right.
_AT_LEFT, _AT_RIGHT = (
    tuple(side | height | _ONE_LINE for height in (Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom, _MIDDLE))
    for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)


class RecordTable(QTableView):
    """Rows of records; Enter or a double click opens one.

    ``opened`` and ``chosen`` carry the record itself.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        model: RecordTableModel,
        name: str,
        *,
        two_lines: bool = True,
        heads: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._remembered: tuple[object, int] | None = None
        self.records = model
        self.setAccessibleName(name)
        self.setItemDelegate(_RecordDelegate(self))
        self.setModel(model)
        self._behave()
        self._size_sections(two_lines, heads)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(lambda _index: self.open_current())

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the records; what was selected stays selected."""
        self.records.set_rows(rows)

    def show_pages(self, fetch: Fetch, total: int) -> None:
        """Replace the records by pages from the database; what was selected stays selected."""
        self.records.set_pages(fetch, total)

    @property
    def current(self) -> Any | None:
        """The selected record."""
        return self.records.record(self.currentIndex().row())

    def select_row(self, row: int) -> None:
        """Select and show a row by number, kept inside the list."""
        last = self.records.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.records.index(min(max(row, 0), last), 0))

    def deselect(self) -> None:
        """No row is chosen; the first one is again when the focus comes."""
        self.setCurrentIndex(QModelIndex())

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _size_sections(self, two_lines: bool, heads: bool) -> None:
        rows, head = self.verticalHeader(), self.horizontalHeader()
        body, note = _metrics(self)
        tall = body.lineSpacing() + note.lineSpacing() + 8
        rows.setDefaultSectionSize(max(46, tall) if two_lines else max(32, body.lineSpacing() + 8))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        head.setVisible(heads)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumHeight(28)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, column in enumerate(self.records.columns):
            stretch = column.width == 0
            head.setSectionResizeMode(
                number, QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            )
            if not stretch:
                self.setColumnWidth(number, column.width)

    def _remember(self) -> None:
        row = self.currentIndex().row()
        key = self.records.key_at(row)
        self._remembered = None if key is None else (key, row)

    def _restore(self) -> None:
        if not self.records.rowCount():
            return
        if self._remembered is None:
            if self.hasFocus():
                self.select_row(0)
            return
        key, before = self._remembered
        found = self.records.find(key, before)
        row = before if found is None else found
        scrolled = self.verticalScrollBar().value()
        self.select_row(row)
        self.verticalScrollBar().setValue(scrolled + row - before)

    def _tell_chosen(self, current: QModelIndex) -> None:
        record = self.records.record(current.row())
        if record is not None:
            self.chosen.emit(record)

    def open_current(self) -> None:
        """What Enter does: tell that the selected record is to be opened."""
        record = self.current
        if record is not None:
            self.opened.emit(record)

    def keyPressEvent(self, event) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.open_current()
        elif key == Qt.Key.Key_Home:
            self.select_row(0)
        elif key == Qt.Key.Key_End:
            self.select_row(self.records.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters never move the selection: the scanner types letters."""

    def focusInEvent(self, event) -> None:
        # First: Qt makes the first row the current one without choosing it, and nobody would see where the keys are.
        if not self.currentIndex().isValid():
            self.select_row(0)
        super().focusInEvent(event)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """The row that is worked on is seen, also where the list stands in something that scrolls."""
        super().scrollTo(index, hint)
        if self.hasFocus():
            bring_rows_into_sight(self.viewport(), self.visualRect(index))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        for number, column in enumerate(self.records.columns):
            if column.least:
                hidden = self.width() < column.least
                if hidden != self.isColumnHidden(number):
                    self.setColumnHidden(number, hidden)


def _metrics(widget: QWidget) -> tuple[QFontMetrics, QFontMetrics]:
    note = QFont(widget.font())
    note.setPointSizeF(SIZES["note"])
    return QFontMetrics(widget.font()), QFontMetrics(note)


class _RecordDelegate(QStyledItemDelegate):
    """Paints a cell from its column's description; reads the record once, asks no roles."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        self._base: QFont | None = None
        self._made: dict[bool, QFont] = {}
        self._small = QFont()

    def paint(self, painter: QPainter, option, index: Index) -> None:
        records = self._table.records
        column, record = records.columns[index.column()], records.record(index.row())
        rect: QRect = option.rect
        painter.save()
        # Not from the option's state: asking it loads QStyle with its six hundred names.
        selected = self._table.selectionModel().isSelected(index)
        self._paint_ground(painter, rect, selected, first=index.column() == 0)
        if record is not None:
            inner = rect.adjusted(_PAD, 0, -8, -1)
            if column.mark is not None and not column.text(record):
                self._paint_mark(painter, inner, column, column.mark(record), selected=selected)
            else:
                self._paint_words(painter, inner, column, record)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, selected: bool, *, first: bool) -> None:
        # Not by fillRect: choosing among its forms loads every gradient that Qt knows.
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(ink("soft"))
            painter.drawRect(rect)
            if first:
                painter.setBrush(ink("accent"))
                painter.drawRect(rect.left(), rect.top(), 4, rect.height())
        painter.setBrush(ink("line"))
        painter.drawRect(rect.left(), rect.bottom(), rect.width(), 1)
        if selected and self._table.hasFocus():
            self._paint_ring(painter, rect, first=first)

    def _paint_ring(self, painter: QPainter, rect: QRect, *, first: bool) -> None:
        """This cell's part of the ring round the row that the keyboard is in."""
        painter.setBrush(ink("focus"))
        painter.drawRect(rect.left(), rect.top(), rect.width(), _RING)
        painter.drawRect(rect.left(), rect.bottom() + 1 - _RING, rect.width(), _RING)
        if first:
            painter.drawRect(rect.left(), rect.top(), _RING, rect.height())
        if rect.right() >= self._table.viewport().width() - 1:
            painter.drawRect(rect.right() + 1 - _RING, rect.top(), _RING, rect.height())

    def _paint_words(self, painter: QPainter, rect: QRect, column: Column, record: Any) -> None:
        body, small = self._fonts(column)
        top, bottom, flags = _AT_RIGHT if column.right else _AT_LEFT
        note = column.note(record) if column.note else ""
        upper = rect
        if column.note:
            upper = QRect(rect.left(), rect.top(), rect.width(), rect.height() // 2 + 2)
            lower = QRect(rect.left(), upper.bottom() + 1, rect.width(), rect.bottom() - upper.bottom())
            self._paint_line(painter, lower, note, small, "text2", top)
            flags = bottom
        token = (column.tone(record) if column.tone else "") or ("text2" if column.quiet else "text")
        self._paint_line(painter, upper, column.text(record), body, token, flags)

    def _fonts(self, column: Column) -> tuple[QFont, QFont]:
        base = self._table.font()
        if base != self._base:
            strong = QFont(base)
            strong.setWeight(QFont.Weight.DemiBold)
            self._base, self._made = base, {False: base, True: strong}
            self._small = QFont(base)
            self._small.setPointSizeF(SIZES["note"])
        return (self._small if column.quiet else self._made[column.strong]), self._small

    def _paint_line(self, painter: QPainter, rect: QRect, text: str, font: QFont, token: str, flags) -> None:
        if not text:
            return
        painter.setFont(font)
        painter.setPen(ink(token))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, flags, elided)

    def _paint_mark(self, painter: QPainter, rect: QRect, column: Column, mark: icons.Mark, *, selected: bool) -> None:
        font = QFont(self._table.font())
        font.setPointSizeF(SIZES["note"])
        font.setWeight(QFont.Weight.Normal if column.bare else QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        padding = 0 if column.bare else 8
        height = max(22, metrics.lineSpacing() + 4)
        word = metrics.elidedText(mark.word, Qt.TextElideMode.ElideRight, rect.width() - 20 - 2 * padding)
        width = 15 + 5 + metrics.horizontalAdvance(word) + 2 * padding
        left = rect.right() - width if column.right else rect.left()
        pill = QRect(left, rect.center().y() - height // 2 + 1, width, height)
        if not column.bare:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            # The ground of a selected row is the tint of this tone.
            tinted = "surface" if selected else "soft"
            painter.setBrush(ink(tinted if mark.tone == "accent" else f"{mark.tone}bg"))
            if edge := pill_edge():
                painter.setPen(ink("edge"))
                pen = painter.pen()
                pen.setWidth(edge)
                painter.setPen(pen)
            inside = edge / 2
            painter.drawRoundedRect(QRectF(pill).adjusted(inside, inside, -inside, -inside), 11, 11)
        place = QRect(pill.left() + padding, pill.center().y() - 7, 15, 15)
        icons.paint(painter, place, mark.icon, ink(mark.tone))
        words = pill.adjusted(padding + 20, 0, 8, 0)
        self._paint_line(painter, words, word, font, mark.tone, _MIDDLE | _ONE_LINE)

    def sizeHint(self, option, index: Index) -> QSize:
        return QSize(60, self._table.verticalHeader().defaultSectionSize())
