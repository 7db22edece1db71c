"""The window's care for the machine below it: its clock before anybody acts, then its disks, printer, key and law data.

Made by ``program`` when the window is awake; nothing of it is loaded before. What takes long is asked in a thread that
closing never waits for. Nobody hears of what is well.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.gui import printer_choice
from desktop.gui.clock_question import ClockQuestion
from desktop.gui.commands import Commands, Problem
from desktop.gui.outside_jobs import OutsideJobs
from desktop.gui.printer_port import PrinterPort
from desktop.gui.status import Status
from desktop.office import machine_care, opening
from desktop.office.disk_protection import Protection
from desktop.office.machine_care import Look
from desktop.rules import cautions
from desktop.rules.cautions import Caution

#: A disk does not fill in less, and a stick is noticed soon enough.
_PAUSE = timedelta(minutes=5)
#: Loading what knows printers would cost every window its memory; it is there once something was printed.
_KNOWS_PRINTERS = "PySide6.QtPrintSupport"


class MachineWatch(QObject):
    """``changed``: other things are to be said now; ``day_known``: a day has begun, and it is the right one.

    ``window`` is where it is asked, ``printer`` answers the way to paper.
    """

    changed = Signal()
    day_known = Signal()

    def __init__(self, commands: Commands, window: QWidget, printer: Callable[[], PrinterPort]) -> None:
        super().__init__(commands)
        self._commands, self._window, self._printer = commands, window, printer
        self._jobs = OutsideJobs(self)
        self._looked_at: datetime | None = None
        self._found: tuple[Caution, ...] = ()
        self._asked_on: date | None = None
        self._sure_of: date | None = None
        self._question: ClockQuestion | None = None
        self._said: tuple[Caution, ...] = ()
        self._is_over = False
        #: What protects the disk, once it is known.
        self.protection: Protection | None = None

    def is_sure_of(self, moment: datetime) -> bool:
        """Whether the register expects this day or somebody has said that it is right; if not, somebody is asked."""
        day = moment.date()
        if day != self._sure_of:
            if self._doubt(moment):
                self._ask_the_day()
                return False
            self._know(day)
        return True

    def _ask_the_day(self) -> None:
        if self._question is None:
            self._question = ClockQuestion(self._commands.now, self._doubt, self._window)
            self._question.accepted.connect(self._answered)
            self._question.open()

    def _answered(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
        self._question = None
        self._window.activateWindow()
        self._know(self._commands.now().date())

    def _know(self, day: date) -> None:
        self._sure_of = day
        self.day_known.emit()

    def when_due(self, moment: datetime) -> None:
        """A question of the heartbeat: the clock each time, everything else every few minutes."""
        self._tell(moment)
        if self._jobs.is_idle and (self._looked_at is None or abs(moment - self._looked_at) >= _PAUSE):
            self._looked_at = moment
            known = self.protection if self._asked_on == moment.date() else None
            printer = self._printer() if _KNOWS_PRINTERS in sys.modules else None
            chosen = printer_choice.chosen(self._commands).name
            look = partial(self._look, moment, known, printer, chosen)
            self._jobs.start("Đang xem máy", lambda _job: look(), done=self._take)

    def statuses(self) -> list[Status]:
        """The items of the strip; the calendar has one of its own."""
        said = [one for one in self._said if not one.icon.startswith("calendar")]
        return [Status(one.icon, one.words, one.tone, one.page, one.short) for one in said]

    @property
    def cautions(self) -> list[Caution]:
        """What the first page says, the most urgent first."""
        return cautions.most_urgent(self._said)

    def close(self) -> None:
        """Nothing more is looked at; what is just being found comes too late."""
        self._is_over = True
        self._jobs.finish()

    def _look(
        self, moment: datetime, known: Protection | None, printer: PrinterPort | None, chosen: str
    ) -> tuple[datetime, Look]:
        look = opening.in_session(self._commands.book, machine_care.look, now=moment, protection=known)
        if printer is not None and (lost := cautions.of_printer(chosen, printer.names())):
            look = look._replace(cautions=(*look.cautions, lost))
        return moment, look

    def _take(self, answer: tuple[datetime, Look]) -> None:
        moment, look = answer
        self.protection, self._asked_on, self._found = look.protection, moment.date(), look.cautions
        self._tell(moment)

    def _tell(self, moment: datetime) -> None:
        if self._is_over:
            return
        back = self._commands.ask(machine_care.clock_back, moment, refused=_nobody)
        said = (*((back,) if back else ()), *self._found)
        if said != self._said:
            self._said = said
            self.changed.emit()

    def _doubt(self, moment: datetime) -> str:
        return self._commands.ask(machine_care.doubt, moment, refused=_nobody) or ""


def _nobody(_problem: Problem) -> None:
    """A register that cannot be read says so where somebody works with it."""
