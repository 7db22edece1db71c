"""Bringing a backup back: always into a new folder, with what would be lost told before anybody uses it.

Reads whole backups, locked or open, and plain copies of the register (made before a migration, or by an older
program). Nothing here touches the register in use until ``put_in_place``, which keeps it under another name.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from db import backup, backup_file, connection, folder
from db.backup import Facts, Progress, Stopped
from db.connection import Register
from desktop.errors import RegisterProblem, UserError
from desktop.office import backup_locks, backups, keepers, renumbering, rights, sealing
from desktop.office.losses import Losses, losses
from desktop.rules.rights import Deed

_AT_ONCE = 1024 * 1024
#: A folder that is about to take the place of another; ``finish_interrupted`` looks for it.
_READY = "-thay-the"
_BESIDE = "-khoi-phuc-"


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of itself before it is opened. ``made_at`` and ``unit`` are empty for a plain copy."""

    path: Path
    sealed: bool
    made_at: datetime | None
    unit: str
    practice: bool | None
    dossiers: int | None


def look(path: Path) -> Found:
    """What a file is; ``backup_bad`` for what is no backup, UserError ``no_file``."""
    try:
        if not backup_file.is_whole(path):
            backup.verify(path)
            return Found(path, False, None, "", None, None)
        told = backup_file.read_head(path)
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path)) from error
    facts = told.facts
    made_at = datetime.fromisoformat(facts["made_at"])
    return Found(path, told.is_sealed, made_at, facts["unit"]["name"], facts["practice"], facts["dossiers"])


def wants_secret(path: Path, home: Path, *, replaces: Path | None = None) -> bool:
    """Whether :func:`restore` asks for a secret; refusals as by :func:`look`."""
    return look(path).sealed or keepers.asks(_asked_for(path, home, replaces))


def restore(
    path: Path, home: Path, *, secret: str = "", replaces: Path | None = None, progress: Progress | None = None
) -> Facts | None:
    """Bring a backup back into the new folder ``home``, whole or not at all; None when ``progress`` stopped it.

    ``secret`` is the passphrase or the recovery code; for an open backup that lies beside a register with passwords, or
    comes in the place of one (``replaces``), what ``keepers.demand`` asks. UserError ``needs_passphrase``,
    ``wrong_passphrase``, ``no_file``; RegisterProblem ``register_exists``, ``backup_bad``.
    """
    if not look(path).sealed:
        keepers.demand(_asked_for(path, home, replaces), secret)
    return _restored(path, home, secret, progress)


def _asked_for(path: Path, home: Path, replaces: Path | None) -> list[Path]:
    """The folders whose people have a say in an open backup: where it lies, where it goes, what it replaces."""
    beside = path.absolute().parent
    own = [beside.parent] if beside.name == folder.BACKUP_FOLDER else []
    return [*own, home, *([replaces] if replaces else [])]


def _restored(path: Path, home: Path, secret: str, progress: Progress | None) -> Facts | None:
    if not backup_file.is_whole(path):
        if not connection.exists(home):
            sealing.discard_key(home)
        was_there = home.exists()
        backup.refuse_used(home)
        try:
            renumbering.mark(home)
            backup.restore(path, home, progress=progress)
        except BaseException as error:
            _give_up(home, was_there=was_there)
            if isinstance(error, Stopped):
                return None
            raise
        return backup.verify(home / folder.REGISTER_FILE)
    return unpack(path, _file_key(path, secret), home, progress=progress)


def _file_key(path: Path, secret: str) -> bytes:
    head = backup_file.read_head(path)
    if not head.is_sealed:
        return head.file_key()
    if not secret:
        raise UserError(
            "needs_passphrase", "Bản sao lưu này có khóa: cần câu mật khẩu hoặc mã khôi phục trên tờ đã in."
        )
    return head.file_key(backup_locks.opened(head.locks, secret))


def unpack(path: Path, key: bytes, home: Path, *, progress: Progress | None = None) -> Facts | None:
    """As :func:`restore`, with the file's own key."""
    was_there = home.exists()
    backup.refuse_used(home)
    sealing.discard_key(home)
    try:
        for name, source in backup_file.members(path, key, backups.share(progress, 0, 80)):
            _place(home / (folder.UNFINISHED_FILE if name == backups.REGISTER else name), source)
        facts, told = backup.verify(home / folder.UNFINISHED_FILE), backup_file.read_head(path).facts
        if progress and not progress(100, 100):
            raise Stopped
        if (facts.events, facts.head) != (told["events"], told["head"]):
            raise backup_file.bad(path)
        renumbering.mark(home)
        folder.finish(home)
    except BaseException as error:
        _give_up(home, was_there=was_there)
        if isinstance(error, Stopped):
            return None
        if isinstance(error, OSError):
            raise backups.trouble(error) from error
        raise
    return facts


def _give_up(home: Path, *, was_there: bool) -> None:
    folder.discard_unfinished(home)
    renumbering.unmark(home)
    if not was_there:
        shutil.rmtree(home, ignore_errors=True)


def _place(target: Path, source: IO[bytes]) -> None:
    folder.make_own(target.parent)
    with open(target, "wb", opener=folder.own_file) as file:
        while piece := source.read(_AT_ONCE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def bring_beside(
    book: Register, path: Path, secret: str, *, clerk: str | None, now: datetime, progress: Progress | None = None
) -> tuple[Path, Losses] | None:
    """Restore into a new folder beside the register in use, and what would be lost by using it instead.

    None when it was stopped; nothing is left of it then, nor when it was refused as by :func:`restore`, or to somebody
    whose work it is not.
    """
    rights.demand(book, clerk, Deed.RESTORE, now=now)
    folder_beside = beside(book.home, now)
    if _restored(path, folder_beside, secret, progress) is None:  # who he is was asked
        return None
    return folder_beside, losses(book, folder_beside, now=now)


def beside(home: Path, now: datetime) -> Path:
    """Where a backup of this register is restored before anybody uses it; what a power cut left half there goes."""
    for left in home.parent.glob(f"{home.name}{_BESIDE}*"):
        if not connection.exists(left):
            shutil.rmtree(left, ignore_errors=True)
    return home.with_name(f"{home.name}{_BESIDE}{now:%Y%m%d-%H%M%S}")


def drop(restored: Path) -> None:
    """Remove a folder that ``bring_beside`` made and nobody has used."""
    shutil.rmtree(restored)


def put_in_place(home: Path, restored: Path, *, now: datetime) -> Path:
    """Let the restored folder be the register's; returns where the present one is kept. Both must be closed.

    A power cut in the middle leaves either the old one in its place or what ``finish_interrupted`` completes; what it
    left before is put aside.
    """
    kept = home.with_name(f"{home.name}-truoc-{now:%Y%m%d-%H%M%S}")
    ready = home.with_name(f"{home.name}{_READY}")
    if kept.exists():
        raise UserError("folder_exists", f"Đã có thư mục {kept.name}; hãy dời đi rồi làm lại.")
    try:
        if ready.exists():
            ready.replace(home.with_name(f"{beside(home, now).name}-do-dang"))
        keepers.hand_on(home, restored, kept, now=now)
        renumbering.hand_on(home, restored, now=now)
        restored.replace(ready)
        if home.exists():
            home.replace(kept)
        ready.replace(home)
        folder.settle(home.parent)
    except OSError as error:
        raise _not_replaced(home) from error
    return kept


def finish_interrupted(home: Path) -> None:
    """A swap that a power cut interrupted between its two steps is completed; otherwise nothing happens.

    RegisterProblem ``not_replaced`` where the disk does not let it.
    """
    ready = home.with_name(f"{home.name}{_READY}")
    if not home.exists() and connection.exists(ready):
        try:
            ready.replace(home)
            folder.settle(home.parent)
        except OSError as error:
            raise _not_replaced(home) from error


def _not_replaced(home: Path) -> RegisterProblem:
    return RegisterProblem(
        "not_replaced",
        f"Chưa thay được thư mục sổ; sổ cũ và bản khôi phục vẫn còn cạnh nhau ở {home.parent}.",
        folder=str(home.parent),
    )
