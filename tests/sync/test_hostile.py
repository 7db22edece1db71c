"""What was made to fell the reader: each is refused with a code, quickly, and with little memory."""

import gzip
import hashlib
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import packets
from desktop.sync import protocol
from desktop.sync.container import wrapped
from desktop.sync.protocol import Kind, ProtocolError
from tests.sync import told

DOCUMENT = told.documents()[Kind.DAY_REPORT]
PACKET = protocol.packet([DOCUMENT])
HEAD, REST = PACKET[:81], PACKET[81:]
TEXT = gzip.decompress(REST)


def hashed(rest: bytes) -> bytes:
    return b"motcua packet 1 " + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def code(data: bytes, **asked: int) -> str:
    with pytest.raises(ProtocolError) as refused:
        protocol.read_packet(data, **asked)
    assert refused.value.message.endswith(".") and refused.value.why
    return refused.value.code


def forged(**changed: object) -> bytes:
    """A packet signed in good order by somebody who says what no sender of ours would."""
    body = told.day_report(**changed)
    signed = packets.signed(Kind.DAY_REPORT, body, told.COMMUNE)
    tail = f',"key":"{signed.key.hex()}","kind":"{Kind.DAY_REPORT}","signature":"{signed.signature.hex()}"}}]}}'
    return wrapped(b'{"documents":[{"body":' + packets.canonical(body) + tail.encode())


def test_the_forger_of_these_tests_is_believed_when_there_is_nothing_to_refuse():
    assert protocol.read_packet(forged()) == (DOCUMENT,) and hashed(REST) == PACKET


def test_a_bomb_is_not_inflated():
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = b"".join(deflate.compress(bytes(1 << 20)) for _ in range(128)) + deflate.flush()
    bomb = hashed(REST[:10] + stream + bytes(8))
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        assert code(bomb) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 3 * protocol.LARGEST_TEXT
    finally:
        tracemalloc.stop()


def test_the_limit_is_the_callers():
    assert protocol.read_packet(PACKET, limit=len(TEXT)) == (DOCUMENT,)
    assert code(PACKET, limit=len(TEXT) - 1) == "too_large"


@pytest.mark.parametrize(
    ("rest", "answer"),
    [
        (gzip.compress(TEXT, mtime=1), "not_canonical"),
        (b"\x1f\x8b\x08\x08" + REST[4:10] + b"a.json\x00" + REST[10:], "not_canonical"),
        (REST + REST, "not_canonical"),
        (REST + b"\x00", "not_canonical"),
        (gzip.compress(TEXT[:99], mtime=0) + gzip.compress(TEXT[99:], mtime=0), "not_canonical"),
        (REST[:-1], "damaged"),
        (REST[:-8] + bytes(8), "damaged"),
        (REST[:60], "damaged"),
        (REST[:10], "damaged"),
        (b"", "not_canonical"),
        (TEXT, "not_canonical"),
    ],
)
def test_a_stream_that_is_not_ours_is_refused_even_under_its_own_hash(rest, answer):
    assert code(hashed(rest)) == answer


def test_what_another_zlib_compressed_is_the_same_packet_to_the_reader():
    """Whoever has the documents can compress them otherwise; that says nothing that was not signed."""
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15)
    other = hashed(REST[:10] + deflate.compress(TEXT) + deflate.flush() + REST[-8:])
    assert other != PACKET and protocol.read_packet(other) == (DOCUMENT,)


@pytest.mark.parametrize(
    "value",
    [
        *(b"NaN", b"Infinity", b"1e999", b"-0", b"1.0", b"9" * 5000, b"-1", b"true", b"01", b"1_0", b"0x1"),
        *(b"[" * 100_000, b'{"a":' * 100_000, b"[" * 300 + b"]" * 300, b"", b"null", b'"1"'),
    ],
    ids=lambda value: value[:12].decode(),
)
def test_no_value_fells_the_reader(value):
    text = TEXT.replace(b'"unanswered":0', b'"unanswered":' + value)
    assert text != TEXT and code(wrapped(text)) in ("bad_content", "not_canonical")


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (b"\\ud800", "not_canonical"),
        (b"\xed\xa0\x80", "bad_content"),
        (b"\xff", "bad_content"),
        (b"\\u0041", "not_canonical"),
        (b"\\/", "not_canonical"),
        (b"\\n", "not_canonical"),
        (b"\n", "not_canonical"),
        (b"\x00", "not_canonical"),
        (b"\\u0000", "not_canonical"),
        ("e\u0302\u0303".encode(), "not_canonical"),
        ("\u202e".encode(), "not_canonical"),
        ("\u200b".encode(), "not_canonical"),
        ("\ue000".encode(), "not_canonical"),
        ("\u00a0".encode(), "not_canonical"),
    ],
)
def test_letters_that_are_not_what_they_seem_are_refused(written, answer):
    assert code(wrapped(TEXT.replace("xã Mường Than".encode(), written))) == answer


@pytest.mark.parametrize("name", ["xã Mu\u031bo\u031b\u0300ng Than", "\u202ena\u0300hT", "a\nb", "\x7f", "\ufeffxã"])
def test_a_genuine_signature_under_such_letters_helps_nobody(name):
    unit = {"code": "MT", "name": name, "parent": "", "agency": ""}
    assert code(forged(unit=unit)) == "not_canonical"
    with pytest.raises(ProtocolError):
        protocol.sign(Kind.DAY_REPORT, told.day_report(unit=unit), told.COMMUNE)


def test_a_backslash_and_a_quote_are_letters_like_others():
    unit = {"code": "MT", "name": 'xã "Mường\\Than\\\\"', "parent": "", "agency": ""}
    document = protocol.sign(Kind.DAY_REPORT, told.day_report(unit=unit), told.COMMUNE)
    assert protocol.read_packet(protocol.packet([document])) == (document,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"documents":', b'{"documents":[],"documents":'),
        (b'"practice":true', b'"practice":false,"practice":true'),
        (b'"kind":', b'"kind":"enrolment 1","kind":'),
        (b'{"body":{', b'{"body":{},"body":{'),
        (b'"unit":{', b'"unit":{"code":"XX",'),
        (b",", b", "),
        (b"]}", b"]} "),
        (b'{"documents":', b'{"more":1,"documents":'),
        (b'{"documents":', b'{"nonce":"' + b"0" * 32 + b'","documents":'),
        (b"]}", b'],"nonce":""}'),
        (b"]}", b'],"nonce":"' + b"A" * 32 + b'"}'),
        (b"]}", b'],"nonce":"' + b"0" * 31 + b'"}'),
        (b"]}", b'],"nonce":null}'),
    ],
)
def test_nothing_is_said_twice_and_nothing_beside(old, new):
    assert code(wrapped(TEXT.replace(old, new))) in ("bad_content", "not_canonical")


def test_a_packet_has_one_to_four_hundred_documents():
    wanted = {"practice": True, "at": "2026-11-12T17:00:00+07:00"}
    documents = [
        protocol.sign(Kind.HOLDINGS_WANTED, wanted | {"unit": f"U{number}"}, told.COMMUNE) for number in range(401)
    ]
    assert len(protocol.read_packet(protocol.packet(documents[:400]))) == 400
    for wrong in (documents, []):
        with pytest.raises(ProtocolError) as refused:
            protocol.packet(wrong)
        assert refused.value.code == "bad_content"
    assert code(wrapped(b'{"documents":[]}')) == "bad_content"
    texts = b",".join(map(protocol.document_text, documents))
    assert code(wrapped(b'{"documents":[' + texts + b"]}")) == "bad_content"


def test_whoever_introduces_a_key_signs_with_it():
    for kind, body in ((Kind.ENROLMENT, told.enrolment()), (Kind.ENROLLED, told.enrolled())):
        with pytest.raises(ProtocolError) as refused:
            protocol.sign(kind, body, bytes(32))
        assert refused.value.code == "forged"


@pytest.mark.parametrize("nonce", ["0", "A" * 32, "0" * 33, "0" * 32 + "\n", '0"' * 16])
def test_what_is_no_nonce_is_never_sent(nonce):
    with pytest.raises(ProtocolError) as refused:
        protocol.packet([DOCUMENT], nonce=nonce)
    assert refused.value.code == "bad_content"


def test_what_is_kept_is_one_document_and_genuine():
    text = protocol.document_text(DOCUMENT)
    other = protocol.document_text(told.documents()[Kind.REFUSAL])
    for kept in (text + b"," + other, b"", text[:-1], text.replace(b'"late":false', b'"late":true'), TEXT, b"\xff"):
        with pytest.raises(ProtocolError):
            protocol.read_document(kept)


@given(st.binary(max_size=300), st.sampled_from([b"", b"motcua packet ", HEAD, HEAD + REST[:10]]))
def test_any_bytes_are_a_packet_or_refused(data, begin):
    with pytest.raises(ProtocolError):
        protocol.read_packet(begin + data)


@given(st.binary(max_size=300))
def test_any_text_under_its_hash_is_refused(data):
    with pytest.raises(ProtocolError):
        protocol.read_packet(wrapped(data))


@given(st.text())
def test_any_typed_code_is_tidied_or_refused(typed):
    try:
        assert protocol.tidied_code(protocol.tidied_code(typed)) == protocol.tidied_code(typed)
    except ProtocolError as error:
        assert error.code == "bad_code"
