"""Closing the day on the statistics page: its seal and code, or what must be answered before it can be closed.

The office judges; the panel asks a reason for every overdue dossier that nobody apologised for, and for a new revision.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import RegisterProblem, UserError
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.gui.theme import restyle
from desktop.office import closing, rights

_MOST_SHOWN = 12


class ClosingPanel(Card):
    """``state`` says how the day stands, for the head of the card; ``done`` tells that a day was closed."""

    done = Signal()

    def __init__(self, page: Page, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._day: date | None = None
        self._silent: dict[str, FieldRow] = {}
        #: What was answered so far, also for dossiers that are no longer shown.
        self._answers: dict[str, str] = {}
        self.state = line("", "note")
        self._words = line("", "strong")
        self._act = page.act("Chốt ngày", "F12", self._close)
        self._button = ActButton(self._act, "lock-check-outline", kind="primary")
        self._whose = line("", "note", "soon", wrap=True)
        self._strip = MessageStrip()
        self._reason = FieldRow("reason", "Lý do chốt lại", label_width=190, hint="vì sao số liệu khác bản đã chốt")
        self._reason.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._words, 1)
        head.addWidget(self._button)
        self.body.addLayout(head)
        self.body.addWidget(self._whose)
        self.body.addWidget(self._strip)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._reason)
        self._say_whose()
        commands.clerk_changed.connect(lambda _clerk: self._say_whose())

    def _say_whose(self) -> None:
        """Who may not close the day reads it here, before an act that would be refused."""
        said = self._commands.ask(rights.why_not, self._commands.clerk, EventKind.CLOSE_DAY)
        self._whose.setText(said[1] if said else "")
        self._whose.setVisible(bool(said))
        self._button.set_ready(not said)

    def show_day(self, on: date | None) -> None:
        """The day that the page shows; None where it shows a longer period."""
        if on != self._day:
            self._forget()
        self._day = on
        today = self._commands.now().date()
        sealed = self._commands.ask(closing.latest, on) if on is not None else None
        closable = on is not None and on <= today and (sealed is None or on == today)
        self.setVisible(closable)
        self._act.setEnabled(closable)
        self._say_whose()
        self._words.setText("Ngày chưa chốt" if sealed is None else "Chốt lại nếu trong ngày có việc ghi thêm")
        if on is None:
            self.state.setText("")
        elif sealed is None:
            self.state.setText("ngày chưa chốt")
            restyle(self.state, tone="soon")
        else:
            late = ", chốt muộn" if sealed.is_late else ""
            self.state.setText(f"Đã chốt lúc {sealed.at:%H:%M %d/%m}, bản {sealed.revision}{late}, mã {sealed.code}")
            restyle(self.state, tone="text2")

    def _close(self) -> None:
        if self._day is None:
            return
        self._answers |= {code: row.value() for code, row in self._silent.items()}
        sealed = self._commands.do(
            closing.close_day, self._day, answers=self._answers, reason=self._reason.value(), refused=self._refused
        )
        if sealed is not None:
            self._forget()
            self._commands.announce(Changes(reports=True))
            self.done.emit()

    def _refused(self, problem: UserError | RegisterProblem) -> None:
        self._strip.say("soon", problem.message)
        if problem.code == "unanswered":
            self._ask(list(problem.facts["dossiers"]))  # type: ignore[call-overload]
        elif problem.code == "revision_without_reason":
            self._reason.show()
            self._reason.focus()

    def _ask(self, codes: list[str]) -> None:
        self._clear_rows()
        for code in codes[:_MOST_SHOWN]:
            row = self._silent[code] = FieldRow(
                f"answer-{code}", code, label_width=190, hint="vì sao quá hạn mà chưa xin lỗi"
            )
            row.set_value(self._answers.get(code, ""))
            self._rows.addWidget(row)
        next(iter(self._silent.values())).focus()

    def _forget(self) -> None:
        self._clear_rows()
        self._answers.clear()
        self._reason.set_value("")
        self._reason.hide()
        self._strip.hush()

    def _clear_rows(self) -> None:
        for row in self._silent.values():
            self._rows.removeWidget(row)
            row.deleteLater()
        self._silent.clear()
