"""Files that come with an act: a copy of each beside the register, named by what is in it.

The event keeps the SHA-256, so that a file changed afterwards is found. The command line and windows keep a
file around ``acts.perform``.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from db import events, folder
from db.connection import Register
from desktop.errors import EnvironmentProblem, UserError
from desktop.office.history import payload_of
from desktop.rules.text import fold
from desktop.whole_files import PART_SUFFIX, write_whole

_LARGEST = 50_000_000
_FOLDER = "dinh-kem"


@contextmanager
def kept(book: Register, source: Path, *, now: datetime) -> Iterator[dict[str, Any]]:
    """A copy of ``source`` in the register's documents while its act is recorded; gone again when that is refused.

    Gives what the event keeps of it.
    """
    try:
        fits = 0 < source.stat().st_size <= _LARGEST  # asked first: nobody reads a film into memory to refuse it
        data = source.read_bytes() if fits else b""
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {source}.", file=str(source)) from error
    if not data:
        raise UserError("bad_file", f"Tệp {source.name} trống hoặc lớn hơn 50 MB.", file=str(source))
    digest = hashlib.sha256(data).hexdigest()
    path = book.documents / f"{now:%Y}" / f"{now:%m}" / _FOLDER / f"{digest[:16]}-{_plain(source.name)}"
    was_there = _digest(path) == digest
    try:
        if not was_there:
            folder.make_own(path.parent)
            write_whole(path, data)
            # The event must not outlive a power cut that the file's name, or a new month's folder, does not.
            for above in path.parents[: len(path.relative_to(book.home).parts)]:
                folder.settle(above)
    except OSError as error:
        raise EnvironmentProblem("file_not_stored", f"Chưa lưu được tệp {source.name}; hãy kiểm tra ổ đĩa.") from error
    try:
        yield {
            "name": source.name,
            "sha256": digest,
            "size": len(data),
            "path": path.relative_to(book.home).as_posix(),
        }
    except BaseException:
        if not was_there:
            path.unlink(missing_ok=True)
        raise


def kept_files(book: Register) -> list[Path]:
    """Every file that came with an act, by path; the only files beside the register that nobody can make again."""
    return sorted(path for path in book.documents.glob(f"*/*/{_FOLDER}/*") if path.suffix != PART_SUFFIX)


def content(book: Register, file: Mapping[str, Any]) -> bytes | None:
    """What an event's file holds; None when it is gone or is not what the event says."""
    try:
        data = (book.home / file["path"]).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == file["sha256"] else None


def holds(book: Register, file: Mapping[str, Any]) -> bool:
    """Whether an event's file is there and is what the event says; read once for as long as its size and time stay."""
    path = book.home / file["path"]
    try:
        known = path.stat()
    except OSError:
        return False
    return _digest_of(path, known.st_size, known.st_mtime_ns) == file["sha256"]


@lru_cache(maxsize=50_000)
def _digest_of(path: Path, _size: int, _changed_ns: int) -> str | None:
    return _digest(path)


def faults(book: Register) -> list[str]:
    """Whose file is gone or is not what its event says: ``hồ sơ …``, ``quyết định …`` or ``thủ tục …``."""
    found = set()
    for event in events.walk(book):
        told = payload_of(event)
        file = told.get("attachment") or told.get("facts", {}).get("file")
        if file and _digest(book.home / file["path"]) != file["sha256"]:
            found.add(_whose(event.dossier, told))
    return sorted(found)


def _whose(dossier: str | None, told: Mapping[str, Any]) -> str:
    if dossier:
        return f"hồ sơ {dossier}"
    return f"quyết định {told['decision']}" if "decision" in told else f"thủ tục {told['procedure']}"


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _plain(name: str) -> str:
    """The file's name without marks and signs that some disks do not take."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(name)).strip("-.")[-60:] or "tep"
