"""The one-time code of an enrolment: made, typed, and proved to be known without being sent.

Hides the alphabet and the derivation. Sixteen letters of thirty are 78 bits: nobody who reads a proof on the way
tries them all. Pure; chance is an argument. Called through ``protocol``.
"""

import hashlib
import hmac
from collections.abc import Mapping
from functools import lru_cache
from random import Random
from typing import Any

from desktop.rules.codes import CLEAR_LETTERS
from desktop.rules.packets import canonical
from desktop.sync.container import ProtocolError

_LENGTH, _GROUP = 16, 4
_ROUNDS = 100_000
_SALT, _CONTEXT = b"motcua enrolment 1", b"motcua proof 1\n"


def new_code(random: Random) -> str:
    """A one-time code, ``7F3K-92QD-HM4X-P8TW``. ``random`` is ``secrets.SystemRandom()`` wherever it is meant."""
    return _grouped("".join(random.choice(CLEAR_LETTERS) for _ in range(_LENGTH)))


def tidied_code(text: str) -> str:
    """A typed code in its one shape, whatever its case, spaces and dashes; ProtocolError ``bad_code`` for none."""
    bare = "".join(char for char in text.upper() if char not in "-–—." and not char.isspace())
    if len(bare) != _LENGTH or not set(bare) <= set(CLEAR_LETTERS):
        raise ProtocolError(
            "bad_code", "letters", "Mã nối gồm 16 chữ và số, dạng XXXX-XXXX-XXXX-XXXX, không có 0, 1, I, L, O, U."
        )
    return _grouped(bare)


def derived_key(code: str) -> bytes:
    """What both sides keep instead of the code: 32 bytes, for :func:`prove`. ProtocolError ``bad_code``."""
    return _derived(tidied_code(code))


@lru_cache(maxsize=4)
def _derived(code: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), _SALT, _ROUNDS)


def prove(key: bytes, body: Mapping[str, Any]) -> str:
    """The ``proof`` of a body (which may already hold one): HMAC-SHA256 over the canonical text of everything else."""
    rest = {name: value for name, value in body.items() if name != "proof"}
    return hmac.new(key, _CONTEXT + canonical(rest), hashlib.sha256).hexdigest()


def proves(key: bytes, body: Mapping[str, Any]) -> bool:
    """Whether the ``proof`` in a body was made by somebody who knows the code behind ``key``."""
    proof = body.get("proof")
    return isinstance(proof, str) and proof.isascii() and hmac.compare_digest(prove(key, body), proof)


def _grouped(bare: str) -> str:
    return "-".join(bare[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
