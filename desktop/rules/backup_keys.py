"""The key that seals backups: a pair whose private half is locked twice, by a passphrase and by a recovery code.

The public half seals, so that the night's backup needs nobody; it lies in the register together with both locks, and
each backup carries them along. The private half is nowhere else: without passphrase and recovery code a sealed backup
stays shut for everybody. Pure but for the system's chance; texts and bytes in, bytes out. A lock is Argon2id (64 MiB,
3 passes: a quarter of a second for us, as long for each guess of a thief) and ChaCha20-Poly1305.
"""

import hashlib
import os
from collections.abc import Mapping
from random import Random
from typing import Any

from desktop.rules.codes import CLEAR_LETTERS
from desktop.rules.text import nfc

SHORTEST = 12
_FEWEST_LETTERS = 5
_CODE_LENGTH, _GROUP = 28, 4
_PASSES, _MEMORY_KIB = 3, 64 * 1024
#: A file from elsewhere may not ask for more than a weak machine has.
_MOST_PASSES, _MOST_MEMORY_KIB = 20, 256 * 1024
_LOCKS = ("passphrase", "recovery")

Locks = Mapping[str, Any]


def passphrase_problem(text: str) -> tuple[str, str] | None:
    """Why a passphrase will not do (code, sentence), if so."""
    if len(text.strip()) < SHORTEST:
        return "short_passphrase", f"Câu mật khẩu cần ít nhất {SHORTEST} ký tự; một câu vài chữ dễ nhớ là tốt nhất."
    if len(set(text)) < _FEWEST_LETTERS:
        return "weak_passphrase", "Câu mật khẩu lặp lại quá ít ký tự; hãy chọn một câu vài chữ."
    return None


def new_code(random: Random) -> str:
    """A recovery code of 137 bits, ``7F3K-92QD-…``; ``random`` is ``secrets.SystemRandom()`` wherever it is meant."""
    return _grouped("".join(random.choice(CLEAR_LETTERS) for _ in range(_CODE_LENGTH)))


def new_locks(passphrase: str, code: str | None) -> dict[str, Any]:
    """A new pair under both locks; without a code under the passphrase alone. JSON values, bytes as hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    pair = X25519PrivateKey.generate()
    private = pair.private_bytes_raw()
    locks: dict[str, Any] = {"public": pair.public_key().public_bytes_raw().hex()}
    locks["passphrase"] = _locked(private, _plain(passphrase))
    if code is not None:
        locks["recovery"] = _locked(private, code)
    return locks


def with_new_code(locks: Locks, private: bytes, code: str) -> dict[str, Any]:
    """The same pair with another recovery code.

    The earlier code opens earlier backups, and whoever has one of them then has this pair: it renews a sheet that
    cannot be read, not one that is in wrong hands.
    """
    return {**locks, "recovery": _locked(private, code)}


def name_of(locks: Locks) -> str:
    """Eight digits that stand on the recovery sheet and tell which backups it opens."""
    return hashlib.sha256(bytes.fromhex(locks["public"])).hexdigest()[:8]


def private_key(locks: Locks, secret: str) -> bytes | None:
    """The private half (32 bytes), opened by the passphrase or the recovery code; None when ``secret`` is neither."""
    code = read_code(secret)
    if code is not None and (private := _opened(locks.get("recovery"), code)):
        return private
    return _opened(locks.get("passphrase"), _plain(secret))


def _plain(passphrase: str) -> str:
    """Typed by whichever keyboard program: composed letters, single spaces."""
    return " ".join(nfc(passphrase).split())


def read_code(text: str) -> str | None:
    """A recovery code as it is written, from however somebody typed it; None for what is none."""
    bare = "".join(char for char in text.upper() if char not in "-–—." and not char.isspace())
    return _grouped(bare) if len(bare) == _CODE_LENGTH and set(bare) <= set(CLEAR_LETTERS) else None


def _grouped(bare: str) -> str:
    return "-".join(bare[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def _locked(private: bytes, secret: str) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt = os.urandom(16)
    key = _stretched(secret, salt, _PASSES, _MEMORY_KIB)
    # Each lock has a key of its own, used once: any nonce will do.
    box = ChaCha20Poly1305(key).encrypt(bytes(12), private, None)
    return {"salt": salt.hex(), "passes": _PASSES, "memory_kib": _MEMORY_KIB, "box": box.hex()}


def _opened(lock: Mapping[str, Any] | None, secret: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if lock is None or lock["passes"] > _MOST_PASSES or lock["memory_kib"] > _MOST_MEMORY_KIB:
        return None
    key = _stretched(secret, bytes.fromhex(lock["salt"]), lock["passes"], lock["memory_kib"])
    try:
        return ChaCha20Poly1305(key).decrypt(bytes(12), bytes.fromhex(lock["box"]), None)
    except InvalidTag:
        return None


def _stretched(secret: str, salt: bytes, passes: int, memory_kib: int) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(secret.encode("utf-8", "surrogatepass"), salt, passes, memory_kib, 1, 32, Type.ID)
