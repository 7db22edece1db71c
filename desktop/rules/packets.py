"""A packet from one register to another: plain JSON that says who made it, and that nobody changed it on the way.

Hides the signature (Ed25519, RFC 8032) and the one text of a body that is signed: keys sorted, no spaces, real letters,
so that a file which was only laid out anew stays genuine. What ``sync`` carries is signed here too. Whom to believe is
the office's to know.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def signed(kind: str, body: Mapping[str, Any], private: bytes, text: bytes | None = None) -> Packet:
    """The body under the signature of ``private``; the same body and key give the same signature.

    ``text`` is the canonical text of the body, for whoever has it at hand; so it is below.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(private)
    signature = key.sign(_signed(kind, canonical(body) if text is None else text))
    return Packet(kind, body, key.public_key().public_bytes_raw(), signature)


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


def is_genuine(packet: Packet, text: bytes | None = None) -> bool:
    """Whether the key that the packet names signed just this body as just this kind."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(packet.key)
        key.verify(packet.signature, _signed(packet.kind, canonical(packet.body) if text is None else text))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(kind: str, text: bytes) -> bytes:
    return f"{_CONTEXT}\n{kind}\n".encode(errors="surrogatepass") + text
