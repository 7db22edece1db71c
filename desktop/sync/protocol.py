"""The one language between communes and the hub that takes their reports: signed documents, many to a packet.

The door of this folder: everybody imports from here. A **document** is a body of one :class:`Kind` under the signature
of a key; a **packet** is what is sent over HTTPS or lies on a stick as ``.motcua``, and both are the same bytes.
Nothing is read that differs by one byte from what :func:`packet` writes. Pure: no database, no clock, no network.

Behind the door: ``container`` (hash, gzip), ``documents`` (signatures), ``bodies`` (what each kind says), ``codes``
(one-time codes), ``figures`` (sums that must hold).
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop.sync.bodies import (
    AckItem,
    Acknowledgement,
    Body,
    DayReport,
    Enrolled,
    Enrolment,
    Head,
    Held,
    Holding,
    HoldingsWanted,
    Hub,
    Kind,
    Previous,
    Refusal,
    Share,
    Standing,
    Unit,
    Verdict,
)
from desktop.sync.codes import derived_key, new_code, prove, proves, tidied_code
from desktop.sync.container import ProtocolError, unwrapped, wrapped
from desktop.sync.documents import (
    MOST_DOCUMENTS,
    Document,
    Proved,
    content_as,
    content_of,
    document_text,
    many_in,
    proved_in,
    read_document,
    report_sha256,
    sign,
    text_of_many,
    text_of_one,
)
from desktop.sync.figures import problem_in

#: How a packet calls itself over HTTP, and how its file ends.
CONTENT_TYPE = "application/vnd.motcua.packet"
SUFFIX = ".motcua"
#: Bytes of a packet's text when inflated.
LARGEST_TEXT = 16 * 1024 * 1024

_DIGEST_DIGITS = 16


def packet(documents: Iterable[Document], *, nonce: str = "") -> bytes:
    """The bytes of 1 to 400 documents, in the order of their kinds, days and revisions, each once.

    The same documents and nonce give the same bytes. ``nonce`` (32 hexadecimal digits, drawn for one exchange over a
    network) makes the packet one that was never sent: the signed answer names its :func:`packet_sha256`, so no earlier
    answer fits. Files have none, and whoever takes a packet asks for none: older programs send none.
    ProtocolError ``bad_content`` for none or too many, ``not_canonical`` when one is there twice.
    """
    return wrapped(text_of_many(documents, nonce))


def packet_of_one(kind: str, body: Mapping[str, Any] | Body, private: bytes) -> bytes:
    """The bytes of one document that is signed for this packet; ProtocolError as :func:`sign`."""
    return wrapped(text_of_one(kind, body, private))


def read_packet(data: bytes, *, limit: int = LARGEST_TEXT) -> tuple[Document, ...]:
    """The documents of a packet, each genuine; never more than ``limit`` bytes are inflated.

    ProtocolError ``not_a_packet``, ``damaged``, ``too_large``, ``not_canonical``, ``unknown_kind``, ``bad_content``,
    ``forged``; no other exception, whatever the bytes are.
    """
    return many_in(unwrapped(data, limit=limit))


def opened_packet(data: bytes, *, limit: int = LARGEST_TEXT) -> tuple[Proved, ...]:
    """The same with what each says, for whoever needs that of all; ProtocolError as :func:`read_packet`."""
    return proved_in(unwrapped(data, limit=limit))


def packet_sha256(data: bytes) -> str:
    """The identity of a packet, that its answer names: SHA-256 of all its bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def held_digest(rows: Iterable[tuple[date | str, int, str]]) -> Held:
    """How many reports stand, and a digest of their sorted lines ``day revision sha256``."""
    lines = sorted(f"{day} {revision} {sha256}" for day, revision, sha256 in rows)
    return Held(count=len(lines), digest=hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_DIGEST_DIGITS])


__all__ = [
    "CONTENT_TYPE",
    "LARGEST_TEXT",
    "MOST_DOCUMENTS",
    "SUFFIX",
    "AckItem",
    "Acknowledgement",
    "Body",
    "DayReport",
    "Document",
    "Enrolled",
    "Enrolment",
    "Head",
    "Held",
    "Holding",
    "HoldingsWanted",
    "Hub",
    "Kind",
    "Previous",
    "ProtocolError",
    "Proved",
    "Refusal",
    "Share",
    "Standing",
    "Unit",
    "Verdict",
    "content_as",
    "content_of",
    "derived_key",
    "document_text",
    "held_digest",
    "new_code",
    "opened_packet",
    "packet",
    "packet_of_one",
    "packet_sha256",
    "problem_in",
    "prove",
    "proves",
    "read_document",
    "read_packet",
    "report_sha256",
    "sign",
    "tidied_code",
]
