"""Whole backups of a register: everything that cannot be made again, in one file, read back before it counts.

What goes in: the register, every file that came with an act, and in a sealed file the receipt key. Papers stay out:
they are drawn again from what the register froze. Once the administrator has set a passphrase every backup is sealed to
the register's public key. Until then a live register keeps open copies on its own disk, where it lies open itself, and
gives none to anywhere else; a practice register needs no passphrase. Called by the window's worker (in a session of its
own) and by verbs. It never replaces a file and leaves nothing half under a real name.
"""

import errno
import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, BinaryIO, cast

from db import backup, backup_file, folder
from db import settings as stored
from db.backup import Facts, Progress, Stopped
from db.connection import Register
from desktop.errors import EnvironmentProblem, RegisterProblem, UserError
from desktop.office import access, attachments, backup_locks, backup_standing, lookup, rights, sealing, settings
from desktop.rules import backup_keys, rotation
from desktop.rules.rights import Deed
from desktop.whole_files import PART_SUFFIX

#: What a backup holds under which name; attachments keep their path beside the register.
REGISTER, KEY = folder.REGISTER_FILE, sealing.KEY_FILE
KEEP = "backup_keep"
_COPY_SUFFIX = ".copy"
_AT_ONCE = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read back: where, of which moment, what is in it, and whether it needs a secret."""

    path: Path
    at: datetime
    facts: Facts
    sealed: bool


def make(book: Register, *, now: datetime, progress: Progress | None = None) -> Made | None:
    """The day's backup beside the register; older ones give way in turn. None when ``progress`` stopped it."""
    place = book.home / folder.BACKUP_FOLDER
    locks = backup_locks.of(book)
    target = place / backup.whole_name(settings.unit(book).code, now)
    try:
        made, key = _written(book, target, locks, now, progress)
    except Stopped:
        return None
    keep_in_turn(book, place, now=now)
    told = {"made_at": now.isoformat(), "file": target.name, "sealed": made.sealed, "file_key": key.hex()}
    backup_standing.saw(book, disk=told)
    return made


def export(
    book: Register,
    target: Path,
    *,
    passphrase: str = "",
    clerk: str | None,
    now: datetime,
    progress: Progress | None = None,
) -> Made | None:
    """A backup to where somebody wants it: sealed, or open if the register is a practice one without a passphrase.

    ``passphrase`` locks this one file where none was set in the register. That everybody's data is taken away is
    recorded before (domain.md 12), so that the copy has it too and lacks nothing; one that then fails was begun.
    UserError ``needs_passphrase``, ``file_exists``.
    """
    rights.demand(book, clerk, Deed.TAKE_AWAY, now=now)
    locks = backup_locks.of(book)
    if locks is None and passphrase:
        if problem := backup_keys.passphrase_problem(passphrase):
            raise UserError(*problem)
        locks = backup_keys.new_locks(passphrase, None)
    if locks is None:
        backup_locks.refuse_open(book)
    _refuse_taken(target)
    what = f"Bản sao lưu toàn bộ sổ, {'có khóa' if locks else 'không khóa'}: {target.name}"
    access.exported(book, what, count=lookup.count(book), why="lệnh backup", clerk=clerk, now=now)
    try:
        return _written(book, target, locks, now, progress)[0]
    except Stopped:
        return None


def keep_in_turn(book: Register, place: Path, *, now: datetime) -> None:
    """Remove from a folder the backups of this unit whose turn is over; how many stay is a setting."""
    keep = rotation.Keep(**stored.get(book, KEEP, {}))
    name = f"sao-luu_{settings.unit(book).code}_"
    ours = {backup.made_at(path): path for path in backup.whole(place) if path.name.startswith(name)}
    for at in ours.keys() - rotation.kept(ours, keep, now):
        with suppress(OSError):  # one that cannot be removed today is removed another day
            ours[at].unlink()


def _written(
    book: Register, target: Path, locks: backup_keys.Locks | None, now: datetime, progress: Progress | None
) -> tuple[Made, bytes]:
    """Copy, pack, read back, and only then give it its name."""
    _refuse_taken(target)
    part = target.with_name(target.name + PART_SUFFIX)
    try:
        with _copied(book, now, share(progress, 0, 40)) as (copy, facts):
            head, key = _head(book, facts, locks, now)
            sources = _sources(book, copy, sealed=head.is_sealed)
            part.unlink(missing_ok=True)
            with open(part, "wb", opener=folder.own_file) as file:
                packed = _pack(file, head, key, sources, share(progress, 40, 80))
                file.flush()
                os.fsync(file.fileno())
        if read_back(part, key, share(progress, 80, 100)) != packed:
            raise backup_file.bad(target)
        part.replace(target)
        folder.settle(target.parent)
    except OSError as error:
        raise trouble(error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Made(target, now, facts, head.is_sealed), key


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise UserError("file_exists", "Tệp sao lưu đã có; hãy đặt tên khác.", file=str(target))


@contextmanager
def _copied(book: Register, now: datetime, progress: Progress | None) -> Iterator[tuple[Path, Facts]]:
    """A checked copy of the register for as long as it is packed; what a power cut left of one is removed.

    On the register's own disk, or where that takes nothing more, in the system's folder for such files: a disk that
    fails is just what must be saved.
    """
    place = book.home / folder.BACKUP_FOLDER
    with TemporaryDirectory(prefix="motcua-") as elsewhere:
        try:
            copy = _made_ready(place, now)
            facts = backup.copy(book.home / folder.REGISTER_FILE, copy, progress=progress)
        except (OSError, RegisterProblem):
            copy = Path(elsewhere) / REGISTER
            facts = backup.copy(book.home / folder.REGISTER_FILE, copy, progress=progress)
        try:
            yield copy, facts
        finally:
            copy.unlink(missing_ok=True)


def _made_ready(place: Path, now: datetime) -> Path:
    folder.make_own(place)
    for left in (*place.glob(f"*{_COPY_SUFFIX}"), *place.glob(f"*{PART_SUFFIX}")):
        left.unlink(missing_ok=True)
    return place / f"{now:%Y%m%d-%H%M%S}{_COPY_SUFFIX}"


def _head(
    book: Register, facts: Facts, locks: backup_keys.Locks | None, now: datetime
) -> tuple[backup_file.Head, bytes]:
    unit = settings.unit(book)
    told: dict[str, Any] = {
        "unit": {"code": unit.code, "name": unit.name},
        "practice": book.practice,
        "made_at": now.isoformat(),
        "register": facts.register,
        "events": facts.events,
        "head": facts.head,
        "dossiers": facts.dossiers,
    }
    return backup_file.open_head(told) if locks is None else backup_file.sealed_head(told, locks)


def _sources(book: Register, copy: Path, *, sealed: bool) -> dict[str, Path | bytes]:
    """Name in the backup → file or content. Listed after the copy: what its events name was kept before them.

    The key goes in bare: no keyring but this machine's opens it as it lies here.
    """
    key = {KEY: sealing.private_key(book)} if sealed else {}
    kept = {path.relative_to(book.home).as_posix(): path for path in attachments.kept_files(book)}
    return {REGISTER: copy, **key, **kept}


def _pack(
    file: BinaryIO, head: backup_file.Head, key: bytes, sources: Mapping[str, Path | bytes], progress: Progress | None
) -> dict[str, str]:
    """Write everything; returns the SHA-256 of each name."""
    sizes = {name: len(one) if isinstance(one, bytes) else one.stat().st_size for name, one in sources.items()}
    digests, done, total = {}, 0, sum(sizes.values())
    with backup_file.written(file, head, key) as tar:
        for name, one in sources.items():
            with io.BytesIO(one) if isinstance(one, bytes) else one.open("rb") as source:
                reader = _Digesting(source, partial(_count_on, progress, done, total))
                backup_file.add(tar, name, cast(BinaryIO, reader), sizes[name])
            digests[name] = reader.digest.hexdigest()
            done += sizes[name]
    return digests


def read_back(path: Path, key: bytes, progress: Progress | None = None) -> dict[str, str]:
    """Open every piece of a backup as it lies on its carrier; the SHA-256 of each name in it. ``backup_bad``."""
    if hasattr(os, "posix_fadvise"):  # what the device holds, not what the system remembers
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    digests = {}
    for name, source in backup_file.members(path, key, progress):
        digest = hashlib.sha256()
        while piece := source.read(_AT_ONCE):
            digest.update(piece)
        digests[name] = digest.hexdigest()
    return digests


class _Digesting:
    """A file that is read once, with what was read told on the way."""

    def __init__(self, source: IO[bytes], tell: Callable[[int], None]) -> None:
        self._source, self._tell, self._read = source, tell, 0
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self._read += len(data)
        self._tell(self._read)
        return data


def _count_on(progress: Progress | None, before: int, total: int, read: int) -> None:
    _go_on(progress, before + read, total)


def _go_on(progress: Progress | None, done: int, total: int) -> None:
    if progress and not progress(done, max(total, 1)):
        raise Stopped


def share(progress: Progress | None, first: int, last: int) -> Progress | None:
    """A part of the work as its share of a hundred."""
    if progress is None:
        return None
    tell = progress
    return lambda done, total: tell(first + (last - first) * done // max(total, 1), 100)


def trouble(error: OSError, where: str = "") -> EnvironmentProblem:
    """One sentence for a disk, or the stick ``where``, that does not take a backup."""
    place = f"{where}: bản trên máy vẫn còn" if where else "sổ đang dùng vẫn nguyên"
    if error.errno in _FULL:
        words = f"Hết chỗ nên chưa sao lưu được{' ra ' if where else '; '}{place}. Hãy dọn bớt hoặc dùng nơi khác."
    else:
        words = f"Nơi ghi bị rút, bị khóa hoặc hỏng, chưa sao lưu được{' ra ' if where else '; '}{place}."
    return EnvironmentProblem("backup_failed", words)
