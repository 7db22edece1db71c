"""What a scene plays on: the running program with a printer and a file that is brought, and when it has settled.

A scene drives the program by its doors and keys; it never builds a page itself.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.connection import Register
from db.vocabulary import PrintOutcome
from desktop.gui.printer_port import PrinterSetup, PrintReport, Progress
from desktop.gui.printing import FilePrinter
from desktop.program import Program


class Printer(FilePrinter):
    """A printer whose paper is a file; ``off`` and it does not answer."""

    off = False

    def send(self, data: bytes, setup: PrinterSetup, progress: Progress | None = None) -> PrintReport:
        if self.off:
            return PrintReport(PrintOutcome.FAILED, self.names()[0], 0, "máy in không trả lời")
        return super().send(data, setup, progress)


class Opener:
    """Brings ``path`` wherever the program asks for a file or a stick."""

    path = Path()

    def ask(
        self,
        parent: QWidget,
        title: str,
        endings: Sequence[str],
        then: Callable[[Path], None],
        start: Path | None = None,
    ) -> None:
        then(self.path)

    def ask_folder(self, parent: QWidget, title: str, start: Path | None, then: Callable[[Path], None]) -> None:
        then(self.path)


class Stage(NamedTuple):
    """The running program on its register, the moment that it believes it is, and what stands at the counter."""

    program: Program
    book: Register
    now: datetime
    printer: Printer
    opener: Opener

    def page(self, key: str) -> Any:
        """Show a page; it has methods of its own."""
        return self.program.window.open(key)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, to whatever has the focus."""
        QTest.keyClick(self.program.window.focusWidget() or self.program.window, key, modifier)


class Scene(NamedTuple):
    """``show`` leaves the window as it shall be seen, or answers another window to be looked at in its place."""

    name: str
    caption: str
    show: Callable[[Stage], QWidget | None]


def settle(stage: Stage) -> None:
    """Wait until the program is awake, the worker has done what was asked and everything is painted."""
    QTest.qWait(60)
    while not (stage.program.is_awake and stage.program.jobs.is_idle):
        QTest.qWait(20)
    QTest.qWait(60)
