"""One dossier: its promise and why, what happened, what may be done now, and its papers."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from db.records import DossierDetail
from desktop import labels
from desktop.changes import Changes
from desktop.gui.act_panel import ActPanel
from desktop.gui.commands import Commands
from desktop.gui.dossier_head import DossierHead
from desktop.gui.dossier_layout import DossierLayout
from desktop.gui.dossier_papers import PapersCard
from desktop.gui.dossier_promises import Promised, full_texts, promises
from desktop.gui.dossier_story import StoryCard
from desktop.gui.dossier_why import WhyCard
from desktop.gui.looks import may_look
from desktop.gui.page import Page
from desktop.gui.paper_print import Printed
from desktop.gui.text_window import TextWindow
from desktop.office import access, lookup, people, settings, standing
from desktop.office.standing import Standing
from desktop.rules.periods import PeriodKind

_WHY = "trang hồ sơ"


class DossierPage(Page):
    """``reprint_requested`` carries the code of the dossier whose receipt shall be printed again, ``print_requested``
    a ``PaperJob``, ``hand_over_requested`` the code of a dossier that is to be handed over, ``figures_requested`` the
    newest month in whose figures it stands.
    """

    reprint_requested = Signal(str)
    print_requested = Signal(object)
    hand_over_requested = Signal(str)
    figures_requested = Signal(object)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._code = ""
        self._detail: DossierDetail | None = None
        self._promises: list[Promised] = []
        self._number_shown = False
        self._looked: tuple[str, str] | None = None
        self.act("Về danh sách", "Esc", self._back)
        self._reveal = self.act("Hiện số định danh", "Alt+M", self._toggle_number)
        self._reprint = self.act("In lại giấy hẹn", "Alt+P", lambda: self.reprint_requested.emit(self._code))
        self._why = self.act("Vì sao ngày này?", "Alt+V", self._explain)
        self._head = DossierHead(self._reveal)
        turn = self.act("Hồ sơ nộp", "Alt+O", lambda: self._story.turn())
        self._standing: tuple[Standing, ...] = ()
        self._story = StoryCard(turn, self.act("Xem trong số liệu", "Alt+F", self._show_figures))
        self._story.offer_log(self.act("Ai đã xem", "Alt+A", self._show_looks))
        self.acts = ActPanel(commands, self.act)
        self._papers = PapersCard(self._reprint)
        self._why_card = WhyCard(self._why)
        self._lay_out()
        self.acts.elsewhere.connect(lambda _event: self.hand_over_requested.emit(self._code))
        self.acts.print_wanted.connect(self._papers.print_document)
        self.acts.outdated.connect(self.refresh)
        self._papers.wanted.connect(self.print_requested)
        commands.clerk_changed.connect(lambda _clerk: self._take_over())

    def _lay_out(self) -> None:
        parts = DossierLayout(self._head, self._story, self.acts, self.acts.bar, self._papers, self._why_card)
        parts.folded.connect(self._head.fold)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(parts)

    def show_dossier(self, code: str) -> None:
        """Read and show the dossier; called before the page is shown or while it is.

        Who may not see it stays where they came from.
        """
        if code != self._code:
            self._number_shown = False
        self._code, self._looked = code, None
        if not self._look():
            return
        self.refresh()
        if self.isVisible():
            self.focus_first()
            self._papers.table.deselect()

    def _look(self) -> bool:
        """Write down who opened the dossier, once for each person who has it before them."""
        look = (self._code, self._commands.clerk.short_name)
        if self._code and look != self._looked:
            if not may_look(self._commands, access.viewed, self._code, why=_WHY, leave=self._shut):
                return False
            self._looked = look
        return True

    def _shut(self) -> None:
        """Nothing of a dossier that is not for who sits here."""
        self._code, self._detail = "", None
        self.left.emit()

    def _take_over(self) -> None:
        """Somebody else sits here now: what one person had revealed is masked again for the next."""
        self._number_shown = False
        self._show_number()
        if self.isVisible():
            self._look()

    def refresh(self) -> None:
        """Read the dossier again; what is being typed stays."""
        detail = self._commands.ask(lookup.dossier, self._code) if self._code else None
        if detail is None:
            return
        self._detail, self._promises = detail, promises(detail.events)
        clerks = {clerk.short_name: clerk.full_name for clerk in self._commands.ask(people.clerks) or ()}
        self._head.show_dossier(detail.row, self._promises)
        self._show_number()
        self.show_moment(self._commands.now())
        self._story.show_dossier(detail, clerks)
        self._standing = self._commands.ask(standing.figures_of, self._code, now=self._commands.now()) or ()
        self._story.show_figures(self._standing)
        self.acts.show_dossier(detail)
        self._papers.show_papers(detail)
        self._reprint.setEnabled(self._papers.has_receipt)
        self._why_card.show_promises(detail.row, self._promises)

    def show_moment(self, now: datetime) -> None:
        """The time left of this minute."""
        if self._detail is not None:
            self._head.show_left(self._detail.row, now, self._commands.ask(settings.calendar))

    def show_printed(self, printed: Printed) -> None:
        """What the printer said of a paper."""
        self._papers.show_printed(printed)

    def _show_number(self) -> None:
        if self._detail is not None:
            self._head.show_number(self._detail.row.id_number, whole=self._number_shown)
        self._reveal.setText("Ẩn số định danh" if self._number_shown else "Hiện số định danh")

    def _toggle_number(self) -> None:
        if not self._number_shown and not may_look(self._commands, access.revealed, self._code, why=_WHY):
            return
        self._number_shown = not self._number_shown
        self._show_number()

    def _explain(self) -> None:
        if self._detail is not None:
            row = self._detail.row
            lead = f"{row.code}: nhận {labels.moment_words(row.received_at)}, hẹn {labels.moment_words(row.due_at)}."
            TextWindow(self._why_card.title, lead, full_texts(self._promises), self.window()).open()

    def _show_looks(self) -> None:
        from desktop.gui.look_lines import look_lines
        from desktop.office import access_log

        who, now = self._commands.clerk.short_name, self._commands.now()
        found = self._commands.ask(access_log.of_dossier, self._code, clerk=who, now=now)
        if found is not None:
            clerks = {clerk.short_name: clerk.full_name for clerk in self._commands.ask(people.clerks) or ()}
            lead = f"{self._code}: {labels.count_words(len(found))} lần xem, mới nhất trước. Lần in nằm ở Diễn biến."
            TextWindow("Ai đã xem hồ sơ này", lead, look_lines(found, clerks), self.window()).open()

    def _show_figures(self) -> None:
        months = [one.period for one in self._standing if one.period.kind is PeriodKind.MONTH]
        if months:
            self.figures_requested.emit(months[-1])

    def _back(self) -> None:
        if self.acts.form is not None:
            self.acts.close_form()
        else:
            self.left.emit()

    def concerns(self, changes: Changes) -> bool:
        return self._code in changes.dossiers or changes.settings

    def focus_first(self) -> None:
        self.acts.focus_first()
