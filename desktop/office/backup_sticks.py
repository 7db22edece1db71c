"""Sticks that carry backups: labelled once by a clerk, found wherever they are plugged in, filled in turn.

A labelled stick has the file ``motcua-sao-luu.json`` at its root, which names the register and the stick; the label is
an event, and a stick whose label this register never gave gets nothing. What is copied is the newest backup of the
disk, byte for byte, read back from the stick before it gets its name. Nothing unlocked ever leaves a live register.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from db import backup, backup_file, events, folder
from db import settings as stored
from db.backup import Progress, Stopped
from db.connection import Register
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import EnvironmentProblem, UserError
from desktop.office import backup_locks, backup_standing, backups, rights, settings
from desktop.office.backup_standing import STICKS
from desktop.whole_files import PART_SUFFIX, hand_out

#: How the files end that can be brought back.
ENDINGS = ("mcsl", "sqlite3")
MARKER = "motcua-sao-luu.json"
FOLDER = "mot-cua-sao-luu"
_LONGEST_NAME = 40
_LARGEST_MARKER = 4096
_AT_ONCE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stick:
    """A labelled stick that is plugged in, and where."""

    id: str
    name: str
    root: Path


def label(book: Register, root: Path, name: str, *, clerk: str | None, now: datetime) -> Changes:
    """From now on this stick gets backups of this register. UserError ``needs_passphrase``, ``not_a_stick``.

    EnvironmentProblem when the stick takes no file; then no label is recorded. A stick of this register is named anew.
    """
    rights.demand(book, clerk, EventKind.CHANGE_SETTING, setting=STICKS, now=now)
    backup_locks.refuse_open(book)
    if not root.is_dir() or root.resolve() in book.home.resolve().parents or root.resolve() == book.home.resolve():
        raise UserError("not_a_stick", "Hãy chọn thư mục gốc của USB, không phải ổ đang chứa sổ.", folder=str(root))
    words = name.split()
    # Every sentence says USB before the name.
    name = " ".join(words[1:] if words[:1] in (["USB"], ["usb"]) else words)[:_LONGEST_NAME] or "sao lưu"
    known = _id_on(root, _register(book))
    id = known or events.new_key()
    told = {"register": _register(book), "stick": id, "unit": settings.unit(book).name, "name": name}
    hand_out(root / MARKER, json.dumps(told, ensure_ascii=False, indent=1).encode())
    return settings.change(book, STICKS, stored.get(book, STICKS, {}) | {id: {"name": name}}, clerk=clerk, now=now)


def forget(book: Register, id: str, *, clerk: str | None, now: datetime) -> Changes:
    """This stick gets no more backups: lost, worn out or given away. Those on it stay locked."""
    rest = {each: told for each, told in stored.get(book, STICKS, {}).items() if each != id}
    return settings.change(book, STICKS, rest, clerk=clerk, now=now)


def plugged(book: Register, roots: Iterable[Path] | None = None) -> list[Stick]:
    """The labelled sticks of this register that are there now, among ``roots`` or all that is mounted."""
    labelled, register = stored.get(book, STICKS, {}), _register(book)
    if not labelled:
        return []
    found = []
    for root in _mounted() if roots is None else roots:
        id = _id_on(root, register)
        if id is not None and id in labelled:
            found.append(Stick(id, labelled[id]["name"], root))
    return found


def absent(book: Register, roots: Iterable[Path] | None = None) -> tuple[str, ...]:
    """The names of the labelled sticks that are not among ``roots``, or not plugged in: they get no copy now."""
    here = {stick.id for stick in plugged(book, roots)}
    return tuple(told["name"] for id, told in sorted(stored.get(book, STICKS, {}).items()) if id not in here)


def carry_all(book: Register, *, now: datetime, progress: Progress | None = None) -> list[tuple[Stick, Path]]:
    """:func:`carry` to each stick that is plugged in; one that fails is told when all others have theirs."""
    carried, problems = [], []
    for stick in plugged(book):
        try:
            if path := carry(book, stick, now=now, progress=progress):
                carried.append((stick, path))
        except EnvironmentProblem as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    return carried


def carry(book: Register, stick: Stick, *, now: datetime, progress: Progress | None = None) -> Path | None:
    """Copy the disk's newest backup to a stick unless it is there; its path on the stick, None when stopped or none.

    EnvironmentProblem in one sentence for a stick that is full, pulled, locked or wrong when read back.
    """
    source = backup_standing.standing(book).path
    if source is None or not (book.practice or backup_file.read_head(source).is_sealed):
        return None
    target = stick.root / FOLDER / source.name
    try:
        if not target.exists() and not _copied(source, target, progress):
            return None
    except OSError as error:
        raise backups.trouble(error, f"USB {stick.name}") from error
    backups.keep_in_turn(book, target.parent, now=now)
    backup_standing.saw(book, sticks={stick.id: backup.made_at(source).isoformat()})
    return target


def _copied(source: Path, target: Path, progress: Progress | None) -> bool:
    """Whether the copy is there, whole under its name and read back; False when it was stopped."""
    target.parent.mkdir(exist_ok=True)
    for left in target.parent.glob(f"*{PART_SUFFIX}"):
        left.unlink()
    part = target.with_name(target.name + PART_SUFFIX)
    total = 2 * source.stat().st_size
    try:
        with source.open("rb") as reading, open(part, "wb", opener=folder.own_file) as writing:
            digest = _pass(reading, progress, 0, total, writing)
            writing.flush()
            os.fsync(writing.fileno())
        with part.open("rb") as reading:
            if hasattr(os, "posix_fadvise"):  # what the stick holds, not what the system remembers
                os.posix_fadvise(reading.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            if _pass(reading, progress, total // 2, total) != digest:
                raise EnvironmentProblem("bad_copy", "Đọc lại bản sao lưu trên USB thấy sai khác: hãy dùng USB khác.")
        part.replace(target)
        folder.settle(target.parent)
    except Stopped:
        return False
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def _pass(source: BinaryIO, progress: Progress | None, before: int, total: int, target: BinaryIO | None = None) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_AT_ONCE):
        digest.update(piece)
        before += len(piece)
        if target is not None:
            target.write(piece)
        if progress and not progress(before, total):
            raise Stopped
    return digest.hexdigest()


def folder_in_sight(home: Path | None = None) -> Path | None:
    """Where somebody looks for a backup: by the newest on a stick that is plugged in, else beside the register."""
    found = [path for root in _mounted() for path in backup.whole(root / FOLDER)]
    if found:
        return max(found, key=backup.made_at).parent
    return home / folder.BACKUP_FOLDER if home is not None else None


def _register(book: Register) -> str:
    """What tells this register from every other, also after it was restored: its first event."""
    first = events.by_seq(book, 1)
    return first.hash if first else ""


def _id_on(root: Path, register: str) -> str | None:
    """The id that a stick's label gives it for this register; None without one."""
    try:
        with (root / MARKER).open("rb") as file:
            told = json.loads(file.read(_LARGEST_MARKER))
        return told["stick"] if told["register"] == register else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _mounted() -> list[Path]:
    import psutil  # a twentieth of the start-up; this runs in a worker

    return [Path(part.mountpoint) for part in psutil.disk_partitions(all=False)]
