"""From a stored dossier to paper: render, hand to the printer in the worker, record what the spooler said.

Used wherever a paper of a dossier is printed, for the first time or again. What the paper says is committed
before this begins and stands whatever happens here.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.vocabulary import DocumentKind, PrintOutcome
from desktop.gui import printer_choice
from desktop.gui.commands import Commands
from desktop.gui.commands import Problem as Refusal
from desktop.gui.jobs import Jobs
from desktop.gui.printer_port import PrinterPort, PrintReport
from desktop.office import issuing

#: What stands in the chain in place of a printer when a copy was saved.
_FILE = "Tệp PDF"


@dataclass(frozen=True, slots=True)
class PaperJob:
    """Which paper of which dossier goes to the printer; ``document`` names an issued one, else the latest.

    ``code`` is None for a slip that was given before there was a dossier.
    """

    code: str | None
    kind: DocumentKind = DocumentKind.RECEIPT
    size: issuing.Size = "A4"
    copies: issuing.Copies = 1
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one print."""

    job: PaperJob
    report: PrintReport


class PaperPrinter(QObject):
    """``rendered`` carries the ``PaperJob`` and the ``filing.Paper``, ``finished`` a :class:`Printed`."""

    rendered = Signal(object, object)
    finished = Signal(object)

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._jobs = jobs
        self._printer = printer

    def print_paper(self, job: PaperJob) -> None:
        """Print what ``job`` names; one ``finished`` follows, also when nothing could be printed."""
        refused: list[Refusal] = []
        paper = self._commands.ask(
            issuing.document_pdf,
            job.code,
            job.kind,
            size=job.size,
            copies=job.copies,
            document=job.document,
            clerk=self._commands.clerk.short_name,
            now=self._commands.now(),
            refused=refused.append,
        )
        if paper is None:
            self._settle(job, PrintReport(PrintOutcome.FAILED, "", 0, refused[0].message.rstrip(".")))
            return
        self.rendered.emit(job, paper)
        setup = printer_choice.chosen(self._commands)
        self._jobs.start(
            "Đang gửi giấy tới máy in",
            lambda _job: self._printer.send(paper.data, setup),
            done=lambda report: self._settle(job, report),
        )

    def record_saved(self, job: PaperJob) -> None:
        """A copy left the register as a file: who took personal data out stands in the chain (domain.md 12)."""
        self._record(job, PrintReport(PrintOutcome.SENT, _FILE, 0))

    def _settle(self, job: PaperJob, report: PrintReport) -> None:
        self._record(job, report)
        self.finished.emit(Printed(job, report))

    def _record(self, job: PaperJob, report: PrintReport) -> None:
        self._commands.do(
            issuing.record_print,
            job.code,
            kind=job.kind,
            document=job.document,
            printer=report.printer,
            copies=job.copies,
            outcome=report.outcome,
        )
