"""Nhập quyết định: a decision's file looked at before anything is written, decided where it is unclear, written whole.

The work runs in ``ImportDesk``. Never writes while a limit waits for a person; what a row rejects is never hidden.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.dates import typed_date
from desktop.gui.empty import EmptyState
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.icons import Mark
from desktop.gui.import_desk import ImportDesk
from desktop.gui.import_rows import counts
from desktop.gui.import_view import ImportView
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.pills import Pill
from desktop.gui.scrolling import Scroller, application
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.wall_words import CHANGING, KIND_MARKS
from desktop.office.decisions import Decided
from desktop.office.incoming import Incoming
from desktop.rules.change_sets import ChangeSet, Decision

ENDINGS = ("xlsx", "csv", "json")
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOT_WRITTEN = Mark("idle", "eye-outline", "Xem trước, chưa ghi gì")
_NO_DAY, _BAD_DAY = "Tệp không ghi ngày hiệu lực. Ghi ngày, ví dụ 01/12/2026.", "Ghi ngày như 01/12/2026."


class ImportCard(Card):
    """``written`` carries the :class:`Decided` and the change set once the catalogue has it."""

    written = Signal(object, object)

    def __init__(
        self,
        make_act: Callable[[str, str, Callable[[], object]], QAction],
        commands: Commands,
        jobs: Jobs,
        opener: FileOpener,
    ) -> None:
        super().__init__("Nhập quyết định", flush=True)
        self._opener = opener
        self._desk = ImportDesk(commands, jobs, self)
        self._found: Incoming | None = None
        self._changes: ChangeSet | None = None
        open_file = make_act("Mở tệp", "Alt+O", self._ask_file)
        self._decide = make_act("Quyết từng dòng", "Alt+R", self._ask_next)
        write = make_act("Ghi tất cả", "F12", self._write_all)
        self.open_button = ActButton(open_file, "folder-open-outline")
        self.decide_button = ActButton(self._decide, "account-question-outline")
        self.write_button = ActButton(write, "content-save-check-outline", kind="primary")
        self._file = ElidedLabel("", "quiet")
        self._pill = Pill(_NOT_WRITTEN)
        self.number = FieldRow("decision", "Quyết định", label_width=76, hint="3120/QĐ-UBND")
        self.decided_on = FieldRow("decided_on", "Ký ngày", label_width=54, hint="20/11/2026")
        self.effective_on = FieldRow("effective_on", "Hiệu lực", label_width=54, hint="01/12/2026")
        self.view = ImportView(make_act, commands)
        self._body = QStackedWidget()
        self.strip, self._bar, self._doing = MessageStrip(), QProgressBar(), line("", "note")
        self._lay_out()
        self._connect()
        self._show_state()

    def _connect(self) -> None:
        self.view.answered.connect(self._follow_answer)
        self._desk.looked.connect(self._show_looked)
        self._desk.prepared.connect(self._show_changes)
        self._desk.written.connect(self._settle)
        self._desk.refused.connect(self._refused)
        self._desk.busy.connect(self._show_busy)
        for row in self._rows:
            row.left.connect(self._prepare_anew)
            row.editor.installEventFilter(self)
        application().focusChanged.connect(self._follow_focus)

    @property
    def _rows(self) -> tuple[FieldRow, FieldRow, FieldRow]:
        return self.number, self.decided_on, self.effective_on

    def _lay_out(self) -> None:
        self.head.insertWidget(1, self._file, 100)
        self.head.addWidget(self._pill)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        facts = QHBoxLayout()
        facts.setContentsMargins(12, 6, 12, 8)
        facts.setSpacing(12)
        for row, share in zip(self._rows, (40, 30, 30), strict=True):
            facts.addWidget(row, share, Qt.AlignmentFlag.AlignTop)
        column.addLayout(facts)
        column.addWidget(Rule())
        column.addWidget(self.view, 1)
        empty = EmptyState(
            "file-table-outline",
            "Chưa mở quyết định nào.",
            "Danh mục của tỉnh (.xlsx, .csv, .json) hoặc gói có chữ ký của cấp trên; xem trước rồi mới ghi.",
            tone="accent",
        )
        self._scroller = Scroller(inside)
        self._body.addWidget(empty)
        self._body.addWidget(self._scroller)
        self.body.addWidget(Rule())
        self.body.addWidget(self._body, 1)
        self.body.addWidget(Rule())
        self.body.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("Tiến độ")
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.open_button)
        acts.addStretch(1)
        acts.addWidget(self.decide_button)
        acts.addWidget(self.write_button)
        for part in (self.strip, self._doing, self._bar):
            column.addWidget(part)
        column.addLayout(acts)
        return foot

    @property
    def is_open(self) -> bool:
        """Whether a file is being looked at."""
        return self._found is not None

    def focus(self) -> None:
        """Where the work goes on: the list, the field that lacks, or the way to a file."""
        if self._changes is not None:
            self.view.table.setFocus()
        elif self._found is not None:
            self.effective_on.focus()
        else:
            self.open_button.setFocus()

    def _ask_file(self) -> None:
        if not self._desk.is_busy:
            self._opener.ask(self, "Mở quyết định hoặc gói danh mục", ENDINGS, self.open_file)

    def open_file(self, path: Path) -> None:
        """Read a file; what was open before is put away, written or not."""
        self._put_away()
        self._desk.open(path)

    def _put_away(self) -> None:
        self._found = self._changes = None
        self.strip.hush()
        self._show_state()

    def _show_looked(self, found: Incoming, changes: ChangeSet | None) -> None:
        self._found = found
        days = (f"{on:%d/%m/%Y}" if on else "" for on in (found.decided_on, found.effective_on))
        for row, text in zip(self._rows, (found.number, *days), strict=True):
            row.set_value(text, filled=True)
            row.clear_problem()
        self._file.show_text(f"– {found.path.name}" + (f", {found.issuer}" if found.issuer else ""))
        if changes is not None:
            self._show_changes(changes)
            return
        self._show_state()
        self.effective_on.show_problem(_NO_DAY)
        self.effective_on.focus()

    def _show_changes(self, changes: ChangeSet) -> None:
        self._changes = changes
        self.view.show_changes(changes)
        self._show_state()
        self.view.counts.focus()

    def _ask_next(self) -> None:
        """Alt+R: the first limit that nobody decided, else the selected one once more."""
        if self._changes is not None and not self.view.ask_next():
            self.strip.say("accent", "Không còn thời hạn nào chờ người quyết.")

    def _follow_answer(self) -> None:
        self._show_state()
        if not self.view.waiting:
            self.write_button.setFocus()

    def _typed(self) -> Decision | None:
        """The decision as it stands in the fields; None says what is wrong beside them."""
        decided, effective = typed_date(self.decided_on.value()), typed_date(self.effective_on.value())
        wrong = bool(self.decided_on.value().strip()) and decided is None
        lacks = "" if effective else _BAD_DAY if self.effective_on.value().strip() else _NO_DAY
        self.decided_on.show_problem(_BAD_DAY if wrong else "")
        self.effective_on.show_problem(lacks)
        if wrong or effective is None:
            return None
        title = self._found.title if self._found else ""
        return Decision(self.number.value().strip(), decided, effective, title)

    def _prepare_anew(self) -> bool:
        """Compare again when the decision in the fields is another one; True when that was begun."""
        if self._found is None or self._desk.is_busy:
            return False
        decision = self._typed()
        if decision is None or (self._changes is not None and self._changes.decision == decision):
            return False
        self._desk.prepare(self._found, decision)
        return True

    def _write_all(self) -> None:
        """F12: everything in one transaction, or the one sentence why not yet."""
        if self._desk.is_busy or self._prepare_anew():
            return
        if self._found is None:
            self.strip.say("soon", "Chưa mở quyết định nào; bấm Alt+O.")
        elif self._typed() is None or self._changes is None:
            (self.decided_on if self.decided_on.problem else self.effective_on).focus()
        elif not self.number.value().strip():
            self.number.show_problem("Còn thiếu số quyết định công bố.")
            self.number.focus()
        elif self.view.waiting:
            self._say_waiting()
            self.view.ask_next()
        elif not self._changes.changes:
            self.strip.say("soon", "Tệp không đổi gì so với danh mục; không có gì để ghi.")
        else:
            self._desk.write(self._changes, self.view.answers, self._found)

    def _settle(self, done: Decided, changes: ChangeSet) -> None:
        self._put_away()
        numbers = counts(changes)
        told = ", ".join(f"{numbers[name]} {KIND_MARKS[name].word.lower()}" for name in CHANGING if numbers[name])
        on = changes.decision.effective_on
        self.strip.say("ok", f"Đã ghi quyết định {changes.decision.number}: {told}; áp dụng từ {on:%d/%m/%Y}.")
        self.written.emit(done, changes)

    def _refused(self, problem: Problem) -> None:
        stale = problem.code == "stale_change_set"
        if stale:
            self._changes = None
        self._show_state()
        self.strip.say(*of_problem(problem))
        if stale and self._found is not None and (decision := self._typed()):
            self._desk.prepare(self._found, decision)
        elif getattr(problem, "facts", {}).get("field") == self.effective_on.editor.objectName():
            self.effective_on.show_problem(problem.message)

    def _show_busy(self, words: str) -> None:
        self._doing.setText(words)
        for part in (self._doing, self._bar):
            part.setVisible(bool(words))
        if words:
            self.strip.hush()

    def _show_state(self) -> None:
        """What can be done now, and what it waits for."""
        looking = self._found is not None
        self._pill.setVisible(looking)
        self._file.setVisible(looking)
        self._body.setCurrentIndex(1 if looking else 0)
        self.view.setVisible(self._changes is not None)
        for part in (self._doing, self._bar):
            part.setVisible(self._desk.is_busy)
        waiting = bool(self._changes and self.view.waiting)
        self.decide_button.set_ready(waiting)
        self.write_button.set_ready(self._changes is not None and not waiting)
        self._say_waiting()

    def _say_waiting(self) -> None:
        if self._changes is None:
            return
        rejected, others = len(self._changes.rejected), len(self._changes.other_levels)
        if waiting := len(self.view.waiting):
            self.strip.say("wait", f"Còn {waiting} thời hạn chờ người quyết trước khi ghi.")
        elif rejected:
            self.strip.say("soon", f"{rejected} dòng không đọc được sẽ không ghi; các dòng khác ghi được.")
        elif others:
            told = f"{labels.count_words(others)} thủ tục do cấp khác giải quyết"
            self.strip.say("accent", f"{told}: để tra cứu, không nhận ở quầy, không niêm yết.")
        else:
            self.strip.hush()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._scroller.isAncestorOf(new):
            self._scroller.ensureWidgetVisible(new, 0, 60)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field of the decision compares anew, or goes on to the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if not pressed or event.key() not in _ENTERS:  # type: ignore[attr-defined]
            return super().eventFilter(watched, event)
        if not self._prepare_anew() and self._changes is not None:
            self.view.table.setFocus()
        return True
