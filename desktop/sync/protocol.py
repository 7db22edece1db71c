"""The one language between communes and the hub that takes their reports: signed documents, many to a packet.

The door of this folder: everybody imports from here. A **document** is a body of one :class:`Kind` under the signature
of a key; a **packet** is what is sent over HTTPS or lies on a stick as ``.motcua``, and both are the same bytes.
Nothing is read that differs by one byte from what :func:`packet` writes. Pure: no database, no clock, no network.

Behind the door: ``container`` (hash, gzip), ``bodies`` (what each kind says), ``codes`` (one-time codes), ``figures``
(sums that must hold). A document that is read is genuine, that is signed by the key that it names; whether that key is
believed is the receiver's to know.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, TypeVar

import msgspec

from desktop.rules import packets
from desktop.rules.packets import Packet as Document
from desktop.sync.bodies import (
    BODIES,
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
    Key,
    Kind,
    Previous,
    Refusal,
    Share,
    Signature,
    Standing,
    Unit,
    Verdict,
)
from desktop.sync.codes import derived_key, new_code, prove, proves, tidied_code
from desktop.sync.container import ProtocolError, unwrapped, wrapped
from desktop.sync.figures import problem_in

#: How a packet calls itself over HTTP, and how its file ends.
CONTENT_TYPE = "application/vnd.motcua.packet"
SUFFIX = ".motcua"
#: Bytes of a packet's text when inflated, and documents in it.
LARGEST_TEXT = 16 * 1024 * 1024
MOST_DOCUMENTS = 400

_DIGEST_DIGITS = 16
AnyBody = TypeVar("AnyBody", bound=Body)


def sign(kind: str, body: Mapping[str, Any] | Body, private: bytes) -> Document:
    """A body under the signature of ``private`` (32 raw bytes).

    The body is given as it goes over the wire or as the struct of its kind. ProtocolError ``unknown_kind``,
    ``bad_content`` for what no reader would take: nothing of that is ever signed.
    """
    content = _struct(kind, msgspec.to_builtins(body))
    try:
        text = _IN_ORDER.encode(content)
    except UnicodeEncodeError as error:
        raise ProtocolError("bad_content", "half a letter") from error
    _check_letters(text)
    document = packets.signed(str(kind), msgspec.json.decode(text), private, text)
    _check_key(content, document)
    return document


def packet(documents: Iterable[Document]) -> bytes:
    """The bytes of 1 to 400 documents, in the order of their kinds, days and revisions, each once.

    The same documents give the same bytes. ProtocolError ``bad_content`` for none or too many.
    """
    ordered = sorted(documents, key=_place)
    if not 1 <= len(ordered) <= MOST_DOCUMENTS:
        raise ProtocolError("bad_content", f"{len(ordered)} documents")
    _check_order(ordered)
    return wrapped(_packet_text(map(document_text, ordered)))


def read_packet(data: bytes, *, limit: int = LARGEST_TEXT) -> tuple[Document, ...]:
    """The documents of a packet, each genuine; never more than ``limit`` bytes are inflated.

    ProtocolError ``not_a_packet``, ``damaged``, ``too_large``, ``not_canonical``, ``unknown_kind``, ``bad_content``,
    ``forged``; no other exception, whatever the bytes are.
    """
    return _read(unwrapped(data, limit=limit))


def content_of(document: Document) -> Body:
    """The body of a document as the struct of its kind: narrow it with ``isinstance`` or :func:`content_as`."""
    return _struct(document.kind, document.body)


def content_as(kind: type[AnyBody], document: Document) -> AnyBody:
    """The body of a document that must be of this kind; ProtocolError ``bad_content`` when it is another."""
    content = content_of(document)
    if not isinstance(content, kind):
        raise ProtocolError("bad_content", f"{document.kind} instead of {kind.__name__}")
    return content


def document_text(document: Document) -> bytes:
    """The canonical text of one document, to be kept: :func:`read_document` reads and proves it."""
    return _wire_text(_IN_ORDER.encode(document.body), document)


def read_document(text: bytes) -> Document:
    """The document that was kept as this text, genuine; ProtocolError as for a packet."""
    documents = _read(_packet_text([text]))
    if len(documents) != 1:
        raise ProtocolError("bad_content", f"{len(documents)} documents")
    return documents[0]


def report_sha256(body: Mapping[str, Any] | DayReport) -> str:
    """The identity of what a revision says: SHA-256 of the canonical body, 64 hexadecimal digits."""
    return hashlib.sha256(_IN_ORDER.encode(body)).hexdigest()


def packet_sha256(data: bytes) -> str:
    """The identity of a packet, that its answer names: SHA-256 of all its bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def held_digest(rows: Iterable[tuple[date | str, int, str]]) -> Held:
    """How many reports stand, and a digest of their sorted lines ``day revision sha256``."""
    lines = sorted(f"{day} {revision} {sha256}" for day, revision, sha256 in rows)
    return Held(count=len(lines), digest=hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_DIGEST_DIGITS])


class _Wire(msgspec.Struct, forbid_unknown_fields=True):
    body: msgspec.Raw
    key: Key
    kind: str
    signature: Signature


class _Packet(msgspec.Struct, forbid_unknown_fields=True):
    documents: Annotated[list[_Wire], msgspec.Meta(min_length=1, max_length=MOST_DOCUMENTS)]


_PACKET = msgspec.json.Decoder(_Packet)
_DECODERS = {kind: msgspec.json.Decoder(body) for kind, body in BODIES.items()}
#: Gives the very text of ``packets.canonical``, from structs too and several times as fast; the tests compare them.
_IN_ORDER = msgspec.json.Encoder(order="sorted")


def _read(text: bytes) -> tuple[Document, ...]:
    """The documents in the text of a packet. What is cheap is checked first: a signature costs more than all else."""
    _check_letters(text)
    try:
        wires = _PACKET.decode(text).documents
    except (ValueError, RecursionError) as error:  # msgspec's are of these
        raise ProtocolError("bad_content", str(error)) from error
    texts = [bytes(wire.body) for wire in wires]
    documents = list(map(_shaped, wires, texts))
    _check_order(documents)
    if text != _packet_text(map(_wire_text, texts, documents)):
        raise ProtocolError("not_canonical", "layout of the packet")
    for document, body in zip(documents, texts, strict=True):
        if not packets.is_genuine(document, body):
            raise ProtocolError("forged", "signature")
    return tuple(documents)


def _shaped(wire: _Wire, text: bytes) -> Document:
    """A document whose body is one of its kind, written canonically; not yet known to be genuine."""
    decoder = _DECODERS.get(wire.kind)
    if decoder is None:
        raise ProtocolError("unknown_kind", wire.kind)
    try:
        content = decoder.decode(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("bad_content", str(error)) from error
    if _IN_ORDER.encode(content) != text:
        raise ProtocolError("not_canonical", "text of a body")
    key, signature = bytes.fromhex(wire.key), bytes.fromhex(wire.signature)
    document = Document(wire.kind, msgspec.json.decode(text), key, signature)
    _check_key(content, document)
    return document


def _check_key(content: Body, document: Document) -> None:
    """Whoever introduces a key signs with it."""
    named = {Enrolment: "public_key", Enrolled: "hub_key"}.get(type(content))
    if named and getattr(content, named) != document.key.hex():
        raise ProtocolError("forged", "another key than it introduces")


def _check_letters(text: bytes) -> None:
    """Composed letters only, none that cannot be seen, and nothing escaped but quotes and backslashes."""
    try:
        letters = text.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError("bad_content", "not UTF-8") from error
    if not letters.isprintable() or not unicodedata.is_normalized("NFC", letters):
        raise ProtocolError("not_canonical", "letters")
    if "\\" in letters.replace("\\\\", "").replace('\\"', ""):
        raise ProtocolError("not_canonical", "escapes")


def _check_order(documents: list[Document]) -> None:
    if any(one >= following for one, following in pairwise(map(_place, documents))):
        raise ProtocolError("not_canonical", "order of the documents")


def _place(document: Document) -> tuple[str, str, int, bytes]:
    return document.kind, document.body.get("from", ""), document.body.get("revision", 0), document.signature


def _struct(kind: str, body: Mapping[str, Any]) -> Body:
    if kind not in BODIES:
        raise ProtocolError("unknown_kind", kind)
    try:
        return msgspec.convert(body, BODIES[kind])
    except msgspec.ValidationError as error:
        raise ProtocolError("bad_content", str(error)) from error


def _packet_text(documents: Iterable[bytes]) -> bytes:
    return b'{"documents":[' + b",".join(documents) + b"]}"


def _wire_text(body: bytes, document: Document) -> bytes:
    tail = f'"key":"{document.key.hex()}","kind":"{document.kind}","signature":"{document.signature.hex()}"'
    return b'{"body":' + body + b"," + tail.encode() + b"}"


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
    "packet",
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
