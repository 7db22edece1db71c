"""The commune's seal for receipts: its private key on this disk, its public keys in the register."""

import os
from datetime import datetime

from db import settings as stored
from db.connection import Register
from desktop.errors import EnvironmentProblem
from desktop.office import people, settings
from desktop.rules import seal

KEY_FILE = "receipt.key"
_PUBLIC = "receipt_keys"


def ensure_key(book: Register, *, now: datetime) -> None:
    """Make this disk's key if there is none (a new or restored register) and publish its public half.

    Receipts sealed with earlier keys stay genuine: public keys are only ever added. The first clerk
    of the register stands for the program, which acts here by itself.
    """
    path = book.home / KEY_FILE
    if not path.exists():
        _write_private(book, seal.new_key())
    public = seal.public_of(private_key(book))
    known = public_keys(book)
    if seal.key_id(public) not in known:
        keys = {key_id: key.hex() for key_id, key in known.items()} | {seal.key_id(public): public.hex()}
        first = people.clerks(book)[0].short_name
        settings.change(book, _PUBLIC, keys, clerk=first, now=now)


def private_key(book: Register) -> bytes:
    """This disk's private key; call ``ensure_key`` once after opening."""
    if "private_key" not in book.derived:
        try:
            book.derived["private_key"] = (book.home / KEY_FILE).read_bytes()
        except OSError as error:
            raise EnvironmentProblem(
                "no_receipt_key", "Không đọc được khóa ký giấy hẹn của sổ này. Hãy đóng và mở lại chương trình."
            ) from error
    return book.derived["private_key"]


def public_keys(book: Register) -> dict[str, bytes]:
    """Key id → public key, of every key that this register ever used."""
    return {key_id: bytes.fromhex(key) for key_id, key in stored.get(book, _PUBLIC, {}).items()}


def _write_private(book: Register, key: bytes) -> None:
    """Under its own name the key stands whole or not at all, also when the power fails."""
    part = book.home / f"{KEY_FILE}.part"
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    part.replace(book.home / KEY_FILE)
