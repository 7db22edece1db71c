"""One procedure as every version said it: the words of the chosen version, the versions with their decisions, notes.

Shows and records a kiến nghị; the form of an edit stands in the same place while it is open.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import ProcedureVersion
from db.vocabulary import ProcedureStatus
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.icons import Mark
from desktop.gui.messages import of_problem
from desktop.gui.pills import Pill
from desktop.gui.procedure_edit import ProcedureEdit
from desktop.gui.scrolling import Scroller, TextScroller
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import decision_history, decisions, procedure_facts, procedures, proposals
from desktop.office.decision_history import PastVersion
from desktop.rules.hand_edits import edited

STATUS_MARKS = {
    ProcedureStatus.IN_FORCE: Mark("ok", "check-circle", "Đang áp dụng"),
    ProcedureStatus.FUTURE: Mark("wait", "clock-outline", "Chưa hiệu lực"),
    ProcedureStatus.REPLACED: Mark("soon", "swap-horizontal-circle-outline", "Bị thay thế"),
    ProcedureStatus.ABOLISHED: Mark("late", "minus-circle-outline", "Đã bãi bỏ"),
}
_SPEAKS = Mark("ok", "check-circle", "Đang áp dụng")
_WAITS = Mark("wait", "clock-outline", "Chờ hiệu lực")
_OVER = Mark("idle", "file-replace-outline", "Đã qua")
_SILENT = Mark("idle", "undo-variant", "Đã thu hồi")
#: Head and rows of the versions, and of a low canvas.
_VERSIONS_HEIGHT, _LOW_VERSIONS, _LOW = 128, 94, 420


class ProcedureCard(Card):
    """``print_wanted`` carries the code whose sheet is to be printed, ``wanted`` says that something is typed here."""

    print_wanted = Signal(str)
    wanted = Signal()

    def __init__(
        self, make_act: Callable[[str, str, Callable[[], object]], QAction], commands: Commands, opener: FileOpener
    ) -> None:
        super().__init__("Thủ tục", flush=True)
        self._commands = commands
        self._version: ProcedureVersion | None = None
        self._pill = Pill()
        self._name = line("", "strong", wrap=True)
        self._facts = FactList(label_width=150)
        columns = (
            Column("Từ ngày", _since, 104),
            Column("Quyết định", _decided, 190),
            Column("Đổi gì", _differs, quiet=True),
            Column("", mark=self._mark, width=152),
        )
        self.versions = RecordTable(
            RecordTableModel(columns, key=lambda past: past.version.version_id), "Các bản của thủ tục", two_lines=False
        )
        self.edit = ProcedureEdit(make_act, opener)
        self._body = QStackedWidget()
        self.note = FieldRow("proposal", "Kiến nghị", label_width=70, hint="điều quầy muốn sửa ở thủ tục này")
        self.strip = MessageStrip()
        self._edit = make_act("Sửa tay", "Alt+S", self._open_edit)
        self._store = make_act("Ghi sửa", "F12", self._write)
        self._propose = make_act("Ghi kiến nghị", "Alt+K", self._record_note)
        self._print = make_act("In tờ này", "Ctrl+P", self._ask_print)
        self._lay_out()
        self.versions.chosen.connect(self._show_past)
        self.note.editor.installEventFilter(self)
        self.show_procedure("")

    def _lay_out(self) -> None:
        self.head.addWidget(self._pill)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QWidget()
        facts = QVBoxLayout(inside)
        facts.setContentsMargins(12, 4, 12, 8)
        facts.addWidget(self._name)
        facts.addWidget(self._facts)
        facts.addStretch(1)
        self.versions.setMinimumHeight(64)
        column.addWidget(self.versions)
        column.addWidget(Rule())
        column.addWidget(TextScroller(inside, "Nội dung của bản đang chọn"), 1)
        self._body.addWidget(shown)
        self._body.addWidget(Scroller(self.edit))
        self.body.addWidget(Rule())
        self.body.addWidget(self._body, 1)
        self.body.addWidget(Rule())
        self.body.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        noted = QHBoxLayout()
        noted.setSpacing(8)
        noted.addWidget(self.note, 1)
        noted.addWidget(ActButton(self._propose, "comment-edit-outline"), 0, Qt.AlignmentFlag.AlignTop)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(ActButton(self._print, "printer"))
        acts.addStretch(1)
        acts.addWidget(ActButton(self._edit, "circle-edit-outline"))
        self.store_button = ActButton(self._store, "content-save-check-outline", kind="primary")
        acts.addWidget(self.store_button)
        column.addWidget(self.strip)
        column.addLayout(noted)
        column.addLayout(acts)
        return foot

    @property
    def is_editing(self) -> bool:
        return self._body.currentIndex() == 1

    def show_procedure(self, code: str) -> None:
        """Another procedure; none for an empty code. What was typed into a form is given up only here."""
        today = self._commands.now().date()
        self._version = self._commands.ask(procedures.known, code, on=today) if code else None
        self._body.setCurrentIndex(0)
        self.strip.hush()
        self.versions.deselect()
        self.refresh()

    def refresh(self) -> None:
        """Read the procedure anew; an open form stays as it is typed."""
        version, today = self._version, self._commands.now().date()
        self._pill.setVisible(version is not None)
        if version is None:
            self.set_title("Chọn một thủ tục")
            self.versions.show_rows(())
            self._facts.show_facts(())
            self._name.clear()
        else:
            found = self._commands.ask(procedures.known, version.code, on=today)
            self._version = found or version
            self.set_title(f"{self._version.code} – {self._version.field}")
            self._pill.show_mark(STATUS_MARKS[self._version.status])
            told = self._commands.ask(decision_history.versions_of, version.code) or ()
            self.versions.show_rows(tuple(reversed(told)))
            if self.versions.current is None:
                self._select_speaking(told)
            self._show_past(self.versions.current)
        self.store_button.set_ready(self.is_editing)

    def _select_speaking(self, told: tuple[PastVersion, ...]) -> None:
        speaking = [n for n, past in enumerate(reversed(told)) if self._mark(past) is _SPEAKS]
        self.versions.select_row(speaking[0] if speaking else 0)

    def _show_past(self, past: PastVersion | None) -> None:
        if past is None:
            return
        version, today = past.version, self._commands.now().date()
        on = max(version.valid_from or today, today) if self._mark(past) is not _OVER else version.valid_from or today
        self._name.setText(version.name)
        facts = list(self._commands.ask(procedure_facts.told, version, on) or ())
        notes = self._commands.ask(proposals.proposals, version.code) or ()
        facts += [("Kiến nghị", f"{note.at:%d/%m/%Y} {note.clerk}: {note.text}") for note in notes]
        if past.decision is not None and past.decision.attachment:
            facts.append(("Văn bản kèm theo", past.decision.attachment["name"]))
        self._facts.show_facts(facts)

    def _mark(self, past: PastVersion) -> Mark:
        if past.decision is not None and past.decision.undone_by is not None:
            return _SILENT
        today = self._commands.now().date()
        if past.version.valid_from is not None and past.version.valid_from > today:
            return _WAITS
        current = self._commands.ask(procedures.known, past.version.code, on=today)
        return _SPEAKS if current is not None and current.version_id == past.version.version_id else _OVER

    def _open_edit(self) -> None:
        if self._version is None:
            self.strip.say("soon", "Chọn một thủ tục trước.")
            return
        self.wanted.emit()
        self.edit.show_version(self._version)
        self._body.setCurrentIndex(1)
        self.store_button.set_ready(True)
        self.strip.hush()
        self.edit.rows["number"].focus()

    def close_edit(self) -> None:
        """Back to the words of the procedure; nothing was written."""
        self._body.setCurrentIndex(0)
        self.store_button.set_ready(False)
        self.versions.setFocus()

    def _write(self) -> None:
        """F12: the edit becomes a decision with one change."""
        if not self.is_editing or self._version is None:
            self.strip.say("soon", "Bấm Alt+S để sửa trước.")
            return
        asked = self.edit.asked()
        if asked is None:
            return
        decision, edit = asked
        attachment: Path | None = self.edit.attachment
        version = edited(self._version, edit)
        done = self._commands.do(decisions.edit, version, decision, attachment=attachment, refused=self._refused)
        if done is not None:
            self.close_edit()
            on = f"{decision.effective_on:%d/%m/%Y}"
            self.strip.say("ok", f"Đã ghi quyết định {decision.number}, áp dụng từ {on}. Tường báo tờ phải thay ở F6.")

    def _refused(self, problem: Problem) -> None:
        field = str(getattr(problem, "facts", {}).get("field", ""))
        if not self.edit.show_problem(field, problem.message):
            self.strip.say(*of_problem(problem))

    def _record_note(self) -> None:
        """Alt+K: to the field, and from the field into the register."""
        text = self.note.value().strip()
        if self._version is None:
            self.strip.say("soon", "Chọn một thủ tục trước.")
        elif not text:
            self.wanted.emit()
            self.note.focus()
        elif self._commands.do(proposals.propose, self._version.code, text, refused=self._note_refused) is not None:
            self.note.set_value("")
            self.strip.say("ok", "Đã ghi kiến nghị; nằm trong danh sách rà soát thủ tục.")

    def _note_refused(self, problem: Problem) -> None:
        self.note.show_problem(problem.message)

    def _ask_print(self) -> None:
        if self._version is not None:
            self.print_wanted.emit(self._version.code)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.versions.setMaximumHeight(_VERSIONS_HEIGHT if event.size().height() >= _LOW else _LOW_VERSIONS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._record_note()
            return True
        return super().eventFilter(watched, event)


def _since(past: PastVersion) -> str:
    return f"{past.version.valid_from:%d/%m/%Y}" if past.version.valid_from else "từ đầu sổ"


def _decided(past: PastVersion) -> str:
    return past.decision.number if past.decision else past.version.decision or "danh mục ban đầu"


def _differs(past: PastVersion) -> str:
    words = dict.fromkeys(labels.PROCEDURE_FIELD_WORDS[name] for name in past.differs if name in _TOLD)
    return labels.sentence_start(", ".join(words).lower())


_TOLD = labels.PROCEDURE_FIELD_WORDS.keys()
