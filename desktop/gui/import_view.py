"""ImportView: what a file would change, row by row, old beside new, and the limits that only a person can decide.

Shows a ``ChangeSet`` and keeps what was answered of it. Writes nothing; the card around it does when asked.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.records import Limit
from desktop import labels
from desktop.gui.cards import Rule
from desktop.gui.change_view import ChangeView
from desktop.gui.commands import Commands
from desktop.gui.counts import CountRow
from desktop.gui.import_rows import ImportRow, counts, rows
from desktop.gui.limit_question import LimitQuestion
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import ElidedLabel
from desktop.gui.wall_words import KIND_MARKS, REJECTED, WAITS
from desktop.office import procedure_changes, procedures
from desktop.rules.change_sets import ChangeSet, Question
from desktop.rules.reasons import limit_words

_COLUMNS = (
    Column("Dòng", lambda row: str(row.row or ""), 62, right=True),
    Column("Mã", lambda row: row.code, 92),
    Column("Thủ tục", lambda row: row.name),
    Column("Đổi gì", lambda row: row.what, 168, quiet=True, least=520),
    Column("Đọc tệp", mark=lambda row: row.mark, width=132),
)
#: The list beside a question: head and two rows.
_SHORT, _ANY_HEIGHT = 96, 16_777_215
_LEAST_BELOW = 150


class ImportView(QWidget):
    """``answered`` follows every decision of a person; the answers are :attr:`answers`."""

    answered = Signal()

    def __init__(self, make_act: Callable[[str, str, Callable[[], object]], QAction], commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._changes: ChangeSet | None = None
        #: What was decided so far, by number of the question; None leaves the limit for intake.
        self.answers: dict[int, Limit | None] = {}
        self.counts = CountRow(KIND_MARKS, unit="dòng")
        self.table = RecordTable(RecordTableModel(_COLUMNS), "Những thủ tục trong tệp", two_lines=False)
        self._about = ElidedLabel("", "strong")
        self.compared = ChangeView()
        self.asking = LimitQuestion(make_act)
        self._below = QStackedWidget()
        self._lay_out()
        self.counts.chosen.connect(self._narrow)
        self.counts.went_down.connect(self.table.setFocus)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self._open_row)
        self.asking.answered.connect(self._take_answer)
        for part in (self.asking.fields.value.editor, self.asking.fields.unit, self.compared):
            part.installEventFilter(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.table.setMinimumHeight(_SHORT)
        self._about.setContentsMargins(12, 6, 12, 6)
        self._below.addWidget(self.compared)
        self._below.addWidget(self.asking)
        for part in (self.counts, Rule()):
            column.addWidget(part)
        column.addWidget(self.table, 4)
        column.addWidget(self._about)
        column.addWidget(Rule())
        column.addWidget(self._below, 5)

    def show_changes(self, changes: ChangeSet) -> None:
        """Another change set, nothing answered yet; the first count that needs a person is chosen."""
        self._changes, self.answers = changes, {}
        numbers = counts(changes)
        self.counts.show_counts(numbers)
        waiting = [row.kind for row in self._rows() if row.mark is WAITS]
        filled = [name for name in (REJECTED, *KIND_MARKS) if numbers[name]]
        self.counts.choose(next((name for name in KIND_MARKS if name in waiting), filled[0] if filled else None))
        self._narrow()

    @property
    def waiting(self) -> list[Question]:
        """The limits that nobody decided."""
        asked = self._changes.to_decide if self._changes else ()
        return [question for question in asked if question.number not in self.answers]

    def ask_next(self) -> bool:
        """Ask the first limit that nobody decided, else the selected one once more; False when there is none."""
        row: ImportRow | None = self.table.current
        waiting = self.waiting or ([row.question] if row is not None and row.question is not None else [])
        if waiting:
            self._ask(waiting[0])
        return bool(waiting)

    def _rows(self) -> tuple[ImportRow, ...]:
        if self._changes is None:
            return ()
        on = self._changes.decision.effective_on

        def name_of(code: str) -> str:
            known = self._commands.ask(procedures.known, code, on=on)
            return labels.procedure_words(known.name) if known else ""

        return rows(self._changes, self.answers, name_of)

    def _narrow(self) -> None:
        self.table.show_rows([row for row in self._rows() if self.counts.current in (None, row.kind)])
        if self.table.current is None:
            self.table.select_row(0)
        self._show_row(self.table.current)

    def _show_row(self, row: ImportRow | None) -> None:
        self._show_below(self.compared, _ANY_HEIGHT, _LEAST_BELOW)
        if row is None or self._changes is None or row.kind == REJECTED:
            told = f"Dòng {row.row} không đọc được: {row.name}" if row is not None else ""
            self._about.show_text(told)
            self.compared.show_compared((), "", "")
            return
        decision, decided = self._changes.decision, self._decided_words(row)
        lines = self._commands.ask(procedure_changes.compared, row.code, row.change, decision, decided=decided)
        warned = f" – {' '.join(row.change.warnings)}" if row.change and row.change.warnings else ""
        self._about.show_text(f"{row.code} {row.name}{warned}")
        self.compared.show_compared(lines or (), "Đang dùng", "Theo quyết định")

    def _show_below(self, part: QWidget, list_height: int, least: int) -> None:
        self._below.setCurrentWidget(part)
        self._about.setVisible(part is self.compared)
        self.table.setMaximumHeight(list_height)
        self._below.setMinimumHeight(least)

    def _decided_words(self, row: ImportRow) -> str:
        limit = self.answers.get(row.question.number) if row.question else None
        return f"{limit_words(limit)} – {self._commands.clerk.full_name} quyết" if limit else ""

    def _open_row(self, row: ImportRow) -> None:
        """Enter: the question of the row, or its comparison."""
        if row.question is not None:
            self._ask(row.question)
        else:
            self.compared.setFocus()

    def _ask(self, question: Question) -> None:
        assert self._changes is not None
        where = (question.sheet, question.row, question.code)
        change = next(c for c in self._changes.changes if (c.sheet, c.row, c.version.code) == where)
        self.counts.choose(str(change.kind))
        self._narrow()
        listed = [self.table.records.record(row) for row in range(self.table.records.rowCount())]
        self.table.select_row(next(n for n, row in enumerate(listed) if row and row.question is question))
        before = self.answers.get(question.number)
        self.asking.ask(question, len(self._changes.to_decide), has_cases=bool(change.version.cases), before=before)
        self._show_below(self.asking, _SHORT, self.asking.height_at(self.width()))
        self.asking.fields.value.focus()

    def _take_answer(self, number: int, limit: Limit | None) -> None:
        self.answers[number] = limit
        self._narrow()
        if self.waiting:
            self.ask_next()
        self.answered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leads from the question, or the comparison, back to the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._show_row(self.table.current)
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)
