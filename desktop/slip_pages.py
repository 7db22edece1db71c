"""The two pages of slips joined with the intake, the printer, the scanner and the search.

Built by ``program`` beside the window; makes a page when it is first shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from db.vocabulary import DocumentKind
from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.page import Destination, Page
from desktop.gui.printer_port import PrinterPort
from desktop.gui.search import Hit

if TYPE_CHECKING:
    from db.records import SlipRow
    from desktop.gui.paper_preview import FileChooser
    from desktop.gui.paper_print import PaperPrinter
    from desktop.rules.intake import IntakeForm

_MOST_HITS = 3


class SlipPages:
    """``open_page`` shows a destination; ``devices`` are asked for when a page is made."""

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        open_page: Callable[[str], Any],
        devices: "Callable[[], tuple[PrinterPort, FileChooser]]",
    ) -> None:
        self._commands, self._jobs = commands, jobs
        self._open, self._devices = open_page, devices

    def destinations(self) -> list[Destination]:
        """The slip being written, and all that were given."""
        title, home = "Phiếu tại quầy", "intake"
        return [
            Destination("slip", title, "", "", self._make_slip, belongs_to=home, note="Esc về Tiếp nhận"),
            Destination("slips", title, "", "", self._make_list, belongs_to=home, note="Esc về trang trước"),
        ]

    def begin(self, kind: DocumentKind, form: "IntakeForm") -> None:
        """A slip for whoever stands on the intake page."""
        self._open("slip").begin(kind, form)

    def show(self, row: "SlipRow") -> None:
        """One slip in the list of all."""
        self._open("slips").show_slip(row)

    def take_scanned(self, text: str) -> None:
        """The QR of a slip was read: its citizen is back."""
        from desktop.office import slip_lookup

        row = self._commands.see(slip_lookup.scanned, text)
        if row is not None:
            self.show(row)

    def hits(self, text: str) -> list[Hit]:
        """What the search above finds among slips."""
        from desktop.office import slip_lookup

        found = self._commands.see(slip_lookup.find, text, limit=_MOST_HITS) or ()
        return [
            Hit("slip", row.label, row.applicant, row.told, first=index == 0, about=row)
            for index, row in enumerate(found)
        ]

    def _make_slip(self) -> Page:
        from desktop.gui.pages.slip import SlipPage

        printer, chooser = self._devices()
        page = SlipPage(self._commands, chooser)
        printing = self._printing(page, printer)
        page.print_wanted.connect(printing.print_paper)
        page.saved.connect(printing.record_saved)
        page.next_wanted.connect(lambda key: self._open("intake").leave_to_slip(key))
        printing.rendered.connect(page.show_paper)
        printing.finished.connect(page.show_printed)
        return page

    def _make_list(self) -> Page:
        from desktop.gui.pages.slips import SlipsPage

        printer, chooser = self._devices()
        page = SlipsPage(self._commands, chooser)
        printing = self._printing(page, printer)
        page.print_wanted.connect(printing.print_paper)
        page.saved.connect(printing.record_saved)
        page.taken_up.connect(lambda form: self._open("intake").take_up(form))
        page.dossier_wanted.connect(lambda code: self._open("dossier").show_dossier(code))
        printing.finished.connect(page.show_printed)
        return page

    def _printing(self, page: Page, printer: PrinterPort) -> "PaperPrinter":
        from desktop.gui.paper_print import PaperPrinter

        return PaperPrinter(self._commands, self._jobs, printer, page)
