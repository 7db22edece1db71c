"""Hôm nay (F2): the day's work by urgency, each count with its list, and the counter's day beside it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import DossierRow
from db.vocabulary import EventKind, WorkingList
from desktop import labels
from desktop.gui import dossier_columns as columns
from desktop.gui import home_lists
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.hints import HintBar
from desktop.gui.home_counter import JUST_NOW, CounterCard
from desktop.gui.home_lists import DAY, NOT_PRINTED, WORK, HomeList
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import RecordTableModel
from desktop.gui.texts import line
from desktop.gui.tiles import Tile, TileRow
from desktop.office import lists, lookup, rights, setting_up, settings
from desktop.office.lookup import DayList
from desktop.rules.calendar import WorkCalendar

if TYPE_CHECKING:
    from desktop.rules.cautions import Caution

#: Narrower than this only the list is shown.
_TWO_COLUMNS = 900
#: Lower than this (1366×768 at 200 %) the rows get the place of heads and hints.
_LOW = 300
#: The list scrolls before a figure above it is cut, as under a strip on the lowest screen.
_ONE_ROW = 46
_HINTS = (("↑ ↓", "chọn"), ("Enter", "mở hồ sơ"), ("Alt+1…7", "đổi nhóm việc"), ("Ctrl+P", "in danh sách"))
#: Lower than this a long sentence would leave the list no room: it is said in few words, and whole by the pointer.
_CROWDED = 360
#: What was read so lately need not be read again at a beat.
_FRESH = timedelta(seconds=30)
_WHY, _RECENT = "trang Hôm nay", "Vừa tiếp nhận"


class HomePage(Page):
    """``opened`` carries a dossier's code; ``next_person_asked`` leads to intake, ``slips_wanted`` to the slips;
    ``print_wanted`` names a list, ``exercise_wanted`` comes from the empty page of a practice register,
    ``setup_wanted`` from the reminder of steps that were put off.
    """

    opened = Signal(str)
    next_person_asked = Signal()
    slips_wanted = Signal()
    print_wanted = Signal(object)
    exercise_wanted = Signal()
    setup_wanted = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._listed = WORK[0]
        self._counts: dict[StrEnum, int] = {}
        self._read_at: datetime | None = None
        self._chosen = self._sure = self._unwritten = False
        self._recent = 0
        self._next = self._next_action()
        self._choices = [
            self.act(listed.title, f"Alt+{number}", partial(self._choose, listed))
            for number, listed in enumerate(WORK, start=1)
        ]
        self._see = {
            listed.name: _worded(f"Xem {listed.title[0].lower()}{listed.title[1:]}", act, self)
            for listed, act in zip(WORK, self._choices, strict=True)
        }
        self.act("Phiếu tại quầy", "Alt+H", self.slips_wanted.emit)
        self.act("In danh sách", "Ctrl+P", lambda: self.print_wanted.emit(self._listed.name))
        self._exercise = self.act(labels.FIRST_RECEIPT, "Alt+B", self.exercise_wanted.emit)
        self._exercise.setVisible(self._commands.practice)
        self._exercise.setEnabled(self._commands.practice)
        self._set_up = self.act("Làm tiếp", "Alt+T", self.setup_wanted.emit)
        self._unprinted = self.act("Xem", "Alt+I", partial(self._choose, NOT_PRINTED))
        self._tiles = TileRow(
            [Tile(act, listed.icon, listed.tone) for act, listed in zip(self._choices, WORK, strict=True)]
        )
        self._title, self._count, self._order = line("", "strong"), line("", "quiet"), line("", "note")
        self._strip, self._caution, self._steps_left = MessageStrip(), MessageStrip(), MessageStrip()
        self._cautions: tuple[Caution, ...] = ()
        self._table = RecordTable(self._make_model(), "Danh sách hồ sơ")
        self._empty = EmptyState("tray-full", "", tone="text2")
        self._list = QStackedWidget()
        self._counter = CounterCard(self._next)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self._tiles.went_down.connect(self._table.setFocus)
        self._counter.wanted.connect(self._choose)
        self._counter.slips_wanted.connect(self.slips_wanted)
        self._commands.clerk_changed.connect(lambda _clerk: self._take_over())
        for opening in (self._table.opened, self._counter.opened):
            opening.connect(lambda row: self.opened.emit(row.code))

    def _make_model(self) -> RecordTableModel:
        return RecordTableModel(
            [
                columns.time_left_column(home_lists.mark(self._commands, lambda: self._listed)),
                columns.person_column(),
                columns.code_column(self._commands.now),
                columns.holder_column(),
            ]
        )

    def _next_action(self) -> QAction:
        # F3 itself belongs to the window; this action only shows the key and leads the same way.
        action = QAction(self, text="Người tiếp theo")
        action.setShortcut("F3")
        action.triggered.connect(lambda _checked=False: self.next_person_asked.emit())
        return action

    def _lay_out(self) -> None:
        page = self._page = QVBoxLayout(self)
        page.addWidget(self._tiles)
        page.addWidget(self._strip)
        page.addWidget(self._caution)
        page.addWidget(self._steps_left)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(14)
        self._columns.addWidget(self._list_card(), 1)
        self._columns.addWidget(self._counter)
        page.addLayout(self._columns, 1)

    def _list_card(self) -> Card:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._order)
        card.body.addLayout(head)
        self._list.addWidget(self._table)
        self._list.addWidget(self._empty)
        self._list.setMinimumHeight(_ONE_ROW)
        card.body.addWidget(self._list, 1)
        card.body.addWidget(Rule())
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 12, 0)
        foot.addWidget(HintBar(_HINTS), 1)
        self._next_when_narrow = ActButton(self._next, "account-plus-outline", kind="primary")
        foot.addWidget(self._next_when_narrow)
        card.body.addWidget(self._foot)
        return card

    def refresh(self) -> None:
        """Read the day again; the selected rows stay selected."""
        now = self._read_at = self._commands.now()
        work = self._commands.see(lists.counts, now) or {}
        day = self._commands.see(lookup.day_counts, now.date()) or {}
        self._counts = dict(chain(work.items(), day.items()))
        calendar = self._commands.ask(settings.calendar)
        for tile, listed in zip(self._tiles.tiles, WORK, strict=True):
            tile.show_count(self._counts.get(listed.name), self._fact(listed, now, calendar))
        self._tiles.leave_out(self._tiles.tiles[-1], not self._counts.get(WorkingList.PAUSED))
        recent = home_lists.page(self._commands, DayList.RECEIVED, limit=JUST_NOW)
        self._recent = len(recent)
        told = [self._counts.get(listed.name) for listed in DAY]
        slips = self._commands.ask(lookup.slips_given, now.date())
        self._counter.show_day(told, slips, recent, _opening_words(now, calendar))
        self._counter.say_unclosed(self._unclosed_words(now, calendar))
        self._say_unprinted(self._counts.get(DayList.NOT_PRINTED, 0))
        self._take_over()
        if not self._chosen:
            self._listed = self._first_with_work()
        self._show_list()

    def _fact(self, listed: HomeList, now: datetime, calendar: WorkCalendar | None) -> str:
        if listed.name is WorkingList.OVERDUE and self._counts.get(listed.name) and calendar is not None:
            longest = home_lists.page(self._commands, listed.name, limit=1)
            return home_lists.lateness(longest[0], now, calendar) if longest else listed.fact
        return listed.fact

    def _say_unprinted(self, number: int) -> None:
        if number:
            words = f"{number} giấy hẹn của hôm nay chưa in được. Hồ sơ vẫn còn nguyên trong sổ."
            self._strip.say("late", words, action=self._unprinted, icon="printer-alert")
        else:
            self._strip.hush()

    @property
    def next_buttons(self) -> tuple[ActButton, ActButton]:
        """The ways to the next person: beside the list, and below it where the page is narrow."""
        return self._counter.next_person, self._next_when_narrow

    def _take_over(self) -> None:
        """What depends on who sits here."""
        self._say_steps_left()
        said = self._commands.ask(rights.why_not, self._commands.clerk, EventKind.REGISTER)
        for button in self.next_buttons:
            button.set_ready(not said)
            button.setToolTip(said[1] if said else "")

    def _say_steps_left(self) -> None:
        number = self._commands.ask(setting_up.reminded, self._commands.clerk) or 0
        self._set_up.setEnabled(bool(number))
        self._set_up.setVisible(bool(number))
        if number:
            self._steps_left.say("accent", f"Còn {number} bước thiết lập.", action=self._set_up, icon="playlist-check")
        else:
            self._steps_left.hush()

    def show_cautions(self, cautions: "Sequence[Caution]") -> None:
        """What the machine has to say, the most urgent first: one sentence, and how many more stand in the strip."""
        self._cautions = tuple(cautions)
        self._say_caution()

    def _say_caution(self) -> None:
        if not self._cautions:
            self._caution.hush()
            return
        first, more = self._cautions[0], len(self._cautions) - 1
        beside = f" (Còn {more} lời nhắc khác ở hàng dưới cùng.)" if more else ""
        words = f"{first.short}: xem hàng dưới cùng." if self.height() < _CROWDED else first.words + beside
        if self._caution.text != words:
            self._caution.say(first.tone, words, icon=first.icon)
        self._caution.setToolTip(first.words)

    def _unclosed_words(self, now: datetime, calendar: WorkCalendar | None) -> str:
        """What is said after the hour at which the counter closes, until the day is closed."""
        today = now.date()
        if calendar is None or not calendar.is_working_day(today) or now < calendar.closing(today):
            return ""
        from desktop.office import closing  # no morning's start waits for what is asked in the evening

        if self._commands.ask(closing.latest, today) or self._commands.ask(lookup.is_empty):
            return ""
        return "Hôm nay chưa chốt ngày: F7, Alt+1, rồi F12."

    def _first_with_work(self) -> HomeList:
        return next((listed for listed in WORK if self._counts.get(listed.name)), WORK[0])

    def _choose(self, listed: HomeList) -> None:
        self._listed, self._chosen = listed, True
        self._show_list()
        self._write_down()

    def _show_list(self) -> None:
        listed = self._listed
        for tile, group in zip(self._tiles.tiles, WORK, strict=True):
            tile.setChecked(group is listed)
        total = self._counts.get(listed.name, 0)
        self._title.setText(listed.title)
        self._count.setText(f"{labels.count_words(total)} hồ sơ" if total else "")
        self._order.setText(f"Xếp theo: {listed.order}")
        self._table.show_pages(partial(self._fetch, listed), total)
        if total:
            self._list.setCurrentWidget(self._table)
            return
        self._empty.say(*self._nothing(listed))
        self._list.setCurrentWidget(self._empty)

    def write_down_looks(self) -> None:
        """From now on it is written down that somebody came here and saw these names: the day of the clock is sure.

        What the page reads again by itself is nobody's look, and a clock that leaps must not come into the chain by it.
        """
        self._sure = True
        self._write_down()

    def _write_down(self) -> None:
        if not self._sure:
            return
        from desktop.gui.looks import glance, is_hidden

        self._unwritten = is_hidden(self)  # the door is still shut behind who comes in
        for title, count in ((self._listed.title, self._counts.get(self._listed.name, 0)), (_RECENT, self._recent)):
            glance(self, self._commands, title, count, why=_WHY)

    def _fetch(self, listed: HomeList, offset: int, limit: int) -> Sequence[DossierRow]:
        return home_lists.page(self._commands, listed.name, limit=limit, offset=offset)

    def _nothing(self, listed: HomeList) -> tuple[str, str, QAction]:
        if self._commands.ask(lookup.is_empty) and self._commands.practice:
            near = "Chương trình chỉ từng bước, từ thẻ Căn cước đến giấy hẹn in ra."
            return ("Sổ tập huấn còn trống. Làm thử giấy hẹn đầu tiên.", near, self._exercise)
        if self._commands.ask(lookup.is_empty):
            return ("Chưa có hồ sơ nào. Bấm F3 để tiếp nhận hồ sơ đầu tiên.", "", self._next)
        other = next((group for group in WORK if self._counts.get(group.name) and group is not listed), None)
        return (listed.nothing, self._nearest(), self._see[other.name] if other else self._next)

    def _nearest(self) -> str:
        soon = home_lists.page(self._commands, WorkingList.DUE_SOON, limit=1)
        if not soon:
            return f"Không có hồ sơ nào đến hạn trong {lists.SOON_WORKING_DAYS} ngày làm việc tới."
        return f"Hồ sơ gần nhất đến hạn {labels.day_words(soon[0].due_at.date(), year=False)}."

    def show_moment(self, now: datetime) -> None:
        """Times left and counts of this minute; what is selected stays selected."""
        if self._unwritten:
            self._write_down()
        if self._read_at is None or abs(now - self._read_at) >= _FRESH:
            self.refresh()

    def focus_first(self) -> None:
        if not self._counts.get(self._listed.name):
            self._chosen = False
            self._listed = self._first_with_work()
            self._show_list()
        self._tiles.tiles[WORK.index(self._listed)].setFocus()
        self._write_down()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        narrow, low = event.size().width() < _TWO_COLUMNS, event.size().height() < _LOW
        self._counter.setHidden(narrow)
        self._next_when_narrow.setVisible(narrow)
        self._foot.setHidden(low)
        edge = 8 if low else 12
        self._page.setContentsMargins(16, edge, 16, edge)
        self._page.setSpacing(edge)
        for strip in (self._strip, self._caution, self._steps_left):
            strip.fold(low)
        self._say_caution()
        self._table.horizontalHeader().setHidden(low)


def _worded(words: str, act: QAction, owner: HomePage) -> QAction:
    """The same act and key under other words; the key itself stays with ``act``."""
    action = QAction(owner, text=words)
    action.setShortcut(act.shortcut())
    action.triggered.connect(act.trigger)
    return action


def _opening_words(now: datetime, calendar: WorkCalendar | None) -> str:
    if calendar is None:
        return ""
    intervals = calendar.intervals(now.date())
    return f"từ {intervals[0][0]:%H:%M}" if intervals else "ngày nghỉ"
