"""From a stored dossier to paper: render, hand to the printer in the worker, record what the spooler said.

Used by the page after submit, for the first print and every later one. The dossier is committed before
this begins and stands whatever happens here.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.vocabulary import PrintOutcome
from desktop.gui import printer_choice
from desktop.gui.commands import Commands
from desktop.gui.commands import Problem as Refusal
from desktop.gui.jobs import Jobs
from desktop.gui.printing import PrinterPort, PrintReport
from desktop.office import issuing


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one print of a dossier's receipt."""

    code: str
    size: str
    copies: int
    report: PrintReport


class ReceiptPrinter(QObject):
    """``rendered`` carries the code and the ``issuing.Paper``, ``finished`` a :class:`Printed`."""

    rendered = Signal(str, object)
    finished = Signal(object)

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._jobs = jobs
        self._printer = printer

    def print_receipt(self, code: str, size: str, copies: int) -> None:
        """Print the current receipt of ``code``; one ``finished`` follows, also when nothing could be printed."""
        refused: list[Refusal] = []
        paper = self._commands.ask(
            issuing.receipt_pdf, code, size=size, copies=copies, now=self._commands.now(), refused=refused.append
        )
        if paper is None:
            self._settle(code, size, copies, PrintReport(PrintOutcome.FAILED, "", 0, refused[0].message.rstrip(".")))
            return
        self.rendered.emit(code, paper)
        setup = printer_choice.chosen(self._commands)
        self._jobs.start(
            "Đang gửi giấy hẹn tới máy in",
            lambda _job: self._printer.send(paper.data, setup),
            done=lambda report: self._settle(code, size, copies, report),
        )

    def _settle(self, code: str, size: str, copies: int, report: PrintReport) -> None:
        self._commands.do(issuing.record_print, code, printer=report.printer, copies=copies, outcome=report.outcome)
        self.finished.emit(Printed(code, size, copies, report))
