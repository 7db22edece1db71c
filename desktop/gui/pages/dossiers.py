"""Hồ sơ (F4): every dossier, filtered by a few letters without marks, paged from the database."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout

from db.records import DossierRow
from desktop import labels
from desktop.gui import dossier_columns as columns
from desktop.gui import icons
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.fields import FieldRow
from desktop.gui.hints import HintBar
from desktop.gui.page import Page
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import RecordTableModel
from desktop.gui.texts import line
from desktop.office import lookup, settings
from desktop.office.citizens import Citizen

_PAUSE_MS = 120
#: The search index counts matches only this far.
_COUNTED = 1000
#: Narrower than this the foot holds only the way to print.
_WITH_HINTS = 660


class DossiersPage(Page):
    """``opened`` carries the code of the dossier to show; ``print_wanted`` leads to the book and the lists."""

    opened = Signal(str)
    print_wanted = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._filter = FieldRow(
            "filter", "Lọc", hint="Mã, tên, số giấy tờ, điện thoại – gõ không dấu", icon="magnify", label_width=32
        )
        self._count = line("", "quiet")
        self._person: Citizen | None = None
        self._print = self.act("In sổ, danh sách", "Ctrl+P", self.print_wanted.emit)
        self._table = RecordTable(self._make_model(), "Danh sách hồ sơ")
        self._empty = EmptyState("folder-search-outline", "", tone="text2")
        self._list = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._filter.edited.connect(self._follow)
        self._filter.editor.installEventFilter(self)
        self._table.installEventFilter(self)
        self._table.opened.connect(lambda row: self.opened.emit(row.code))
        self._lay_out()

    def _make_model(self) -> RecordTableModel:
        return RecordTableModel(
            [
                columns.time_left_column(self._mark),
                columns.person_column(),
                columns.code_column(self._commands.now),
                columns.due_column(),
                columns.print_column(),
            ]
        )

    def _mark(self, row: DossierRow) -> icons.Mark:
        calendar = self._commands.ask(settings.calendar)
        return icons.dossier_mark(row, self._commands.now(), calendar) if calendar else icons.status_mark(row.status)

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(16)
        self._filter.setMaximumWidth(460)
        head.addWidget(self._filter, 1)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(line("Xếp theo: mới nhận trước", "note"))
        card.body.addLayout(head)
        self._list.addWidget(self._table)
        self._list.addWidget(self._empty)
        card.body.addWidget(self._list, 1)
        card.body.addWidget(Rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 12, 0)
        self._hints = HintBar([("↓", "vào danh sách"), ("Enter", "mở hồ sơ"), ("Esc", "về ô lọc")])
        foot.addWidget(self._hints)
        foot.addStretch(1)
        foot.addWidget(ActButton(self._print, "printer-outline", kind="quiet"))
        card.body.addLayout(foot)
        page.addWidget(card)

    @property
    def text(self) -> str:
        """What the list is filtered by: what is typed, or the person whose name was put there."""
        return self._person.id if self._person else self._filter.value().strip()

    def show_person(self, person: Citizen) -> None:
        """All dossiers of a person, ready for the arrows; the name stands in the filter, not the number."""
        self._person = person
        self._filter.set_value(person.name)
        self.refresh()
        self._enter_list()

    def refresh(self) -> None:
        """Count again and show the pages in sight; the selected dossier stays selected."""
        self._pause.stop()
        text = self.text
        total = self._commands.ask(lookup.count, text)
        if total is None:
            return
        self._table.show_pages(lambda offset, limit: self._fetch(text, offset, limit), total)
        self._count.setText(_count_words(total, bool(text)))
        if total:
            self._list.setCurrentWidget(self._table)
            return
        if text:
            self._empty.say(f"Không có hồ sơ nào khớp “{text}”", "Thử ít chữ hơn, hoặc bốn số cuối của mã.")
        else:
            self._empty.say("Chưa có hồ sơ nào. Bấm F3 để tiếp nhận hồ sơ đầu tiên.")
        self._list.setCurrentWidget(self._empty)

    def _fetch(self, text: str, offset: int, limit: int) -> Sequence[DossierRow]:
        return self._commands.ask(lookup.page, text=text, limit=limit, offset=offset) or ()

    def show_moment(self, now: datetime) -> None:
        """Times left are painted anew; nothing is read and nothing moves."""
        self._table.viewport().update()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._hints.setHidden(event.size().width() < _WITH_HINTS)

    def focus_first(self) -> None:
        self._filter.focus()

    def _follow(self, _text: str) -> None:
        """What is typed means what it says, even the same name."""
        self._person = None
        self._pause.start()

    def _enter_list(self) -> None:
        if self._pause.isActive():
            self.refresh()
        if self._table.model().rowCount():
            self._table.setFocus()

    def _accept(self) -> None:
        self._enter_list()
        if self._table.model().rowCount() == 1:
            self._table.select_row(0)
            self._table.open_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key, in_filter = event.key(), isinstance(watched, QLineEdit)
        if in_filter and key == Qt.Key.Key_Down:
            self._enter_list()
        elif in_filter and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif not in_filter and (key == Qt.Key.Key_Escape or self._at_top(key)):
            self._filter.focus()
        else:
            return super().eventFilter(watched, event)
        return True

    def _at_top(self, key: int) -> bool:
        return key == Qt.Key.Key_Up and self._table.currentIndex().row() == 0


def _count_words(total: int, filtered: bool) -> str:
    if filtered and total >= _COUNTED:
        return f"hơn {labels.count_words(_COUNTED)} hồ sơ khớp"
    return f"{labels.count_words(total)} hồ sơ khớp" if filtered else f"{labels.count_words(total)} hồ sơ"
