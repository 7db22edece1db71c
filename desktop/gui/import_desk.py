"""The worker behind an import: reads the file, compares it with the catalogue, applies it; the window stays alive.

One piece of work at a time. What is written is stored by the work itself, so that a closed page loses nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.records import Limit
from desktop.gui.commands import Commands
from desktop.gui.jobs import Job, Jobs
from desktop.office import decisions, incoming, opening
from desktop.office.decisions import Decided
from desktop.office.incoming import Incoming
from desktop.rules.change_sets import ChangeSet, Decision

Looked = tuple[Incoming, ChangeSet | None]


class ImportDesk(QObject):
    """``looked`` carries the ``Incoming`` and its ``ChangeSet`` or None; ``prepared`` the change set of another day.

    ``written`` carries the :class:`Decided` and the change set; ``refused`` the problem; ``busy`` the words of what
    runs, empty when nothing does.
    """

    looked = Signal(object, object)
    prepared = Signal(object)
    written = Signal(object, object)
    refused = Signal(object)
    busy = Signal(str)

    def __init__(self, commands: Commands, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands, self._jobs = commands, jobs
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def open(self, path: Path) -> None:
        """Read a file, and compare it at once if it says from which day it counts."""
        ask = partial(incoming.looked_at, path=path, now=self._commands.now())
        self._start(f"Đang đọc {path.name}", ask, lambda told: self.looked.emit(*told))

    def prepare(self, found: Incoming, decision: Decision) -> None:
        """Compare what was read as another decision, or from another day on."""
        ask = partial(decisions.prepare, reading=found.reading, decision=decision, now=self._commands.now())
        self._start("Đang so với danh mục", ask, self.prepared.emit)

    def write(self, change_set: ChangeSet, answers: Mapping[int, Limit | None], found: Incoming) -> None:
        """Apply everything as one transaction, the file kept with it."""
        clerk, now = self._commands.clerk.short_name, self._commands.now()
        act = partial(_accepted, change_set=change_set, answers=answers, found=found, clerk=clerk, now=now)
        self._start("Đang ghi vào danh mục", act, partial(self._tell_written, change_set))

    def forget(self) -> None:
        """What is being read is not wanted any more; nothing is said of it."""
        self._job = None
        self.busy.emit("")

    def _start(self, words: str, question: Callable[[Any], Any], tell: Callable[[Any], None]) -> None:
        book = self._commands.book
        job = self._job = self._jobs.start(words, lambda _job: opening.in_session(book, question))
        job.done.connect(partial(self._end, job, tell))
        job.failed.connect(partial(self._end, job, self.refused.emit))
        self.busy.emit(words)

    def _end(self, job: Job, tell: Callable[[Any], None], result: Any) -> None:
        if job is self._job:
            self._job = None
            self.busy.emit("")
            tell(result)

    def _tell_written(self, change_set: ChangeSet, done: Decided) -> None:
        self._commands.ask(opening.forget_derived)
        self._commands.announce(done.changes)
        self.written.emit(done, change_set)


def _accepted(
    book: Any,
    *,
    change_set: ChangeSet,
    answers: Mapping[int, Limit | None],
    found: Incoming,
    clerk: str,
    now: datetime,
) -> Decided:
    return decisions.accept(
        book, change_set, answers=answers, attachment=found.path, source=found.source, clerk=clerk, now=now
    )
