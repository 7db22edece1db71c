"""A packet from one register to another: plain JSON that says who made it, and that nobody changed it on the way.

Hides the signature (Ed25519, RFC 8032) and the one text of a body that is signed: keys sorted, no spaces, real letters,
so that a file which was only laid out anew stays genuine. What ``sync`` carries is signed here too. Whom to believe is
the office's to know.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: Before the body under the signature: a signature of this kind of packet is none of anything else.
_CONTEXT = "motcua packet 1"
_KEY_DIGITS, _SIGNATURE_DIGITS = 64, 128


@dataclass(frozen=True, slots=True)
class Packet:
    """What a packet says. Reading proves nothing: ask :func:`is_genuine`, and whether ``key`` is believed."""

    kind: str
    body: Mapping[str, Any]
    key: bytes
    signature: bytes


def sealed(kind: str, body: Mapping[str, Any], private: bytes) -> bytes:
    """The file of a packet, signed by ``private`` (32 raw bytes). The same body and key give the same file."""
    packet = signed(kind, body, private)
    told = {"packet": kind, "body": body, "key": packet.key.hex(), "signature": packet.signature.hex()}
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def signed(kind: str, body: Mapping[str, Any], private: bytes) -> Packet:
    """The body under the signature of ``private``; the same body and key give the same signature."""
    return Packet(kind, body, *signature_of(kind, canonical(body), private))


def signature_of(kind: str, text: bytes, private: bytes) -> tuple[bytes, bytes]:
    """The public half of ``private`` (32 raw bytes), and its signature of a body whose canonical text is at hand."""
    key, public = _pair(private)
    return public, key.sign(_signed(kind, text))


@lru_cache(maxsize=4)
def _pair(private: bytes) -> "tuple[Ed25519PrivateKey, bytes]":
    """What signs, and its public half: who answers thousands would work it out for each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(private)
    return key, key.public_key().public_bytes_raw()


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one text of a body: keys sorted, no spaces, real letters in UTF-8."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode(errors="surrogatepass")


def read(data: bytes) -> Packet:
    """The packet in a file; ValueError when the file is none."""
    try:
        told = json.loads(data)
        kind, body, key, signature = told["packet"], told["body"], told["key"], told["signature"]
        if not isinstance(kind, str) or not isinstance(body, dict):
            raise TypeError("kind and body")
        if (len(key), len(signature)) != (_KEY_DIGITS, _SIGNATURE_DIGITS):
            raise TypeError("key and signature")
        return Packet(kind, body, bytes.fromhex(key), bytes.fromhex(signature))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a packet") from error


def is_genuine(packet: Packet) -> bool:
    """Whether the key that the packet names signed just this body as just this kind."""
    return is_signed(packet.kind, canonical(packet.body), packet.key, packet.signature)


def is_signed(kind: str, text: bytes, key: bytes, signature: bytes) -> bool:
    """The same of a body whose canonical text is at hand."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _signed(kind, text))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(kind: str, text: bytes) -> bytes:
    return f"{_CONTEXT}\n{kind}\n".encode(errors="surrogatepass") + text
