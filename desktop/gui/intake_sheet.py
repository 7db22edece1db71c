"""IntakeSheet: the five parts of an intake on the screen, from the form they show to the form they give back.

Joins the cards, their order for Tab and their problems. Asks the office nothing: the page does, and shows
here what it was told.
"""

from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.records import ProcedureVersion
from desktop.gui.fields import FieldRow
from desktop.gui.intake_act import IntakeAct
from desktop.gui.intake_drafts import Begun
from desktop.gui.intake_fee import FeeCard
from desktop.gui.intake_marks import ProblemMarks
from desktop.gui.intake_papers import PapersCard
from desktop.gui.intake_person import PersonCard
from desktop.gui.intake_procedure import ProcedureCard
from desktop.gui.intake_promise import PromiseCard
from desktop.gui.procedure_chooser import Find, WhyNot
from desktop.gui.two_columns import TwoColumns
from desktop.office.counter import Preview
from desktop.rules import intake
from desktop.rules.citizen_id import CitizenCard
from desktop.rules.intake import IntakeForm

_PLACES = ("receiving_unit", "solving_unit")
_DUPLICATE = intake.Problem("duplicate_reason", "missing", "Ghi một dòng vì sao vẫn tiếp nhận hồ sơ này.")


class SheetActs(NamedTuple):
    """Acts of the page whose keys are shown inside a card."""

    compare: QAction
    supplement: QAction
    refuse: QAction
    recall: QAction


class IntakeSheet(QWidget):
    """``edited`` follows every change by the clerk, ``left`` carries the path of a field that lost the focus."""

    edited = Signal()
    left = Signal(str)

    def __init__(self, find: Find, why_not: WhyNot, acts: SheetActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self.scanned_at: datetime | None = None
        self._listed: tuple[str, str | None] | None = None
        self.person = PersonCard()
        self.procedure = ProcedureCard(find, why_not, acts.compare, acts.recall)
        self.papers = PapersCard(acts.supplement, acts.refuse)
        self.promise = PromiseCard()
        self.fee = FeeCard()
        self.act = IntakeAct()
        self.rows: dict[str, FieldRow] = {**self.person.rows, **self.procedure.rows, **self.fee.rows}
        self.marks = ProblemMarks(
            {
                self.person: ("applicant", "principal", "channel", "filed_by", "note", *_PLACES),
                self.procedure: ("procedure", "case", "limit", "duplicate_reason"),
                self.papers: ("papers",),
                self.fee: ("fee", "result_by", "sets"),
            },
            self.rows,
            self.papers,
        )
        self._lay_out()
        for card in (self.person, self.procedure, self.papers, self.fee):
            card.edited.connect(self._edited)
            card.left.connect(self.left)
        self.act.next_problem.triggered.connect(lambda _checked=False: self.marks.go_to_next())

    def _lay_out(self) -> None:
        columns = TwoColumns((self.person, self.procedure, self.papers), (self.promise, self.fee), self.act)
        columns.widened.connect(lambda wide: self.papers.stack(not wide))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(columns)
        cards = (self.person, self.procedure, self.papers, self.fee)
        stops = [*(stop for card in cards for stop in card.tab_stops()), self.act.button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def form(self) -> IntakeForm:
        """What stands on the screen, as the rules and the office take it."""
        chosen = self.procedure.procedure
        return IntakeForm(
            procedure=chosen.code if chosen else "",
            channel=self.person.channel(),
            key=self.key,
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
            filed_by=self.person.filed_by(),
        )

    def begun(self) -> Begun:
        """The form with what belongs to it on the screen, to be kept as a draft."""
        return Begun(self.form(), self.fee.paper, self.scanned_at)

    def show_begun(self, begun: Begun, procedure: ProcedureVersion | None) -> None:
        """Put a form on the screen: blank, from a draft, or half filled for the next person."""
        form = begun.form
        if self.focusWidget() is not None:
            self.person.first.setFocus()
        self.key, self.scanned_at = form.key, begun.scanned_at
        self.marks.forget()
        self.person.show_form(form)
        self.person.show_scan(begun.scanned_at)
        self.procedure.show_procedure(procedure, form.case, form.limit)
        self.rows["duplicate_reason"].set_value(form.duplicate_reason)
        self.fee.show_form(form, begun.paper, procedure)
        self._list_papers(form.papers)
        self.act.show_draft(begun.saved_at)

    def show_card(self, card: CitizenCard, residence: str, at: datetime) -> bool:
        """Fill in a scanned card; whether it was the applicant's (and not the principal's)."""
        filled = self.person.show_card(card, residence)
        self.marks.see(*filled)
        is_applicant = filled[0].startswith("applicant")
        if is_applicant:
            self.scanned_at = at
            self.person.show_scan(at)
        return is_applicant

    def show_ahead(self, ahead: Preview) -> None:
        """Show what the office would say of the form: problems, promise, fee, duplicates."""
        form, procedure = self.form(), ahead.procedure
        limit = intake.limit_for(form, procedure) if procedure else None
        self.promise.show_promise(ahead.promise, limit)
        self.procedure.show_limit(limit)
        self.procedure.show_duplicates(ahead.duplicates)
        self.procedure.show_slips(ahead.slips)
        self.fee.show_fee(ahead.fee)
        unexplained = ahead.duplicates and not form.duplicate_reason
        problems = (*ahead.problems, _DUPLICATE) if unexplained else ahead.problems
        missing = intake.missing_papers(form, procedure) if procedure else ()
        self.marks.show(problems, missing, chosen=procedure is not None)
        if self.begun().is_blank:
            self.act.show_waiting()
        else:
            self.act.show_left(self.marks.left)

    def go_on(self) -> None:
        """After a scan: to the procedure, else to what is still missing, else to the act."""
        if self.procedure.procedure is None:
            self.rows["procedure"].focus()
        elif self.marks.left:
            self.marks.go_to_first()
        else:
            self.act.button.setFocus()

    def go_to_details(self, procedure: ProcedureVersion) -> None:
        """After the procedure: to its case, to the limit that must be typed, or to its papers."""
        if procedure.cases:
            self.rows["case"].focus()
        elif self.procedure.asks_limit:
            self.rows["limit"].focus()
        else:
            self.papers.table.setFocus()

    def list_papers(self) -> None:
        """List the papers of the procedure and case that are chosen now; what they share stays ticked."""
        chosen = self.procedure.procedure
        if self._listed != (chosen.code if chosen else "", self.procedure.case):
            self._list_papers(self.papers.papers)

    def _list_papers(self, handed: tuple[intake.SubmittedPaper, ...]) -> None:
        chosen, case = self.procedure.procedure, self.procedure.case
        self._listed = (chosen.code if chosen else "", case)
        self.papers.show_papers(intake.papers_for(chosen, case) if chosen else (), handed)
        self.papers.say_nothing_asked(chosen is not None)

    def _edited(self) -> None:
        self.list_papers()
        self.edited.emit()
