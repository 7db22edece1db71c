"""FilteredList: a list narrowed by a few letters; the filter above, the rows below, a sentence where there are none.

Hides the pause while somebody types and the keys between filter and rows. Reads nothing itself: the page does when
``narrowed`` asks for it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget

from desktop.gui.cards import Card, Rule
from desktop.gui.empty import EmptyState
from desktop.gui.fields import FieldRow
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Fetch
from desktop.gui.texts import line

_PAUSE_MS = 120
_NARROW, _NARROWER = 480, 400


class FilteredList(Card):
    """``typed`` follows every letter, ``narrowed`` comes when the typing rests. ``foot`` takes hints and acts.

    Enter in the filter opens the only row that is left; Up and Esc lead back from the rows.
    """

    typed = Signal()
    narrowed = Signal()

    def __init__(self, table: RecordTable, empty: EmptyState, *, hint: str, order: str) -> None:
        super().__init__(flush=True)
        self.table, self.empty = table, empty
        self._filter = FieldRow("filter", "Lọc", hint=hint, icon="magnify", label_width=32)
        self._filter.setMaximumWidth(460)
        self._count, self._order = line("", "quiet"), line(f"Xếp theo: {order}", "note")
        self._list = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.narrowed)
        self.foot = QHBoxLayout()
        self._lay_out()
        self._filter.edited.connect(self._follow)
        self._filter.editor.installEventFilter(self)
        table.installEventFilter(self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(16)
        head.addWidget(self._filter, 1)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._order)
        self.body.addLayout(head)
        self._list.addWidget(self.table)
        self._list.addWidget(self.empty)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(Rule())
        self.body.addLayout(self.foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The filter needs the room more than the order does, and than the count."""
        super().resizeEvent(event)
        self._order.setHidden(event.size().width() < _NARROW)
        self._count.setHidden(event.size().width() < _NARROWER)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._filter.value().strip()

    def put(self, text: str) -> None:
        """Stand ``text`` in the filter; the page reads the list anew itself."""
        self._filter.set_value(text)

    def show_pages(self, fetch: Fetch, total: int, count: str) -> None:
        """The rows, and their number in words; ``empty`` where there are none."""
        self._pause.stop()
        self.table.show_pages(fetch, total)
        self._count.setText(count)
        self._list.setCurrentWidget(self.table if total else self.empty)

    def focus(self) -> None:
        """Put the cursor into the filter."""
        self._filter.focus()

    def enter(self) -> None:
        """Into the rows, which are those of the text as it stands now."""
        if self._pause.isActive():
            self.narrowed.emit()
        if self.table.model().rowCount():
            self.table.setFocus()

    def _follow(self, _text: str) -> None:
        self._pause.start()
        self.typed.emit()

    def _accept(self) -> None:
        self.enter()
        if self.table.model().rowCount() == 1:
            self.table.select_row(0)
            self.table.open_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key, in_filter = event.key(), isinstance(watched, QLineEdit)
        if in_filter and key == Qt.Key.Key_Down:
            self.enter()
        elif in_filter and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif not in_filter and (key == Qt.Key.Key_Escape or self._at_top(key)):
            self._filter.focus()
        else:
            return super().eventFilter(watched, event)
        return True

    def _at_top(self, key: int) -> bool:
        return key == Qt.Key.Key_Up and self.table.currentIndex().row() == 0
