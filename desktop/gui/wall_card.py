"""Trên tường: what hangs right, and everything to do at the wall, by board and slot; Space records one as done.

Asks the office and records through ``commands``; what is printed and the walk along the wall are the page's.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.vocabulary import EventKind
from desktop import labels
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.counts import CountRow
from desktop.gui.empty import EmptyState
from desktop.gui.fields import FieldRow
from desktop.gui.keys import KeyBadge
from desktop.gui.messages import of_problem
from desktop.gui.scrolling import Scroller, application
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.gui.undo_strip import UndoStrip
from desktop.gui.wall_words import DO_MARKS, RIGHT, task_words
from desktop.office import decision_history, posting_checks, postings
from desktop.office.posting_checks import Do, Task, WallState
from desktop.office.postings import Place, Recorded
from desktop.rules.lifecycle import Happened
from desktop.rules.text import fold

_RIGHT = "right"
_COLUMNS = (
    Column("", mark=lambda task: DO_MARKS[task.do], width=126),
    Column("", lambda task: f"{task.mark}  {labels.procedure_words(task.title)}".strip(), note=task_words),
)
MakeAct = Callable[[str, str, Callable[[], object]], QAction]


class WallCard(Card):
    """``print_wanted`` carries the day whose sheets must hang, ``walk_wanted`` asks for the walk along the wall."""

    print_wanted = Signal(object)
    walk_wanted = Signal()

    def __init__(self, make_act: MakeAct, commands: Commands) -> None:
        super().__init__("Trên tường hôm nay", flush=True)
        self._commands = commands
        self._state: WallState | None = None
        self._shown: tuple[Task, ...] = ()
        self._sheets = line("", "quiet")
        self._days, self._later = Choice(), [commands.now().date()]
        self._days.setAccessibleName("Tường của ngày nào")
        self.counts = CountRow({_RIGHT: RIGHT, **{str(do): mark for do, mark in DO_MARKS.items()}}, unit="tờ")
        self._filter = FieldRow("wall_filter", "Lọc", hint="tên, số tờ, bảng", icon="magnify", label_width=32)
        self._filter.hide_caption()
        self._told = line("", "strong")
        self.table = RecordTable(
            RecordTableModel(_COLUMNS, key=lambda task: (task.do, task.name, task.board, task.slot)),
            "Việc phải làm trên tường",
            heads=False,
        )
        self._empty = EmptyState("check-circle-outline", "Tường đúng với danh mục.")
        self._list = QStackedWidget()
        self._board = FieldRow("board", "Dán ở bảng", label_width=78, hint="Bảng 1")
        self._slot = FieldRow("slot", "ô", label_width=12, hint="07")
        self._last: Recorded | None = None
        self._undo = UndoStrip(make_act("Hoàn lại", "Alt+Z", self._take_back), commands.now)
        self.strip = MessageStrip()
        self._print = make_act("In", "Ctrl+P", self._ask_print)
        self._walk = make_act("Đi soát tường", "Alt+Q", self.walk_wanted.emit)
        self._all = make_act("Đã làm cả", "Alt+T", self._record_all)
        make_act("Lọc việc", "Alt+L", self._filter.focus)
        make_act("Tường của ngày tới", "Alt+N", self._next_day)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.counts.chosen.connect(self._narrow)
        self.counts.went_down.connect(self.table.setFocus)
        self._filter.edited.connect(lambda _text: self._narrow())
        self._days.activated.connect(lambda _index: self.refresh())
        self.table.chosen.connect(self._show_place)
        self.table.opened.connect(lambda _task: self._board.focus())
        for part in (self.table, self._filter.editor, self._board.editor, self._slot.editor):
            part.installEventFilter(self)
        application().focusChanged.connect(self._follow_focus)

    def _lay_out(self) -> None:
        self.head.addWidget(self._sheets)
        self.head.addWidget(self._days)
        told = QHBoxLayout()
        told.setContentsMargins(12, 6, 12, 6)
        told.setSpacing(6)
        told.addWidget(self._told)
        told.addStretch(1)
        self._filter.setMaximumWidth(190)
        told.addWidget(self._filter)
        self._list.addWidget(self.table)
        self._list.addWidget(self._empty)
        self._list.setMinimumHeight(96)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.counts, Rule()):
            column.addWidget(part)
        column.addLayout(told)
        column.addWidget(Rule())
        column.addWidget(self._list, 1)
        column.addWidget(Rule())
        column.addWidget(self._make_records())
        self._scroller = Scroller(inside)
        self.body.addWidget(Rule())
        self.body.addWidget(self._scroller, 1)
        self.body.addWidget(Rule())
        self.body.addWidget(self._make_foot())

    def _make_records(self) -> QWidget:
        """Where a new sheet goes, and the keys that record."""
        records = QWidget()
        column = QVBoxLayout(records)
        column.setContentsMargins(12, 8, 12, 6)
        column.setSpacing(6)
        self._place = QWidget()
        place = QHBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(8)
        place.addWidget(self._board, 3)
        place.addWidget(self._slot, 1)
        done = QHBoxLayout()
        done.setSpacing(6)
        for part in (KeyBadge("Space"), line("đã làm việc này", "note")):
            done.addWidget(part)
        done.addStretch(1)
        done.addWidget(ActButton(self._all, "check-all", kind="quiet"))
        column.addWidget(self._place)
        column.addLayout(done)
        return records

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.print_button = ActButton(self._print, "printer", kind="primary")
        acts.addWidget(self.print_button, 1)
        acts.addWidget(ActButton(self._walk, "qrcode-scan"))
        column.addWidget(self._undo)
        column.addWidget(self.strip)
        column.addLayout(acts)
        return foot

    @property
    def state(self) -> WallState | None:
        """The wall as it was judged last."""
        return self._state

    @property
    def judged_on(self) -> date:
        """The day that was today when the wall was judged last."""
        return self._later[0]

    @property
    def day(self) -> date:
        """The day whose wall is shown: today, or one from which a decision counts."""
        return self._later[max(self._days.currentIndex(), 0)]

    def show_day(self, on: date) -> None:
        """The wall as it must be from a day on."""
        self._list_days(on)
        self.refresh()

    def refresh(self) -> None:
        """Judge the wall anew; what is selected stays."""
        self._list_days(self.day)
        state = self._commands.ask(posting_checks.stale, self.day)
        if state is None:
            return
        self._state = state
        ahead = state.on != self._commands.now().date()
        self.set_title(f"Tường từ {state.on:%d/%m/%Y}" if ahead else "Trên tường hôm nay")
        waiting = [len(state.of(do)) for do in (Do.REPLACE, Do.PUT_UP, Do.TAKE_DOWN)]
        must = len(state.right) + waiting[0] + waiting[1]
        self._sheets.setText(f"{labels.count_words(must)} tờ phải có")
        numbers = dict(zip(map(str, (Do.REPLACE, Do.PUT_UP, Do.TAKE_DOWN)), waiting, strict=True))
        self.counts.show_counts({_RIGHT: len(state.right), **numbers})
        sheets = len({task.name for task in state.tasks if task.do is not Do.TAKE_DOWN})
        self._print.setText(f"In {labels.count_words(sheets)} tờ" if sheets else "In niêm yết")
        self._narrow()

    def _list_days(self, shown: date) -> None:
        """Today and every later day from which a decision counts; ``shown`` stays chosen, else today."""
        today = self._commands.now().date()
        decided = self._commands.ask(decision_history.history) or ()
        later = {row.effective_on for row in decided if row.undone_by is None and row.effective_on > today}
        self._later = [today, *sorted(later)]
        self._days.clear()
        self._days.addItems(["Hôm nay", *(f"Từ {on:%d/%m/%Y}" for on in self._later[1:])])
        self._days.setCurrentIndex(self._later.index(shown) if shown in self._later else 0)
        self._days.setVisible(bool(later))

    def _next_day(self) -> None:
        self._days.setCurrentIndex((self._days.currentIndex() + 1) % self._days.count())
        self.refresh()

    def _narrow(self) -> None:
        """The tasks of the chosen count that have every typed piece."""
        tasks = self._state.tasks if self._state else ()
        pieces, kind = fold(self._filter.value()).split(), self.counts.current
        self._shown = tuple(
            task for task in tasks if kind in (None, str(task.do)) and all(piece in _searched(task) for piece in pieces)
        )
        self.table.show_rows(self._shown)
        if self.table.current is None:
            self.table.select_row(0)
        words = f"{labels.count_words(len(self._shown))} việc phải làm"
        self._told.setText(words if not (kind or pieces) else f"{words} đang lọc")
        self._say_empty(bool(tasks))
        self._list.setCurrentWidget(self.table if self._shown else self._empty)
        self._all.setText(f"Đã làm cả {labels.count_words(len(self._shown))} việc")
        self._all.setVisible(len(self._shown) > 1)
        self._show_place(self.table.current)

    def _say_empty(self, more: bool) -> None:
        if more:
            if self.counts.current == _RIGHT:
                self._empty.say("Những tờ đúng không phải làm gì.", "Bấm ← → để xem việc phải làm.")
            else:
                self._empty.say("Không có việc nào như vậy.", "Xóa chữ trong ô lọc để xem tất cả.")
            return
        right = self._state.right if self._state else ()
        last = max((one.posted_at for one in right), default=None)
        self._empty.say("Tường đúng với danh mục.", f"Ghi dán gần nhất {last:%H:%M %d/%m/%Y}." if last else "")

    def _show_place(self, task: Task | None) -> None:
        """Where it hangs; a new sheet goes where the clerk says, at first beside the one before."""
        self._place.setVisible(task is not None)
        new = task is not None and task.do is Do.PUT_UP
        for row in (self._board, self._slot):
            row.setEnabled(new)
        if task is not None and (not new or task.board or task.slot):
            self._board.set_value(task.board)
            self._slot.set_value(task.slot)

    def _record(self) -> None:
        """Space: this one is done."""
        task: Task | None = self.table.current
        if task is None:
            return
        if task.do is Do.PUT_UP:
            place = Place(task.name, self._board.value().strip(), self._slot.value().strip())
            self._post([place])
            self._suggest_next()
        elif task.do is Do.REPLACE:
            self._post([Place(task.name, task.board, task.slot)])
        else:
            self._down([Place(task.name, task.board, task.slot)])

    def _record_all(self) -> None:
        """Every task in the list is done: one event, so that one key takes all of it back."""
        kinds = {task.do for task in self._shown}
        if Do.TAKE_DOWN in kinds and len(kinds) > 1:
            self.strip.say("soon", "Chọn Gỡ, Thay hoặc Dán mới trước: gỡ và dán ghi riêng.")
            return
        board = self._board.value().strip()
        places = [
            Place(task.name, task.board or (board if task.do is Do.PUT_UP else ""), task.slot) for task in self._shown
        ]
        if kinds:
            (self._down if kinds == {Do.TAKE_DOWN} else self._post)(places)

    def _post(self, places: Sequence[Place]) -> None:
        self._settle(
            self._commands.do(postings.post, places, on=self.day, refused=self._refused), EventKind.POST_SHEETS
        )

    def _down(self, places: Sequence[Place]) -> None:
        self._settle(self._commands.do(postings.take_down, places, refused=self._refused), EventKind.TAKE_DOWN)

    def _settle(self, done: Recorded | None, kind: EventKind) -> None:
        if done is not None:
            self.strip.hush()
            self._last = done
            self._undo.offer(Happened(done.seq, kind, self._commands.now(), self._commands.clerk.short_name))

    def _take_back(self) -> None:
        if self._last is None or not self._undo.is_offered:
            self.strip.say("soon", "Không còn việc nào hoàn lại được; đã quá một phút.")
            return
        done = self._commands.do(postings.undo, self._last.seq, refused=self._refused)
        self._undo.offer(None)
        self._last = None
        if done is not None:
            self.strip.say("ok", f"Đã hoàn lại {labels.count_words(len(done.sheets))} tờ.", icon="undo-variant")

    def _refused(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _suggest_next(self) -> None:
        """The next new sheet usually hangs in the next slot."""
        slot = self._slot.value().strip()
        if slot.isdecimal() and self.table.current is not None and not self.table.current.slot:
            self._slot.set_value(f"{int(slot) + 1:0{len(slot)}d}")

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._scroller.isAncestorOf(new):
            self._scroller.ensureWidgetVisible(new, 0, 40)

    def _ask_print(self) -> None:
        self.print_wanted.emit(self.day)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space in the list records; Enter in a place goes on, and from the slot back to the list; Esc leads back."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        enters = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.table and key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._record()
        elif watched is self._board.editor and enters:
            self._slot.focus()
        elif watched is not self.table and (enters or key in (Qt.Key.Key_Escape, Qt.Key.Key_Down)):
            self.table.setFocus()
        else:
            return super().eventFilter(watched, event)
        return True


def _searched(task: Task) -> str:
    return fold(f"{task.mark} {task.title} {task.name} {task.board} {task.slot} {task.why}")
