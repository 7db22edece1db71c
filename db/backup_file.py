"""The file of a whole backup: the register, its attachments and its key in one stream that is locked in pieces.

Hides the format. A file is ``motcua backup 1 <sha256 of the head> <head>\\n`` (canonical JSON that anybody may read:
whose, when, how many events, how to open it) and then a tar, deflated, in pieces of 1 MB, each under ChaCha20-Poly1305
with its number and whether it is the last; the key of the pieces is bound to the head. So a changed, cut, swapped or
extended file never opens. The file's own key is either sealed to an X25519 public key (``seal``: whoever writes cannot
open it again later) or, in what needs no lock, written in the head (``open``). Called by ``desktop.office.backups`` and
``restoring``; it knows neither passphrases nor where backups belong.
"""

import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from db.backup import Progress, Stopped
from db.errors import RegisterProblem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MARK = b"motcua backup 1 "
_LONGEST_HEAD = 64 * 1024
_PIECE = 1024 * 1024
_TAG = 16
_CONTEXT = b"motcua backup 1 file"


@dataclass(frozen=True, slots=True)
class Head:
    """What a backup says openly. ``facts`` are the writer's own words; ``key`` is the lock that a secret opens."""

    line: bytes
    facts: Mapping[str, Any]

    @property
    def is_sealed(self) -> bool:
        """Whether a passphrase or a recovery code is needed."""
        return "seal" in self.facts

    @property
    def locks(self) -> Mapping[str, Any]:
        """The register's public key and the locks of its private half, as they were when the file was made."""
        return self.facts["seal"]["key"]

    def file_key(self, private: bytes | None = None) -> bytes:
        """The file's own key, from the private half (32 bytes) or, in an open file, from the head."""
        if not self.is_sealed:
            return bytes.fromhex(self.facts["open"])
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

        assert private is not None
        own = X25519PrivateKey.from_private_bytes(private)
        ephemeral = bytes.fromhex(self.facts["seal"]["ephemeral"])
        shared = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        return _derived(shared, ephemeral + own.public_key().public_bytes_raw(), _CONTEXT)


def sealed_head(facts: Mapping[str, Any], locks: Mapping[str, Any]) -> tuple[Head, bytes]:
    """A head for a file that only the private half of ``locks["public"]`` opens, and the file's key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once, public = X25519PrivateKey.generate(), bytes.fromhex(locks["public"])
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    key = _derived(shared, ephemeral + public, _CONTEXT)
    return _head({**facts, "seal": {"key": locks, "ephemeral": ephemeral.hex()}}), key


def open_head(facts: Mapping[str, Any]) -> tuple[Head, bytes]:
    """A head for a file that anybody may open, and the file's key, which stands in it."""
    key = os.urandom(32)
    return _head({**facts, "open": key.hex()}), key


def _head(facts: Mapping[str, Any]) -> Head:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Head(MARK + _digest(text) + b" " + text + b"\n", facts)


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()


def is_whole(path: Path) -> bool:
    """Whether a file calls itself a whole backup."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def read_head(path: Path) -> Head:
    """The open words of a whole backup; ``backup_bad`` for anything else."""
    with path.open("rb") as file:
        return _read_head(file, path)


def _read_head(file: BinaryIO, path: Path) -> Head:
    line = file.readline(_LONGEST_HEAD)
    digest, _, text = line.removeprefix(MARK).removesuffix(b"\n").partition(b" ")
    if not line.startswith(MARK) or not line.endswith(b"\n") or digest != _digest(text):
        raise bad(path)
    return Head(line, json.loads(text))


@contextmanager
def written(file: BinaryIO, head: Head, key: bytes) -> Iterator[tarfile.TarFile]:
    """Write the head and what is added to the tar; the file is complete when the block ends without an error."""
    file.write(head.line)
    pieces = _Locking(file, _box(key, head))
    with tarfile.open(fileobj=cast(IO[bytes], pieces), mode="w|", format=tarfile.PAX_FORMAT) as tar:
        yield tar
    pieces.finish()


def add(tar: tarfile.TarFile, name: str, source: BinaryIO, size: int) -> None:
    """Put ``size`` bytes of ``source`` into the tar under a name, without the time and owner of the file."""
    info = tarfile.TarInfo(name)
    info.size = size
    tar.addfile(info, source)


def members(path: Path, key: bytes, progress: Progress | None = None) -> Iterator[tuple[str, IO[bytes]]]:
    """Each name in a backup with a reader of its bytes, in order, to be read before the next is asked for.

    ``progress`` hears how much of the file was read. ``backup_bad`` as soon as a piece is not what was written, and at
    the end when anything is missing; ``Stopped``.
    """
    with path.open("rb") as file:
        head = _read_head(file, path)
        pieces = _Unlocking(file, _box(key, head), path, progress)
        try:
            with tarfile.open(fileobj=cast(IO[bytes], pieces), mode="r|") as tar:
                for info in tar:
                    source = tar.extractfile(info) if info.isreg() else None
                    if source is None or not _is_inside(info.name):
                        raise bad(path)
                    yield info.name, source
        except (tarfile.TarError, zlib.error, EOFError) as error:
            raise bad(path) from error
        pieces.drain()


def _is_inside(name: str) -> bool:
    """A name that stays within the folder it is unpacked into, on every system."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & set('\\:*?"<>|\0')


def bad(path: Path) -> RegisterProblem:
    """The problem of a backup that is not what was written."""
    return RegisterProblem("backup_bad", "Bản sao lưu không mở được hoặc thiếu dữ liệu.", file=str(path))


def _derived(secret: bytes, salt: bytes, context: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, context).derive(secret)


def _box(key: bytes, head: Head) -> "ChaCha20Poly1305":
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(_derived(key, b"", head.line))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class _Locking:
    """Takes the tar's bytes, writes locked pieces."""

    def __init__(self, file: BinaryIO, box: "ChaCha20Poly1305") -> None:
        self._file, self._box, self._number = file, box, 0
        self._deflate = zlib.compressobj(6)
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += self._deflate.compress(data)
        while len(self._waiting) > _PIECE:
            self._put(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        return len(data)

    def finish(self) -> None:
        self._waiting += self._deflate.flush()
        while len(self._waiting) > _PIECE:
            self._put(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._number, last), piece, None))
        self._number += 1


class _Unlocking:
    """Gives the tar's bytes from locked pieces."""

    def __init__(self, file: BinaryIO, box: "ChaCha20Poly1305", path: Path, progress: Progress | None) -> None:
        self._file, self._box, self._path, self._number = file, box, path, 0
        self._progress, self._size = progress, path.stat().st_size
        self._inflate = zlib.decompressobj()
        self._ahead = file.read(_PIECE + _TAG)
        self._ready = b""

    def read(self, size: int) -> bytes:
        while len(self._ready) < size and (self._ahead or self._inflate.unconsumed_tail):
            self._ready += self._more()
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def drain(self) -> None:
        """What follows the tar is looked at as well: an end that is missing or an addition never passes."""
        while self.read(_PIECE):
            pass
        if not self._inflate.eof or self._inflate.unused_data:
            raise bad(self._path)

    def _more(self) -> bytes:
        # Never more than a few pieces at once, however well they were deflated.
        if tail := self._inflate.unconsumed_tail:
            return self._inflate.decompress(tail, 4 * _PIECE)
        return self._inflate.decompress(self._unlocked(), 4 * _PIECE)

    def _unlocked(self) -> bytes:
        from cryptography.exceptions import InvalidTag

        locked, self._ahead = self._ahead, self._file.read(_PIECE + _TAG)
        if self._progress and not self._progress(self._file.tell(), self._size):
            raise Stopped
        try:
            piece = self._box.decrypt(_nonce(self._number, not self._ahead), locked, None)
        except (InvalidTag, ValueError) as error:
            raise bad(self._path) from error
        self._number += 1
        return piece
