"""Global search: text without marks or a scanned code, answers in a list below the field.

Never completes inside the field (that breaks Vietnamese input methods) and never loses what was
typed: Esc closes the list and keeps the text.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.gui.theme import restyle

#: Long enough not to search at each letter, short enough to seem immediate.
_PAUSE_MS = 120
_SHOWN_ROWS = 7
_LEAST_WIDTH, _RIM = 600, 8


class Hit(NamedTuple):
    """One answer. ``kind`` is a name of ``_GROUPS``; ``code`` opens it, or ``about``."""

    kind: str
    code: str
    title: str
    note: str
    first: bool = False
    about: Any = None

    @property
    def id(self) -> tuple[str, object]:
        return (self.kind, self.about.id if self.about else self.code)


_GROUPS = {"dossier": "Hồ sơ", "person": "Người", "slip": "Phiếu", "old": "Sổ cũ", "procedure": "Thủ tục"}
_COLUMNS = (
    Column("", lambda hit: _GROUPS[hit.kind] if hit.first else "", 76, quiet=True),
    Column("", lambda hit: hit.title, note=lambda hit: hit.note, strong=True),
    Column("", lambda hit: hit.code, 176),
)


class SearchField(QLineEdit):
    """Asks ``takes(event)`` before a key is its own; ``focused`` tells whether it has the focus now."""

    focused = Signal(bool)

    def __init__(self, takes: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._takes = takes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class SearchList(QFrame):
    """The answers, below the field, above everything else of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.table = RecordTable(RecordTableModel(_COLUMNS), "Kết quả tìm", heads=False)
        self._nothing = line("", "quiet")
        self._nothing.setContentsMargins(12, 10, 12, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.table)
        column.addWidget(self._nothing)
        self.hide()

    def show_hits(self, hits: Sequence[Hit], text: str, below: QWidget) -> None:
        """Open under ``below`` with these answers."""
        self.table.show_rows(hits)
        self.table.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._nothing.setText(f"Không thấy “{text}” trong hồ sơ và thủ tục.")
        row = self.table.verticalHeader().defaultSectionSize()
        height = min(len(hits), _SHOWN_ROWS) * row + 2 if hits else self._nothing.sizeHint().height() + 4
        corner = below.mapTo(self._window, QPoint(0, below.height() + 2))
        height = min(height, self._window.height() - corner.y() - _RIM)
        width = max(below.width(), _LEAST_WIDTH)
        left = max(_RIM, min(corner.x(), self._window.width() - width - _RIM))
        self.setGeometry(left, corner.y(), width, height)
        self.raise_()
        self.show()


class SearchBox(QFrame):
    """The field in the top bar. ``opened`` carries the :class:`Hit` to open, ``left`` gives the focus back."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, find: Callable[[str], Sequence[Hit]], popup_parent: QWidget) -> None:
        super().__init__()
        self._find, self._popup_parent = find, popup_parent
        self._hits: Sequence[Hit] = ()
        self._searched = False
        self.field = SearchField(self._field_key)
        self.focus_action = QAction(self, text="Tìm")
        self._pause = QTimer(self)
        self._set_up_field()
        self._lay_out()
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)

    @cached_property
    def answers(self) -> SearchList:
        """The answers, made at the first search: a list costs milliseconds that the window's start needs."""
        made = SearchList(self._popup_parent)
        made.table.opened.connect(self._open)
        made.table.installEventFilter(self)
        return made

    def _set_up_field(self) -> None:
        self.field.setObjectName("search")
        self.field.setProperty("frameless", "true")
        hint = "Mã, tên, số giấy tờ, điện thoại – không dấu"
        self.field.setPlaceholderText(hint)
        self.field.setToolTip(hint)
        self.field.setAccessibleName("Tìm hồ sơ, thủ tục")
        self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.field.focused.connect(self._follow_focus)
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.focus_action.setShortcut("Ctrl+F")
        self.focus_action.triggered.connect(self._take_focus)

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(424)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 8, 2)
        row.setSpacing(8)
        row.addStrut(28)
        row.addWidget(Icon("magnify"))
        row.addWidget(self.field, 1)
        row.addWidget(KeyBadge(self.focus_action))

    def _take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Typed over from search to search, the field would remember every letter of the day to be undone.
        self.field.setText(self.field.text())
        self.field.selectAll()

    def _search(self) -> None:
        self._pause.stop()
        text = self.field.text().strip()
        if not text:
            self.close_list()
            return
        self._hits, self._searched = self._find(text), True
        self.answers.show_hits(self._hits, text, self)

    def close_list(self) -> None:
        """Hide the answers; the text stays."""
        if self._searched:
            self._hits, self._searched = (), False
            self.answers.hide()

    def break_off(self) -> None:
        """Nothing is asked or shown any more; the text stays."""
        self._pause.stop()
        self.close_list()

    def _open(self, hit: Hit) -> None:
        self.close_list()
        self.opened.emit(hit)

    def _accept(self) -> None:
        self._search()
        if self._hits:
            self._open(self._hits[0])

    def _enter_list(self) -> None:
        if not self._hits:
            self._search()
        if self._hits:
            self.answers.table.select_row(0)
            self.answers.table.setFocus()

    def _field_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Down:
            self._enter_list()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif key == Qt.Key.Key_Escape and self._searched:
            self.close_list()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _list_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.field.setFocus()
            self.close_list()
        elif event.key() == Qt.Key.Key_Up and self.answers.table.currentIndex().row() == 0:
            self.field.setFocus()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._list_key(event)
        if event.type() == QEvent.Type.FocusOut:
            self._close_soon()
        return super().eventFilter(watched, event)

    def _follow_focus(self, here: bool) -> None:
        restyle(self, active="true" if here else "false")
        if not here:
            self._close_soon()

    def _close_soon(self) -> None:
        """When the focus has arrived elsewhere."""
        if self._searched:
            QTimer.singleShot(0, self, self._close_if_left)

    def _close_if_left(self) -> None:
        if self._searched and not (self.field.hasFocus() or self.answers.table.hasFocus()):
            self.close_list()
