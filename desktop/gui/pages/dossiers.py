"""Hồ sơ (F4): every dossier, filtered by a few letters without marks, paged from the database."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from db.records import DossierRow
from desktop import labels
from desktop.gui import dossier_columns as columns
from desktop.gui import icons
from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.filtered_list import FilteredList
from desktop.gui.hints import HintBar
from desktop.gui.looks import Searches, glance
from desktop.gui.page import Page
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import RecordTableModel
from desktop.office import lookup, settings
from desktop.office.citizens import Citizen

#: The search index counts matches only this far.
_COUNTED = 1000
_WHY = "danh sách hồ sơ"
#: Narrower than this the foot holds only the way to print.
_WITH_HINTS = 660


class DossiersPage(Page):
    """``opened`` carries the code of the dossier to show; ``print_wanted`` leads to the book and the lists."""

    opened = Signal(str)
    print_wanted = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._person: Citizen | None = None
        self._searches = Searches(commands, _WHY, self)
        self._print = self.act("In sổ, danh sách", "Ctrl+P", self.print_wanted.emit)
        self._empty = EmptyState("folder-search-outline", "", tone="text2")
        self._list = FilteredList(
            RecordTable(self._make_model(), "Danh sách hồ sơ"),
            self._empty,
            hint="Mã, tên, số giấy tờ, điện thoại – gõ không dấu",
            order="mới nhận trước",
        )
        self._list.typed.connect(self._forget_person)
        self._list.narrowed.connect(self.refresh)
        self._list.table.opened.connect(self._open)
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
        self._list.foot.setContentsMargins(0, 0, 12, 0)
        self._hints = HintBar([("↓", "vào danh sách"), ("Enter", "mở hồ sơ"), ("Esc", "về ô lọc")])
        self._list.foot.addWidget(self._hints)
        self._list.foot.addStretch(1)
        self._list.foot.addWidget(ActButton(self._print, "printer-outline", kind="quiet"))
        page.addWidget(self._list)

    @property
    def text(self) -> str:
        """What the list is filtered by: what is typed, or the person whose name was put there."""
        return self._person.id if self._person else self._list.text

    def show_person(self, person: Citizen) -> None:
        """All dossiers of a person, ready for the arrows; the name stands in the filter, not the number."""
        self._person = person
        self._list.put(person.name)
        self.refresh()
        self._searches.settle()
        self._list.enter()

    def _open(self, row: DossierRow) -> None:
        self._searches.settle()
        self.opened.emit(row.code)

    def refresh(self) -> None:
        """Count again and show the pages in sight; the selected dossier stays selected."""
        text = self.text
        total = self._commands.see(lookup.count, text)
        if total is None:
            return
        if text:
            theirs = "" if total else self._commands.see(lookup.elsewhere, text)
            fewer = theirs or "Thử ít chữ hơn, hoặc bốn số cuối của mã."
            self._empty.say(f"Không có hồ sơ nào khớp “{self._list.text}”", fewer)
        else:
            self._empty.say("Chưa có hồ sơ nào. Bấm F3 để tiếp nhận hồ sơ đầu tiên.")
        count = _count_words(total, bool(text))
        self._list.show_pages(lambda offset, limit: self._fetch(text, offset, limit), total, count)
        self._searches.shown(text, total if text else 0)
        if not text:
            glance(self, self._commands, "Hồ sơ", total, why=_WHY)

    def _fetch(self, text: str, offset: int, limit: int) -> Sequence[DossierRow]:
        return self._commands.see(lookup.page, text=text, limit=limit, offset=offset) or ()

    def show_moment(self, now: datetime) -> None:
        """Times left are painted anew; nothing is read and nothing moves."""
        self._list.table.viewport().update()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._hints.setHidden(event.size().width() < _WITH_HINTS)

    def focus_first(self) -> None:
        self._list.focus()

    def _forget_person(self) -> None:
        """What is typed means what it says, even the same name."""
        self._person = None


def _count_words(total: int, filtered: bool) -> str:
    if filtered and total >= _COUNTED:
        return f"hơn {labels.count_words(_COUNTED)} hồ sơ khớp"
    return f"{labels.count_words(total)} hồ sơ khớp" if filtered else f"{labels.count_words(total)} hồ sơ"
