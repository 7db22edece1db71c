"""The help's page with what it asks of others: the one-page card as a file and on paper."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import RegisterProblem, UserError
from desktop.gui import printer_choice
from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.page import Destination, Page
from desktop.gui.printer_port import PrinterPort, PrintReport

if TYPE_CHECKING:
    from desktop.gui.pages.help import HelpPage
    from desktop.gui.paper_preview import FileChooser


class HelpPages:
    """Makes the page when it is first shown; ``made`` tells of the other pages as they stand."""

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        devices: "Callable[[], tuple[PrinterPort, FileChooser]]",
        made: Callable[[str], Page | None],
    ) -> None:
        self._commands, self._jobs, self._devices, self._made = commands, jobs, devices, made

    def make(self, places: Sequence[Destination], exercise: Callable[[], None]) -> Page:
        """The help over these destinations; ``exercise`` begins the one that a practice register offers."""
        from desktop.gui.pages.help import HelpPage

        page = HelpPage(places, self._made, practice=self._commands.practice)
        page.card_save_wanted.connect(lambda: self._save(page))
        page.card_print_wanted.connect(lambda: self._print(page))
        page.exercise_wanted.connect(exercise)
        return page

    def _save(self, page: "HelpPage") -> None:
        from desktop.office import help_card

        _printer, chooser = self._devices()
        chooser.choose(page, help_card.FILE_NAME, lambda path: self._write(page, path))

    def _write(self, page: "HelpPage", path: Path) -> None:
        from desktop.office import help_card

        self._jobs.start(
            "Đang lưu tờ phím",
            lambda _job: help_card.write(path),
            done=lambda _written: page.strip.say("ok", f"Đã lưu {path}."),
            failed=lambda problem: _refuse(page, problem),
        )

    def _print(self, page: "HelpPage") -> None:
        from desktop.office import help_card

        printer, _chooser = self._devices()
        setup = printer_choice.chosen(self._commands)
        page.strip.say("idle", "Đang gửi tờ phím tới máy in.", icon="printer-outline")
        self._jobs.start(
            "Đang in tờ phím",
            lambda _job: printer.send(help_card.pdf(), setup),
            done=lambda report: _tell(page, report),
            failed=lambda problem: _refuse(page, problem),
        )


def _tell(page: "HelpPage", report: PrintReport) -> None:
    if report.accepted:
        page.strip.say("ok", "Máy in đã nhận tờ phím. Dán cạnh máy.", icon="printer-check")
    else:
        sentence = f"Chưa in được: {report.trouble}. Lưu PDF bằng Alt+S để in ở máy khác."
        page.strip.say("late", sentence, icon="printer-alert")


def _refuse(page: "HelpPage", problem: UserError | RegisterProblem) -> None:
    page.strip.say(*of_problem(problem))
