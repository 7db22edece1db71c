"""The commune's seal for receipts: its private key on this disk, its public keys in the register.

What else must stay on this disk is locked by a key made from the private one. Where the platform has a keyring that all
accounts of this machine share, the key's file is worth nothing elsewhere (``wrapping``).
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db import events, folder
from db import settings as stored
from db.connection import Register
from desktop.errors import EnvironmentProblem
from desktop.office import settings

KEY_FILE = "receipt.key"
_PUBLIC = "receipt_keys"
#: Where a key goes that another machine wrapped: it is no secret here, and that machine may still want it.
_FOREIGN_SUFFIX = ".may-khac"


class KeyGuard(StrEnum):
    """What keeps the key's file from being worth something in other hands."""

    #: Only this machine's keyring opens it.
    KEYRING = "keyring"
    #: The rights of the file alone.
    FILE = "file"


def ensure_key(book: Register, *, now: datetime) -> None:
    """Make this disk's key if there is none: the register was restored from a copy, or its key was lost.

    RegisterProblem ``read_only`` where the disk does not take it.
    """
    if not (book.home / KEY_FILE).exists():
        try:
            make_key(book, now=now)
        except OSError as error:
            raise folder.cannot_write(book.home) from error


def make_key(book: Register, *, now: datetime) -> None:
    """A new key for this disk, whatever lay there before.

    Its public half is published before the key is kept, so that no receipt is ever sealed by a key that the
    register does not know; earlier public keys stay and so do their receipts.
    """
    from desktop.rules import seal

    private = seal.new_key()
    public = seal.public_of(private)
    keys = {key_id: key.hex() for key_id, key in public_keys(book).items()} | {seal.key_id(public): public.hex()}
    last = None if book.practice else events.last_moment(book)
    settings.change_by_itself(book, _PUBLIC, keys, now=max(now, last) if last else now)
    _keep(book, private)


def guard_key(book: Register, *, now: datetime) -> KeyGuard:
    """Wrap a key that lies bare where there is a keyring; in a session of its own thread. What guards it now.

    A power cut leaves the key bare or wrapped, never half. One that another machine wrapped came with a copied folder:
    it is put aside and this disk gets a key of its own, as after a restore. OSError when the file cannot be written.
    """
    from desktop.office import wrapping

    path = book.home / KEY_FILE
    content, keyring = path.read_bytes(), wrapping.of_platform()
    try:
        private = wrapping.bare(content, keyring)
    except wrapping.OtherMachine:
        path.replace(path.with_name(KEY_FILE + _FOREIGN_SUFFIX))
        make_key(book, now=now)
        return key_guard(book)
    if keyring is not None and not wrapping.is_wrapped(content):
        _keep(book, private)
    elif path.stat().st_mode & 0o077:  # on Windows there are no such rights, and nothing happens
        path.chmod(0o600)
    return key_guard(book)


def key_guard(book: Register) -> KeyGuard:
    """What guards the key's file as it lies there."""
    from desktop.office import wrapping

    return KeyGuard.KEYRING if wrapping.is_wrapped((book.home / KEY_FILE).read_bytes()) else KeyGuard.FILE


def _keep(book: Register, private: bytes) -> None:
    from desktop.office import wrapping

    keyring = wrapping.of_platform()
    content = wrapping.wrapped(private, keyring) if keyring is not None else None
    folder.keep_secret(book.home / KEY_FILE, content or private)


def discard_key(home: Path) -> None:
    """Remove a key whose register is gone, before another register comes to live in the folder."""
    (home / KEY_FILE).unlink(missing_ok=True)


def private_key(book: Register) -> bytes:
    """This disk's private key; call ``ensure_key`` once after opening."""
    if "private_key" not in book.derived:
        from desktop.office import wrapping

        try:
            content = (book.home / KEY_FILE).read_bytes()
            book.derived["private_key"] = wrapping.bare(content, wrapping.of_platform())
        except OSError as error:
            raise EnvironmentProblem(
                "no_receipt_key", "Không đọc được khóa ký giấy hẹn của sổ này. Hãy đóng và mở lại chương trình."
            ) from error
    return book.derived["private_key"]


def box_key(book: Register) -> bytes:
    """The 32 bytes that lock the boxes of ratings without a name: like the private key, in locked backups only."""
    from hashlib import blake2b

    return blake2b(b"ballot box", key=private_key(book), digest_size=32).digest()


def public_keys(book: Register) -> dict[str, bytes]:
    """Key id → public key, of every key that this register ever used."""
    return {key_id: bytes.fromhex(key) for key_id, key in stored.get(book, _PUBLIC, {}).items()}
