"""The QR text of a receipt: readable by any phone, signed so that it can be checked without a network.

Hides the wording, the Ed25519 signature in decimal digits and the key names; issuing seals with it,
verify-receipt and the scan field read with it. It never holds a name, an id number or an address: a photograph
of the QR tells which dossier is promised when, and nothing about whose it is.

One line in the QR alphanumeric set, ended by the Enter of a scanner that types. A Vietnamese keyboard program
(Unikey, Telex or VNI) may be on while the scanner types, so our words hold no letters or digits that it composes;
a unit whose own code does (``XA1``) has its codes typed by hand.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from desktop.rules.calendar import VN_TZ

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Verdict = Literal["genuine", "forged", "unknown_key"]

_SIGNATURE_BYTES = 64
_SIGNATURE_DIGITS = 155
_DUE_FORMAT = "%H:%M %d/%m/%Y"

_CODE = r"[0-9A-Z](?:[0-9A-Z.\-]{0,46}[0-9A-Z])?"
_SEALED = re.compile(
    rf"(?P<signed>MA HO SO (?P<code>{_CODE}) TTHC (?P<procedure>{_CODE})"
    r" HEN TRA (?P<due>[0-9]{2}:[0-9]{2} [0-9]{2}/[0-9]{2}/[0-9]{4}) BAN (?P<version>[1-9][0-9]{0,3})"
    r"(?P<practice> TAP HUAN)? MC1 (?P<key_id>[0-9]{8}))"
    rf" (?P<signature>[0-9]{{{_SIGNATURE_DIGITS}}})"
)


@dataclass(frozen=True, slots=True)
class SealedReceipt:
    """What a sealed text says. ``due_at`` is aware (ICT, whole minutes), ``version`` counts from 1,
    ``signed`` is the part under the signature. Reading proves nothing: ask :func:`verify`."""

    code: str
    procedure: str
    due_at: datetime
    version: int
    practice: bool
    key_id: str
    signed: str
    signature: int


def receipt_text(code: str, procedure: str, due_at: datetime, version: int, *, practice: bool = False) -> str:
    """The readable part of the QR. ``due_at`` is aware; seconds are cut, as on the paper.

    Raises ``ValueError`` for a code that is no capital ASCII code of 1–48 characters, a naive moment or a
    version outside 1–9999: such a text could not be read back.
    """
    for part in (code, procedure):
        if not re.fullmatch(_CODE, part):
            raise ValueError(f"not a code for a receipt: {part!r}")
    if due_at.utcoffset() is None:
        raise ValueError("due_at needs its time zone")
    if not 1 <= version <= 9999:
        raise ValueError(f"version out of range: {version}")
    due = due_at.astimezone(VN_TZ).strftime(_DUE_FORMAT)
    return f"MA HO SO {code} TTHC {procedure} HEN TRA {due} BAN {version}" + (" TAP HUAN" if practice else "")


def new_key() -> bytes:
    """A fresh private key, 32 raw bytes from the system's random source."""
    return _ed25519().Ed25519PrivateKey.generate().private_bytes_raw()


@lru_cache(maxsize=2)
def public_of(private: bytes) -> bytes:
    """The public key (32 raw bytes) that belongs to ``private``."""
    return _signing_key(private).public_key().public_bytes_raw()


@lru_cache(maxsize=16)
def key_id(public: bytes) -> str:
    """The name of a public key on paper: 8 digits from its SHA-256. Names may collide; signatures do not."""
    return f"{int.from_bytes(hashlib.sha256(public).digest()[:4], 'big') % 10**8:08d}"


def seal(text: str, private: bytes) -> str:
    """Sign a :func:`receipt_text`. The signature (512 bits as 155 digits, RFC 8032) covers all that precedes it.

    Deterministic: the same text and key give the same sealed text.
    """
    signed = f"{text} MC1 {key_id(public_of(private))}"
    signature = _signing_key(private).sign(signed.encode("ascii"))
    return f"{signed} {int.from_bytes(signature, 'big'):0{_SIGNATURE_DIGITS}d}"


def read(sealed_text: str) -> SealedReceipt | None:
    """What a scanned text says, or ``None`` when it is not the QR of a receipt of this program.

    Surrounding whitespace and a scanner's Caps Lock are forgiven, everything else must be exact.
    """
    text = sealed_text.strip()
    found = _SEALED.fullmatch(text.upper()) if text.isascii() else None
    if found is None:
        return None
    try:
        due_at = datetime.strptime(found["due"], _DUE_FORMAT).replace(tzinfo=VN_TZ)
    except ValueError:
        return None
    return SealedReceipt(
        code=found["code"],
        procedure=found["procedure"],
        due_at=due_at,
        version=int(found["version"]),
        practice=found["practice"] is not None,
        key_id=found["key_id"],
        signed=found["signed"],
        signature=int(found["signature"]),
    )


def verify(sealed_text: str, public_keys: Mapping[str, bytes]) -> Verdict | None:
    """Who made this text: ``genuine`` when the key it names signed it, ``forged`` when that key did not.

    ``public_keys`` maps :func:`key_id` to raw public keys. ``unknown_key`` when none has the name,
    ``None`` when the text is no receipt at all. A photocopy of a genuine receipt is genuine too.
    """
    receipt = read(sealed_text)
    if receipt is None:
        return None
    public = public_keys.get(receipt.key_id)
    if public is None:
        return "unknown_key"
    from cryptography.exceptions import InvalidSignature

    try:
        signature = receipt.signature.to_bytes(_SIGNATURE_BYTES, "big")
        _ed25519().Ed25519PublicKey.from_public_bytes(public).verify(signature, receipt.signed.encode("ascii"))
    except (OverflowError, InvalidSignature):
        return "forged"
    return "genuine"


@lru_cache(maxsize=2)
def _signing_key(private: bytes) -> "Ed25519PrivateKey":
    return _ed25519().Ed25519PrivateKey.from_private_bytes(private)


def _ed25519() -> ModuleType:
    """The signing library, loaded when something is first signed or checked: it is a tenth of the start-up."""
    from cryptography.hazmat.primitives.asymmetric import ed25519

    return ed25519
