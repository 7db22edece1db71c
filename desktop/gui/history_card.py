"""Các quyết định đã ghi: which decisions made the catalogue, and how one of them is taken back as a whole.

A reason is asked; nothing is deleted. The office refuses while a later decision builds on it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import DecisionRow
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.empty import EmptyState
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Mark
from desktop.gui.messages import of_problem
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.wall_words import KIND_MARKS
from desktop.office import decision_history, decisions

_SOURCES = {"file": "từ tệp", "hand": "sửa tay", "packet": "từ gói có chữ ký"}


class HistoryCard(Card):
    """The latest first; what was taken back stays in the list and says so."""

    def __init__(self, make_act: Callable[[str, str, Callable[[], object]], QAction], commands: Commands) -> None:
        super().__init__("Các quyết định đã ghi", flush=True)
        self._commands = commands
        columns = (
            Column("Quyết định", lambda row: row.number, note=_about, strong=True),
            Column("Hiệu lực", lambda row: f"{row.effective_on:%d/%m/%Y}", 104, note=_signed),
            Column("Đổi", _counted, 170, quiet=True, least=560),
            Column("", mark=self._mark, width=136),
        )
        self.table = RecordTable(RecordTableModel(columns, key=lambda row: row.seq), "Các quyết định đã ghi")
        self._empty = EmptyState(
            "file-document-outline",
            "Chưa ghi quyết định nào.",
            "Danh mục là danh mục kèm theo chương trình.",
            tone="idle",
        )
        self._list = QStackedWidget()
        self.reason = FieldRow("undo_reason", "Lý do", label_width=52, hint="vì sao thu hồi cả quyết định")
        self.strip = MessageStrip()
        self._undo = make_act("Thu hồi quyết định", "Alt+U", self._take_back)
        self._lay_out()
        self.table.opened.connect(lambda _row: self.reason.focus())
        self.reason.editor.installEventFilter(self)

    def _lay_out(self) -> None:
        self._list.addWidget(self.table)
        self._list.addWidget(self._empty)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.reason, 1)
        acts.addWidget(ActButton(self._undo, "undo-variant"), 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.strip)
        column.addLayout(acts)
        self.body.addWidget(Rule())
        self.body.addWidget(self._list, 1)
        self.body.addWidget(Rule())
        self.body.addWidget(foot)

    def refresh(self) -> None:
        """Read the decisions anew."""
        told = self._commands.ask(decision_history.history) or ()
        self.table.show_rows(told)
        self._list.setCurrentWidget(self.table if told else self._empty)
        if self.table.current is None:
            self.table.select_row(0)

    def focus(self) -> None:
        """Into the list."""
        self.table.setFocus()

    def _take_back(self) -> None:
        row: DecisionRow | None = self.table.current
        if row is None or not self.isVisible():
            return
        reason = self.reason.value().strip()
        if not reason:
            self.reason.show_problem("Ghi lý do thu hồi; lý do nằm trong sổ.")
            self.reason.focus()
            return
        self.reason.clear_problem()
        done = self._commands.do(decisions.undo, row.seq, reason, refused=self._refused)
        if done is not None:
            self.reason.set_value("")
            self.strip.say("ok", f"Đã thu hồi quyết định {row.number}. Danh mục và tường đọc lại như trước đó.")
            self.table.setFocus()

    def _refused(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _mark(self, row: DecisionRow) -> Mark:
        if row.undone_by is not None:
            return Mark("idle", "undo-variant", "Đã thu hồi")
        if row.effective_on > self._commands.now().date():
            return Mark("wait", "clock-outline", "Chờ hiệu lực")
        return Mark("ok", "check-circle", "Đang áp dụng")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the reason takes back, Esc leads to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_back()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)


def _about(row: DecisionRow) -> str:
    told = f"ghi {row.at:%H:%M %d/%m/%Y}, {row.clerk}, {_SOURCES.get(row.source, row.source)}"
    return f"{row.title} – {told}" if row.title else told


def _signed(row: DecisionRow) -> str:
    return f"ký {row.decided_on:%d/%m/%Y}" if row.decided_on else ""


def _counted(row: DecisionRow) -> str:
    told = ((row.counts.get(kind, 0), mark.word.lower()) for kind, mark in KIND_MARKS.items())
    return ", ".join(f"{labels.count_words(number)} {word}" for number, word in told if number)
