"""Cài đặt (F9): its parts, one shown at a time; every change goes through the office as an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop.changes import Changes
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.page import Page
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.settings_calendar import CalendarSection
from desktop.gui.settings_machine import MachineSection
from desktop.gui.settings_printer import PrinterSection
from desktop.gui.settings_rating import RatingSection
from desktop.gui.settings_section import PinnedSection, Section
from desktop.gui.settings_unit import UnitSection
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel

if TYPE_CHECKING:
    from desktop.office.disk_protection import Protection

_WIDE = 760
#: Narrower than this the list has room for its names only.
_NAMES = 180
_HUB, _BACKUP = 9, 10


@dataclass(frozen=True)
class _Part:
    """A part of the settings, made when it is first shown."""

    id: int
    title: str
    make: Callable[[], Section]

    @property
    def keys(self) -> str:
        """Alt and a digit for the first ten, Ctrl and a digit for those after them."""
        return f"Alt+{self.id % 10}" if self.id <= _BACKUP else f"Ctrl+{self.id - _BACKUP}"


_COLUMNS = (
    Column("", lambda part: part.title),
    Column("", lambda part: part.keys, 60, quiet=True, right=True, least=_NAMES),
)


class SettingsPage(Page):
    """Passes upward what the parts ask of others: look, calibration page. ``more`` are titles and makers of parts."""

    look_chosen = Signal(str)
    calibration_requested = Signal(object)

    def __init__(
        self,
        commands: Commands,
        *,
        printers: Callable[[], tuple[str, ...]],
        folder: str,
        station: str,
        people_section: Callable[[], Section],
        hub_section: Callable[[], Section],
        backup_section: Callable[[], Section],
        protection: "Callable[[], Protection | None]" = lambda: None,
        more: Sequence[tuple[str, Callable[[], Section]]] = (),
    ) -> None:
        super().__init__()
        self._commands = commands
        self._printers, self._folder, self._station, self._protection = printers, folder, station, protection
        self._parts = (
            _Part(1, "Người làm việc", people_section),
            _Part(2, "Đơn vị", partial(UnitSection, commands)),
            _Part(3, "Lịch nghỉ", partial(CalendarSection, commands)),
            _Part(4, "Máy in", self._make_printer),
            _Part(5, "Máy này", self._make_machine),
            _Part(6, "Ý kiến người dân", partial(RatingSection, commands)),
            _Part(7, "Mẫu giấy", self._make_forms),
            _Part(8, "Niêm yết", self._make_posting),
            _Part(_HUB, "Nối tuyến trên", hub_section),
            _Part(_BACKUP, "Sao lưu", backup_section),
            *(_Part(number, title, make) for number, (title, make) in enumerate(more, start=_BACKUP + 1)),
        )
        self._made: dict[int, Section] = {}
        self._stack = QStackedWidget()
        self._list = RecordTable(RecordTableModel(_COLUMNS), "Các phần cài đặt", two_lines=False, heads=False)
        self._lay_out()
        self._list.show_rows(self._parts)
        self._list.chosen.connect(self._show)
        self._list.opened.connect(self._enter)
        for part in self._parts:
            self.act(part.title, part.keys, partial(self._go, part))
        self.act("Về danh sách phần", "Esc", self._list.setFocus)
        self._list.select_row(0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        self._list_card = Card(flush=True)
        self._list_card.setFixedWidth(220)
        self._list_card.body.setContentsMargins(0, 8, 0, 8)
        self._list_card.body.addWidget(self._list)
        row.addWidget(self._list_card)
        row.addWidget(self._stack, 1)

    def _make_printer(self) -> Section:
        section = PrinterSection(self._commands, self._printers)
        section.calibration_requested.connect(self.calibration_requested)
        return section

    def _make_machine(self) -> Section:
        section = MachineSection(
            self._commands, folder=self._folder, station=self._station, protection=self._protection
        )
        section.look_chosen.connect(self.look_chosen)
        return section

    def _make_forms(self) -> Section:
        # It draws paper, which few windows ever do: loaded only for those.
        from desktop.gui.settings_forms import FormsSection

        return FormsSection(self._commands)

    def _make_posting(self) -> Section:
        # The wall's facts need what reads packets and sheets: loaded only for those who look at them.
        from desktop.gui.settings_posting import PostingSection

        return PostingSection(self._commands)

    @property
    def section(self) -> Section:
        """The part that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, PinnedSection)
        return shown.section

    def _section(self, part: _Part) -> Section:
        if part.id not in self._made:
            section = self._made[part.id] = part.make()
            section.setAccessibleName(part.title)
            self._stack.addWidget(PinnedSection(section))
        return self._made[part.id]

    def _show(self, part: _Part) -> None:
        section = self._section(part)
        self._stack.setCurrentIndex(list(self._made).index(part.id))
        section.strip.hush()
        section.refresh()

    def _enter(self, part: _Part) -> None:
        first = self._section(part).first
        shown = self._stack.currentWidget()
        assert isinstance(shown, PinnedSection)
        shown.go_to_top()
        if first is not None:
            first.setFocus()
            bring_into_sight(first)

    def _go(self, part: _Part) -> None:
        self._list.select_row(part.id - 1)
        self._enter(part)

    def show_hub(self) -> None:
        """Where the commune meets the tier above."""
        self._go(self._parts[_HUB - 1])

    def show_part(self, title: str) -> None:
        """The part that is called so, ready for its work."""
        self._go(next(part for part in self._parts if part.title == title))

    def refresh(self) -> None:
        self.section.refresh()

    def part(self) -> str:
        return self.section.accessibleName()

    def concerns(self, changes: Changes) -> bool:
        return changes.settings or changes.old_books

    def focus_first(self) -> None:
        self._list.setFocus()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._list_card.setFixedWidth(220 if event.size().width() >= _WIDE else 150)
