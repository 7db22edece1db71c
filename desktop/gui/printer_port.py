"""What the rest of the window knows of a printer: its setup, the way to it, what became of a print.

Apart from ``printing`` so that the window opens without loading QtPdf and the print system.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, Protocol

from db.vocabulary import PrintOutcome

Progress = Callable[[int, int], bool]


class PrinterSetup(NamedTuple):
    """How one printer is used: its name ("" = the system's default), where the page lies, how large."""

    name: str = ""
    dx_mm: float = 0.0
    dy_mm: float = 0.0
    percent: float = 100.0


class PrintReport(NamedTuple):
    """What became of one print. ``trouble`` is a Vietnamese sentence, empty when every page was accepted."""

    outcome: PrintOutcome
    printer: str
    pages: int
    trouble: str = ""

    @property
    def accepted(self) -> bool:
        return self.outcome is PrintOutcome.SENT


class PrinterPort(Protocol):
    """The way to paper; tests put a printer that writes a PDF file in its place."""

    def names(self) -> tuple[str, ...]:
        """Every printer of this computer, the default one first."""
        ...

    def send(self, data: bytes, setup: PrinterSetup, progress: Progress | None = None) -> PrintReport:
        """Hand every page of the PDF ``data`` to the printer. Raises nothing: a failure is a report.

        ``progress`` hears of the pages sent and of all pages before each one, and stops by answering False.
        """
        ...


class PrinterAtNeed:
    """The printers of this computer. What knows them is loaded when one is asked for, and with no page."""

    def names(self) -> tuple[str, ...]:
        return self._printer.names()

    def send(self, data: bytes, setup: PrinterSetup, progress: Progress | None = None) -> PrintReport:
        return self._printer.send(data, setup, progress)

    @cached_property
    def _printer(self) -> PrinterPort:
        from desktop.gui.printing import SystemPrinter

        return SystemPrinter()
