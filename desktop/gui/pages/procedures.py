"""Tra, sửa thủ tục: any procedure found by a few letters, abolished ones marked; its versions, an edit, a note."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from db.records import ProcedureVersion
from desktop import labels
from desktop.changes import Changes
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.page import Page
from desktop.gui.procedure_card import STATUS_MARKS, ProcedureCard
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import procedures

_LIST_WIDTH, _NARROW_LIST, _WIDE = 440, 280, 900
#: Narrower than this (1366×768 at 200 %) the list or the procedure is shown, not both.
_ONE = 700
_ANY_WIDTH = 16_777_215
_MOST = 100


class ProceduresPage(Page):
    """``print_wanted`` carries the code of the procedure whose sheet is to be printed."""

    print_wanted = Signal(str)

    def __init__(self, commands: Commands, opener: FileOpener) -> None:
        super().__init__()
        self._commands = commands
        self._search = FieldRow("procedure_search", "Tìm", hint="vài chữ không dấu, hoặc mã", icon="magnify")
        self._search.hide_caption()
        columns = (
            Column("", lambda found: labels.procedure_words(found.name), note=_note),
            Column("", mark=lambda found: STATUS_MARKS[found.status], width=138, bare=True, least=360),
        )
        self.table = RecordTable(
            RecordTableModel(columns, key=lambda found: found.code), "Thủ tục tìm thấy", heads=False
        )
        self._count = line("", "quiet")
        self.card = ProcedureCard(self.act, commands, opener)
        self.act("Thôi", "Esc", self._leave)
        self.act("Tìm thủ tục", "Alt+L", self._go_search)
        self._lay_out()
        self._search.edited.connect(lambda _text: self._find())
        self._search.editor.installEventFilter(self)
        self.table.chosen.connect(lambda found: self.card.show_procedure(found.code))
        self.table.opened.connect(self._open)
        self.card.wanted.connect(lambda: self._turn(True))
        self.card.print_wanted.connect(self.print_wanted)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._list = Card("Mọi thủ tục", flush=True)
        self._list.head.addWidget(self._count)
        field = QHBoxLayout()
        field.setContentsMargins(12, 0, 12, 8)
        field.addWidget(self._search)
        self._list.body.addLayout(field)
        self._list.body.addWidget(Rule())
        self._list.body.addWidget(self.table, 1)
        row.addWidget(self._list)
        row.addWidget(self.card, 1)

    def show_procedure(self, code: str) -> None:
        """Open the page on one procedure."""
        self._search.set_value(code)
        self._find()

    def concerns(self, changes: Changes) -> bool:
        return changes.catalogue

    def refresh(self) -> None:
        self._find()
        self.card.refresh()

    def focus_first(self) -> None:
        self._go_search()

    def _go_search(self) -> None:
        self._turn(False)
        self._search.focus()

    def _open(self, _found: ProcedureVersion) -> None:
        self._turn(True)
        self.card.versions.setFocus()

    def _turn(self, to_card: bool) -> None:
        """On a narrow canvas show the procedure, or the list."""
        both = self.width() >= _ONE
        self.card.setVisible(both or to_card)
        self._list.setVisible(both or not to_card)

    def _find(self) -> None:
        text, today = self._search.value().strip(), self._commands.now().date()
        if text:
            found: Sequence[ProcedureVersion] = (
                self._commands.ask(procedures.search, text, on=today, limit=_MOST, all=True) or ()
            )
            more = "+" if len(found) == _MOST else ""
        else:
            found, more = self._commands.ask(_listed, today) or (), ""
        self._count.setText(f"{labels.count_words(len(found))}{more} thủ tục")
        self.table.show_rows(found)
        if not self.card.is_editing:
            self.table.select_row(0 if self.table.current is None else self.table.currentIndex().row())

    def _leave(self) -> None:
        """Esc: out of the form, to the search, and from there back."""
        if self.card.is_editing:
            self.card.close_edit()
        elif self._search.editor.hasFocus():
            self.left.emit()
        else:
            self._go_search()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        across = _LIST_WIDTH if width >= _WIDE else _NARROW_LIST
        self._list.setMinimumWidth(across if width >= _ONE else 0)
        self._list.setMaximumWidth(across if width >= _ONE else _ANY_WIDTH)
        self._turn(self.card.isAncestorOf(self.focusWidget()) if self.focusWidget() else False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ and Enter lead from the search into the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)


def _listed(book: Any, on: Any) -> tuple[ProcedureVersion, ...]:
    return procedures.catalogue(book).listed(on=on, all=True)


def _note(found: ProcedureVersion) -> str:
    return f"{found.code} – {found.field}"
