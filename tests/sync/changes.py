"""The ways in which a packet may be changed: by chance on a line or a stick, and by somebody who knows the format.

Changes of the bytes leave the hash as it was; those of the text and of the documents make a container around it that is
whole again, as anybody without a key can. ``CHANGES`` names them all.
"""

import gzip
import hashlib
import json
import unicodedata
import zlib
from collections.abc import Callable
from functools import cached_property
from random import Random
from typing import Any

from desktop.rules import packets
from desktop.sync import protocol
from desktop.sync.container import wrapped

_HEAD = 81
_GZIP = bytes.fromhex("1f8b08000000000002ff")
#: The order of the group of Ed25519: a signature with this added to its second half is not the one that was made.
_ORDER = 2**252 + 27742317777372353535851937790883648493
_ATTACKER = bytes(range(100, 132))
#: Under a key that is the neutral point, this "signs" everything in libraries that do not look.
_NEUTRAL, _OF_NOTHING = b"\x01" + bytes(31), b"\x01" + bytes(63)
_STRANGE = (None, True, -1, 0, 10**30, 1.5, "", "é", "x" * 3000, [], {}, "\u202e", "e\u0302\u0303", "\x00", "1\n")

_HOSTILE = (
    *(b"NaN", b"Infinity", b"1e999", b"-1e999", b"0x1", b"9" * 400, b"1" + b"0" * 5000),
    *(b"[" * 50_000, b'{"a":' * 50_000, b"[" * 999, b"", b"tru"),
    *(b'"\\ud800"', b'"\xed\xa0\x80"', b'"\xff"', b'"\\u0000"', b'"\x00"'),
)


class Source:
    """A good packet, and what is in it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def text(self) -> bytes:
        return gzip.decompress(self.data[_HEAD:])

    def documents(self) -> list[dict[str, Any]]:
        """Fresh each time, to be changed."""
        return json.loads(self.text)["documents"]


def _canonical(documents: Any) -> bytes:
    return json.dumps({"documents": documents}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


def _hashed(rest: bytes) -> bytes:
    return b"motcua packet 1 " + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _edited(random: Random, data: bytes) -> bytes:
    """A few bytes changed, put in, taken out, doubled or moved."""
    at, size = random.randrange(len(data)), random.choice((1, 1, 2, 3, 8, 64, 512))
    piece = data[at : at + size]
    match random.randrange(8):
        case 0:
            return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[:at] + random.randbytes(len(piece)) + data[at + len(piece) :]
        case 2:
            return data[:at]
        case 3:
            return data[:at] + random.randbytes(size) + data[at:]
        case 4:
            return data[:at] + data[at + len(piece) :]
        case 5:
            return data[:at] + piece + data[at:]
        case 6:
            return data[:at] + bytes(len(piece)) + data[at + len(piece) :]
    to = random.randrange(len(data))
    rest = data[:at] + data[at + len(piece) :]
    return rest[:to] + piece + rest[to:]


def bit_flip(random: Random, source: Source) -> bytes:
    at = random.randrange(len(source.data))
    return source.data[:at] + bytes([source.data[at] ^ 1 << random.randrange(8)]) + source.data[at + 1 :]


def bytes_edited(random: Random, source: Source) -> bytes:
    return _edited(random, source.data)


def truncated(random: Random, source: Source) -> bytes:
    return source.data[: random.randrange(len(source.data))]


def put_behind(random: Random, source: Source) -> bytes:
    return source.data + random.choice((b"\n", bytes(random.randrange(1, 512)), source.data, random.randbytes(9)))


def first_line(random: Random, source: Source) -> bytes:
    return _edited(random, source.data[:_HEAD]) + source.data[_HEAD:]


def upper_case_hash(random: Random, source: Source) -> bytes:
    return source.data[:16] + source.data[16:80].upper() + source.data[80:]


def stream_edited_and_hashed(random: Random, source: Source) -> bytes:
    return _hashed(_edited(random, source.data[_HEAD:]))


def gzipped_otherwise(random: Random, source: Source) -> bytes:
    """Headers with a time, a name, a comment or an extra field; two members; something behind; another trailer."""
    stream = source.data[_HEAD + len(_GZIP) :]
    half = random.randrange(len(source.text))
    return _hashed(
        random.choice(
            (
                gzip.compress(source.text, random.randrange(10), mtime=random.randrange(1, 2**31)),
                b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x02\xffbao-cao.json\x00" + stream,
                b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\xffxin chao\x00" + stream,
                b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x02\xff\x02\x00ab" + stream,
                gzip.compress(source.text[:half], mtime=0) + gzip.compress(source.text[half:], mtime=0),
                source.data[_HEAD:] + wrapped(source.text[:half])[_HEAD:],
                source.data[_HEAD:] + random.randbytes(random.randrange(1, 30)),
                _GZIP + stream[:-8] + random.randbytes(8),
                zlib.compress(source.text),
                source.text,
            )
        )
    )


def text_edited(random: Random, source: Source) -> bytes:
    return wrapped(_edited(random, source.text))


def character_replaced(random: Random, source: Source) -> bytes:
    text = source.text.decode()
    at = random.randrange(len(text))
    return wrapped((text[:at] + random.choice('0123456789abcdef",:{}[] \\tnếệ') + text[at + 1 :]).encode())


def laid_out_otherwise(random: Random, source: Source) -> bytes:
    """The same content as JSON, not in its one text."""
    documents, text = source.documents(), source.text
    for one in documents:
        one["body"] = dict(sorted(one["body"].items(), key=lambda _: random.random()))
    return wrapped(
        random.choice(
            (
                json.dumps({"documents": documents}, ensure_ascii=False, separators=(",", ":")).encode(),
                json.dumps({"documents": documents}, ensure_ascii=False, sort_keys=True).encode(),
                json.dumps({"documents": documents}, sort_keys=True, separators=(",", ":")).encode(),
                unicodedata.normalize("NFD", text.decode()).encode(),
                text.replace(b":1,", b":1.0,").replace(b",0", b",-0"),
                text.replace(b":false", b":0"),
                text.replace(b'"key":', b'"k\\u0065y":'),
                text.replace(b'"body":{', b'"body":{"practice":true,'),
                text.replace(b'"kind":', b'"kind":"day_report 1","kind":'),
                b"\xef\xbb\xbf" + text,
                text + b"\n",
                text.decode().encode("utf-16"),
            )
        )
    )


def hostile_text(random: Random, source: Source) -> bytes:
    """What has felled readers of JSON: depth, numbers without end, halves of letters, no JSON at all."""
    text = source.text
    field = text.index(b'"practice":') + len(b'"practice":')
    end = field + text[field:].index(b"e") + 1
    strange = random.choice(_HOSTILE)
    return wrapped(random.choice((text[:field] + strange + text[end:], strange, text[:field] + strange)))


def documents_moved(random: Random, source: Source) -> bytes:
    """Doubled, in another order, none, or too many."""
    documents = source.documents()
    if random.random() < 0.01:
        documents *= 401
    elif random.random() < 0.1:
        documents = []
    elif len(documents) > 1 and random.random() < 0.6:
        random.shuffle(documents)
    else:
        documents.insert(random.randrange(len(documents) + 1), random.choice(documents))
    return wrapped(_canonical(documents))


def kind_renamed(random: Random, source: Source) -> bytes:
    documents = source.documents()
    one = random.choice(documents)
    kinds = [
        *protocol.Kind,
        "day_report 2",
        "day_report",
        "catalogue",
        "figures 1",
        "",
        "motcua packet 1\nday_report 1",
    ]
    one["kind"] = random.choice([kind for kind in kinds if kind != one["kind"]])
    return wrapped(_canonical(documents))


def field_changed(random: Random, source: Source) -> bytes:
    """One value of a body is another, or there is one more or one less; the signature is the old one."""
    documents = source.documents()
    change_within(random, random.choice(documents)["body"])
    return wrapped(_canonical(documents))


def change_within(random: Random, inside: Any) -> None:
    while True:
        name = random.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
        if not (isinstance(inside[name], dict | list) and inside[name] and random.random() < 0.9):
            break
        inside = inside[name]
    match random.randrange(6):
        case 0:
            del inside[name]
        case 1 if isinstance(inside, dict):
            inside[f"{name}_"] = inside[name]
        case 2:
            inside[name] = random.choice(_STRANGE)
        case _:
            inside[name] = _plausible(random, inside[name])


def _plausible(random: Random, value: Any) -> Any:
    """Another value of the same sort, such as somebody would want to see there."""
    match value:
        case bool():
            return not value
        case int():
            return value + random.choice((-1, 1, 10))
        case "accepted" | "unchanged" | "superseded" | "rejected" | "forked":
            return random.choice(("accepted", "unchanged", "rejected"))
        case str() if value:
            at = random.randrange(len(value))
            return value[:at] + random.choice("0123456789abcdefABC") + value[at + 1 :]
        case list() if value:
            return random.sample(value, random.randrange(len(value) + 1))
    return random.choice((None, 0, "", [], "2026-11-12"))


def signature_changed(random: Random, source: Source) -> bytes:
    """Of another document, with a bit flipped, in capitals, made longer, made otherwise from the same, of nothing."""
    documents = source.documents()
    one = random.choice(documents)
    was = one["signature"]
    first, second = bytes.fromhex(was)[:32], int.from_bytes(bytes.fromhex(was)[32:], "little")
    one["signature"] = random.choice(
        (
            random.choice(documents)["signature"],
            f"{int(was, 16) ^ 1 << random.randrange(512):0128x}",
            was.upper(),
            was + "00",
            was[:-2],
            " " + was[1:],
            (first + (second + _ORDER).to_bytes(32, "little")).hex(),
            "0" * 128,
            random.randbytes(64).hex(),
        )
    )
    return wrapped(_canonical(documents))


def key_changed(random: Random, source: Source) -> bytes:
    documents = source.documents()
    one = random.choice(documents)
    one["key"] = random.choice((random.choice(documents)["key"], random.randbytes(32).hex(), one["key"].upper(), ""))
    return wrapped(_canonical(documents))


def signed_by_another(random: Random, source: Source) -> bytes:
    """Somebody with a key of their own, or with one that signs everything, says it in the place of the sender."""
    documents = source.documents()
    one = random.choice(documents)
    if random.random() < 0.5:
        change_within(random, one["body"])
    signed = packets.signed(one["kind"], one["body"], _ATTACKER)
    key, signature = random.choice(((signed.key, signed.signature), (_NEUTRAL, _OF_NOTHING)))
    for name in ("public_key", "hub_key"):
        if name in one["body"]:
            one["body"][name] = key.hex()
            signature = packets.signed(one["kind"], one["body"], _ATTACKER).signature if key != _NEUTRAL else signature
    one.update(key=key.hex(), signature=signature.hex())
    return wrapped(_canonical(documents))


CHANGES: dict[str, Callable[[Random, Source], bytes]] = {
    change.__name__: change
    for change in (
        bit_flip,
        bytes_edited,
        truncated,
        put_behind,
        first_line,
        upper_case_hash,
        stream_edited_and_hashed,
        gzipped_otherwise,
        text_edited,
        character_replaced,
        laid_out_otherwise,
        hostile_text,
        documents_moved,
        kind_renamed,
        field_changed,
        signature_changed,
        key_changed,
        signed_by_another,
    )
}
