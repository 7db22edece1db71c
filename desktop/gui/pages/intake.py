"""Tiếp nhận (F3): from a scanned card to F12, by the keyboard alone.

Builds an ``IntakeForm`` at every edit, keeps it as a draft and asks the office to look ahead. Stores
nothing itself: F12 is ``counter.register``, and what is printed afterwards belongs to the next page.
"""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.records import ProcedureVersion
from desktop.changes import Changes
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.intake_act import IntakeAct
from desktop.gui.intake_compare import CompareDialog
from desktop.gui.intake_drafts import Begun, Drafts, blank_form
from desktop.gui.intake_fee import FeeCard
from desktop.gui.intake_marks import ProblemMarks
from desktop.gui.intake_papers import PapersCard
from desktop.gui.intake_person import PersonCard
from desktop.gui.intake_procedure import ProcedureCard
from desktop.gui.intake_promise import PromiseCard
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.gui.two_columns import TwoColumns
from desktop.office import counter, lookup, procedures
from desktop.rules import intake, places
from desktop.rules.citizen_id import CitizenCard
from desktop.rules.intake import IntakeForm

_DUPLICATE = intake.Problem("duplicate_reason", "missing", "Ghi một dòng vì sao vẫn tiếp nhận hồ sơ này.")


class IntakePage(Page):
    """``registered`` carries what ``counter.register`` answered, and size and copies of the receipt to print."""

    registered = Signal(object, str, int)

    def __init__(self, commands: Commands, *, station: str = "1", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._drafts = Drafts(commands, station, self._draft_failed)
        self._key = ""
        self._scanned_at: datetime | None = None
        self._ahead: counter.Preview | None = None
        self._before: Begun | None = None
        self._listed: tuple[str, str | None] | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show(Begun(blank_form()))
        self._drafts.load()
        self._offer_waiting()

    def _make_parts(self) -> None:
        self.person = PersonCard()
        compare = self.act("So hai hồ sơ", "Alt+T", self._compare)
        self.procedure = ProcedureCard(self.find_procedures, self._why_not, compare)
        self.papers = PapersCard()
        self.promise = PromiseCard()
        self.fee = FeeCard()
        self.accepting = IntakeAct()
        self.notice = MessageStrip()
        self.waiting = MessageStrip()
        self._resume = self.act("Mở tiếp", "Alt+M", self._open_waiting)
        self.act("Thông tin thêm", "Alt+N", self.person.toggle_more)
        self.rows: dict[str, FieldRow] = {**self.person.rows, **self.procedure.rows, **self.fee.rows}
        self._marks = ProblemMarks(
            {
                self.person: ("applicant", "principal", "channel", "note", "receiving_unit", "solving_unit"),
                self.procedure: ("procedure", "case", "limit", "duplicate_reason"),
                self.papers: ("papers",),
                self.fee: ("fee", "result_by", "sets"),
            },
            self.rows,
            self.papers,
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.waiting)
        columns = TwoColumns((self.person, self.procedure, self.papers), (self.promise, self.fee), self.accepting)
        columns.widened.connect(lambda wide: self.papers.stack(not wide))
        column.addWidget(columns, 1)
        cards = (self.person, self.procedure, self.papers, self.fee)
        stops = [*(stop for card in cards for stop in card.tab_stops()), self.accepting.button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for card in (self.person, self.procedure, self.papers, self.fee):
            card.edited.connect(self._changed)
            card.left.connect(self._left_field)
        self.person.number_complete.connect(self._recall)
        self.procedure.chosen.connect(self._procedure_chosen)
        self.accepting.accept.triggered.connect(lambda _checked=False: self._accept())
        self.accepting.next_problem.triggered.connect(lambda _checked=False: self._marks.go_to_next())
        self.accepting.put_aside.triggered.connect(lambda _checked=False: self._put_aside())

    def focus_first(self) -> None:
        """Where the work begins; a form that was begun keeps the place where the clerk was."""
        begun = self.focusWidget()
        if begun is None or self._begun().is_blank:
            self.person.first.setFocus()
        else:
            begun.setFocus()

    def concerns(self, changes: Changes) -> bool:
        return changes.settings or changes.catalogue or bool(changes.dossiers)

    def refresh(self) -> None:
        self._look_ahead()

    def take_card(self, card: CitizenCard) -> None:
        """A card was scanned: fill in the person, wherever the focus stood, and go on to the procedure."""
        filled = self.person.show_card(card, places.suggest(card.address) or "")
        if filled[0].startswith("applicant"):
            self._scanned_at = self._commands.now()
            self.person.show_scan(self._scanned_at)
            self._recall(card.id_number)
        self._marks.see(*filled)
        self.notice.hush()
        self._changed()
        if self.procedure.procedure is None:
            self.rows["procedure"].focus()
        elif self._marks.left:
            self._marks.go_to_first()
        else:
            self.accepting.button.setFocus()

    def choose_procedure(self, code: str) -> None:
        """A procedure was picked in the search above: it becomes this form's."""
        procedure = self._known_procedure(code)
        if procedure is not None:
            self.procedure.show_procedure(procedure, None)
            self._procedure_chosen(procedure)

    def say_refused(self, sentence: str) -> None:
        """A scan gave nothing: say so, fill nothing."""
        self.notice.say("late", sentence, icon="card-account-details-outline")

    def start_next(self, *, same_procedure: bool = False) -> None:
        """A blank form for the next person; with procedure, case and receipt of the one before when asked."""
        begun = Begun(blank_form())
        if same_procedure and self._before is not None:
            old = self._before.form
            begun = Begun(
                replace(begun.form, procedure=old.procedure, case=old.case, limit=old.limit), self._before.paper
            )
        self._show(begun)
        self._offer_waiting()
        self.person.first.setFocus()

    @property
    def problems(self) -> tuple[intake.Problem, ...]:
        """Everything that is wrong with the form as it stands, soft ones too."""
        return self._marks.problems

    def form(self) -> IntakeForm:
        """What stands on the screen, as the rules and the office take it."""
        chosen = self.procedure.procedure
        return IntakeForm(
            procedure=chosen.code if chosen else "",
            channel=self.person.channel(),
            key=self._key,
            applicant=self.person.applicant(),
            principal=self.person.principal(),
            papers=self.papers.papers,
            sets=self.fee.sets,
            receiving_unit=self.person.text("receiving_unit") or None,
            solving_unit=self.person.text("solving_unit") or None,
            result_by=self.fee.result_by,
            note=self.person.text("note"),
            case=self.procedure.case,
            limit=self.procedure.typed_limit,
            fee_amount=self.fee.amount,
            fee_exemption=self.fee.exemption,
            duplicate_reason=self.procedure.duplicate_reason,
        )

    def _show(self, begun: Begun) -> None:
        """Put a form on the screen: blank, from a draft, or half filled for the next person."""
        form = begun.form
        self._key = form.key
        self._marks.forget()
        self.notice.hush()
        procedure = self._known_procedure(form.procedure)
        self.person.show_form(form)
        self.procedure.show_procedure(procedure, form.case, form.limit)
        self.procedure.rows["duplicate_reason"].set_value(form.duplicate_reason)
        self.fee.show_form(form, begun.paper, procedure)
        self._list_papers(form.papers)
        self._scanned_at = begun.scanned_at
        self.person.show_scan(begun.scanned_at)
        self.accepting.show_draft(begun.saved_at)
        self._look_ahead()

    def _changed(self) -> None:
        """After every edit: list the papers of the case, keep the draft, look ahead."""
        chosen = self.procedure.procedure
        if self._listed != (chosen.code if chosen else "", self.procedure.case):
            self._list_papers(self.papers.papers)
        begun = self._begun()
        if begun.is_blank:
            self._drafts.forget_current()
            self.accepting.show_draft(None)
        elif saved_at := self._drafts.keep(begun):
            self.accepting.show_draft(saved_at)
        self._look_ahead()

    def _begun(self) -> Begun:
        return Begun(self.form(), self.fee.paper, self._scanned_at)

    def _list_papers(self, handed: tuple[intake.SubmittedPaper, ...]) -> None:
        chosen, case = self.procedure.procedure, self.procedure.case
        self._listed = (chosen.code if chosen else "", case)
        asked = intake.papers_for(chosen, case) if chosen else ()
        self.papers.show_papers(asked, handed)
        self.papers.say_nothing_asked(chosen is not None)

    def _look_ahead(self) -> None:
        """Show what the office would say of the form: problems, promise, fee, duplicates."""
        form = self.form()
        ahead = self._commands.ask(counter.preview, form, now=self._commands.now())
        self._ahead = ahead
        if ahead is None:
            return
        limit = intake.limit_for(form, ahead.procedure) if ahead.procedure else None
        self.promise.show_promise(ahead.promise, limit)
        self.procedure.show_limit(limit)
        self.procedure.show_duplicates(ahead.duplicates)
        self.fee.show_fee(ahead.fee)
        unexplained = ahead.duplicates and not form.duplicate_reason
        problems = (*ahead.problems, _DUPLICATE) if unexplained else ahead.problems
        missing = intake.missing_papers(form, ahead.procedure) if ahead.procedure else ()
        self._marks.show(problems, missing, chosen=ahead.procedure is not None)
        if self._begun().is_blank:
            self.accepting.show_waiting()
        else:
            self.accepting.show_left(self._marks.left)

    def _left_field(self, path: str) -> None:
        if not self.isVisible():
            return  # the window is closing
        self._marks.see(path)
        self._look_ahead()
        if path in self.person.rows:
            self.person.tidy(path)

    def _recall(self, id_number: str) -> None:
        """A citizen who was here before: fill in what changes little."""
        known = self._commands.ask(lookup.known_person, id_number)
        if known is not None:
            self.person.show_known(known)

    def find_procedures(self, text: str) -> tuple[ProcedureVersion, ...]:
        """What the chooser's list offers for a text."""
        return self._commands.ask(procedures.search, text, on=self._commands.now().date()) or ()

    def _why_not(self, procedure: ProcedureVersion) -> str:
        refused: list[Problem] = []
        self._commands.ask(procedures.get, procedure.code, on=self._commands.now().date(), refused=refused.append)
        return refused[0].message if refused else ""

    def _known_procedure(self, code: str) -> ProcedureVersion | None:
        if not code:
            return None
        return self._commands.ask(
            procedures.get, code, on=self._commands.now().date(), refused=lambda why: self.say_refused(why.message)
        )

    def _procedure_chosen(self, procedure: ProcedureVersion) -> None:
        self._marks.see("procedure")
        self.fee.show_procedure(procedure)
        self._changed()
        if procedure.cases:
            self.rows["case"].focus()
        elif self.procedure.asks_limit:
            self.rows["limit"].focus()
        else:
            self.papers.table.setFocus()

    def _compare(self) -> None:
        if self._ahead is None or not self._ahead.duplicates:
            return
        first, *others = self._ahead.duplicates
        twin = self._commands.ask(lookup.dossier, first.code)
        if twin is not None:
            name = self.procedure.procedure.name if self.procedure.procedure else ""
            CompareDialog(self.form(), name, twin, others, self).open()

    def _accept(self) -> None:
        """F12: take the dossier in, or lead to the first thing that is still missing."""
        self._marks.see_all()
        self._look_ahead()
        if self._marks.left:
            self.accepting.show_left(self._marks.left)
            self._marks.go_to_first()
            return
        begun = self._begun()
        done = self._commands.do(counter.register, begun.form, checklist=True, refused=self._refused)
        if done is not None:
            self._finish(begun, done)

    def _refused(self, problem: Problem) -> None:
        self.accepting.say_refused(problem.message)

    def _finish(self, begun: Begun, done: counter.Registered) -> None:
        self._before = begun
        self._drafts.forget_current()
        self._show(Begun(blank_form(), begun.paper))
        self._offer_waiting()
        self.registered.emit(done, *begun.paper)

    def _put_aside(self) -> None:
        """Ctrl+N: the next person first; this form waits."""
        self._drafts.put_aside(self._begun())
        self.start_next()

    def _offer_waiting(self) -> None:
        begun = self._drafts.waiting
        if begun is None or begun.saved_at is None:
            self.waiting.hush()
            return
        self.waiting.say(
            "accent",
            f"Có nháp lúc {begun.saved_at:%H:%M} của {begun.whose}. Làm hồ sơ khác cũng không mất nháp này.",
            action=self._resume,
            icon="content-save-check-outline",
        )

    def _open_waiting(self) -> None:
        begun = self._drafts.take_waiting()
        if begun is None:
            return
        self._drafts.put_aside(self._begun())
        self._show(begun)
        self._drafts.keep(begun)
        self._offer_waiting()
        self._leave_if_stored(begun)

    def _leave_if_stored(self, begun: Begun) -> None:
        """The power went after the commit and before the draft was cleared: say so, do not take it in twice."""
        for row in self._ahead.duplicates if self._ahead else ():
            twin = self._commands.ask(lookup.dossier, row.code)
            if twin is not None and twin.form.get("key") == begun.form.key:
                self._drafts.forget_current()
                self._show(Begun(blank_form()))
                self.notice.say("ok", f"Hồ sơ trong nháp này đã được tiếp nhận rồi, mã {row.code}.")
                return

    def _draft_failed(self, sentence: str) -> None:
        self.accepting.show_draft(None, sentence)

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            self.focusNextChild()
            return
        super().keyPressEvent(event)
