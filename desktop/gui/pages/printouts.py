"""In sổ và danh sách (Ctrl+P): what to print, for which period, seen before it goes to paper or into a file.

F12 draws what is chosen in the worker, then prints what was drawn; Esc stops work that runs, else leads back.
"""

from enum import StrEnum
from itertools import chain

from db.vocabulary import DocumentKind
from desktop import labels
from desktop.gui.buttons import Choice
from desktop.gui.commands import Commands
from desktop.gui.drawing_page import DrawingPage
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Jobs
from desktop.gui.paper_preview import FileChooser
from desktop.gui.period_fields import PeriodFields, Span
from desktop.gui.printer_port import PrinterPort
from desktop.gui.printouts import PRINTOUTS, Printout
from desktop.gui.tables import Column
from desktop.office import books, issuing, listings, lists, lookup

_ALL_BOOKS = "Tất cả các quyển"


class PrintoutsPage(DrawingPage):
    """The register book and hand-over lists of a period, and the lists of the day's work."""

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, chooser: FileChooser) -> None:
        columns = [Column("", lambda one: one.title), Column("", self._count, 52, quiet=True, right=True)]
        super().__init__(commands, jobs, printer, chooser, things=PRINTOUTS, columns=columns)
        self._counts: dict[StrEnum, int] = {}
        self.period = PeriodFields(self.act, lambda: commands.now().date())
        self._books = Choice()
        self._book_row = FieldRow("book_no", "Quyển", self._books, label_width=64)
        self.period.changed.connect(self._follow_period)
        self._book_row.edited.connect(lambda _text: self.drop())
        self.begin([self.period, self._book_row])

    def show_printout(self, name: object) -> None:
        """Choose what the page before was showing, and draw a list at once: it is short."""
        self.select(name)
        if not self.chosen.has_period:
            self.drop()
            self._advance()

    def refresh(self) -> None:
        """Count again; what was drawn stays as it was drawn."""
        now = self._commands.now()
        work = self._commands.see(lists.counts, now) or {}
        day = self._commands.see(lookup.day_counts, now.date()) or {}
        self._counts = dict(chain(work.items(), day.items()))
        self._choices.viewport().update()

    def _count(self, one: Printout) -> str:
        return "" if one.has_period else labels.count_words(self._counts.get(one.name, 0))

    def choose(self, one: Printout) -> None:
        self.period.setVisible(one.has_period)
        self.period.choose(Span.TODAY if one.name is DocumentKind.HANDOVER_LIST else Span.MONTH)

    def _follow_period(self) -> None:
        """The books of the period; one alone needs no choice."""
        days = self.period.days() if self.chosen.name is DocumentKind.REGISTER_BOOK else None
        numbers = (self._commands.ask(books.volumes, *days) or ()) if days else ()
        before = self._books.currentData()
        self._books.clear()
        self._books.addItem(_ALL_BOOKS, "")
        for number in numbers:
            self._books.addItem(f"Quyển số {number}", number)
        self._books.setCurrentIndex(max(self._books.findData(before), 0))
        self._book_row.setVisible(len(numbers) > 1)
        self.drop()

    def draw(self, one: Printout) -> bool:
        clerk, now = self._commands.clerk.short_name, self._commands.now()
        if not one.has_period:
            self._desk.draw(listings.list_pdf, one.name, title=one.title, order=one.order, clerk=clerk, now=now)
            return True
        days = self.period.asked()
        if days is not None:
            number = self._books.currentData()
            self._desk.draw(issuing.period_pdf, one.name, *days, book_no=number, clerk=clerk, now=now)
        return days is not None
