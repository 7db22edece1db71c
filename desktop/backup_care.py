"""The window's care for its backups: the day's copy, the sticks, the daily trial, and what the strip says of them.

Made by ``program``; the work runs in the window's one worker, on connections of its own. What was done stands in the
register (``office.backup_standing``), so that nothing here must be remembered.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from desktop.changes import Changes
from desktop.errors import RegisterProblem, UserError
from desktop.gui import status
from desktop.gui.commands import Commands
from desktop.gui.jobs import Job, Jobs
from desktop.office import backup_standing, lookup, opening

#: Minutes between two looks for a stick that was plugged in meanwhile.
_STICK_MINUTES = 10


class BackupCare(QObject):
    """Asked once a minute; everything else is asked by the settings."""

    def __init__(self, commands: Commands, jobs: Jobs) -> None:
        super().__init__()
        self._commands, self._jobs = commands, jobs
        self._standing = backup_standing.standing(commands.book)

    @property
    def standing(self) -> backup_standing.Standing:
        """What is known of the backups, as it was last read."""
        return self._standing

    def statuses(self, moment: datetime) -> list[status.Status]:
        """The item of the strip."""
        return [status.backup_status(self._standing, moment)]

    def when_due(self, moment: datetime) -> None:
        """At most one of: the day's copy, a stick that lacks it, the trial; only while nobody waits for the worker."""
        if not self._jobs.is_idle or lookup.is_empty(self._commands.book):
            return
        made_at = self._standing.made_at
        if made_at is None or made_at.date() < moment.date():
            self.back_up()
        elif self._standing.sticks and moment.minute % _STICK_MINUTES == 0:
            self._start("Đang chép ra USB", self._carry)
        else:
            self._try_when_due(moment)

    def back_up(self) -> Job:
        """The day's copy now, to the disk and to each labelled stick that is plugged in."""
        return self._start("Đang sao lưu", self._make)

    def try_now(self) -> Job:
        """The trial now."""
        return self._start("Đang thử mở lại bản sao lưu", self._try)

    def _try_when_due(self, moment: datetime) -> None:
        from desktop.office import drill  # what opens backups is loaded when one is opened

        if drill.is_due(self._standing, moment):
            self.try_now()

    def _make(self, job: Job, moment: datetime) -> None:
        from desktop.office import backups

        if self._in_session(backups.make, job, moment) is not None:
            self._carry(job, moment)

    def _carry(self, job: Job, moment: datetime) -> None:
        from desktop.office import backup_sticks

        for stick in opening.in_session(self._commands.book, backup_sticks.plugged):
            self._in_session(backup_sticks.carry, job, moment, stick)

    def _try(self, job: Job, moment: datetime) -> None:
        from desktop.office import drill

        opening.in_session(self._commands.book, drill.run, now=moment, going_on=lambda: not job.cancelled)

    def _in_session(self, act: Callable, job: Job, moment: datetime, *arguments: object) -> object:
        def tell(done: int, total: int) -> bool:
            job.report(done, total)
            return not job.cancelled

        return opening.in_session(self._commands.book, act, *arguments, now=moment, progress=tell)

    def _start(self, words: str, work: Callable[[Job, datetime], None]) -> Job:
        moment = self._commands.now()
        return self._jobs.start(words, lambda job: work(job, moment), done=self._done, failed=self._failed)

    def _done(self, _: object) -> None:
        self._standing = backup_standing.standing(self._commands.book)
        self._commands.announce(Changes(settings=True))

    def _failed(self, problem: UserError | RegisterProblem) -> None:
        self._done(None)
        self._commands.refused.emit(problem)
