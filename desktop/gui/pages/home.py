"""Hôm nay (F2): what was taken in today, what could not be printed, and the way to the next person."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import DossierRow
from desktop import labels
from desktop.gui import dossier_columns as columns
from desktop.gui import icons
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.hints import HintBar
from desktop.gui.page import Page
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.gui.tiles import Tile, TileRow
from desktop.office import lookup, settings

_PAGE = 200
#: More than any counter takes in a day; keeps a mistaken clock from reading a whole register.
_MOST = 2000
_JUST_NOW = 7
#: Narrower than this only the list is shown, which begins with what the side card shows.
_TWO_COLUMNS = 900


class _Group(NamedTuple):
    """One tile's list: which rows of the day it holds and what it says when there are none."""

    title: str
    holds: Callable[[DossierRow], bool]
    empty: str


_GROUPS = (
    _Group("Tiếp nhận hôm nay", lambda row: True, "Hôm nay chưa tiếp nhận hồ sơ nào"),
    _Group(
        "Hẹn trả trong hôm nay",
        lambda row: row.due_at.date() == row.received_at.date(),
        "Hôm nay chưa nhận hồ sơ nào hẹn trả trong ngày",
    ),
    _Group("Chưa in được giấy hẹn", lambda row: row.print_failed, "Không còn giấy hẹn nào chưa in được"),
)


class HomePage(Page):
    """``opened`` carries a dossier's code; ``next_person_asked`` leads to intake."""

    opened = Signal(str)
    next_person_asked = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._day: Sequence[DossierRow] = ()
        self._group = 0
        self._tiles = self._make_tiles()
        self._title = line("", "strong")
        self._count = line("", "quiet")
        self._table = RecordTable(self._make_model(), "Danh sách hồ sơ")
        self._empty = EmptyState("tray-full", "", "", self._next_action(), tone="text2")
        self._list = QStackedWidget()
        self._recent = RecordTable(_recent_model(), "Vừa tiếp nhận", heads=False)
        self._lay_out()
        self._tiles.went_down.connect(self._table.setFocus)
        for table in (self._table, self._recent):
            table.opened.connect(lambda row: self.opened.emit(row.code))

    def _make_tiles(self) -> TileRow:
        looks = (("tray-arrow-down", "accent"), ("clock-alert-outline", "soon"), ("printer-alert", "late"))
        nothing = ("chưa có hồ sơ", "không có", "không còn việc")
        tiles = []
        for number, (group, look, none) in enumerate(zip(_GROUPS, looks, nothing, strict=True)):
            act = self.act(group.title, f"Alt+{number + 1}", partial(self._choose, number))
            tiles.append(Tile(act, *look, nothing=none))
        tiles[0].setChecked(True)
        return TileRow(tiles)

    def _make_model(self) -> RecordTableModel:
        return RecordTableModel(
            [
                columns.time_left_column(self._mark),
                columns.person_column(),
                columns.code_column(self._commands.now),
                columns.print_column(),
            ]
        )

    def _mark(self, row: DossierRow) -> icons.Mark:
        calendar = self._commands.ask(settings.calendar)
        return icons.dossier_mark(row, self._commands.now(), calendar) if calendar else icons.status_mark(row.status)

    def _next_action(self) -> QAction:
        # F3 itself belongs to the window; this action only shows the key and leads the same way.
        action = QAction("Người tiếp theo", self)
        action.setShortcut("F3")
        action.triggered.connect(lambda _checked=False: self.next_person_asked.emit())
        return action

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(12)
        page.addWidget(self._tiles)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(14)
        self._columns.addWidget(self._list_card(), 1)
        self._side = self._side_card()
        self._columns.addWidget(self._side)
        page.addLayout(self._columns, 1)

    def _list_card(self) -> Card:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(8)
        head.addWidget(self._title)
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
        foot.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "mở hồ sơ"), ("Alt+1…3", "đổi danh sách")]), 1)
        self._next_when_narrow = ActButton(self._next_action(), "account-plus-outline", kind="primary")
        foot.addWidget(self._next_when_narrow)
        card.body.addLayout(foot)
        return card

    def _side_card(self) -> QWidget:
        card = Card("Vừa tiếp nhận", flush=True)
        card.setFixedWidth(368)
        card.body.addWidget(Rule())
        card.body.addWidget(self._recent, 1)
        card.body.addWidget(Rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 12, 12, 12)
        foot.addWidget(ActButton(self._next_action(), "account-plus-outline", kind="primary"))
        card.body.addLayout(foot)
        return card

    def refresh(self) -> None:
        """Read the day again; the selected rows stay selected."""
        today = self._commands.now().date()
        self._day = self._read_day(today)
        summary = self._commands.ask(lookup.day_summary, today)
        counts = (summary.received, summary.same_day, summary.print_failed) if summary else (None, None, None)
        for tile, count, fact in zip(self._tiles.tiles, counts, self._facts(), strict=True):
            tile.show_count(count, fact)
        self._recent.show_rows(self._day[:_JUST_NOW])
        self._show_list()

    def _read_day(self, today: date) -> Sequence[DossierRow]:
        rows: list[DossierRow] = []
        while len(rows) < _MOST:
            before = rows[-1].id if rows else None
            page = self._commands.ask(lookup.received_on, today, limit=_PAGE, before_id=before) or ()
            rows.extend(page)
            if len(page) < _PAGE:
                break
        return rows

    def _facts(self) -> tuple[str, str, str]:
        if not self._day:
            return ("", "", "")
        newest, oldest = self._day[0], self._day[-1]
        span = f"từ {oldest.received_at:%H:%M} đến {newest.received_at:%H:%M}"
        due = [row.due_at for row in self._day if _GROUPS[1].holds(row)]
        soonest = f"sớm nhất {min(due):%H:%M}" if due else ""
        return (span, soonest, "in lại từ trang hồ sơ")

    def _choose(self, number: int) -> None:
        self._group = number
        self._tiles.tiles[number].setChecked(True)
        self._show_list()

    def _show_list(self) -> None:
        group = _GROUPS[self._group]
        rows = [row for row in self._day if group.holds(row)]
        self._title.setText(group.title)
        self._count.setText(f"{labels.count_words(len(rows))} hồ sơ" if rows else "")
        self._table.show_rows(rows)
        if rows:
            self._list.setCurrentWidget(self._table)
            return
        self._empty.say(*self._nothing(group))
        self._list.setCurrentWidget(self._empty)

    def _nothing(self, group: _Group) -> tuple[str, str]:
        latest = self._commands.ask(lookup.page, limit=1) or ()
        if not latest:
            return ("Chưa có hồ sơ nào. Bấm F3 để tiếp nhận hồ sơ đầu tiên.", "")
        at: datetime = latest[0].received_at
        return (group.empty, f"Hồ sơ gần nhất nhận {labels.moment_words(at)}.")

    def focus_first(self) -> None:
        self._tiles.tiles[self._group].setFocus()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _TWO_COLUMNS
        self._side.setHidden(narrow)
        self._next_when_narrow.setVisible(narrow)


def _number_and_matter(row: DossierRow) -> str:
    return f"…{row.code[-4:]} · {labels.procedure_words(row.procedure_name)}"


def _recent_model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("", lambda row: f"{row.received_at:%H:%M}", 56, quiet=True),
            Column("", lambda row: row.applicant, note=_number_and_matter),
            Column("", mark=icons.print_mark, bare=True, right=True, width=136),
        ]
    )
