"""What can be printed from the counter beside the papers of one dossier, and the worker that draws and prints it.

Everything long runs in the worker, tells its progress and can be stopped; work that was stopped leaves no file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from db.vocabulary import DocumentKind, PrintOutcome, WorkingList
from desktop.gui import home_lists, printer_choice
from desktop.gui.commands import Commands
from desktop.gui.jobs import Job, Jobs
from desktop.gui.printer_port import PrinterPort, PrintReport
from desktop.office import issuing, opening
from desktop.office.filing import Paper
from desktop.office.lookup import DayList

#: What stands in the chain in place of a printer when a copy was saved.
_FILE = "Tệp PDF"


@dataclass(frozen=True, slots=True)
class Printout:
    """One thing to print; ``order`` is how a list is sorted, in words, and empty for a paper of a period."""

    name: DocumentKind | WorkingList | DayList
    title: str
    about: str
    order: str = ""

    @property
    def id(self) -> str:
        return str(self.name)

    @property
    def has_period(self) -> bool:
        """Whether it is drawn for a period; lists are as they are now."""
        return isinstance(self.name, DocumentKind)


_LIST = "Như trên màn hình vào lúc lập; không in số định danh."
PRINTOUTS = (
    Printout(
        DocumentKind.REGISTER_BOOK,
        "Sổ theo dõi hồ sơ",
        "Mẫu 07: mọi hồ sơ tiếp nhận trong kỳ, cộng từng trang. Mỗi quyển bắt đầu ở trang mới.",
    ),
    Printout(
        DocumentKind.HANDOVER_LIST,
        "Phiếu bàn giao hồ sơ",
        "Hồ sơ chuyển đi trong kỳ, mỗi nơi nhận một phiếu, hai bên ký.",
    ),
    *(
        Printout(listed.name, listed.title, _LIST, listed.order)
        for listed in (*home_lists.WORK, *home_lists.DAY, home_lists.NOT_PRINTED)
    ),
)


class Printable(Protocol):
    """What the chain must know of something that leaves the register on paper or as a file."""

    @property
    def name(self) -> str: ...


class PrintoutDesk(QObject):
    """One piece of work at a time. ``progressed`` carries done and all; then one of the other signals follows.

    ``drawn`` carries what was made, ``printed`` what it was and the ``PrintReport``, ``refused`` the problem;
    ``stopped`` says that a drawing was stopped and nothing is left of it.
    """

    progressed = Signal(int, int)
    drawn = Signal(object)
    printed = Signal(object, object)
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands, self._jobs, self._printer = commands, jobs, printer
        self._job: Job | None = None
        self.is_printing = False

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def draw(self, question: Callable[..., Any], *arguments: Any, **facts: Any) -> None:
        """``question(register, *arguments, progress=…, **facts)`` in the worker, on a connection of its own."""
        book = self._commands.book

        def work(job: Job) -> Any:
            return opening.in_session(book, question, *arguments, progress=job.goes_on, **facts)

        self._start("Đang lập bản in", work, self._tell_drawn)

    def print(self, printout: Printable, paper: Paper) -> None:
        """Every page of ``paper`` to the printer; what the spooler said is recorded."""
        setup = printer_choice.chosen(self._commands)

        def work(job: Job) -> PrintReport:
            return self._printer.send(paper.data, setup, job.goes_on)

        self._start("Đang gửi giấy tới máy in", work, partial(self._settle_print, printout))
        self.is_printing = True

    def record_saved(self, printout: Printable) -> None:
        """A copy left the register as a file."""
        self._record(printout, PrintReport(PrintOutcome.SENT, _FILE, 0))

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        if self._job is not None:
            self._job.cancel()

    def forget_drawing(self) -> None:
        """What is being drawn is not wanted any more: it stops and nothing is said of it."""
        if not self.is_printing:
            self.stop()
            self._job = None

    def _start(self, words: str, work: Callable[[Job], Any], tell: Callable[[Any], None]) -> None:
        job = self._job = self._jobs.start(words, work)
        # A method of this object: told from the worker, heard on the GUI thread.
        job.progressed.connect(self._tell_progress)
        job.done.connect(partial(self._end, job, tell))
        job.failed.connect(partial(self._end, job, self.refused.emit))

    def _tell_progress(self, done: int, total: int) -> None:
        if self.sender() is self._job:
            self.progressed.emit(done, total)

    def _end(self, job: Job, tell: Callable[[Any], None], result: Any) -> None:
        if job is self._job:
            self._job, self.is_printing = None, False
            tell(result)

    def _tell_drawn(self, paper: object) -> None:
        if paper is None:
            self.stopped.emit()
        else:
            self.drawn.emit(paper)

    def _settle_print(self, printout: Printable, report: PrintReport) -> None:
        self._record(printout, report)
        self.printed.emit(printout, report)

    def _record(self, printout: Printable, report: PrintReport) -> None:
        self._commands.do(
            issuing.record_print, None, kind=printout.name, printer=report.printer, copies=1, outcome=report.outcome
        )
