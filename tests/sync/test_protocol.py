"""The wire: what is put in comes out, the same is the same bytes, and who knows a code proves it."""

import gzip
import hashlib
import json
from datetime import date, datetime, timedelta, timezone
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import packets
from desktop.sync import protocol
from desktop.sync.protocol import DayReport, Held, Kind, ProtocolError
from tests.sync import told

LETTERS = st.text('aZ09 .,/"\\đĐếỷ中😀–', min_size=1, max_size=40)
COUNTS = st.integers(-999_999_999, 999_999_999)
DIGEST = st.binary(min_size=32, max_size=32).map(bytes.hex)
ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ROWS = st.lists(st.tuples(LETTERS, LETTERS, *[COUNTS] * 11).map(list), max_size=6)
REPORTS = st.builds(
    told.day_report,
    day=st.dates().map(date.isoformat),
    revision=st.integers(1, 9999),
    rows=ROWS,
    total=st.lists(COUNTS, min_size=11, max_size=11),
    broken=st.lists(LETTERS, max_size=5),
    closed_at=st.datetimes(timezones=ZONES).map(datetime.isoformat),
    list_sha256=DIGEST,
    practice=st.booleans(),
    previous=st.none() | st.fixed_dictionaries({"day": st.just("2026-11-11"), "revision": st.just(1), "hash": DIGEST}),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | LETTERS | st.text('\\"/\t\x7f\x01é'),
    lambda inside: st.lists(inside) | st.dictionaries(LETTERS, inside),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_comes_out_as_it_was_put_in(kind):
    document = told.documents()[kind]
    (read,) = protocol.read_packet(protocol.packet([document]))
    assert read == document and read.kind == kind
    assert protocol.read_document(protocol.document_text(read)) == read


def test_many_documents_travel_together_in_the_order_of_their_days():
    days = [protocol.sign(Kind.DAY_REPORT, told.day_report(f"2026-11-{day}"), told.COMMUNE) for day in (14, 12, 13)]
    read = protocol.read_packet(protocol.packet(days))
    assert [one.body["from"] for one in read] == ["2026-11-12", "2026-11-13", "2026-11-14"]
    assert protocol.packet(reversed(days)) == protocol.packet(days)


def test_a_nonce_makes_the_same_documents_another_packet():
    documents = list(told.documents().values())
    packets = {protocol.packet(documents, nonce=nonce) for nonce in ("", "0a" * 16, "0b" * 16)}
    assert len(set(map(protocol.packet_sha256, packets))) == 3
    first, *others = map(protocol.read_packet, packets)
    assert others == [first, first]


def test_a_packet_is_read_and_checked_without_this_program():
    data = protocol.packet(told.documents().values())
    line, rest = data.split(b"\n", 1)
    assert line.decode() == f"motcua packet 1 {hashlib.sha256(rest).hexdigest()}"
    for one in json.loads(gzip.decompress(rest))["documents"]:
        text = json.dumps(one["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        signed = f"motcua packet 1\n{one['kind']}\n{text}".encode()
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(one["key"]))
        key.verify(bytes.fromhex(one["signature"]), signed)


@given(st.lists(REPORTS, min_size=1, max_size=3, unique_by=lambda body: (body["from"], body["revision"])))
def test_any_reports_come_out_as_they_were_put_in(bodies):
    documents = [protocol.sign(Kind.DAY_REPORT, body, told.COMMUNE) for body in bodies]
    data = protocol.packet(documents)
    read = protocol.read_packet(data)
    assert sorted(read, key=lambda one: one.signature) == sorted(documents, key=lambda one: one.signature)
    assert protocol.packet(reversed(read)) == data
    for one in read:
        report = protocol.content_as(DayReport, one)
        assert protocol.sign(one.kind, report, told.COMMUNE) == one
        assert protocol.report_sha256(report) == protocol.report_sha256(one.body)
        assert protocol.read_document(protocol.document_text(one)) == one


@given(st.dictionaries(LETTERS, JSON, max_size=5))
def test_there_is_one_canonical_text_whoever_writes_it(body):
    assert protocol.report_sha256(body) == hashlib.sha256(packets.canonical(body)).hexdigest()


def test_a_document_signed_from_its_struct_is_the_same():
    document = told.documents()[Kind.ACKNOWLEDGEMENT]
    assert protocol.sign(document.kind, protocol.content_of(document), told.HUB) == document


def test_whoever_knows_the_code_proves_it_and_nobody_else():
    key, body = protocol.derived_key(told.CODE), told.enrolment()
    assert protocol.proves(key, body)
    assert not protocol.proves(protocol.derived_key("7F3K-92QD-HM4X-P8TX"), body)
    assert not protocol.proves(key, body | {"unit": "MC"})
    assert protocol.derived_key(" 7f3k 92qdhm4x–p8tw ") == key


@pytest.mark.parametrize("text", ["", "7F3K-92QD-HM4X-P8T", "7F3K-92QD-HM4X-P8T0", "7F3K-92QD-HM4X-P8TWW"])
def test_what_cannot_be_a_code_is_said_to_be_none(text):
    with pytest.raises(ProtocolError) as caught:
        protocol.tidied_code(text)
    assert caught.value.code == "bad_code"


def test_a_good_report_has_no_problem():
    assert protocol.problem_in(protocol.content_of(told.documents()[Kind.DAY_REPORT])) is None


def test_the_digest_of_what_is_held_is_of_the_set_and_not_of_its_order():
    rows = [(date(2026, 11, 12), 1, "ab" * 32), (date(2026, 11, 2), 2, "cd" * 32)]
    held = protocol.held_digest(rows)
    assert held == protocol.held_digest([(str(day), revision, sha256) for day, revision, sha256 in reversed(rows)])
    assert held == Held(count=2, digest="3a02d127063d3451")
    assert protocol.held_digest([]) == Held(count=0, digest="e3b0c44298fc1c14")
    assert protocol.held_digest([*rows[:1], (date(2026, 11, 2), 3, "cd" * 32)]).digest != held.digest


def test_a_new_code_can_be_read_aloud_and_typed_again():
    codes = {protocol.new_code(Random(seed)) for seed in range(200)}
    assert len(codes) == 200 and all(protocol.tidied_code(code.lower()) == code for code in codes)


def test_what_was_signed_for_one_kind_is_nothing_of_another():
    body = {"unit": "MT", "practice": True, "at": "2026-11-12T17:00:00+07:00"}
    with pytest.raises(ProtocolError) as refused:
        protocol.sign("holdings_wanted 2", body, told.COMMUNE)
    assert refused.value.code == "unknown_kind"
    with pytest.raises(ProtocolError) as refused:
        protocol.content_as(DayReport, protocol.sign(Kind.HOLDINGS_WANTED, body, told.COMMUNE))
    assert refused.value.code == "bad_content"
