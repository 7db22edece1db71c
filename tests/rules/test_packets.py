"""Packets: the same body is the same file, laying out anew is no change, anything else is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import packets, seal

PRIVATE = bytes(range(32))
BODY = {"decision": "2934/QĐ-UBND", "procedures": [{"code": "1.001193", "value": 3, "units": []}], "made": None}


def changed(data: bytes, **told: object) -> bytes:
    return json.dumps(json.loads(data) | told).encode()


def test_a_packet_says_what_was_put_in_and_who_signed_it() -> None:
    packet = packets.read(packets.sealed("catalogue", BODY, PRIVATE))
    assert (packet.kind, packet.body, packet.key) == ("catalogue", BODY, seal.public_of(PRIVATE))
    assert packets.is_genuine(packet)


def test_the_same_body_gives_the_same_bytes() -> None:
    assert packets.sealed("catalogue", BODY, PRIVATE) == packets.sealed("catalogue", BODY, PRIVATE)


def test_laid_out_anew_it_stays_genuine() -> None:
    told = json.loads(packets.sealed("catalogue", BODY, PRIVATE))
    told["body"] = dict(reversed(told["body"].items()))
    assert packets.is_genuine(packets.read(json.dumps(told, indent=8).encode()))


@pytest.mark.parametrize(
    "told",
    [
        {"packet": "report"},
        {"body": BODY | {"decision": "2935/QĐ-UBND"}},
        {"body": BODY | {"more": 1}},
        {"body": {}},
        {"key": seal.public_of(bytes(32)).hex()},
        {"key": "f" * 64},
        {"signature": "0" * 128},
    ],
)
def test_whatever_was_changed_is_found(told: dict) -> None:
    assert not packets.is_genuine(packets.read(changed(packets.sealed("catalogue", BODY, PRIVATE), **told)))


def test_a_receipts_signature_signs_no_packet() -> None:
    sealed = seal.seal("MA HO SO X-1 TTHC 1.001193 HEN TRA 17:00 27/11/2026 BAN 1", PRIVATE)
    signature = f"{int(sealed.rsplit(' ', 1)[1]):0128x}"
    assert not packets.is_genuine(
        packets.read(changed(packets.sealed("catalogue", BODY, PRIVATE), signature=signature))
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"{" * 100_000, b'{"packet": 1, "body": {}, "key": "", "signature": ""}'],
)
def test_what_is_no_packet_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(ValueError):
        packets.read(data)


@given(st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.none(), st.booleans())))
def test_any_body_comes_back_genuine(body: dict) -> None:
    try:
        data = packets.sealed("catalogue", body, PRIVATE)
    except UnicodeEncodeError:
        return  # half a letter cannot be written to a file at all
    packet = packets.read(data)
    assert packet.body == body and packets.is_genuine(packet)
