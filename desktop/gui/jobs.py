"""One serial worker for what takes longer than a blink: printing, backup, large documents.

Work runs in its own thread and order; results come back on the GUI thread. A result whose page is
gone is lost without a word, so what matters is stored by the work itself, never by its callback.
"""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from desktop.errors import RegisterProblem, UserError


class Job(QObject):
    """One piece of work. Signals arrive on the GUI thread; exactly one of ``done`` and ``failed`` comes.

    ``failed`` carries a ``UserError`` or ``RegisterProblem``; any other exception is our bug and is
    raised again on the GUI thread. A cancelled job that stops early reports ``None`` as done.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, words: str, parent: QObject) -> None:
        super().__init__(parent)
        self.words = words
        self._cancelled = Event()

    @property
    def cancelled(self) -> bool:
        """Work that takes long looks here between its steps."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def pause(self, seconds: float) -> bool:
        """Called by the work: let others have their turn for a moment; True when it was asked to stop."""
        return self._cancelled.wait(seconds)

    def report(self, done: int, total: int) -> None:
        """Called by the work: ``done`` of ``total`` steps are finished."""
        self.progressed.emit(done, total)

    def goes_on(self, done: int, total: int) -> bool:
        """Called by the work: the same, and whether to go on."""
        self.report(done, total)
        return not self.cancelled


class Jobs(QObject):
    """Runs jobs one after another. ``busy`` carries the words of the running job, or ``""``."""

    busy = Signal(str)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: list[Job] = []
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        words: str,
        work: Callable[[Job], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[UserError | RegisterProblem], None] | None = None,
    ) -> Job:
        """Queue ``work(job)``; ``words`` say it in a few words ("Đang in giấy hẹn")."""
        job = Job(words, self)
        if done is not None:
            job.done.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        self._waiting.append(job)
        self._launch(lambda: self._run(job, work))
        self.busy.emit(self._waiting[0].words)
        return job

    @property
    def is_idle(self) -> bool:
        return not self._waiting

    @property
    def others_wait(self) -> bool:
        """Whether something waits for the job that runs; work that may wait itself makes room."""
        return len(self._waiting) > 1

    def finish(self) -> None:
        """Wait for everything that was started; results that nobody waits for any more are dropped."""
        for job in self._waiting:
            job.cancel()
        self._pool.waitForDone()

    def _launch(self, run: Callable[[], None]) -> None:
        self._pool.start(run)

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        try:
            self._tell(job, work(job), None)
        except BaseException as problem:
            self._tell(job, None, problem)

    def _tell(self, job: Job, result: Any, problem: BaseException | None) -> None:
        """In the worker: the result goes to the GUI thread."""
        self._ended.emit(job, result, problem)

    def _deliver(self, job: Job, result: Any, problem: BaseException | None) -> None:
        self._waiting.remove(job)
        self.busy.emit(self._waiting[0].words if self._waiting else "")
        job.deleteLater()
        if problem is None:
            job.done.emit(result)
        elif isinstance(problem, UserError | RegisterProblem):
            job.failed.emit(problem)
        else:
            raise problem
