"""The column of acts on a dossier: the list, the form of the act that was chosen, what was recorded and its undo.

Records through the office and tells the page; nothing that was typed is lost by Esc, by a refusal or by a change
made elsewhere.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from db.records import DossierDetail
from db.vocabulary import EventKind
from desktop import labels
from desktop.errors import UserError
from desktop.gui import act_words
from desktop.gui.act_form import ActForm, Matter
from desktop.gui.act_rows import ActRows, MakeAct
from desktop.gui.act_words import LOOKS, ActLine
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.dossier_facts import last_seq, state_of
from desktop.gui.keys import KeyBadge
from desktop.gui.messages import of_problem
from desktop.gui.scrolling import Scroller
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.gui.undo_strip import UndoStrip
from desktop.office import acts, lists, people, previews, rights, settings
from desktop.office.acts import Done, Offer
from desktop.rules.lifecycle import State

E = EventKind
#: Begun on the hand-over page, where the receipt is scanned and the receiver checked.
_ELSEWHERE = frozenset({E.HAND_OVER})


class ActPanel(Card):
    """``elsewhere`` carries the act that has a page of its own, ``print_wanted`` the id of a paper just issued,
    ``outdated`` tells that the dossier went on without this window.
    """

    elsewhere = Signal(object)
    print_wanted = Signal(int)
    outdated = Signal()

    def __init__(self, commands: Commands, make_act: MakeAct) -> None:
        super().__init__("Làm được bây giờ", flush=True)
        self._commands = commands
        self._detail: DossierDetail | None = None
        self._state = State()
        self._form: ActForm | None = None
        self._kept: dict[tuple[str, EventKind], dict[str, Any]] = {}
        self._document: int | None = None
        self._record_act = make_act("Ghi", "F12", self._record)
        self._print_act = make_act("In giấy vừa lập", "Alt+Y", self._print)
        self._undo_act = make_act("Sửa nhầm", "Alt+Z", self._undo)
        self._look_act = make_act("Xem trước giấy", "Alt+W", self._look)
        self._cancel_act = _shown_only("Thôi", "Esc", self.close_form, self)
        self.rows = ActRows(make_act)
        self.rows.chosen.connect(self._choose)
        self.strip = MessageStrip()
        self.undo_strip = UndoStrip(self._undo_act, commands.now)
        self._stack = QStackedWidget()
        self._hint = (KeyBadge("↑ ↓"), line("chọn", "note"))
        for part in self._hint:
            self.head.addWidget(part)
        self.bar = self._make_bar()
        self._lay_out()

    def _make_bar(self) -> QWidget:
        """The act itself and the way out, to be pinned where the page wants it."""
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 10)
        row.setSpacing(8)
        row.addWidget(ActButton(self._record_act, "content-save-check-outline", kind="primary", parent=bar), 1)
        row.addWidget(ActButton(self._cancel_act, parent=bar))
        bar.hide()
        return bar

    def _lay_out(self) -> None:
        for strip in (self.strip, self.undo_strip):
            holder = QHBoxLayout()
            holder.setContentsMargins(12, 0, 12, 0)
            holder.addWidget(strip)
            self.body.addLayout(holder)
        self._stack.addWidget(Scroller(self.rows))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.bar)

    @property
    def form(self) -> ActForm | None:
        """The form that is open."""
        return self._form

    def show_dossier(self, detail: DossierDetail) -> None:
        """Show what may be done now; an open form stays open with what was typed."""
        if self._detail is not None and detail.row.code != self._detail.row.code:
            self.close_form()
            self.strip.hush()
        self._detail, self._state = detail, state_of(detail)
        offers = self._offers(detail.row.code)
        calendar = self._commands.ask(settings.calendar)
        self.rows.show_lines(act_words.lines(offers, self._state, detail.row.due_at, calendar))
        undoable = any(offer.event is E.UNDO and not offer.why_not for offer in offers)
        self.undo_strip.offer(self._state.last if undoable else None)

    def _offers(self, code: str) -> tuple[Offer, ...]:
        return (
            self._commands.ask(acts.offered, code, clerk=self._commands.clerk.short_name, now=self._commands.now())
            or ()
        )

    def focus_first(self) -> None:
        """The first field of the open form, else the likely act."""
        if self._form is not None:
            self._form.focus_first()
        else:
            self.rows.first.setFocus()

    def close_form(self) -> None:
        """Back to the list; what was typed comes back when the act is chosen again."""
        if self._form is None or self._detail is None:
            return
        if texts := self._form.texts():
            self._kept[self._detail.row.code, self._form.kind] = texts
        self._drop_form()

    def _drop_form(self) -> None:
        self._form = None
        self._turn("Làm được bây giờ", 0)
        if (shown := self._stack.widget(1)) is not None:
            self._stack.removeWidget(shown)
            shown.deleteLater()
        self.rows.first.setFocus()

    def _turn(self, title: str, side: int) -> None:
        """Show the list (0) or the form (1)."""
        # Or the focus would wander into the next card while what has it goes.
        self._stack.setFocus()
        self.set_title(title)
        self._stack.setCurrentIndex(side)
        self.bar.setVisible(side == 1)
        for part in self._hint:
            part.setVisible(side == 0)

    def _choose(self, told: ActLine) -> None:
        if told.locked:
            self.strip.say("soon", f"{told.words}: {told.note.rstrip('.')}.", icon="lock-outline")
        elif told.event in _ELSEWHERE:
            self.elsewhere.emit(told.event)
        else:
            self.strip.hush()
            self._open(told)

    def _open(self, told: ActLine) -> None:
        matter = self._matter()
        if matter is None:
            return
        self.close_form()
        form = self._form = ActForm(told.event, matter, self._look_act)
        form.restore(self._kept.get((matter.detail.row.code, told.event), {}))
        form.vouch.entered.connect(self._record_act.trigger)
        self._record_act.setText(LOOKS[told.event].verb)
        self._stack.addWidget(Scroller(form))
        self._turn(told.words, 1)
        form.focus_first()

    def _matter(self) -> Matter | None:
        calendar = self._commands.ask(settings.calendar)
        if self._detail is None or calendar is None:
            return None
        places = self._commands.ask(lists.places) or ()
        clerks = self._commands.ask(people.clerks) or ()
        asks, acting = bool(self._commands.ask(rights.asks_who)), self._commands.clerk.short_name
        return Matter(self._detail, self._state, calendar, places, clerks, acting, asks)

    def _record(self) -> None:
        form, detail = self._form, self._detail
        if form is None or detail is None:
            self.rows.first.setFocus()
        elif not form.missing() and form.vouch.vouches(self._commands):
            done = self._do(form.kind, form.facts(), form.key, self._refused)
            if done is not None:
                self._kept.pop((detail.row.code, form.kind), None)
                self._drop_form()
                self._tell(done)

    def _do(
        self, event: EventKind, facts: dict[str, Any], key: str | None, refused: Callable[[Problem], None]
    ) -> Done | None:
        assert self._detail is not None
        seen = last_seq(self._detail)
        return self._commands.do(acts.perform, self._detail.row.code, event, facts, key=key, seen=seen, refused=refused)

    def _refused(self, problem: Problem) -> None:
        if isinstance(problem, UserError) and problem.code == "changed_elsewhere":
            self.outdated.emit()
            if self._form is not None:
                words = problem.message.replace("chưa ghi gì", "phần bạn gõ vẫn còn")
                self._form.strip.say("soon", words)
        elif self._form is not None:
            self._form.show_problem(problem)

    def _tell(self, done: Done) -> None:
        self._document = done.document
        words = f"Đã ghi: {labels.EVENT_WORDS[done.event].lower()}."
        self.strip.say("ok", words, action=self._print_act if done.document is not None else None)

    def _look(self) -> None:
        """The paper as it would be issued now, with what is typed so far."""
        form, detail = self._form, self._detail
        if form is None or detail is None or form.kind not in act_words.WITH_PAPER:
            return
        acting, now = self._commands.clerk.short_name, self._commands.now()
        data = self._commands.ask(
            previews.paper, detail.row.code, form.kind, form.facts(), clerk=acting, now=now, refused=form.show_problem
        )
        if data:
            # It draws paper on the screen, which few windows ever do: loaded only for those.
            from desktop.gui.paper_preview import PaperDialog
            from desktop.gui.printing import PdfPages

            PaperDialog(PdfPages(data), self, title=f"Xem trước – {LOOKS[form.kind].words}").open()

    def _print(self) -> None:
        if self._document is not None:
            self.print_wanted.emit(self._document)

    def _undo(self) -> None:
        if self.undo_strip.is_offered and self._do(E.UNDO, {}, None, self._not_undone) is not None:
            self._document = None
            self.strip.say("ok", "Đã hoàn lại. Việc ghi nhầm vẫn còn trong diễn biến, gạch ngang.")
            self.rows.first.setFocus()

    def _not_undone(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))
        self.outdated.emit()


def _shown_only(words: str, keys: str, then: Callable[[], object], owner: QWidget) -> QAction:
    """An act whose key is shown here but belongs to the page."""
    action = QAction(words, owner)
    action.setShortcut(keys)
    action.triggered.connect(lambda _checked=False: then())
    return action
