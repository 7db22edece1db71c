"""What follows a recorded return: the acknowledgement goes to the printer, the citizen is asked once.

Keeps which dossier it is about, so that an answer that comes late is told only where it belongs. The return stands
whatever happens here.
"""

from PySide6.QtCore import QObject

from db.vocabulary import DocumentKind
from desktop import labels
from desktop.gui.commands import Commands
from desktop.gui.handover_act import HandOverAct
from desktop.gui.handover_case import Who
from desktop.gui.handover_checks import IN_PERSON
from desktop.gui.handover_opinion import OpinionCard
from desktop.gui.jobs import Jobs
from desktop.gui.paper_print import PaperJob, PaperPrinter, Printed
from desktop.gui.printer_port import PrinterPort
from desktop.gui.rating_desk import RatingDesk
from desktop.office import settings
from desktop.rules import ratings


class Afterwards(QObject):
    """Shows in the third column what became of paper and question."""

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        printer: PrinterPort,
        desk: RatingDesk,
        giving: HandOverAct,
        opinion: OpinionCard,
    ) -> None:
        super().__init__(giving)
        self._commands, self._desk = commands, desk
        self._giving, self._opinion = giving, opinion
        self._code = ""
        self._printing = PaperPrinter(commands, jobs, printer, self)
        self._printing.finished.connect(self._show_printed)
        desk.settled.connect(self._show_opinion)

    def clear(self) -> None:
        """Nothing was returned yet; a question that still stands goes on."""
        self._code = ""
        if not self._desk.is_asking:
            scale = self._commands.ask(settings.get, ratings.SCALE_SETTING, ratings.DEFAULT_SCALE)
            self._opinion.show_before(scale or ratings.DEFAULT_SCALE)

    def begin(self, code: str, who: Who, to: str, *, paper: bool) -> None:
        """The return stands in the register: show it, print if ``paper``, ask who stands at the counter."""
        self._code = code
        self._giving.show_done(to, self._commands.now(), labels.RESULT_BY_WORDS[who.by])
        self._giving.next_button.setFocus()
        if paper and who in IN_PERSON:
            self.print_paper()
        if who not in IN_PERSON:
            self._opinion.show_absent()
        elif self._desk.has_second_screen:
            self.ask()
        else:
            self._opinion.allow_asking(True)

    def print_paper(self) -> None:
        """The acknowledgement, for the first time or again."""
        if self._code:
            self._giving.show_printing()
            self._printing.print_paper(PaperJob(self._code, DocumentKind.HANDOVER_RECEIPT))

    def ask(self) -> None:
        """Put the question, on the citizen's screen or on this one."""
        if self._code:
            self._opinion.show_asking()
            self._desk.ask(self._code)

    def _show_printed(self, printed: Printed) -> None:
        if printed.job.code == self._code:
            self._giving.show_printed(printed.report, self._commands.now())

    def _show_opinion(self, code: str, how: str, sentence: str) -> None:
        if self._code in ("", code):
            self._opinion.show_end(how, sentence)
