"""Verified copies of the register through SQLite's backup API, and restoring one into a new folder.

A plain file copy of an open WAL database is a copy without tables (experiment 2); nothing here
copies files. Existing registers are never overwritten.
"""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

from db import folder
from db.errors import RegisterProblem

KEEP = 14
_VN = timezone(timedelta(hours=7), "ICT")


def make(home: Path, *, now: datetime, reason: str = "daily") -> Path:
    """Copy the register of ``home`` into its backup folder, verify the copy, drop the oldest; return its path."""
    target = home / folder.BACKUP_FOLDER / f"register-{now:%Y%m%d-%H%M%S}-{reason}.sqlite3"
    target.parent.mkdir(exist_ok=True)
    copy(home / folder.REGISTER_FILE, target)
    for old in _all(target.parent)[:-KEEP]:
        old.unlink()
    return target


def copy(source: Path, target: Path) -> None:
    """Write a complete, checked copy of ``source`` to ``target`` (refused if it exists)."""
    if target.exists():
        raise RegisterProblem("file_exists", "Tệp sao lưu đã có; hãy đặt tên khác.", file=str(target))
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            # the copy must open on a stick that allows no shared memory
            new.execute("PRAGMA journal_mode=DELETE")
        verify(part)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise RegisterProblem(
            "backup_failed", "Chưa sao lưu được; sổ đang dùng vẫn nguyên. Hãy kiểm tra chỗ trống và quyền ghi."
        ) from error


def verify(path: Path) -> None:
    """Raise ``backup_bad`` unless ``path`` is a whole register."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            whole = file.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            file.execute("SELECT count(*) FROM event").fetchone()
    except sqlite3.Error:
        whole = False
    if not whole:
        raise RegisterProblem("backup_bad", "Bản sao lưu không mở được hoặc thiếu dữ liệu.", file=str(path))


def newest(backups: Path) -> Path | None:
    """The newest copy that verifies, or ``None``."""
    for path in reversed(_all(backups)):
        try:
            verify(path)
        except RegisterProblem:
            continue
        return path
    return None


def newest_at(home: Path) -> datetime | None:
    """When the newest copy was made, by its name; each was verified before it got that name."""
    copies = _all(home / folder.BACKUP_FOLDER)
    if not copies:
        return None
    return datetime.fromisoformat(copies[-1].name[9:24].replace("-", "T")).replace(tzinfo=_VN)


def restore(source: Path, home: Path) -> None:
    """Put the copy ``source`` into the new folder ``home``; an existing register is never touched."""
    verify(source)
    folder.refuse_network_share(home)
    folder.make(home)
    target = home / folder.REGISTER_FILE
    if target.exists():
        raise RegisterProblem(
            "register_exists", "Thư mục này đã có sổ; hãy khôi phục vào thư mục mới.", folder=str(home)
        )
    copy(source, target)


def _all(backups: Path) -> list[Path]:
    return sorted(backups.glob("register-*.sqlite3"))
