"""One signed document, and the text of many: bodies of a known kind, in the one way to write them, under a signature.

Hides the canonical text, the layout on the wire and the order of the checks. A document that was read is genuine, that
is signed by the key that it names; whether that key is believed is the receiver's to know. Called through ``protocol``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, TypeVar

import msgspec

from desktop.rules import packets
from desktop.rules.packets import Packet as Document
from desktop.sync.bodies import BODIES, Body, DayReport, Enrolled, Enrolment, Key, Signature
from desktop.sync.container import ProtocolError

#: Documents in one packet.
MOST_DOCUMENTS = 400

AnyBody = TypeVar("AnyBody", bound=Body)
#: Kind, day, revision and signature of a document.
_Place = tuple[str, str, int, bytes]
_NONCE = r"^[0-9a-f]{32}$"


class _Wire(msgspec.Struct, forbid_unknown_fields=True):
    body: msgspec.Raw
    key: Key
    kind: str
    signature: Signature


class _Packet(msgspec.Struct, forbid_unknown_fields=True):
    documents: Annotated[list[_Wire], msgspec.Meta(min_length=1, max_length=MOST_DOCUMENTS)]
    #: Not there in files, in answers, and in what communes sent before there was one.
    nonce: Annotated[str, msgspec.Meta(pattern=_NONCE)] = ""


_PACKET = msgspec.json.Decoder(_Packet)
_DECODERS = {kind: msgspec.json.Decoder(body) for kind, body in BODIES.items()}
#: Gives the very text of ``packets.canonical``, from structs too and several times as fast; the tests compare them.
_IN_ORDER = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Proved:
    """A document that was read, genuine, with what reading it found; ``text`` is the canonical text of its body."""

    kind: str
    content: Body
    text: bytes
    key: bytes
    signature: bytes

    @property
    def document(self) -> Document:
        """The same as who signs a document has it."""
        return Document(self.kind, msgspec.json.decode(self.text), self.key, self.signature)

    @property
    def sha256(self) -> str:
        """The identity of what it says, as :func:`report_sha256`."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def place(self) -> "_Place":
        """By which the documents of a packet are in order."""
        if isinstance(self.content, DayReport):
            return self.kind, self.content.day.isoformat(), self.content.revision, self.signature
        return self.kind, "", 0, self.signature

    @property
    def wire_text(self) -> bytes:
        """The text to be kept, as :func:`document_text`."""
        return _wire_text(self.text, self.kind, self.key, self.signature)


def sign(kind: str, body: Mapping[str, Any] | Body, private: bytes) -> Document:
    """A body under the signature of ``private`` (32 raw bytes).

    The body is given as it goes over the wire or as the struct of its kind. ProtocolError ``unknown_kind``,
    ``bad_content`` for what no reader would take: nothing of that is ever signed.
    """
    return _proved(kind, body, private).document


def text_of_one(kind: str, body: Mapping[str, Any] | Body, private: bytes) -> bytes:
    """The text of a packet of one document that is signed for it; ProtocolError as :func:`sign`."""
    return _packet_text([_proved(kind, body, private).wire_text])


def _proved(kind: str, body: Mapping[str, Any] | Body, private: bytes) -> Proved:
    content = _struct(kind, msgspec.to_builtins(body))
    try:
        text = _IN_ORDER.encode(content)
    except UnicodeEncodeError as error:
        raise ProtocolError("bad_content", "half a letter") from error
    _check_letters(text)
    key, signature = packets.signature_of(str(kind), text, private)
    _check_key(content, key)
    return Proved(str(kind), content, text, key, signature)


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
    return _wire_text(_IN_ORDER.encode(document.body), document.kind, document.key, document.signature)


def read_document(text: bytes) -> Document:
    """The document that was kept as this text, genuine; ProtocolError as for a packet."""
    documents = many_in(_packet_text([text]))
    if len(documents) != 1:
        raise ProtocolError("bad_content", f"{len(documents)} documents")
    return documents[0]


def report_sha256(body: Mapping[str, Any] | DayReport) -> str:
    """The identity of what a revision says: SHA-256 of the canonical body, 64 hexadecimal digits."""
    return hashlib.sha256(_IN_ORDER.encode(body)).hexdigest()


def text_of_many(documents: Iterable[Document], nonce: str = "") -> bytes:
    """The text of a packet: 1 to 400 documents in the order of their kinds, days and revisions, each once.

    ProtocolError ``bad_content`` for none or too many, or a nonce that is none, ``not_canonical`` for one that is there
    twice.
    """
    if nonce and not re.fullmatch(_NONCE, nonce):
        raise ProtocolError("bad_content", "nonce")
    ordered = sorted(documents, key=_place)
    if not 1 <= len(ordered) <= MOST_DOCUMENTS:
        raise ProtocolError("bad_content", f"{len(ordered)} documents")
    _check_order(map(_place, ordered))
    return _packet_text(map(document_text, ordered), nonce)


def many_in(text: bytes) -> tuple[Document, ...]:
    """The documents in the text of a packet, each genuine; ProtocolError."""
    return tuple(one.document for one in proved_in(text))


def proved_in(text: bytes) -> tuple[Proved, ...]:
    """The same with what they say.

    What is cheap is checked first: a signature costs more than all else.
    """
    _check_letters(text)
    try:
        told = _PACKET.decode(text)
    except (ValueError, RecursionError) as error:  # msgspec's are of these
        raise ProtocolError("bad_content", str(error)) from error
    found = tuple(map(_shaped, told.documents))
    _check_order(one.place for one in found)
    if text != _packet_text((one.wire_text for one in found), told.nonce):
        raise ProtocolError("not_canonical", "layout of the packet")
    for one in found:
        if not packets.is_signed(one.kind, one.text, one.key, one.signature):
            raise ProtocolError("forged", "signature")
    return found


def _shaped(wire: _Wire) -> Proved:
    """A document whose body is one of its kind, written canonically; not yet known to be genuine."""
    decoder = _DECODERS.get(wire.kind)
    if decoder is None:
        raise ProtocolError("unknown_kind", wire.kind)
    text = bytes(wire.body)
    try:
        content = decoder.decode(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("bad_content", str(error)) from error
    if _IN_ORDER.encode(content) != text:
        raise ProtocolError("not_canonical", "text of a body")
    key, signature = bytes.fromhex(wire.key), bytes.fromhex(wire.signature)
    _check_key(content, key)
    return Proved(wire.kind, content, text, key, signature)


def _check_key(content: Body, key: bytes) -> None:
    """Whoever introduces a key signs with it."""
    named = {Enrolment: "public_key", Enrolled: "hub_key"}.get(type(content))
    if named and getattr(content, named) != key.hex():
        raise ProtocolError("forged", "another key than it introduces")


def _check_letters(text: bytes) -> None:
    """Composed letters only, none that cannot be seen, and nothing escaped but quotes and backslashes."""
    try:
        letters = text.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError("bad_content", "not UTF-8") from error
    if not letters.isprintable() or not unicodedata.is_normalized("NFC", letters):
        raise ProtocolError("not_canonical", "letters")
    if "\\" in letters and "\\" in letters.replace("\\\\", "").replace('\\"', ""):
        raise ProtocolError("not_canonical", "escapes")


def _check_order(places: Iterable[_Place]) -> None:
    if any(one >= following for one, following in pairwise(places)):
        raise ProtocolError("not_canonical", "order of the documents")


def _place(document: Document) -> _Place:
    return document.kind, document.body.get("from", ""), document.body.get("revision", 0), document.signature


def _struct(kind: str, body: Mapping[str, Any]) -> Body:
    if kind not in BODIES:
        raise ProtocolError("unknown_kind", kind)
    try:
        return msgspec.convert(body, BODIES[kind])
    except msgspec.ValidationError as error:
        raise ProtocolError("bad_content", str(error)) from error


def _packet_text(documents: Iterable[bytes], nonce: str = "") -> bytes:
    tail = f',"nonce":"{nonce}"' if nonce else ""
    return b'{"documents":[' + b",".join(documents) + b"]" + tail.encode() + b"}"


def _wire_text(body: bytes, kind: str, key: bytes, signature: bytes) -> bytes:
    tail = f'"key":"{key.hex()}","kind":"{kind}","signature":"{signature.hex()}"'
    return b'{"body":' + body + b"," + tail.encode() + b"}"
