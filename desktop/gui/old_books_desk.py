"""The worker behind the import of an old book: reads the file, then brings it in; the window stays alive.

One piece of work at a time, with progress; it can be stopped, and then nothing is written. What is written is stored
by the work itself, so that a closed page loses nothing.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.gui.commands import Commands
from desktop.gui.jobs import Job, Jobs
from desktop.office import old_books, opening
from desktop.office.old_books import BroughtIn, Looked


class OldBooksDesk(QObject):
    """``looked`` carries a :class:`Looked`, ``brought`` a :class:`BroughtIn`, ``refused`` the problem.

    ``busy`` carries the words of what runs, empty when nothing does; ``progressed`` how much of how much; ``stopped``
    comes when somebody had it stopped.
    """

    looked = Signal(object)
    brought = Signal(object)
    refused = Signal(object)
    busy = Signal(str)
    progressed = Signal(int, int)
    stopped = Signal()

    def __init__(self, commands: Commands, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands, self._jobs = commands, jobs
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def open(self, path: Path) -> None:
        """Read a file and compare it with the register."""
        act = partial(old_books.look, path=path, now=self._commands.now())
        self._start(f"Đang đọc {path.name}", act, self.looked.emit)

    def bring_in(self, looked: Looked) -> None:
        """Take in what the file has anew."""
        clerk, now = self._commands.clerk.short_name, self._commands.now()
        act = partial(old_books.bring_in, looked=looked, clerk=clerk, now=now)
        self._start(f"Đang nhập {looked.path.name}", act, self._tell_brought)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, words: str, act: Callable[..., Any], tell: Callable[[Any], None]) -> None:
        book = self._commands.book
        job = self._job = self._jobs.start(
            words, lambda job: opening.in_session(book, act, progress=partial(_told, job))
        )
        job.progressed.connect(self.progressed)
        job.done.connect(partial(self._end, tell))
        job.failed.connect(partial(self._end, self.refused.emit))
        self.busy.emit(words)

    def _end(self, tell: Callable[[Any], None], result: Any) -> None:
        self._job = None
        self.busy.emit("")
        if result is None:
            self.stopped.emit()
        else:
            tell(result)

    def _tell_brought(self, done: BroughtIn) -> None:
        self.brought.emit(done)
        self._commands.announce(done.changes)


def _told(job: Job, done: int, total: int) -> bool:
    job.report(done, total)
    return not job.cancelled
