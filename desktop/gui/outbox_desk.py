"""The workers behind the outbox: one thread for the network and one for sticks, so that neither waits for the other.

Hides sessions, cancelling and what a result is called in words. What a person began says what came of it; what was due
by itself changes only the rows. Nothing here waits on the window's thread, and closing waits for neither worker.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.changes import Changes
from desktop.errors import EnvironmentProblem
from desktop.gui import outbox_words
from desktop.gui.commands import Commands, Problem
from desktop.gui.jobs import Job, Jobs
from desktop.gui.messages import of_problem
from desktop.gui.outside_jobs import OutsideJobs
from desktop.office import opening

if TYPE_CHECKING:
    from desktop.office.enrolling import Line

_CHANGED = Changes(outbox=True)
_LOOKING = "Đang xem hộp gửi"
#: While something is on its way the list is read again so often.
_LOOK_MS = 1000


class OutboxDesk(QObject):
    """``busy`` carries the words of what a person began, empty when it ends; ``told`` tone and sentence of its end."""

    busy = Signal(str)
    told = Signal(str, str)

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._commands = commands
        self._network, self._sticks = OutsideJobs(self), OutsideJobs(self)
        #: What a person began; what is due by itself is not waited for.
        self._asked: Job | None = None
        self._is_tidy = self._is_closed = False
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_again)
        #: The folder that was last written to or read from.
        self.stick: Path | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something that a person began still runs."""
        return self._asked is not None

    @property
    def is_idle(self) -> bool:
        """Whether neither worker has anything to do."""
        return self._network.is_idle and self._sticks.is_idle

    def close(self) -> None:
        """No further work, not even of what other workers end meanwhile; what runs is given a moment."""
        self._look.stop()
        self._is_closed = True
        for jobs in (self._network, self._sticks):
            jobs.finish()

    def stop(self) -> None:
        """What a person began is not waited for any more; what the other side already has is still settled."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
            self.busy.emit("")

    def begin(self) -> None:
        """At the start: what was on its way when the program ended waits again, days closed meanwhile have rows."""
        self._start(self._sticks, _LOOKING, partial(_tidied, now=self._commands.now()), self._tidy)

    def gather(self) -> None:
        """A day was closed: its report stands in the outbox, whether there is a hub or not."""
        if not self._is_closed:
            self._start(self._sticks, _LOOKING, partial(_gathered, now=self._commands.now()), self._commands.announce)

    def send_when_due(self, now: datetime) -> None:
        """Asked each minute and after a day was closed: send quietly what is due, if nothing is being sent."""
        from desktop.office import sending

        if self._is_closed:
            return
        if self._is_tidy and self._network.is_idle and self._commands.ask(sending.due, now, refused=self._refused):
            self._start(self._network, "Đang gửi báo cáo", partial(self._sent, manual=False), self._settled)

    def send(self) -> None:
        """Gửi ngay: rests are not waited for, and what came of it is said."""
        work = partial(self._sent, manual=True)
        self._ask(self._network, "Đang gửi, chờ tuyến trên xác nhận", work, self._settled, outbox_words.of_round)

    def enrol(self, code: str, way: "Line") -> None:
        """Meet the hub on a way with the one-time code; days that are closed then go up."""
        from desktop.office import enrolling

        who = self._who()

        def work(book: Any, job: Job) -> Any:
            return enrolling.enrol(book, code, url=way.url, way=way, **who, going_on=lambda: not job.cancelled)

        self._ask(self._network, "Đang nối với tuyến trên", work, self._met, outbox_words.of_enrolment)

    def write_request(self, code: str, folder: Path) -> None:
        """Ask for an enrolment by a file on a stick."""
        from desktop.office import enrolling

        work = partial(enrolling.write_request, code=code, place=folder, **self._who())
        self._ask(self._sticks, f"Đang ghi ra {folder}", self._onto(folder, work), _nothing, outbox_words.of_request)

    def take_answer(self, path: Path) -> None:
        """Finish an enrolment by the file that came back from the hub."""
        from desktop.office import enrolling

        work = partial(enrolling.read_answer, path=path, **self._who())
        self._ask(self._sticks, f"Đang đọc {path.name}", _alone(work), self._met, outbox_words.of_enrolment)

    def write_packet(self, folder: Path) -> None:
        """All that waits, as one file on a stick."""
        from desktop.office import carrying

        work = partial(carrying.write_waiting, place=folder, **self._who())
        self._ask(self._sticks, f"Đang chép ra {folder}", self._onto(folder, work), self._moved, outbox_words.of_packet)

    def read_answers(self, folder: Path) -> None:
        """The acknowledgements that lie on a stick."""
        self.stick = folder
        self._read(folder)

    def read_answer(self, path: Path) -> None:
        """One file of them alone, whatever it is called."""
        self.stick = path.parent
        self._read(path)

    def _read(self, place: Path) -> None:
        from desktop.office import carrying

        now = self._commands.now()

        def work(book: Any, job: Job) -> Any:
            return carrying.read_answers(book, place, now=now, going_on=lambda: not job.cancelled)

        self._ask(self._sticks, f"Đang đọc {place}", work, self._moved, outbox_words.of_answers)

    def _onto(self, folder: Path, work: Callable[[Any], Any]) -> Callable[[Any, Job], Any]:
        """Work that writes into a folder, which a pulled stick is no more: the name is not taken for a file's."""
        self.stick = folder

        def run(book: Any, _job: Job) -> Any:
            if not folder.is_dir():
                raise EnvironmentProblem("carrier_gone", f"Không thấy {folder}; cắm lại USB rồi chép lại. Chưa mất gì.")
            return work(book)

        return run

    def _moved(self, _told: Any) -> None:
        self._commands.announce(_CHANGED)

    def _met(self, _hub: Any) -> None:
        self._commands.ask(opening.forget_derived)
        self._commands.announce(Changes(settings=True, outbox=True))
        self.send_when_due(self._commands.now())

    def _who(self) -> dict[str, Any]:
        return {"clerk": self._commands.clerk.short_name, "now": self._commands.now()}

    def _tidy(self, changes: Changes) -> None:
        self._is_tidy = True
        self._commands.announce(changes)
        self.send_when_due(self._commands.now())

    def _sent(self, book: Any, job: Job, *, manual: bool) -> Any:
        """In the worker: one round."""
        from desktop.office import sending

        return sending.send(book, clock=self._commands.now, manual=manual, going_on=lambda: not job.cancelled)

    def _settled(self, told: Any) -> None:
        if told.changed:
            self._commands.announce(_CHANGED)

    def _ask(
        self,
        jobs: Jobs,
        words: str,
        work: Callable[[Any, Job], Any],
        done: Callable[[Any], None],
        tell: Callable[[Any], tuple[str, str]],
    ) -> None:
        """A person begins something: the latest wins, an earlier one is stopped."""
        self.stop()
        job = self._asked = self._start(jobs, words, work, done)
        job.done.connect(lambda result: self._end(job, *tell(result)))
        job.failed.connect(lambda _problem: self._end(job))
        self.busy.emit(words)

    def _end(self, job: Job, *told: str) -> None:
        if job is self._asked:
            self._asked = None
            self.busy.emit("")
            if told:
                self.told.emit(*told)

    def _start(self, jobs: Jobs, words: str, work: Callable[[Any, Job], Any], done: Callable[[Any], None]) -> Job:
        book = self._commands.book
        job = jobs.start(words, lambda job: opening.in_session(book, work, job))
        # What ended in the very moment of closing comes when the register is closed already.
        job.done.connect(lambda result: None if self._is_closed else done(result))
        job.failed.connect(lambda problem: None if job.cancelled or self._is_closed else self._refused(problem))
        self._look.start()
        return job

    def _look_again(self) -> None:
        """What is on its way moves from state to state while nobody presses anything."""
        if self.is_idle:
            self._look.stop()
        else:
            self._commands.announce(_CHANGED)

    def _refused(self, problem: Problem) -> None:
        """Said on the page, where the clerk can act: the counter is not bothered with it."""
        self._commands.announce(_CHANGED)
        self.told.emit(*of_problem(problem))


def _alone(work: Callable[[Any], Any]) -> Callable[[Any, Job], Any]:
    """Work that cannot be stopped half way: it is one exchange, or one file."""
    return lambda book, _job: work(book)


def _nothing(_told: Any) -> None:
    """Nothing in the register changed that a screen shows."""


def _tidied(book: Any, job: Job, *, now: datetime) -> Changes:
    from desktop.office import sending

    sending.recover(book)
    return _gathered(book, job, now=now) | _CHANGED


def _gathered(book: Any, _job: Job, *, now: datetime) -> Changes:
    from desktop.office import outbox

    return outbox.gather(book, now=now)
