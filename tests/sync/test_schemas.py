"""The published schemas: real reports keep to them, what the reader refuses they refuse, and they say what it says."""

import json
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from desktop.office import closing, opening, outbox
from desktop.sync import protocol
from desktop.sync.protocol import Document, Kind, ProtocolError
from resources.protocol import make
from tests.office.reported import AFTERWARDS, live_through_november, persons_in
from tests.sync import told
from tests.sync.changes import change_within

FORMATS = FormatChecker(formats=["date"])


@FORMATS.checks("date-time", raises=ValueError)
def _is_aware(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).utcoffset() is not None


def wire(document: Document) -> dict:
    return json.loads(protocol.document_text(document))


def schema(kind: str) -> Draft202012Validator:
    published = json.loads((make.HERE / f"{kind.replace(' ', '_')}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published, format_checker=FORMATS)


DOCUMENTS = told.documents()
SCHEMAS = {kind: schema(kind) for kind in Kind}


def test_what_is_published_is_what_the_reader_reads():
    published = {path.name: path.read_text("utf-8") for path in make.HERE.glob("*.json")}
    assert published == make.schemas()


def test_every_report_of_a_practice_month_keeps_to_it(practice_home):
    with opening.open_register(practice_home, now=AFTERWARDS) as book:
        live_through_november(book)
        closing.close_missed(book, clerk="truc", now=AFTERWARDS)
        outbox.gather(book, now=AFTERWARDS)
        documents = [outbox.signed(book, row) for row in reversed(outbox.rows(book))]
        assert len(documents) > 30
        for one in documents:
            SCHEMAS[Kind.DAY_REPORT].validate(wire(one))
            assert protocol.problem_in(protocol.content_of(one)) is None
        read = protocol.read_packet(protocol.packet(documents))
        assert persons_in(book, "".join(protocol.document_text(one).decode() for one in read)) == []
    hashes = [one.body["hash"] for one in documents]
    assert [one.body["previous"]["hash"] for one in documents[1:]] == hashes[:-1]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_keeps_to_its_own_schema_and_to_no_other(kind):
    valid = [other for other in Kind if SCHEMAS[other].is_valid(wire(DOCUMENTS[kind]))]
    assert valid == [kind]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "Bà Lò Thị Ví Dụ đến muộn"},
        {"from": "12/11/2026"},
        {"total": [1, 2, 3]},
        {"rows": [["Hộ tịch", 1, *[0] * 11]]},
        {"hash": "EF" * 32},
        {"closed_at": "2026-11-12T17:04:00"},
        {"columns": ["field"]},
        {"unit": {"code": "xã Mường Than", "name": "", "parent": "", "agency": ""}},
        {"revision": 0},
    ],
)
def test_a_wrong_report_keeps_to_none(wrong):
    document = wire(DOCUMENTS[Kind.DAY_REPORT])
    document["body"] |= wrong
    assert not SCHEMAS[Kind.DAY_REPORT].is_valid(document)
    assert not reads(Kind.DAY_REPORT, document["body"])


@settings(max_examples=500)
@given(st.sampled_from(list(Kind)), st.integers(0, 2**32))
def test_schema_and_reader_agree_on_whatever_is_changed(kind, seed):
    document = wire(DOCUMENTS[kind])
    change_within(Random(seed), document["body"])
    agree = SCHEMAS[kind].is_valid(document) == reads(kind, document["body"])
    # That a day's report is of one day is beyond a schema.
    assert agree or document["body"].get("from") != document["body"].get("to")


def reads(kind: str, body: dict) -> bool:
    """Whether it is a body of this kind with nothing left out, its letters aside."""
    try:
        content = protocol.content_of(Document(kind, body, b"", b""))
    except ProtocolError:
        return False
    return protocol.report_sha256(content) == protocol.report_sha256(body)
