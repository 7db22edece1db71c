"""Chứng thực bản sao, one citizen after another: a card, three numbers, F12; then the book has it.

The repeat key of the intake leads here. Each citizen is one dossier, taken in, solved and returned in one step of the
office; the list at the side shows what was recorded since the page was opened, and its sums.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.copies_card import CopiesCard, FeeOfCopies
from desktop.gui.looks import may_look
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.two_columns import Act, TwoColumns
from desktop.office import access, at_once, lookup
from desktop.rules import places
from desktop.rules.citizen_id import CitizenCard
from desktop.rules.fees import CertifiedCopies
from desktop.rules.intake import Person


@dataclass(frozen=True, slots=True)
class Certified:
    """One line of the side list."""

    id: int
    at: datetime
    code: str
    name: str
    copies: CertifiedCopies


class CopiesPage(Page):
    """``solved`` carries the code of what was just recorded, ``dossier_wanted`` that of one to look at."""

    solved = Signal(str)
    dossier_wanted = Signal(str)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._key = uuid4().hex
        self._done: list[Certified] = []
        self.strip = MessageStrip()
        self.form = CopiesCard()
        self.fee = FeeOfCopies()
        self._procedure = ElidedLabel("", "note")
        self._list = RecordTable(_model(), "Vừa chứng thực", heads=False)
        self._sums = line("", "note", wrap=True)
        self._sums.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._accept = self.act("Ghi sổ và trả ngay", "F12", self._solve)
        self._open_last = self.act("Mở hồ sơ vừa ghi", "Alt+O", self._open)
        self.act("Về Tiếp nhận", "Esc", self.left.emit)
        self.giving = _CopiesAct(self._accept, self._open_last)
        self._lay_out()
        self.form.edited.connect(self._follow)
        self.form.left_last.connect(self.giving.button.setFocus)
        self._list.opened.connect(lambda done: self.dossier_wanted.emit(done.code))
        self._show_done()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addWidget(self._procedure)
        recent = Card("Vừa chứng thực", flush=True)
        recent.body.addWidget(Rule())
        self._list.setMinimumHeight(2 * self._list.verticalHeader().defaultSectionSize())
        # A scrolled column asks for preferred heights; this list takes what is left over.
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        recent.body.addWidget(self._list, 1)
        self._sums.setContentsMargins(12, 8, 12, 10)
        recent.body.addWidget(self._sums)
        column.addWidget(TwoColumns((self.form,), (self.fee, recent), self.giving, right_fills=True), 1)
        for before, after in pairwise([*self.form.tab_stops(), self.giving.button, self._list]):
            QWidget.setTabOrder(before, after)

    def focus_first(self) -> None:
        begun = self.focusWidget()
        if begun is None or begun is self.giving.button:
            self.form.rows["id_number"].focus()
        else:
            begun.setFocus()

    def refresh(self) -> None:
        """The procedure that is repeated, as the catalogue has it today."""
        procedure = self._commands.ask(at_once.certifying, now=self._commands.now())
        self._procedure.show_text(f"{procedure.code} – {procedure.name}" if procedure else "")

    def take_card(self, card: CitizenCard) -> None:
        """The next citizen's card: the numbers are all that is left to type."""
        known = self._commands.see(lookup.known_person, card.id_number)
        if known and not may_look(self._commands, access.searched, card.id_number, count=1, why="chứng thực bản sao"):
            known = None
        residence = known.residence if known else places.suggest(card.address) or ""
        phone = known.phone if known else ""
        person = Person(card.name, card.id_number, card.birth_date, card.gender, card.address, residence, phone)
        self.take_person(person, f"Quét thẻ {self._commands.now():%H:%M}. {card.address}")

    def take_person(self, person: Person, about: str = "") -> None:
        """Somebody whose name is known already."""
        self.strip.hush()
        self.form.show_person(person, about)
        self._follow()
        self.form.rows["originals"].focus()

    def _follow(self) -> None:
        self.fee.show_copies(self.form.copies())
        self.giving.button.set_ready(self.form.copies() is not None and bool(self.form.person().name))

    def _solve(self) -> None:
        """F12: one step of the office, or the first thing that is missing."""
        lacks = self.form.lacks()
        copies = self.form.copies()
        if lacks or copies is None:
            self.giving.strip.say("late", f"Còn {len(lacks)} chỗ phải ghi.")
            lacks[0].setFocus()
            return
        person = self.form.person()
        done = self._commands.do(
            at_once.repeat,
            person,
            copies,
            key=self._key,
            receipt_number=self.form.receipt_number,
            refused=self._refused,
        )
        if done is not None:
            self._finish(person, copies, done.code)

    def _finish(self, person: Person, copies: CertifiedCopies, code: str) -> None:
        self._done.insert(0, Certified(len(self._done), self._commands.now(), code, person.name, copies))
        self.giving.strip.hush()
        words = f"Đã ghi sổ và trả: {code}, {person.name}, {labels.money(copies.fee)}. Mời người tiếp theo."
        self.strip.say("ok", words, icon="check-circle")
        self._key = uuid4().hex
        self.form.clear()
        self._follow()
        self._show_done()
        self.form.rows["id_number"].focus()
        self.solved.emit(code)

    def _refused(self, problem: Problem) -> None:
        field = str(getattr(problem, "facts", {}).get("field", ""))
        if not self.form.show_problem(field, problem.message):
            self.giving.strip.say(*of_problem(problem))

    def _open(self) -> None:
        if self._done:
            self.dossier_wanted.emit(self._done[0].code)

    def _show_done(self) -> None:
        self._list.show_rows(tuple(self._done))
        self._open_last.setEnabled(bool(self._done))
        sheets = sum(done.copies.originals * done.copies.copies for done in self._done)
        money = sum(done.copies.fee for done in self._done)
        turns = f"{len(self._done)} lượt, {labels.count_words(sheets)} bản sao, {labels.money(money)}"
        self._list.setVisible(bool(self._done))
        self._sums.setText(f"Từ khi mở trang: {turns}." if self._done else "Chưa ghi lượt nào từ khi mở trang.")


class _CopiesAct(Act):
    """F12 and the way to what was just recorded."""

    def __init__(self, accept: QAction, open_last: QAction) -> None:
        super().__init__()
        self.strip = MessageStrip()
        self.button = ActButton(accept, "stamper", kind="primary", tall=True)
        self.button.setObjectName("accept")
        self.button.set_ready(False)
        card = Card()
        card.body.addWidget(self.strip)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.addWidget(self.button, 1)
        self._row.addWidget(ActButton(open_last, "folder-open-outline", kind="quiet"))
        card.body.addLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def lie_flat(self, flat: bool) -> None:
        flow = QBoxLayout.Direction
        self._row.setDirection(flow.RightToLeft if flat else flow.TopToBottom)


def _model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("", lambda done: done.name, note=lambda done: f"{done.at:%H:%M} · …{done.code[-4:]}"),
            Column(
                "", lambda done: labels.money(done.copies.fee), 176, note=lambda done: _told(done.copies), right=True
            ),
        ]
    )


def _told(copies: CertifiedCopies) -> str:
    return f"{copies.originals} chính, {copies.pages} trang, {copies.copies} sao"
