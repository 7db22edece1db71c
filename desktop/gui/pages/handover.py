"""Trả kết quả (F5): scan the receipt, see who stands there, hand over; then the acknowledgement and one question.

Holds one dossier at a time and asks the office at every step. Stores nothing itself: F12 is ``acts.perform``. The
moment of return is the office's and cannot be typed.
"""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import DossierStatus, EventKind, WorkingList
from desktop import labels
from desktop.changes import Changes
from desktop.gui import handover_case as cases
from desktop.gui.commands import Commands, Problem
from desktop.gui.handover_act import HandOverAct
from desktop.gui.handover_afterwards import Afterwards
from desktop.gui.handover_case import WHO_WORDS, Case, Proof
from desktop.gui.handover_checks import IN_PERSON
from desktop.gui.handover_desk import read_case
from desktop.gui.handover_opinion import OpinionCard
from desktop.gui.handover_receipt import ReceiptCard
from desktop.gui.handover_receiver import ReceiverCard
from desktop.gui.jobs import Jobs
from desktop.gui.looks import Searches, glance, may_look
from desktop.gui.page import Page
from desktop.gui.printer_port import PrinterPort
from desktop.gui.rating_desk import RatingDesk
from desktop.gui.three_columns import ThreeColumns
from desktop.office import access, acts, issuing, lists, lookup
from desktop.rules.citizen_id import CitizenCard, mask

_LISTED = 50
_NO_CASE = "Quét giấy hẹn hoặc chọn một hồ sơ chờ trả trước."
_WHY = "trả kết quả"


class HandOverPage(Page):
    """``dossier_wanted`` carries the code of a dossier that cannot be handed over yet; ``intake_wanted`` asks for the
    next person's intake after a matter that was solved at once.
    """

    dossier_wanted = Signal(str)
    intake_wanted = Signal()

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, desk: RatingDesk) -> None:
        super().__init__()
        self._commands = commands
        self._case: Case | None = None
        self._missed = self._number_shown = False
        self._searches = Searches(commands, _WHY, self)
        self._recording = False
        self._at_once = False
        self._make_acts()
        picks = {
            who: self.act(words, f"Alt+{number}", lambda: None)
            for number, (who, words) in enumerate(WHO_WORDS.items(), start=1)
        }
        self.receipt = ReceiptCard(commands.now, self._missing, self._open, self._reveal)
        self.receiver = ReceiverCard(picks)
        self.giving = HandOverAct(self._give, self._print_too, self._next, self._undo, self._reprint)
        self.opinion = OpinionCard(desk, self._ask_here)
        self.afterwards = Afterwards(commands, jobs, printer, desk, self.giving, self.opinion)
        self._lay_out()
        self._connect()

    def _make_acts(self) -> None:
        self._missing = self.act("Không có giấy hẹn, tìm theo số", "Alt+G", self._miss_receipt)
        self._reveal = self.act("Hiện số định danh", "Alt+M", self._toggle_number)
        self._open = self.act("Mở hồ sơ", "Alt+O", self._open_dossier)
        self._give = self.act("Trả kết quả", "F12", self._hand_over)
        self._print_too = self.act("In giấy biên nhận", "Alt+I", lambda: None)
        self._undo = self.act("Trả nhầm, hoàn lại trong một phút", "Alt+Z", self._take_back)
        self._reprint = self.act("In giấy biên nhận", "Alt+P", lambda: self.afterwards.print_paper())
        self._ask_here = self.act("Hỏi trên màn hình này", "Alt+Y", lambda: self.afterwards.ask())
        self.act("Bỏ, làm lại từ đầu", "Alt+Del", self.start_next)
        self.act("Quay lại", "Esc", self._leave)
        # Enter belongs to the focused button; this act only shows it.
        self._next = QAction("Người tiếp theo", self)
        self._next.setShortcut("Return")
        self._next.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._next.triggered.connect(lambda _checked=False: self._go_on())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(ThreeColumns(self.receipt, self.receiver, self.giving, [self.opinion]))
        stops = [self.receipt.field.editor, self.receipt.table, *self.receiver.tab_stops()]
        stops += [self.giving.give_button, self.giving.print_tick, self.giving.next_button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.receipt.searched.connect(self._search)
        self.receipt.accepted.connect(self._accept)
        self.receipt.picked.connect(lambda row: self._load(row.code, self._typed_proof()))
        self.receiver.changed.connect(self._follow)
        self.receiver.completed.connect(self.giving.give_button.setFocus)

    def focus_first(self) -> None:
        """The scan field, or where the clerk was with a dossier."""
        begun = self.focusWidget()
        if self._case is None or begun is None:
            self.receipt.field.focus()
        else:
            begun.setFocus()

    def refresh(self) -> None:
        """Lists and states as they are now; what is ticked and typed stays."""
        if self._recording:
            return  # our own act is shown as such
        if self._case is None:
            self._search(self.receipt.text)
        elif not self.giving.is_done:
            self._read_again(self._case)
        if not self.giving.is_done:
            self.afterwards.clear()

    def concerns(self, changes: Changes) -> bool:
        if self._case is None:
            return bool(changes)
        return changes.settings or self._case.row.code in changes.dossiers

    def start_next(self) -> None:
        """Clear the desk for the next person; a question to the last one goes on."""
        self._case, self._missed, self._at_once = None, False, False
        self.receipt.clear()
        self.receiver.show_case(None)
        self.giving.show_act(0, possible=False)
        self._search("")
        self.afterwards.clear()
        self.receipt.field.focus()

    def take_receipt(self, text: str) -> None:
        """A receipt was scanned: say what it is, and put its dossier on the desk when it may be ours."""
        verdict = self._commands.ask(issuing.verify_receipt, text)
        if verdict is None:
            return
        self.start_next()
        proofs = {"genuine": Proof.SCANNED, "superseded": Proof.SUPERSEDED, "unknown_key": Proof.SEEN}
        proof = proofs.get(verdict.verdict)
        if proof is None or verdict.code is None or verdict.lost:
            self.receipt.say(cases.verdict_said(verdict))
            return
        self._load(verdict.code, proof)
        if self._case is not None and self._case.is_ready:
            self.receipt.say(cases.verdict_said(verdict, cases.replaced_on(self._case.detail)))

    def take_card(self, card: CitizenCard) -> None:
        """A card was scanned: compare it with the dossier on the desk, or find what waits for its bearer."""
        if self._case is None or self.giving.is_done:
            self._find_for(card)
        if self._case is None or not self._case.is_ready or self.giving.is_done:
            return
        if self.receiver.take_card(card, self._commands.now()):
            (self.receiver.next_place() or self.giving.give_button).setFocus()
        else:
            self.receiver.rows["relation"].focus()

    def show_dossier(self, code: str) -> None:
        """Put a dossier on the desk that was chosen on another page."""
        self.start_next()
        self._load(code, Proof.SEEN)

    def show_solved(self, code: str) -> None:
        """A matter was taken in, solved and returned in one step: what is left is a paper and a question."""
        self.start_next()
        self._case = read_case(self._commands, code, Proof.SEEN)
        if self._case is None:
            return
        self._at_once = True
        self.receipt.show_case(self._case)
        self.receipt.say(cases.Said("ok", "check-circle", "Giải quyết ngay: đã tiếp nhận, giải quyết và trả."))
        self.receipt.set_state("done")
        self.receiver.show_case(self._case)
        self.afterwards.begin(code, self._case.who, self._case.row.applicant, paper=False)

    def _go_on(self) -> None:
        """Back to where this person came from, with an empty desk."""
        at_once = self._at_once
        self.start_next()
        if at_once:
            self.intake_wanted.emit()

    def _leave(self) -> None:
        """Esc: on from what is done, else back to the page before; what was ticked and typed stays here."""
        if self.giving.is_done:
            self._go_on()
        else:
            self.left.emit()

    def _find_for(self, card: CitizenCard) -> None:
        found = self._commands.see(lookup.find, card.id_number, limit=_LISTED) or ()
        ready = [row for row in found if row.status is DossierStatus.FINISHED]
        missed = self._missed
        self.start_next()
        self._missed = missed
        if len(ready) == 1:
            self._load(ready[0].code, self._typed_proof())
            return
        self.receipt.field.set_value(mask(card.id_number))
        self.receipt.show_found(ready or found, labels.grouped_id(mask(card.id_number)))
        self._searches.shown(card.id_number, len(found))
        self._searches.settle()
        if not ready:
            words = "Số định danh trên thẻ không có kết quả nào chờ trả."
            self.receipt.say(cases.Said("soon", "card-account-details-outline", words))
        else:
            self.receipt.table.setFocus()

    def _search(self, text: str) -> None:
        if self._case is not None:
            self._leave_case()
        if text:
            found = self._commands.see(lookup.find, text, limit=_LISTED) or ()
            self.receipt.show_found(found, text)
            self._searches.shown(text, len(found))
            return
        now = self._commands.now()
        counts = self._commands.see(lists.counts, now)
        rows = self._commands.see(lists.rows, WorkingList.READY, now=now, limit=_LISTED) or ()
        self.receipt.show_waiting(rows, counts[WorkingList.READY] if counts else len(rows))
        glance(self, self._commands, "Chờ trả", len(rows), why=_WHY)

    def _accept(self, text: str) -> None:
        if not text:
            return
        found = self._commands.see(lookup.find, text, limit=_LISTED) or ()
        exact = [row for row in found if text.upper() in (row.code, row.official_code)]
        self._searches.shown(text, len(found))
        self._searches.settle()
        if exact or len(found) == 1:
            self._load((exact or found)[0].code, self._typed_proof())
        else:
            self.receipt.show_found(found, text)
            if found:
                self.receipt.table.setFocus()
            elif theirs := self._commands.see(lookup.elsewhere, text):
                self.receipt.say(cases.Said("soon", "account-lock-outline", theirs))

    def _typed_proof(self) -> Proof:
        return Proof.MISSING if self._missed else Proof.SEEN

    def _load(self, code: str, proof: Proof) -> None:
        """Put a dossier on the desk; the focus goes to who takes it."""
        if not may_look(self._commands, access.viewed, code, why=_WHY):
            return
        case = read_case(self._commands, code, proof)
        if case is None:
            return
        self._case = case
        self.receipt.strip.hush()
        self.receipt.show_case(case)
        self._remember_number(whole=False)
        self.receiver.show_case(case)
        self.giving.show_act(len(self.receiver.lacks()), possible=case.is_ready)
        self.afterwards.clear()
        if not case.is_ready:
            self.receipt.say(cases.not_ready_said(case), with_way=True)
            self.receipt.field.focus()
            return
        if proof in (Proof.SEEN, Proof.MISSING) and case.who in IN_PERSON:
            self.receipt.say(cases.proof_said(proof))
        self.receiver.picks[case.who].pick.setFocus()

    def _read_again(self, before: Case) -> None:
        """Another desk acted on this dossier: show it as it is, keep what was ticked while it is still ready."""
        after = read_case(self._commands, before.row.code, before.proof)
        if after is None or after == before:
            return
        if after.why_not != before.why_not:
            self._load(after.row.code, before.proof)
        else:
            self._case = after
            self.receipt.show_case(after, whole=self._number_shown)

    def _toggle_number(self) -> None:
        """Alt+M: the whole number, which is written down, or the masked one again."""
        if self._case is None:
            return
        code = self._case.row.code
        if self._number_shown or may_look(self._commands, access.revealed, code, why=_WHY):
            self._remember_number(whole=not self._number_shown)
            self.receipt.show_number(whole=self._number_shown)

    def _remember_number(self, *, whole: bool) -> None:
        self._number_shown = whole
        self._reveal.setText("Ẩn số định danh" if whole else "Hiện số định danh")

    def _leave_case(self) -> None:
        self._case = None
        self.receiver.show_case(None)
        self.giving.show_act(0, possible=False)
        self.receipt.strip.hush()
        self.receipt.set_state("")

    def _miss_receipt(self) -> None:
        """Alt+G: there is no receipt, so a reason is recorded; pressed again, there is one after all."""
        if self._case is not None and self._case.is_ready and not self.giving.is_done:
            missing = self._case.proof is not Proof.MISSING
            proof = Proof.MISSING if missing else Proof.SEEN
            self._case = read_case(self._commands, self._case.row.code, proof) or self._case
            self.receipt.say(cases.proof_said(proof))
            self.receiver.prove(proof)
            if missing:
                self.receiver.rows["reason"].focus()
            return
        if self.giving.is_done:
            self.start_next()
        self._missed = True
        self.receipt.say(cases.proof_said(Proof.MISSING))
        self.receipt.field.focus()

    def _open_dossier(self) -> None:
        if self._case is not None:
            self.dossier_wanted.emit(self._case.row.code)

    def _follow(self) -> None:
        if self._case is not None and not self.giving.is_done:
            self.giving.show_act(len(self.receiver.lacks()), possible=self._case.is_ready)

    def _hand_over(self) -> None:
        """F12: record the return, or lead to what is missing."""
        case = self._case
        if self.giving.is_done:
            return
        if case is None or not case.is_ready:
            self.giving.say_refused(case.why_not if case else _NO_CASE)
            self.receipt.field.focus()
            return
        lacks = self.receiver.mark_lacks()
        if lacks:
            self.giving.say_lacking(len(lacks))
            lacks[0].place.setFocus()
            return
        facts, who = self.receiver.facts(), self.receiver.who
        seen = case.detail.events[-1].seq
        self._recording = True
        done = self._commands.do(
            acts.perform, case.row.code, EventKind.HAND_OVER, facts, seen=seen, refused=self._refused
        )
        self._recording = False
        if done is not None:
            self.receiver.setEnabled(False)
            self.afterwards.begin(case.row.code, who, facts["to"], paper=self.giving.wants_paper)

    def _refused(self, problem: Problem) -> None:
        """Nothing was recorded: say why, and show the dossier as it is now."""
        if self._case is not None:
            self._load(self._case.row.code, self._case.proof)
        self.giving.say_refused(problem.message)

    def _take_back(self) -> None:
        """Alt+Z: handed to the wrong person, within the minute."""
        if self._case is None or not self.giving.is_done:
            return
        code, proof = self._case.row.code, self._case.proof
        if self._commands.do(acts.perform, code, EventKind.UNDO, {}, refused=self._not_taken_back) is not None:
            self._load(code, proof)
            self.receipt.say(cases.Said("soon", "undo-variant", "Đã hoàn lại: kết quả chưa trả. Đối chiếu lại."))

    def _not_taken_back(self, problem: Problem) -> None:
        self.giving.say_refused(problem.message)

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)
