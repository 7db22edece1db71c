"""Verified copies of the register through SQLite's backup API, and restoring one into a new folder.

A plain file copy of an open WAL database is a copy without tables (experiment 2); nothing here
copies files. Existing registers are never overwritten. Copies made here are open: ``db.backup_file`` seals.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from db import folder
from db.errors import RegisterProblem

KEEP = 14
#: Ends the name of a file that holds all of a register, made by ``db.backup_file``.
WHOLE_SUFFIX = ".mcsl"
#: Pages copied between two questions whether to go on: some 8 MB.
_AT_ONCE = 2000
_MOMENT = "%Y%m%d-%H%M%S"
_VN = timezone(timedelta(hours=7), "ICT")

#: Hears of the pages done and of all pages; answers False to stop.
Progress = Callable[[int, int], bool]


class Stopped(Exception):
    """Whoever asked for the copy wants it no more; nothing is left of it."""


class Facts(NamedTuple):
    """What a copy says of itself: ``register`` is the hash of the first event, ``head`` that of the last one."""

    register: str
    events: int
    head: str
    dossiers: int


def make(home: Path, *, now: datetime, reason: str) -> Path:
    """Copy the register of ``home`` into its backup folder, verify the copy, drop the oldest; return its path."""
    target = home / folder.BACKUP_FOLDER / f"register-{now.strftime(_MOMENT)}-{reason}.sqlite3"
    folder.make_own(target.parent)
    copy(home / folder.REGISTER_FILE, target)
    for old in _plain(target.parent)[:-KEEP]:
        old.unlink()
    return target


def copy(source: Path, target: Path, *, progress: Progress | None = None) -> Facts:
    """Write a complete, checked copy of ``source`` to ``target`` (refused if it exists): one moment of the register.

    RegisterProblem ``file_exists``, ``backup_failed``; ``Stopped``, and nothing is there, when ``progress`` says so.
    """
    if target.exists():
        raise RegisterProblem("file_exists", "Tệp sao lưu đã có; hãy đặt tên khác.", file=str(target))
    part = target.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        folder.prepare(part)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            _pour(old, new, progress)
            # the copy must open on a stick that allows no shared memory
            new.execute("PRAGMA journal_mode=DELETE")
        facts = verify(part)
        part.replace(target)
    except Stopped:
        part.unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise RegisterProblem(
            "backup_failed", "Chưa sao lưu được; sổ đang dùng vẫn nguyên. Hãy kiểm tra chỗ trống và quyền ghi."
        ) from error
    return facts


def _pour(old: sqlite3.Connection, new: sqlite3.Connection, progress: Progress | None) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress and not progress(total - remaining, total):
            raise Stopped

    # Held open, the reading sees one moment, and nobody's commit makes the copy begin again.
    old.isolation_level = None
    old.execute("BEGIN")
    old.execute("SELECT count(*) FROM sqlite_master").fetchone()
    old.backup(new, pages=_AT_ONCE, progress=tell)


def verify(path: Path) -> Facts:
    """Open a copy and look through it: its pages, its newest event's hash, its counts. ``backup_bad`` unless whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            whole = file.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            facts = _facts(file) if whole else None
    except (sqlite3.Error, TypeError):
        facts = None
    if facts is None:
        raise RegisterProblem("backup_bad", "Bản sao lưu không mở được hoặc thiếu dữ liệu.", file=str(path))
    return facts


def _facts(file: sqlite3.Connection) -> Facts | None:
    """None when events are missing or the newest is not what its hash says."""
    import hashlib  # a fiftieth of the start-up, and a start makes no copy

    events, newest = file.execute("SELECT count(*), max(seq) FROM event").fetchone()
    first = file.execute("SELECT hash FROM event ORDER BY seq LIMIT 1").fetchone()
    *content, head = file.execute(
        "SELECT seq, dossier, kind, at, clerk, key, payload, prev, hash FROM event ORDER BY seq DESC LIMIT 1"
    ).fetchone() or (None, "")
    sealed = hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    if events and (events != newest or sealed != head):
        return None
    dossiers = file.execute("SELECT count(*) FROM dossier").fetchone()[0]
    return Facts(first[0] if first else "", events, head, dossiers)


def newest(backups: Path) -> Path | None:
    """The backup with most events: a copy that verifies, or a whole one, read back before it got its name.

    The moment in the name decides between equals only: it is as wrong as the clock was.
    """
    held = {path: _events_in(path) for path in (*_plain(backups), *whole(backups))}
    for path in sorted(held, key=lambda path: (held[path], _made_at(path)), reverse=True):
        if path.suffix == WHOLE_SUFFIX and held[path] >= 0:
            return path
        with suppress(RegisterProblem):
            verify(path)
            return path
    return None


def _events_in(path: Path) -> int:
    """How many events a backup says it has; -1 for what cannot be read."""
    from db import backup_file

    try:
        if path.suffix == WHOLE_SUFFIX:
            return int(backup_file.read_head(path).facts["events"])
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return int(file.execute("SELECT count(*) FROM event").fetchone()[0])
    except (OSError, RegisterProblem, sqlite3.Error, KeyError):
        return -1


def whole(backups: Path) -> list[Path]:
    """The whole backups in a folder, oldest first."""
    return sorted((path for path in backups.glob(f"*{WHOLE_SUFFIX}") if _stamp(path)), key=_made_at)


def whole_name(unit_code: str, at: datetime) -> str:
    """What a whole backup of that moment is called."""
    return f"sao-luu_{unit_code}_{at.strftime(_MOMENT)}{WHOLE_SUFFIX}"


def made_at(path: Path) -> datetime:
    """The moment in a backup's name."""
    return datetime.strptime(_stamp(path), _MOMENT).replace(tzinfo=_VN)


def _made_at(path: Path) -> str:
    return _stamp(path)


def _stamp(path: Path) -> str:
    """``20261123-091400`` in the name of either kind; empty for a file of somebody else."""
    text = path.stem[-15:] if path.suffix == WHOLE_SUFFIX else path.name[9:24]
    try:
        datetime.strptime(text, _MOMENT).replace(tzinfo=_VN)
    except ValueError:
        return ""
    return text


def restore(source: Path, home: Path, *, progress: Progress | None = None) -> None:
    """Put the copy ``source`` into the new folder ``home``; an existing register is never touched. ``Stopped``."""
    verify(source)
    refuse_used(home)
    copy(source, home / folder.REGISTER_FILE, progress=progress)


def refuse_used(home: Path) -> None:
    """Make the folder of a register that is being restored; refused where one lives already, or on a network share."""
    folder.refuse_network_share(home)
    folder.make(home)
    if (home / folder.REGISTER_FILE).exists():
        raise RegisterProblem(
            "register_exists", "Thư mục này đã có sổ; hãy khôi phục vào thư mục mới.", folder=str(home)
        )


def _plain(backups: Path) -> list[Path]:
    return sorted(path for path in backups.glob("register-*.sqlite3") if _stamp(path))
