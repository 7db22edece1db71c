"""Packets as files: never half under their name, even on a stick that is pulled, and found whatever they are called.

Hides names, the order of writing and settling, and what a broken or full stick says. A file is known by what is in it,
never by its name. Called by the commune to carry reports up and answers back, and by the hub the other way round.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db.folder import settle
from desktop.errors import EnvironmentProblem, UserError
from desktop.sync.container import MARK
from desktop.sync.protocol import LARGEST_TEXT, SUFFIX, Document, Kind, ProtocolError, packet_sha256, read_packet
from desktop.whole_files import PART_SUFFIX, write_whole

#: Compressed text is never larger than this.
LARGEST_FILE = LARGEST_TEXT + 1024 * 1024
_DIGITS = 8
_STEMS = {
    Kind.DAY_REPORT: "bao-cao",
    Kind.ENROLMENT: "ghi-danh",
    Kind.HOLDINGS_WANTED: "hoi-so-lieu",
    Kind.ACKNOWLEDGEMENT: "xac-nhan",
    Kind.ENROLLED: "xac-nhan-ghi-danh",
    Kind.REFUSAL: "tu-choi",
}
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LOCKED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
#: What Windows says of a drive without a stick in it, as a refused access.
_NOT_READY = 21


@dataclass(frozen=True, slots=True)
class PacketFile:
    """A file that is a packet or was meant to be one. ``problem`` says why it cannot be used; then nothing was read."""

    path: Path
    data: bytes
    documents: tuple[Document, ...]
    problem: UserError | None = None


def file_name(data: bytes) -> str:
    """The name under which a packet is filed: what it is, whose, of which days, and a few digits of its hash.

    ``bao-cao_MT_20261102_20261130_1f0c22ab.motcua``; an answer has the digits of what it answers. ProtocolError for
    what is no packet.
    """
    documents = read_packet(data)
    kind, bodies = Kind(documents[0].kind), [one.body for one in documents]
    parts = [_STEMS[kind]]
    if unit := bodies[0].get("unit"):
        parts.append(unit if isinstance(unit, str) else unit["code"])
    if kind is Kind.DAY_REPORT:
        days = sorted(body["from"].replace("-", "") for body in bodies)
        parts += [days[0], days[-1]]
    digest = bodies[0].get("answers") or packet_sha256(data)
    return "_".join([*parts, digest[:_DIGITS]]) + SUFFIX


def write(place: Path, data: bytes) -> Path:
    """Write a packet into a folder under its own name, or to a file; returns where it lies, whole and read back.

    EnvironmentProblem ``no_space``, ``read_only``, ``carrier_gone``, ``bad_copy``; under the name there is then what
    was there before, or nothing.
    """
    path = place / file_name(data) if place.is_dir() else place
    try:
        write_whole(path, data)
        settle(path.parent)
        same = _from_the_carrier(path) == data
    except OSError as error:
        raise _trouble(path, error) from error
    if not same:
        with suppress(OSError):
            path.unlink()
        raise EnvironmentProblem(
            "bad_copy", f"Đọc lại tệp {path.name} thấy sai khác: USB hỏng. Dùng USB khác; chưa tính là đã chép."
        )
    return path


def read_all(place: Path) -> Iterator[PacketFile]:
    """The packets in a folder and the folders in it, by path; or the one file that was named.

    Files of others are passed over, also those that a pulled stick left half written; a packet under any name is found,
    and what calls itself one and is none has its ``problem``. UserError ``no_file``; EnvironmentProblem
    ``carrier_gone`` for a folder that cannot be looked into.
    """
    if place.is_file():
        yield _read(place)
    elif place.is_dir():
        yield from map(_read, filter(_is_meant, _files_below(place)))
    else:
        raise UserError("no_file", f"Không có tệp hay thư mục {place}.", file=str(place))


def _files_below(folder: Path) -> Iterator[Path]:
    """Plain files only: a pipe would be waited for, a link may lead anywhere."""
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise EnvironmentProblem("carrier_gone", f"Không đọc được thư mục {folder}; hãy cắm lại USB.") from error
    for path in found:
        with suppress(OSError):
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                yield path
            elif stat.S_ISDIR(mode):
                with suppress(EnvironmentProblem):  # folders of the system; what is in them is nobody's packet
                    yield from _files_below(path)


def _is_meant(path: Path) -> bool:
    if path.name.endswith(PART_SUFFIX):
        return False
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(MARK)) == MARK
    except OSError:
        return False


def _read(path: Path) -> PacketFile:
    data = b""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ProtocolError("too_large", "size of the file")
        data = path.read_bytes()
        return PacketFile(path, data, read_packet(data))
    except OSError:
        problem: UserError = EnvironmentProblem("unreadable", f"Không đọc được tệp {path.name}; USB có thể bị hỏng.")
    except ProtocolError as error:
        problem = error
    return PacketFile(path, data, (), problem)


def _from_the_carrier(path: Path) -> bytes:
    """What the device holds, not what the system remembers of writing it, where the system can be told to forget."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()


def _trouble(path: Path, error: OSError) -> EnvironmentProblem:
    if error.errno in _FULL:
        return EnvironmentProblem("no_space", f"Hết chỗ, chưa ghi được tệp {path.name}. Xóa bớt hoặc dùng USB khác.")
    if error.errno in _LOCKED and getattr(error, "winerror", None) != _NOT_READY:
        return EnvironmentProblem("read_only", f"Nơi ghi đang khóa, chỉ cho đọc; chưa ghi được tệp {path.name}.")
    return EnvironmentProblem(
        "carrier_gone",
        f"Không thấy USB hoặc USB bị rút khi đang ghi; tệp {path.name} chưa tính là đã chép. Cắm lại rồi chép lại.",
    )
