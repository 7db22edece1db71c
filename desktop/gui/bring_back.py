"""What lies between a backup that was chosen and its use: the secret it asks for, how far it is, what it lacks.

A part of the two dialogs that are shown where no register is open. The work runs in a worker of its own; nothing is
used before ``use``, and what is not used is removed.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.errors import RegisterProblem, UserError
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Job, Jobs
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line

#: Codes of a refusal that a passphrase or a recovery code may lift.
WANTS_SECRET = ("needs_passphrase", "wrong_passphrase")


class BroughtBack(NamedTuple):
    """A backup that stands ready beside the register's place: what it holds and lacks, to be told before its use.

    ``use`` lets it take the place, ``drop`` removes it; each is called at most once.
    """

    words: Sequence[str]
    use: Callable[[], None]
    drop: Callable[[], None]


#: Hears how much of how much is done; answers False to stop.
Progress = Callable[[int, int], bool]
#: Given a passphrase or recovery code, at first an empty one; in a worker thread. None when it was stopped.
Restore = Callable[[str, Progress], BroughtBack | None]
#: Asks, above a window, for the file of a backup, and hands on its name and how it is brought back.
Ask = Callable[[QWidget, Callable[[str, Restore], None]], None]


class Stage(Enum):
    """How far a backup has come."""

    OPENING = auto()
    STOPPED = auto()
    LOCKED = auto()
    REFUSED = auto()
    READY = auto()


class BringBack(QWidget):
    """``went`` carries the :class:`Stage` that was reached; sentences, secret and progress are shown here."""

    went = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._ready: BroughtBack | None = None
        self._restore: Restore | None = None
        self.name = ""
        self.strip = MessageStrip()
        self._told = line("", wrap=True, name="brought_back")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        self._secret = FieldRow("secret", "Câu mật khẩu", hint="hoặc mã khôi phục trên tờ đã in")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.strip, self._told, self._bar, self._secret):
            column.addWidget(part)
        self.forget()

    @property
    def is_opening(self) -> bool:
        return self._job is not None

    @property
    def is_ready(self) -> bool:
        return self._ready is not None

    @property
    def is_locked(self) -> bool:
        """Whether a backup asks for its secret."""
        return not self._secret.isHidden()

    @property
    def has_secret(self) -> bool:
        """Whether something was typed for a backup that asked for it."""
        return self.is_locked and bool(self._secret.value())

    def begin(self, name: str, restore: Restore) -> None:
        """Open another backup, whose file has this name; whatever stood ready is removed."""
        self.forget()
        self.name, self._restore = name, restore
        self.try_again()

    def try_again(self) -> None:
        """Open the same backup with what was typed."""
        assert self._restore is not None and self._job is None
        restore, secret = self._restore, self._secret.value()
        self.strip.hush()
        self._secret.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self.show()
        self._job = self._jobs.start(
            "Đang khôi phục", lambda job: _opened(restore, secret, job), done=self._end, failed=self._refuse
        )
        self._job.progressed.connect(self._show_progress)
        self.went.emit(Stage.OPENING)

    def stop(self) -> None:
        """What was opened so far is removed; told when that is so."""
        if self._job is not None:
            self._job.cancel()

    def use(self) -> bool:
        """Let it take the register's place; a refusal is said."""
        assert self._ready is not None
        try:
            self._ready.use()
        except (UserError, RegisterProblem) as problem:
            self.strip.say("late", problem.message)
            return False
        self._ready = None
        return True

    def forget(self) -> None:
        """No backup is chosen any more; what stood ready is removed."""
        if self._ready is not None:
            drop = self._ready.drop
            self._jobs.start("Đang xóa bản vừa mở", lambda _job: drop())
        self._ready = self._restore = None
        self._secret.set_value("")
        self.strip.hush()
        for part in (self, self._told, self._bar, self._secret):
            part.hide()

    def close_down(self) -> None:
        """Before the dialog goes: wait until nothing is left of what was not used."""
        self.stop()
        self.forget()
        self._jobs.finish()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _end(self, ready: BroughtBack | None) -> None:
        self._rest()
        self._ready = ready
        self._secret.set_value("")
        if ready is None:
            self.strip.say("idle", "Đã dừng; không có gì dở dang.")
            self.went.emit(Stage.STOPPED)
            return
        self._told.setText("\n".join(ready.words))
        self._told.setAccessibleName(self._told.text())
        self._told.show()
        self.went.emit(Stage.READY)

    def _refuse(self, problem: UserError | RegisterProblem) -> None:
        self._rest()
        asked = problem.code == "needs_passphrase"  # nothing was typed yet that could be wrong
        self.strip.say("accent" if asked else "late", problem.message)
        locked = problem.code in WANTS_SECRET or bool(self._secret.value())
        self._secret.setVisible(locked)
        self.went.emit(Stage.LOCKED if locked else Stage.REFUSED)
        if locked:
            self._secret.focus()

    def _rest(self) -> None:
        self._job = None
        self._bar.hide()


def _opened(restore: Restore, secret: str, job: Job) -> BroughtBack | None:
    """In the worker; what was finished although it was to stop is removed too."""

    def tell(done: int, total: int) -> bool:
        job.report(done, total)
        return not job.cancelled

    ready = restore(secret, tell)
    if ready is not None and job.cancelled:
        ready.drop()
        return None
    return ready
