"""The commune's seal for receipts: its private key on this disk, its public keys in the register.

What else must stay on this disk is locked by a key made from the private one.
"""

from datetime import datetime
from pathlib import Path

from db import folder
from db import settings as stored
from db.connection import Register
from desktop.errors import EnvironmentProblem
from desktop.office import settings

KEY_FILE = "receipt.key"
_PUBLIC = "receipt_keys"


def ensure_key(book: Register, *, now: datetime) -> None:
    """Make this disk's key if there is none: the register was restored from a copy, or its key was lost."""
    if not (book.home / KEY_FILE).exists():
        make_key(book, now=now)


def make_key(book: Register, *, now: datetime) -> None:
    """A new key for this disk, whatever lay there before.

    Its public half is published before the key is kept, so that no receipt is ever sealed by a key that the
    register does not know; earlier public keys stay and so do their receipts.
    """
    from desktop.rules import seal

    private = seal.new_key()
    public = seal.public_of(private)
    keys = {key_id: key.hex() for key_id, key in public_keys(book).items()} | {seal.key_id(public): public.hex()}
    settings.change_by_itself(book, _PUBLIC, keys, now=now)
    folder.keep_secret(book.home / KEY_FILE, private)


def discard_key(home: Path) -> None:
    """Remove a key whose register is gone, before another register comes to live in the folder."""
    (home / KEY_FILE).unlink(missing_ok=True)


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


def box_key(book: Register) -> bytes:
    """The 32 bytes that lock the boxes of ratings without a name: like the private key, in locked backups only."""
    from hashlib import blake2b

    return blake2b(b"ballot box", key=private_key(book), digest_size=32).digest()


def public_keys(book: Register) -> dict[str, bytes]:
    """Key id → public key, of every key that this register ever used."""
    return {key_id: bytes.fromhex(key) for key_id, key in stored.get(book, _PUBLIC, {}).items()}
