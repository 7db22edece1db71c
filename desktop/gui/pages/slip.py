"""Phiếu tại quầy: Mẫu 02 for what is missing, or Mẫu 03, for somebody whose dossier is not taken in yet.

Opened on the form that stands on the intake page, which stays as it is. The paper is seen while it is typed; F12
records it, then it is printed. Stores nothing itself: that is ``slips.give``.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from db.records import ProcedureVersion, SlipRow
from db.vocabulary import DocumentKind, EventKind
from desktop import labels
from desktop.errors import UserError
from desktop.gui.commands import Commands, Problem
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser, PaperPreview
from desktop.gui.paper_print import PaperJob, Printed
from desktop.gui.slip_act import SlipAct
from desktop.gui.slip_items import ItemsCard, checklist
from desktop.gui.slip_reason import ReasonCard
from desktop.gui.slip_summary import SlipSummary
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel
from desktop.gui.two_columns import TwoColumns
from desktop.gui.undo_strip import UndoStrip
from desktop.office import people, procedures, rights, slips
from desktop.office.filing import Paper
from desktop.rules.intake import IntakeForm, normalised
from desktop.rules.lifecycle import Happened
from desktop.rules.rights import Deed, may
from desktop.rules.slips import USUAL_REASON, SlipForm

#: Long enough not to draw at each letter, short enough to see what a word did.
_PAUSE_MS = 400
_LEAST_SHEET, _STACKED_SHEET = 160, 520
_WORDS = {DocumentKind.SUPPLEMENT: "Lập phiếu bổ sung và in", DocumentKind.REFUSAL: "Lập phiếu từ chối và in"}


class SlipPage(Page):
    """``print_wanted`` carries the ``PaperJob`` of a slip just given, ``saved`` that of one whose copy left as a file,
    ``next_wanted`` the key of the intake form.
    """

    print_wanted = Signal(object)
    saved = Signal(object)
    next_wanted = Signal(str)

    def __init__(self, commands: Commands, chooser: FileChooser) -> None:
        super().__init__()
        self._commands = commands
        self._kind = DocumentKind.SUPPLEMENT
        self._form: IntakeForm | None = None
        self._key = ""
        self._given: SlipRow | None = None
        self._about = ElidedLabel("", "note")
        self._earlier = MessageStrip()
        self.items, self.reason = ItemsCard(), ReasonCard()
        self.summary = SlipSummary()
        self._chooser = chooser
        self.preview = PaperPreview(self)
        self.preview.saved.connect(lambda _path: self.saved.emit(self._job()))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self._make_acts()
        self._lay_out()
        for card in (self.items, self.reason):
            card.edited.connect(self._edited)
        self.reason.vouch.entered.connect(self._give_act.trigger)

    def _make_acts(self) -> None:
        self._give_act = self.act("Lập phiếu và in", "F12", self._give)
        back = self.act("Về phần đang nhập", "Esc", self.left.emit)
        following = self.act("Người tiếp theo", "Ctrl+N", self._go_on)
        reprint = self.act("In lại phiếu", "Alt+P", self._print)
        self.giving = SlipAct(self._give_act, back, following, reprint)
        self.undo = UndoStrip(self.act("Sửa nhầm", "Alt+Z", self._take_back), self._commands.now)

    def _lay_out(self) -> None:
        self._fill = QWidget()
        fill = QVBoxLayout(self._fill)
        fill.setContentsMargins(0, 0, 0, 0)
        fill.setSpacing(10)
        fill.addWidget(self.items, 1)
        fill.addWidget(self.reason)
        fill.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (self._about, self._earlier, self.undo):
            column.addWidget(part)
        self._columns = TwoColumns((self.summary, self._fill), (self.preview,), self.giving, right_fills=True)
        self._columns.widened.connect(self._fit_preview)
        self._fit_preview(True)
        column.addWidget(self._columns, 1)
        fields = [*self.reason.rows.values(), self.reason.vouch]
        stops = [self.items.table, self.items.own.editor, *(row.editor for row in fields), self.giving.give_button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _fit_preview(self, wide: bool) -> None:
        """Beside the work the paper takes what is left over; below it, what it needs to be read."""
        policy = QSizePolicy.Policy
        self.preview.sheet.setSizePolicy(policy.Expanding, policy.Ignored if wide else policy.Expanding)
        self.preview.sheet.setMinimumHeight(_LEAST_SHEET if wide else _STACKED_SHEET)

    def begin(self, kind: DocumentKind, form: IntakeForm) -> None:
        """A slip of ``kind`` for whoever the intake ``form`` names; lines that were typed for it before stay."""
        if self._given is not None or self._form is None or (kind, form.key) != (self._kind, self._form.key):
            self._forget(kind)
        form = normalised(form)
        self._kind, self._form, self._given = kind, form, None
        asks = kind is DocumentKind.SUPPLEMENT
        procedure = self._commands.ask(procedures.known, form.procedure, on=self._commands.now().date())
        before = self._commands.ask(slips.unanswered, form) or ()
        asked = [row for row in before if row.kind is DocumentKind.SUPPLEMENT]
        self._about.show_text(f"{form.applicant.name or form.applicant.organisation} – {_matter(procedure)}")
        self._say_earlier(before, second=asks and bool(asked))
        self.items.setVisible(asks)
        self.items.show_items(checklist(form, procedure) if asks else ())
        mine = self._commands.clerk.short_name
        working = self._commands.ask(people.clerks) or ()
        others = [one for one in working if one.short_name != mine and may(one.roles, Deed.CONFIRM)]
        second, signs_in = asks and bool(asked), bool(self._commands.ask(rights.asks_who))
        self.reason.show_fields(names_matter=procedure is None, others=others, second=second, asks=signs_in)
        if asks and not asked and not self.reason.text("reason"):
            self.reason.rows["reason"].set_value(USUAL_REASON)
        self.preview.set_title(labels.DOCUMENT_WORDS[kind])
        self._give_act.setText(_WORDS[kind])
        self._show_face()
        self._draw()
        self.focus_first()

    def _forget(self, kind: DocumentKind) -> None:
        """Another slip than the one that was typed last: its own key, empty fields."""
        self._key = uuid4().hex
        for row in (self.items.own, *self.reason.rows.values()):
            row.set_value("")
            row.clear_problem()

    def _say_earlier(self, before: tuple[SlipRow, ...], *, second: bool) -> None:
        if not before:
            self._earlier.hush()
            return
        last = before[-1]
        words = f"Đã lập phiếu {last.label} lúc {labels.moment_words(last.given_at)}: {last.told}."
        if second:
            words += " Lần này ghi vì sao lần trước chưa nêu, và cần một người khác xác nhận."
        self._earlier.say("soon", words, icon="file-edit-outline")

    def focus_first(self) -> None:
        if self._given is not None:
            self.giving.next_button.setFocus()
        elif self._kind is DocumentKind.SUPPLEMENT:
            self.items.focus()
        else:
            row = self.reason.rows["request"]
            (self.reason.rows["reason"] if row.isHidden() else row).focus()

    def _slip(self) -> SlipForm | None:
        if self._form is None:
            return None
        asks = self._kind is DocumentKind.SUPPLEMENT
        return SlipForm(
            self._kind,
            self._form,
            self._key,
            self.items.items if asks else (),
            self.reason.text("reason"),
            self.reason.text("request"),
            self.reason.confirmed_by,
        )

    def _edited(self) -> None:
        self.giving.strip.hush()
        self._pause.start()

    def _draw(self) -> None:
        """The paper as it would be; it can be looked at and not be saved: there is no such slip yet."""
        self._pause.stop()
        slip = self._slip()
        if slip is None or self._given is not None:
            return
        acting, now = self._commands.clerk.short_name, self._commands.now()
        data = self._commands.ask(slips.preview, slip, clerk=acting, now=now, refused=self._refused)
        if data is not None:
            words = labels.DOCUMENT_WORDS[self._kind]
            self.preview.show_paper(data, "", "Xem trước, chưa ghi. Số trên giấy là số sẽ cấp.", title=words)

    def _give(self) -> None:
        slip = self._slip()
        if slip is None or self._given is not None or not self.reason.vouch.vouches(self._commands):
            return
        done = self._commands.do(slips.give, slip, refused=self._refused)
        if done is None:
            return
        self._pause.stop()
        self._given = row = done.slip
        self.summary.show_given(row, slip, self._commands.clerk.full_name)
        self._earlier.hush()
        self.undo.offer(Happened(row.id, EventKind.GIVE_SLIP, row.given_at, row.clerk))
        self._show_face()
        self._print()
        self.focus_first()

    def _show_face(self) -> None:
        given = self._given is not None
        # Or the focus would wander to the paper while what has it goes.
        self.setFocus()
        self._fill.setVisible(not given)
        self.summary.setVisible(given)
        self.giving.strip.hush()
        self.giving.turn(given=given)
        self._columns.rewind()
        if not given:
            self.undo.offer(None)

    def _refused(self, problem: Problem) -> None:
        """Beside the field that it is about, or above the act."""
        field = str(problem.facts.get("field", "")) if isinstance(problem, UserError) else ""
        if self.reason.vouch.takes(problem):
            return
        if field == "items":
            self.items.say_missing(problem.message)
        elif field in self.reason.rows and not self.reason.rows[field].isHidden():
            self.reason.rows[field].show_problem(problem.message)
            self.reason.rows[field].focus()
        else:
            self.giving.strip.say(*of_problem(problem))

    def _print(self) -> None:
        if self._given is not None and not self._given.taken_back:
            self.summary.show_printing()
            self.print_wanted.emit(self._job())

    def _job(self) -> PaperJob:
        assert self._given is not None, "only a slip that was given is printed or saved"
        return PaperJob(None, self._given.kind, document=self._given.document)

    def choose(self, parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
        """A file only of a slip that was given: commit first, then paper."""
        if self._given is not None and not self._given.taken_back:
            self._chooser.choose(parent, name, then)
        else:
            self.giving.strip.say("soon", "Chưa ghi phiếu nên chưa lưu được. Bấm F12 trước.")

    def show_paper(self, job: PaperJob, paper: Paper) -> None:
        """The slip as it was rendered."""
        if self._is_mine(job):
            words = labels.DOCUMENT_WORDS[self._kind]
            self.preview.show_paper(paper.data, paper.path.name, "Bản xem trùng từng nét với bản in.", title=words)

    def show_printed(self, printed: Printed) -> None:
        """What the printer said of the slip."""
        if self._is_mine(printed.job):
            self.summary.show_printed(printed.report)

    def _is_mine(self, job: PaperJob) -> bool:
        return self._given is not None and job.document == self._given.document

    def _take_back(self) -> None:
        row = self._given
        if row is None or not self.undo.is_offered:
            return
        if self._commands.do(slips.take_back, row, refused=self._refused) is not None:
            self.undo.offer(None)
            self._given = replace(row, taken_back=True)
            self.summary.show_taken_back()
            self.preview.show_paper(b"", "")

    def _go_on(self) -> None:
        if self._given is not None and self._form is not None:
            self.next_wanted.emit(self._form.key)


def _matter(procedure: ProcedureVersion | None) -> str:
    return f"{procedure.code} {procedure.name}" if procedure else "việc không có trong danh mục"
