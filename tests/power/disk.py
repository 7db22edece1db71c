"""A disk that loses power: from a log of what a program asked of it, the states in which a cut may leave it.

What was synced is there. Of what was not, any part may be: each write or none, single sectors of one, and of names
(created, renamed, removed) those up to some point, as journaling file systems keep them in order. ``disk.c`` writes the
log and makes single calls fail. Linux with a C compiler only.
"""

import ctypes
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from random import Random

_SECTOR = 512
_HEAD = struct.Struct("<cQQI")
_SHARED = "-shm"


class Fault(IntEnum):
    """How a chosen call fails; numbers as in disk.c."""

    NONE = 0
    FULL = 1
    READ_ONLY = 2
    SYNC_FAILS = 3
    DIES = 4
    SHORT = 5


def is_possible() -> bool:
    """Whether this machine can load a library before a program and has a compiler to make one."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def library(folder: Path) -> Path:
    """Compile disk.c into a folder."""
    made = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", made, source, "-ldl"], check=True)
    return made


def begin(home: Path, log: Path | None = None, fault: Fault = Fault.NONE, first: int = 0, count: int = -1) -> None:
    """In a program that has the library: from now on its calls below ``home`` are logged, and some of them fail."""
    loaded = ctypes.CDLL(None)
    loaded.disk_begin(
        str(home).encode(), str(log or "").encode(), int(fault), ctypes.c_long(first), ctypes.c_long(count)
    )


def calls() -> int:
    """How many calls there were since ``begin``."""
    loaded = ctypes.CDLL(None)
    loaded.disk_calls.restype = ctypes.c_long
    return int(loaded.disk_calls())


@dataclass
class _File:
    """What is surely on the disk, and what was asked since: writes (at, bytes) and cuts (size, None)."""

    sure: bytearray
    asked: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for at, data in self.asked:
            _apply(self.sure, at, data)
        self.asked.clear()


@dataclass(frozen=True)
class Crash:
    """One state after a cut: where in the log, what had been acknowledged before it, and the files by path."""

    point: int
    acknowledged: tuple[str, ...]
    files: dict[str, bytes]

    def put(self, home: Path) -> None:
        """Make the folder as the disk would be found."""
        for name, data in self.files.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


class Recording:
    """A folder as it was before a program began, and after the program the cuts that its log allows."""

    def __init__(self, home: Path, log: Path) -> None:
        self._home, self._log = home, log
        self._files: dict[int, _File] = {}
        self._names: dict[str, _File] = {}
        for path in home.rglob("*"):
            if path.is_file() and not path.name.endswith(_SHARED):
                file = _File(bytearray(path.read_bytes()))
                self._files[path.stat().st_ino] = self._names[path.relative_to(home).as_posix()] = file

    def crashes(self, count: int, chance: Random) -> Iterator[Crash]:
        """So many cuts at random points of the log, in its order."""
        records = list(_records(self._log.read_bytes()))
        points = sorted(chance.choices(range(1, len(records) + 1), k=count))
        said: list[str] = []
        pending: list[Callable[[dict[str, _File]], None]] = []
        at = 0
        for point in points:
            for record in records[at:point]:
                self._take(*record, said, pending)
            at = point
            yield Crash(point, tuple("".join(said).splitlines()), self._after_a_cut(pending, chance))

    def _take(self, kind: bytes, number: int, at: int, data: bytes, said: list[str], pending: list[Callable]) -> None:
        if kind == b"A":
            said.append(data.decode())
        elif kind in (b"W", b"T"):
            self._files[number].asked.append((at, data if kind == b"W" else None))
        elif kind == b"S":
            self._files[number].sync()
        elif kind == b"D":
            for change in pending:
                change(self._names)
            pending.clear()
        elif kind != b"M":
            pending.append(self._change(kind, number, *data.decode().split("\t")))

    def _change(self, kind: bytes, number: int, one: str, other: str) -> Callable[[dict[str, _File]], None]:
        old, new = self._name(one), self._name(other)
        if kind == b"C":
            file = self._files[number] = _File(bytearray())
            return lambda names: names.__setitem__(old, file)
        if kind == b"R":
            return lambda names: _move(names, old, new)
        return lambda names: names.__delitem__(old) if old in names else None

    def _name(self, path: str) -> str:
        return path.removeprefix(f"{self._home}/")

    def _after_a_cut(self, pending: list[Callable], chance: Random) -> dict[str, bytes]:
        names = dict(self._names)
        for change in pending[: chance.randint(0, len(pending))]:
            change(names)
        mood = chance.random()
        return {name: _found(file, mood, chance) for name, file in names.items()}


def _move(names: dict[str, _File], old: str, new: str) -> None:
    """A file takes another name, or a folder with all that is in it."""
    for name in [name for name in names if name == old or name.startswith(f"{old}/")]:
        names[new + name[len(old) :]] = names.pop(name)


def _found(file: _File, mood: float, chance: Random) -> bytes:
    """What a cut leaves of a file: of what was asked and not synced all, nothing or anything."""
    if not file.asked or mood < 0.15:
        return bytes(file.sure)
    left = bytearray(file.sure)
    for at, data in file.asked:
        if mood > 0.85 or chance.random() < mood:
            _apply(left, at, data) if data is None or mood > 0.5 else _tear(left, at, data, chance)
    return bytes(left)


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        content[at:] = bytes(max(0, at - len(content)))
        return
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _tear(content: bytearray, at: int, data: bytes, chance: Random) -> None:
    """Each sector of a write came to the disk or did not."""
    first = at - at % _SECTOR
    for start in range(first, at + len(data), _SECTOR):
        if chance.random() < 0.5:
            begin, end = max(start, at), min(start + _SECTOR, at + len(data))
            _apply(content, begin, data[begin - at : end - at])


def _records(log: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    place = 0
    while place + _HEAD.size <= len(log):
        kind, number, at, size = _HEAD.unpack_from(log, place)
        place += _HEAD.size
        yield kind, number, at, log[place : place + size]
        place += size
