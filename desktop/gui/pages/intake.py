"""Tiếp nhận (F3): from a scanned card to F12, by the keyboard alone.

Keeps the form on the sheet as a draft at every edit and asks the office to look ahead. Stores nothing
itself: F12 is ``counter.register``, and what is printed afterwards belongs to the next page.
"""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.records import ProcedureVersion
from db.vocabulary import DocumentKind, EventKind
from desktop.changes import Changes
from desktop.gui.commands import Commands, Problem
from desktop.gui.intake_compare import CompareDialog
from desktop.gui.intake_drafts import Begun, Drafts, blank_form
from desktop.gui.intake_sheet import IntakeSheet, SheetActs
from desktop.gui.intake_slips import IntakeSlips
from desktop.gui.looks import may_look
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.office import access, at_once, counter, lookup, procedures, rights
from desktop.rules import fees, places
from desktop.rules.citizen_id import CitizenCard
from desktop.rules.intake import IntakeForm

_WHY = "tiếp nhận"


class IntakePage(Page):
    """``registered`` carries what ``counter.register`` answered, and size and copies of the receipt to print.

    ``solved`` carries the code of a matter solved and returned at once, ``copies_wanted`` a person (or nobody yet)
    for whom copies are to be certified, ``slip_wanted`` the kind of a slip and the form that it is for.
    """

    registered = Signal(object, str, int)
    solved = Signal(str)
    copies_wanted = Signal(object)
    slip_wanted = Signal(object, object)
    #: The form on the sheet was looked at anew, after an edit or a scan.
    looked = Signal()

    def __init__(self, commands: Commands, *, station: str = "1", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._drafts = Drafts(commands, station, self._draft_failed)
        self._ahead: counter.Preview | None = None
        self._before: Begun | None = None
        self._dropped: Begun | None = None
        self.whose = MessageStrip()
        self.notice = MessageStrip()
        self.waiting = MessageStrip()
        self.sheet = IntakeSheet(self.find_procedures, self._why_not, self._sheet_acts())
        self._slips = IntakeSlips(commands, self.sheet, self.notice, self)
        self._slips.wanted.connect(self.slip_wanted)
        self._make_acts()
        self._lay_out()
        self._show(Begun(blank_form()))
        self._drafts.load()
        self._offer_waiting()
        self._say_whose()
        commands.clerk_changed.connect(lambda _clerk: self._take_over())

    def _sheet_acts(self) -> SheetActs:
        return SheetActs(
            compare=self.act("So hai hồ sơ", "Alt+T", self._compare),
            supplement=self.act("Phiếu bổ sung", "Alt+B", lambda: self._slips.begin(DocumentKind.SUPPLEMENT)),
            refuse=self.act("Từ chối", "Alt+U", lambda: self._slips.begin(DocumentKind.REFUSAL)),
            recall=self.act("Mở phần đã nhập", "Alt+H", self._recall_slip),
        )

    def _make_acts(self) -> None:
        sheet = self.sheet
        self._resume = self.act("Mở tiếp", "Alt+M", self._open_waiting)
        self._bring_back = self.act("Lấy lại", "Alt+Z", self._undo_drop)
        self._bring_back.setEnabled(False)
        self.act("Thông tin thêm", "Alt+N", sheet.person.toggle_more)
        self.act("Bỏ, làm lại từ đầu", "Alt+Del", self._drop)
        self.act("Chứng thực bản sao", "Alt+L", self._certify)
        sheet.act.accept.triggered.connect(lambda _checked=False: self._accept())
        sheet.act.solve.triggered.connect(lambda _checked=False: self._solve())
        sheet.act.put_aside.triggered.connect(lambda _checked=False: self._put_aside())
        sheet.edited.connect(self._changed)
        sheet.left.connect(self._left_field)
        sheet.person.number_complete.connect(self._recall)
        sheet.procedure.chosen.connect(self._procedure_chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.whose)
        column.addWidget(self.notice)
        column.addWidget(self.waiting)
        column.addWidget(self.sheet, 1)

    def focus_first(self) -> None:
        """Where the work begins; a form that was begun keeps the place where the clerk was."""
        before = self.focusWidget()
        if before is None or self.sheet.begun().is_blank:
            self.sheet.person.first.setFocus()
        else:
            before.setFocus()

    def concerns(self, changes: Changes) -> bool:
        return changes.settings or changes.catalogue or changes.slips or bool(changes.dossiers)

    def refresh(self) -> None:
        self._say_whose()
        self._look_ahead()

    def take_card(self, card: CitizenCard) -> None:
        """A card was scanned: fill in the person, wherever the focus stood, and go on to the procedure."""
        if self.sheet.show_card(card, places.suggest(card.address) or "", self._commands.now()):
            self._recall(card.id_number)
        self.notice.hush()
        self._changed()
        self.sheet.go_on()

    def choose_procedure(self, code: str) -> None:
        """A procedure was picked in the search above: it becomes this form's."""
        procedure = self._known_procedure(code)
        if procedure is not None:
            self.sheet.procedure.show_procedure(procedure, None)
            self._procedure_chosen(procedure)

    def start_next(self, *, same_procedure: bool = False) -> None:
        """A blank form for the next person; with procedure, case and receipt of the one before when asked."""
        begun = Begun(blank_form())
        if same_procedure and self._before is not None:
            old = self._before.form
            if _certifies(self._known_procedure(old.procedure)):
                self.copies_wanted.emit(None)
                return
            form = replace(begun.form, procedure=old.procedure, case=old.case, limit=old.limit)
            begun = Begun(form, self._before.paper)
        self._show(begun)
        self._offer_waiting()
        self.sheet.person.first.setFocus()

    def take_up(self, form: IntakeForm) -> None:
        """Go on with the form that a slip was given for: its draft where there is one, else as the slip keeps it."""
        if self.sheet.key != form.key:
            begun = self._drafts.take(form.key) or Begun(form)
            self._reopen(begun)
            self._leave_if_stored(begun)
        self.sheet.papers.go_to_missing()

    def leave_to_slip(self, key: str) -> None:
        """The next person comes; the slip keeps what was typed for the one who was given it."""
        if self.sheet.key == key:
            self._drafts.forget_current()
            self.start_next()

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
            procedures.get,
            code,
            on=self._commands.now().date(),
            refused=lambda why: self.notice.say("soon", why.message),
        )

    def _show(self, begun: Begun) -> None:
        self.notice.hush()
        self.sheet.show_begun(begun, self._known_procedure(begun.form.procedure))
        self._look_ahead()

    def _changed(self) -> None:
        """After every edit: keep the draft, look ahead."""
        self.sheet.list_papers()
        begun = self.sheet.begun()
        if begun.is_blank:
            self._drafts.forget_current()
            self.sheet.act.show_draft(None)
        elif saved_at := self._drafts.keep(begun):
            self.sheet.act.show_draft(saved_at)
        self._look_ahead()

    def _look_ahead(self) -> None:
        self._ahead = self._commands.ask(counter.preview, self.sheet.form(), now=self._commands.now())
        if self._ahead is not None:
            self.sheet.show_ahead(self._ahead)
            procedure = self._ahead.procedure
            self.sheet.act.offer_at_once(procedure is not None and at_once.is_for(procedure))
        self.looked.emit()

    def _take_over(self) -> None:
        """Somebody else sits here now."""
        self._offer_waiting()
        self._say_whose()

    def _say_whose(self) -> None:
        """Who may take in nothing reads it before typing a whole form; everything can still be read."""
        if said := self._commands.ask(rights.why_not, self._commands.clerk, EventKind.REGISTER):
            self.whose.say("soon", f"{self._commands.clerk.full_name} chưa tiếp nhận được. {said[1]}")
        else:
            self.whose.hush()

    def _left_field(self, path: str) -> None:
        if not self.isVisible():
            return  # the window is closing
        self.sheet.marks.see(path)
        self._look_ahead()
        self.sheet.person.tidy(path)

    def _recall(self, id_number: str) -> None:
        """A citizen who was here before: fill in what changes little."""
        known = self._commands.see(lookup.known_person, id_number)
        if known is not None and may_look(self._commands, access.searched, id_number, count=1, why=_WHY):
            self.sheet.person.show_known(known)

    def _procedure_chosen(self, procedure: ProcedureVersion) -> None:
        self.sheet.marks.see("procedure")
        self.sheet.fee.show_procedure(procedure)
        self._changed()
        self.sheet.go_to_details(procedure)

    def _recall_slip(self) -> None:
        """Alt+H: what was typed when the slip was given, in place of the form on the screen."""
        before = self.sheet.begun()
        form = self._slips.form_kept(self._ahead.slips if self._ahead else (), before.form)
        if form is None:
            return
        self._reshow(replace(before, form=form))
        self._offer_back(before, "Đã mở phần nhập khi lập phiếu. Giấy tờ hôm nay có thể khác.")
        self.sheet.papers.go_to_missing()

    def _compare(self) -> None:
        if self._ahead is None or not self._ahead.duplicates:
            return
        first, *others = self._ahead.duplicates
        if not may_look(self._commands, access.viewed, first.code, why=_WHY):
            return
        twin = self._commands.ask(lookup.dossier, first.code)
        if twin is not None:
            chosen = self.sheet.procedure.procedure
            CompareDialog(self.sheet.form(), chosen.name if chosen else "", twin, others, self).open()

    def _accept(self) -> None:
        """F12: take the dossier in, or lead to the first thing that is still missing."""
        if not self._is_complete():
            return
        begun = self.sheet.begun()
        done = self._commands.do(counter.register, begun.form, checklist=True, refused=self._refused)
        if done is not None:
            self._clear_after(begun)
            self.registered.emit(done, *begun.paper)

    def _solve(self) -> None:
        """Alt+R: take in, solve and return in one step; certified copies have a page of their own."""
        if _certifies(self.sheet.procedure.procedure):
            self._certify()
        elif self._is_complete():
            begun = self.sheet.begun()
            done = self._commands.do(at_once.solve, begun.form, checklist=True, refused=self._refused)
            if done is not None:
                self._clear_after(begun)
                self.solved.emit(done.code)

    def _certify(self) -> None:
        """Alt+L: copies for whoever stands here; what was begun of another procedure waits."""
        begun = self.sheet.begun()
        chosen = self.sheet.procedure.procedure
        if chosen is None or _certifies(chosen):
            self._drafts.forget_current()
        else:
            self._drafts.put_aside(begun)
        self.start_next()
        self.copies_wanted.emit(begun.form.applicant)

    def _is_complete(self) -> bool:
        """Whether nothing is missing; else the focus goes to the first thing that is."""
        self.sheet.marks.see_all()
        self._look_ahead()
        if self.sheet.marks.left:
            self.sheet.act.show_left(self.sheet.marks.left)
            self.sheet.marks.go_to_first()
        return not self.sheet.marks.left

    def _clear_after(self, begun: Begun) -> None:
        self._before = begun
        self._drafts.settle({slip.form_key for slip in self._ahead.slips} if self._ahead else ())
        self._drafts.forget_current()
        self._show(Begun(blank_form(), begun.paper))
        self._offer_waiting()

    def _refused(self, problem: Problem) -> None:
        self.sheet.act.say_refused(problem.message)

    def _put_aside(self) -> None:
        """Ctrl+N: the next person first; this form waits."""
        self._drafts.put_aside(self.sheet.begun())
        self.start_next()

    def hand_on(self) -> None:
        """Somebody else comes to this counter: what was begun waits, with the name of who began it."""
        if not self.sheet.begun().is_blank:
            self._put_aside()

    def _drop(self) -> None:
        """Alt+Del: this form is not wanted any more; it can be brought back until the next one is dropped."""
        dropped = self.sheet.begun()
        if dropped.is_blank:
            return
        self._drafts.forget_current()
        self.start_next()
        self._offer_back(dropped, f"Đã bỏ phần đang nhập của {dropped.whose}.")

    def _offer_back(self, dropped: Begun, words: str) -> None:
        self._dropped = dropped
        self._bring_back.setEnabled(True)
        self.notice.say("idle", words, action=self._bring_back)

    def _undo_drop(self) -> None:
        dropped, self._dropped = self._dropped, None
        self._bring_back.setEnabled(False)
        if dropped is not None:
            self._reopen(dropped)

    def _open_waiting(self) -> None:
        begun = self._drafts.take_waiting()
        if begun is not None:
            self._reopen(begun)
            self._leave_if_stored(begun)

    def _reopen(self, begun: Begun) -> None:
        """Go on with ``begun``; what stands on the screen waits instead, unless it is the same form."""
        if self.sheet.key != begun.form.key:
            self._drafts.let_wait(self.sheet.begun())
        self._reshow(begun)
        self._offer_waiting()

    def _reshow(self, begun: Begun) -> None:
        self._show(begun)
        self.sheet.act.show_draft(self._drafts.keep(begun))

    def _offer_waiting(self) -> None:
        begun = self._drafts.waiting
        if begun is None or begun.saved_at is None:
            self.waiting.hush()
            return
        other = begun.by and begun.by != self._commands.clerk.full_name
        hand = f", {begun.by} nhập dở" if other else ""
        self.waiting.say(
            "accent",
            f"Có nháp lúc {begun.saved_at:%H:%M} của {begun.whose}{hand}. Làm hồ sơ khác cũng không mất nháp này.",
            action=self._resume,
            icon="content-save-check-outline",
        )

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
        self.sheet.act.show_draft(None, sentence)

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            self.focusNextChild()
            return
        super().keyPressEvent(event)


def _certifies(procedure: ProcedureVersion | None) -> bool:
    return procedure is not None and procedure.fee.rule == fees.CERTIFIED_COPY
