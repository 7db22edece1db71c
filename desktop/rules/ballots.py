"""The box for ratings without a name: what it adds up, when it may be counted, how it is locked (domain.md 9).

A dossier's event tells that its citizen answered and on which question, never what. The answer goes into the box of
that question, which knows sums only. A count is fit to be read when it holds ``LEAST`` ballots of days that are over.
Pure but for the random bytes; asked by ``office.ballots`` alone.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

#: Fewer answers than this are never told apart from the dossiers that they came from.
LEAST = 5
#: Every locked box is equally long: a longer one would tell that somebody gave a reason.
_ROOM = 1024
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: on a ``scale`` of 3, 4 or 5, answered where (``source``, as in the facts of the act).

    The dossier's event tells both, so that ballots of different questions would not hide each other.
    """

    scale: int
    source: str

    @property
    def key(self) -> str:
        """Its name in the register: ``5/second_screen``."""
        return f"{self.scale}/{self.source}"

    @classmethod
    def of(cls, key: str) -> "Question":
        scale, _, source = key.partition("/")
        return cls(int(scale), source)


@dataclass(frozen=True, slots=True)
class Box:
    """The ballots of one question since the last count: sums, without order and without dossiers.

    ``scores`` counts each score, worst first; ``first`` and ``last`` are the days of its ballots. ``salt`` is new
    with every ballot and makes the :meth:`digest` tell nothing to whoever guesses the sums.
    """

    scores: tuple[int, ...]
    reasons: dict[str, int]
    first: date
    last: date
    salt: str

    @property
    def ballots(self) -> int:
        return sum(self.scores)

    def is_ripe(self, today: date) -> bool:
        """Whether it may be counted: enough ballots, and none of today's, so that nobody watches single ones fall."""
        return self.ballots >= LEAST and self.last < today

    def digest(self) -> str:
        """SHA-256 of the content: stands in the event of the last ballot and proves the count that follows."""
        return hashlib.sha256(_text(self)).hexdigest()


def added(box: Box | None, question: Question, answer: Mapping[str, Any], on: date) -> Box:
    """The box after one more ballot; ``answer`` holds a ``score`` and perhaps a ``reason`` of the list."""
    scores = list(box.scores) if box else [0] * question.scale
    scores[answer["score"] - 1] += 1
    reasons = dict(box.reasons) if box else {}
    if reason := answer.get("reason"):
        reasons[reason] = reasons.get(reason, 0) + 1
    days = (box.first, box.last, on) if box else (on,)
    return Box(tuple(scores), reasons, min(days), max(days), os.urandom(32).hex())


def locked(box: Box, question: Question, key: bytes) -> bytes:
    """The box as it is stored, AES-256-GCM under the 32 bytes of ``key``; always equally long."""
    text = _text(box)
    assert len(text) <= _ROOM, "reasons come from a short list"
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, text.ljust(_ROOM), question.key.encode())


def unlocked(stored: bytes, question: Question, key: bytes) -> Box | None:
    """What :func:`locked` stored; None when it was changed since or belongs to another key or question."""
    from cryptography.exceptions import InvalidTag

    try:
        text = _cipher(key).decrypt(stored[:_NONCE], stored[_NONCE:], question.key.encode())
    except (InvalidTag, ValueError):
        return None
    return msgspec.json.decode(text, type=Box)


def name_of(key: bytes) -> str:
    """What a stored box calls the key that locks it; tells nothing of the key."""
    return hashlib.sha256(key).hexdigest()[:16]


def _text(box: Box) -> bytes:
    return msgspec.json.encode(box, order="sorted")


def _cipher(key: bytes) -> Any:
    """Loaded with the first ballot: the library is a tenth of the start-up."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
