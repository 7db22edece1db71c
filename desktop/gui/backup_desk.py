"""The window's care for its backups: the day's copy, the sticks, the daily trial, restoring beside the register in use.

Made by ``program``; the work runs in the window's one worker, on connections of its own. What was done stands in the
register (``office.backup_standing``), so that nothing here must be remembered. What opens and seals is loaded by the
worker that needs it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.changes import Changes
from desktop.gui import status
from desktop.gui.commands import Commands, Problem
from desktop.gui.jobs import Job, Jobs
from desktop.office import backup_standing, lookup, opening

#: Minutes between two looks for a stick that was plugged in meanwhile.
_STICK_MINUTES = 10
#: A disk that is full or a stick that fails is not asked again every minute.
_REST = timedelta(hours=1)

Done = Callable[[Any], None]
Failed = Callable[[Problem], None]


class Restored(NamedTuple):
    """A backup that stands ready in a folder of its own, and what the register in use has that it lacks."""

    folder: Path
    words: list[str]
    loses: bool


class BackupDesk(QObject):
    """Asked once a minute; everything else is asked by the settings.

    ``changed``: something new is known of the backups. ``swap_wanted`` carries the folder that shall take the
    register's place: whoever owns the window closes it for that.
    """

    changed = Signal()
    swap_wanted = Signal(object)

    def __init__(self, commands: Commands, jobs: Jobs) -> None:
        super().__init__()
        self._commands, self._jobs = commands, jobs
        self._standing = backup_standing.standing(commands.book)
        self._rests_until: datetime | None = None

    @property
    def standing(self) -> backup_standing.Standing:
        """What is known of the backups, as it was last read."""
        return self._standing

    @property
    def home(self) -> Path:
        """The folder of the register."""
        return self._commands.book.home

    def read_again(self) -> None:
        """The key or the labels have changed."""
        self._standing = backup_standing.standing(self._commands.book)
        self.changed.emit()
        self._commands.announce(Changes(settings=True))

    def statuses(self, moment: datetime) -> list[status.Status]:
        """The item of the strip."""
        return [status.backup_status(self._standing, moment)]

    def when_due(self, moment: datetime) -> None:
        """At most one of: the day's copy, a stick that lacks it, the trial; only while nobody waits for the worker."""
        if not self._jobs.is_idle or lookup.is_empty(self._commands.book):
            return
        if self._rests_until is not None and moment < self._rests_until:
            return
        if backup_standing.is_due(self._standing, moment):
            self.back_up()
        elif self._standing.sticks and moment.minute % _STICK_MINUTES == 0:
            self._start("Đang chép ra USB", self._carry)
        else:
            self._try_when_due(moment)

    def back_up(self, failed: Failed | None = None) -> Job:
        """The day's copy now, to the disk and each labelled stick that is there; ``done`` names those that are not."""
        return self._start("Đang sao lưu", self._make, failed=failed)

    def try_now(self, failed: Failed | None = None) -> Job:
        """The trial now."""
        return self._start("Đang thử mở lại bản sao lưu", self._try, failed=failed)

    def restore(self, path: Path, secret: str, done: Done, failed: Failed) -> Job:
        """Bring a backup back beside the register; ``done`` gets a :class:`Restored`, or None when it was stopped."""

        clerk = self._commands.clerk.short_name

        def work(job: Job, moment: datetime) -> Restored | None:
            from desktop.office import losses, restoring

            beside = self._in_session(restoring.bring_beside, job, moment, path, secret, clerk=clerk)
            if beside is None:
                return None
            folder, lost = beside
            if job.cancelled:
                restoring.drop(folder)
                return None
            return Restored(folder, losses.loss_words(lost), not lost.nothing)

        return self._start("Đang khôi phục", work, done=done, failed=failed)

    def lock(self, act: Callable[..., str], secret: str, done: Done, failed: Failed) -> Job:
        """Let ``act`` (of ``office.backup_locks``) make a recovery code; ``done`` gets its sheet, a PDF.

        Whether there can be one is asked before, for the code is told once.
        """
        book, clerk = self._commands.book, self._commands.clerk.short_name

        def work(_job: Job, moment: datetime) -> bytes:
            from desktop.office import recovery

            opening.in_session(book, recovery.is_printable)
            code = opening.in_session(book, act, secret, clerk=clerk, now=moment)
            return opening.in_session(book, recovery.sheet, code, now=moment)

        return self._start("Đang lập mã khôi phục", work, done=done, failed=failed)

    def drop(self, restored: Restored) -> None:
        """The restored folder is not wanted; it held the same data as the backup."""
        from desktop.office import restoring

        self._start("Đang xóa bản khôi phục thử", lambda _job, _moment: restoring.drop(restored.folder))

    def _try_when_due(self, moment: datetime) -> None:
        from desktop.office import drill

        if drill.is_due(self._standing, moment):
            self.try_now()

    def _make(self, job: Job, moment: datetime) -> tuple[str, ...]:
        from desktop.office import backup_sticks, backups

        if self._in_session(backups.make, job, moment) is None:
            return ()
        self._carry(job, moment)
        return opening.in_session(self._commands.book, backup_sticks.absent)

    def _carry(self, job: Job, moment: datetime) -> None:
        from desktop.office import backup_sticks

        self._in_session(backup_sticks.carry_all, job, moment)

    def _try(self, job: Job, moment: datetime) -> None:
        from desktop.office import drill

        opening.in_session(self._commands.book, drill.run, now=moment, going_on=lambda: not job.cancelled)

    def _in_session(self, act: Callable, job: Job, moment: datetime, *arguments: object, **facts: object) -> Any:
        return opening.in_session(self._commands.book, act, *arguments, now=moment, progress=job.goes_on, **facts)

    def _start(
        self,
        words: str,
        work: Callable[[Job, datetime], Any],
        *,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> Job:
        moment = self._commands.now()

        def ended(answer: Any) -> None:
            self.read_again()
            if done is not None:
                done(answer)

        def refused(problem: Problem) -> None:
            self.read_again()
            if failed is not None:
                failed(problem)
            else:  # nobody asked for it
                self._rests_until = moment + _REST
                self._commands.refused.emit(problem)

        return self._jobs.start(words, lambda job: work(job, moment), done=ended, failed=refused)
