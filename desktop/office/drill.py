"""The trial: the newest backup on the disk is restored into a folder that goes away again, and looked through whole.

Done by the window's worker once a day and by ``motcua drill``; its result and moment are kept and shown. The register
in use is only asked for the backup's key and told the result.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db import backup, connection, folder
from db.connection import Register
from db.errors import RegisterProblem
from desktop.errors import UserError
from desktop.office import backup_standing, checking, restoring


@dataclass(frozen=True, slots=True)
class Drill:
    """Which backup was tried, its events and chain head, and what was wrong (empty: it brings everything back)."""

    path: Path
    made_at: datetime
    events: int
    head: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def is_due(standing: backup_standing.Standing, now: datetime) -> bool:
    """Once a day, as soon as there is a backup that was not tried yet."""
    if standing.made_at is None or standing.drilled == standing.made_at:
        return False
    return standing.drilled_at is None or standing.drilled_at.date() != now.date()


def run(book: Register, *, now: datetime, going_on: Callable[[], bool] = lambda: True) -> Drill | None:
    """Try the newest backup of the disk; None when it was asked to stop. UserError ``no_backup``."""
    path = backup_standing.standing(book).path
    key = backup_standing.file_key(book)
    if path is None or key is None:
        raise UserError("no_backup", "Chưa có bản sao lưu nào trên máy này để thử mở lại.")
    for left in (book.home / folder.BACKUP_FOLDER).glob("thu-*"):
        _remove(left)
    with TemporaryDirectory(prefix="thu-", dir=book.home / folder.BACKUP_FOLDER) as place:
        tried = _tried(path, key, Path(place) / "so", now, going_on)
    if tried is not None:
        told = {"at": now.isoformat(), "made_at": tried.made_at.isoformat(), "fault": "; ".join(tried.faults[:3])}
        backup_standing.saw(book, drill=told)
    return tried


def _tried(path: Path, key: bytes, home: Path, now: datetime, going_on: Callable[[], bool]) -> Drill | None:
    at = backup.made_at(path)
    try:
        facts = restoring.unpack(path, key, home, progress=lambda _done, _total: going_on())
        if facts is None:
            return None
        # Not by the office's own opening, which would give a register without its key a new one: a change.
        with connection.open_existing(home, now=now) as book:
            book.stop_when(lambda: not going_on())
            report = checking.verify_chain(book)
    except RegisterProblem as problem:
        return Drill(path, at, 0, "", (problem.message,))
    except Exception:
        if going_on():
            raise
        return None  # it was asked to stop, and that is how SQLite answers
    faults = report.faults
    if (report.events, report.head) != (facts.events, facts.head):
        faults = (*faults, "đầu chuỗi khác với lúc sao lưu")
    return Drill(path, at, report.events, report.head, faults)


def _remove(left: Path) -> None:
    """What a power cut left of an earlier trial."""
    import shutil

    with suppress(OSError):
        shutil.rmtree(left)
