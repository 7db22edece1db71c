"""Niêm yết (F6): the wall at the left, the decision that changes it at the right.

Space records what was done at the wall, a decision's file is looked at and written whole, and the wall then says
which sheets it makes wrong. On a narrow canvas one of the two is shown, with its act in sight.
"""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import labels
from desktop.changes import Changes
from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands
from desktop.gui.file_opener import FileOpener
from desktop.gui.history_card import HistoryCard
from desktop.gui.import_card import ImportCard
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser
from desktop.gui.period_bar import segment
from desktop.gui.theme import restyle
from desktop.gui.wall_card import WallCard
from desktop.office import catalogue_export
from desktop.office.decisions import Decided
from desktop.office.posting_checks import Do
from desktop.rules.change_sets import ChangeSet

_WIDE = 940
_WALL_WIDTH = 440
#: Lower than this (1366×768 at 200 %) the acts beside the import have their keys only.
_LOW = 330
_ANY_WIDTH = 16_777_215


class PostingPage(Page):
    """``print_wanted`` carries a day, ``walk_wanted`` and ``procedures_wanted`` lead to pages of their own."""

    print_wanted = Signal(object)
    walk_wanted = Signal()
    procedures_wanted = Signal()

    def __init__(self, commands: Commands, jobs: Jobs, opener: FileOpener, chooser: FileChooser) -> None:
        super().__init__()
        self._commands, self._chooser = commands, chooser
        self.wall = WallCard(self.act, commands)
        self.decision = ImportCard(self.act, commands, jobs, opener)
        self.history = HistoryCard(self.act, commands)
        self._right = QStackedWidget()
        self._history = self.act("Lịch sử", "Alt+H", self._turn_history)
        self._lookup = self.act("Tra, sửa thủ tục", "Alt+C", self.procedures_wanted.emit)
        self._export = self.act("Xuất danh mục", "Ctrl+E", self._ask_export)
        self._ways = {
            "wall": segment(self.act("Tường", "Alt+1", lambda: self._go("wall")), "Tường  Alt+1"),
            "decision": segment(self.act("Quyết định", "Alt+2", lambda: self._go("decision")), "Quyết định  Alt+2"),
        }
        self._side = "wall"
        self._wide: bool | None = None
        self._lay_out()
        self.wall.print_wanted.connect(self.print_wanted)
        self.wall.walk_wanted.connect(self.walk_wanted)
        self.decision.written.connect(self._show_written)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(8)
        # What stood here at another width must not keep the page from becoming narrow.
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._switch = QWidget()
        ways = QHBoxLayout(self._switch)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(6)
        for button in self._ways.values():
            ways.addWidget(button)
        ways.addStretch(1)
        outer.addWidget(self._switch)
        across = QHBoxLayout()
        across.setSpacing(14)
        self._right_side = QWidget()
        column = QVBoxLayout(self._right_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._right.addWidget(self.decision)
        self._right.addWidget(self.history)
        column.addWidget(self._right, 1)
        self._more = self._make_more()
        column.addWidget(self._more)
        across.addWidget(self.wall)
        across.addWidget(self._right_side, 1)
        outer.addLayout(across, 1)

    def _make_more(self) -> QWidget:
        more = QWidget()
        row = QHBoxLayout(more)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ActButton(self._lookup, "magnify"))
        row.addWidget(ActButton(self._history, "history"))
        row.addWidget(ActButton(self._export, "microsoft-excel"))
        row.addStretch(1)
        return more

    def concerns(self, changes: Changes) -> bool:
        return changes.catalogue or changes.postings or changes.settings

    def refresh(self) -> None:
        self.wall.refresh()
        self.history.refresh()

    def show_moment(self, now: datetime) -> None:
        """At midnight decisions take over and the wall is judged anew."""
        if self.wall.state is not None and self.wall.judged_on != now.date():
            self.refresh()

    def focus_first(self) -> None:
        """The first thing to do at the wall, unless a file is being looked at."""
        self.show_moment(self._commands.now())
        if self.decision.is_open:
            self._go("decision")
        else:
            self._go("wall")

    def _go(self, side: str) -> None:
        self._side = side
        self._arrange()
        if side == "wall":
            self.wall.table.setFocus()
        elif self._right.currentWidget() is self.history:
            self.history.focus()
        else:
            self.decision.focus()

    def _turn_history(self) -> None:
        """Alt+H: the decisions that were written, and back."""
        shown = self._right.currentWidget() is self.history
        self._right.setCurrentWidget(self.decision if shown else self.history)
        self._history.setText("Lịch sử" if shown else "Về nhập quyết định")
        self._go("decision")

    def open_file(self, path: Path) -> None:
        """A decision's file from elsewhere."""
        self._go("decision")
        self.decision.open_file(path)

    def _show_written(self, _done: Decided, changes: ChangeSet) -> None:
        """The wall of the day from which it counts: exactly what it makes wrong."""
        on = max(changes.decision.effective_on, self._commands.now().date())
        self.wall.show_day(on)
        state = self.wall.state
        if state is not None:
            numbers = {do: labels.count_words(len(state.of(do))) for do in Do}
            words = (
                f"{self.decision.strip.text} Từ {on:%d/%m/%Y} tường phải thay {numbers[Do.REPLACE]} tờ, "
                f"dán mới {numbers[Do.PUT_UP]}, gỡ {numbers[Do.TAKE_DOWN]}: xem bên tường."
            )
            self.decision.strip.say("ok", words)
        self._go("wall")

    def _ask_export(self) -> None:
        today = self._commands.now().date()
        self._chooser.choose(self, f"danh-muc-{today:%Y%m%d}.xlsx", self._write_export)

    def _write_export(self, path: Path) -> None:
        now = self._commands.now()
        told = self.decision.strip
        number = self._commands.ask(
            catalogue_export.export,
            path,
            on=now.date(),
            now=now,
            refused=lambda problem: told.say(*of_problem(problem)),
        )
        if number is not None:
            told.say("ok", f"Đã xuất {labels.count_words(number)} thủ tục vào {path.name}.")

    def _arrange(self) -> None:
        wide = self._wide is not False
        self._switch.setVisible(not wide)
        self.wall.setVisible(wide or self._side == "wall")
        self._right_side.setVisible(wide or self._side == "decision")
        self.wall.setMaximumWidth(_WALL_WIDTH if wide else _ANY_WIDTH)
        self.wall.setMinimumWidth(_WALL_WIDTH if wide else 0)
        for side, button in self._ways.items():
            restyle(button, chosen="true" if side == self._side else "false")

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        self._more.setVisible(event.size().height() >= _LOW)
        if wide != self._wide:
            self._wide = wide
            self._arrange()
