"""The pages of dossiers: the list, one dossier, and what is printed of many; joined with counter and printer.

Built by ``program`` beside the window; makes a page when it is first shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.page import Destination, Page
from desktop.gui.printer_port import PrinterPort

if TYPE_CHECKING:
    from desktop.gui.paper_preview import FileChooser


class DossierPages:
    """``open_page`` shows a destination; ``devices`` are the printer and the file chooser, when first needed."""

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        open_page: Callable[[str], Page],
        devices: "Callable[[], tuple[PrinterPort, FileChooser]]",
    ) -> None:
        self._commands, self._jobs = commands, jobs
        self._open_page, self._devices = open_page, devices

    def destinations(self) -> list[Destination]:
        home, back = "dossiers", "Esc về danh sách, giữ nguyên chỗ chọn"
        return [
            Destination(home, "Hồ sơ", "folder-multiple-outline", "F4", self._make_list),
            Destination("dossier", "Hồ sơ", "", "", self._make_dossier, belongs_to=home, note=back),
            Destination(
                "printouts",
                "In sổ và danh sách",
                "",
                "",
                self._make_printouts,
                belongs_to=home,
                note="Esc về trang trước",
            ),
        ]

    def show(self, code: str) -> None:
        """One dossier."""
        self._open("dossier").show_dossier(code)

    def show_person(self, person: object) -> None:
        """The dossiers of somebody whom the search found."""
        self._open("dossiers").show_person(person)

    def print_list(self, name: object) -> None:
        """A list of the day's work, ready to be printed."""
        self._open("printouts").show_printout(name)

    def _open(self, key: str) -> Any:
        return self._open_page(key)

    def _make_list(self) -> Page:
        from desktop.gui.pages.dossiers import DossiersPage

        page = DossiersPage(self._commands)
        page.opened.connect(self.show)
        page.print_wanted.connect(lambda: self._open("printouts"))
        return page

    def _make_dossier(self) -> Page:
        from desktop.gui.pages.dossier import DossierPage
        from desktop.gui.paper_print import PaperPrinter

        page = DossierPage(self._commands)
        printing = PaperPrinter(self._commands, self._jobs, self._devices()[0], page)
        page.reprint_requested.connect(lambda code: self._open("submitted").print_again(code))
        page.hand_over_requested.connect(lambda code: self._open("handover").show_dossier(code))
        page.figures_requested.connect(lambda period: self._open("statistics").show_period(period))
        page.print_requested.connect(printing.print_paper)
        printing.finished.connect(page.show_printed)
        return page

    def _make_printouts(self) -> Page:
        from desktop.gui.pages.printouts import PrintoutsPage

        return PrintoutsPage(self._commands, self._jobs, *self._devices())
