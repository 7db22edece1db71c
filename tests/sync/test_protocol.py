"""The wire: what is put in comes out, the same is the same bytes, and everything else is refused with its reason."""

import pytest

from desktop.sync import protocol
from desktop.sync.protocol import Kind, ProtocolError
from tests.sync import told


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
