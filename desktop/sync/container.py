"""The outermost bytes of a packet: one readable line with a hash, then gzip. Hides how damage and bombs are found.

Strict: only what :func:`wrapped` writes is read (whichever zlib compressed it), and never more is inflated than was
allowed. Knows nothing of what is inside. Called by ``protocol`` alone; ``ProtocolError`` is everybody's.
"""

import hashlib
import zlib

from desktop.errors import UserError, VerificationFailed

#: Begins every packet, of whatever version.
MARK = b"motcua packet "
_LINE = MARK + b"1 "
_HEAD_SIZE = len(_LINE) + 64 + 1
#: Deflate, no name, no time, best compression, made on no system in particular.
_GZIP = bytes.fromhex("1f8b08000000000002ff")
_TRAILER_SIZE = 8

_SENTENCES = {
    "not_a_packet": "Đây không phải gói dữ liệu của Một Cửa.",
    "damaged": "Gói bị hỏng hoặc bị cắt trên đường đi; hãy chép hoặc gửi lại.",
    "too_large": "Gói quá lớn; không đọc.",
    "not_canonical": "Gói không viết đúng khuôn dạng; có thể đã bị sửa.",
    "unknown_kind": "Gói có loại nội dung mà phiên bản này chưa biết; hãy cập nhật chương trình.",
    "forged": "Chữ ký trong gói không khớp nội dung: gói đã bị sửa.",
    "bad_content": "Nội dung trong gói không hợp lệ.",
}
#: What was read well enough and then did not verify.
_UNVERIFIED = frozenset({"damaged", "forged"})


class ProtocolError(UserError):
    """What came is refused, whole. ``code`` is one of those in the table of sentences, or ``bad_code``.

    ``message`` is one Vietnamese sentence; ``why`` says in English what exactly was wrong, for a log and for tests.
    """

    def __init__(self, code: str, why: str = "", message: str | None = None) -> None:
        super().__init__(code, message or _SENTENCES[code])
        self.why = why
        self.add_note(why)
        self.exit_code = (VerificationFailed if code in _UNVERIFIED else UserError).exit_code


def wrapped(text: bytes) -> bytes:
    """The bytes that carry a text; the same text gives the same bytes on one machine."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    rest = _GZIP + deflate.compress(text) + deflate.flush() + _trailer(text)
    return _LINE + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def unwrapped(data: bytes, *, limit: int) -> bytes:
    """The text that the bytes carry, at most ``limit`` bytes of it.

    ProtocolError ``not_a_packet``, ``unknown_kind`` (of a later version), ``damaged``, ``too_large``,
    ``not_canonical`` (gzip with a name, a comment, several members, something behind it).
    """
    if not data.startswith(MARK):
        raise ProtocolError("not_a_packet", "first line")
    if not data.startswith(_LINE):
        code = "unknown_kind" if data[len(MARK) : _HEAD_SIZE].split(b" ")[0].isdigit() else "damaged"
        raise ProtocolError(code, "version")
    line, rest = data[:_HEAD_SIZE], data[_HEAD_SIZE:]
    if line != _LINE + hashlib.sha256(rest).hexdigest().encode() + b"\n":
        raise ProtocolError("damaged", "hash")
    if not rest.startswith(_GZIP):
        raise ProtocolError("not_canonical", "gzip header")
    return _inflated(rest[len(_GZIP) :], limit)


def _inflated(stream: bytes, limit: int) -> bytes:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = inflate.decompress(stream, limit + 1)
    except zlib.error as error:
        raise ProtocolError("damaged", str(error)) from error
    if len(text) > limit:
        raise ProtocolError("too_large", f"more than {limit} bytes inflated")
    if not inflate.eof:
        raise ProtocolError("damaged", "stream not ended")
    if inflate.unused_data[:_TRAILER_SIZE] != _trailer(text):
        raise ProtocolError("damaged", "checksum")
    if len(inflate.unused_data) > _TRAILER_SIZE:
        raise ProtocolError("not_canonical", "bytes after the stream")
    return text


def _trailer(text: bytes) -> bytes:
    return zlib.crc32(text).to_bytes(4, "little") + (len(text) & 0xFFFFFFFF).to_bytes(4, "little")
