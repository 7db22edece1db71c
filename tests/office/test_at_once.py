"""Solved at once: one step, three events, always in the book; certified copies for the next citizen by one key."""

from dataclasses import replace

import pytest

from db import events
from db.vocabulary import DossierStatus, Outcome
from desktop.errors import UserError
from desktop.office import at_once, checking, counter, issuing, lists, lookup, procedures
from desktop.rules import lifecycle
from desktop.rules.fees import CertifiedCopies
from desktop.rules.intake import IntakeForm, Person

CITIZENS = (
    Person(name="Vàng Thị Ví Dụ", id_number="012195000002", birth_date="1995-11-02", gender="Nữ"),
    Person(name="Lò Văn Thử", id_number="012087000001", birth_date="1987-03-15", gender="Nam"),
)


@pytest.fixture
def signature():
    """A form for the certification of a signature (same day)."""
    return IntakeForm("2.000884", "direct", "k1", CITIZENS[0])


@pytest.mark.parametrize(("hour", "outcome"), [(9, Outcome.ON_TIME), (16, Outcome.EARLY)])
def test_a_matter_is_received_solved_and_returned_in_one_step(commune, monday, signature, hour, outcome):
    """After 15:00 it would have been due the next working day."""
    now = monday.replace(hour=hour)
    done = at_once.solve(commune, signature, clerk="truc", now=now)
    row = lookup.row(commune, done.code)
    assert (row.status, row.finished_at, row.handed_over_at) == (DossierStatus.HANDED_OVER, now, now)
    assert lifecycle.outcome(row.status, row.due_at, row.finished_at) is outcome
    detail = lookup.dossier(commune, done.code)
    assert [event.event for event in detail.events] == ["register", "finish", "hand_over"]
    assert (detail.documents, done.fee) == ((), 10_000)
    assert not any(lists.counts(commune, now).values())
    assert checking.verify_chain(commune).holds


def test_a_receipt_is_optional_and_its_numbers_have_no_holes(commune, monday, signature):
    at_once.solve(commune, signature, clerk="truc", now=monday)
    with_receipt = at_once.solve(commune, replace(signature, key="k2"), clerk="truc", now=monday, receipt=True)
    (paper,) = lookup.dossier(commune, with_receipt.code).documents
    assert paper.content["number_line"].startswith("Số: 01/") and paper.content["entry_no"] == "2"
    with pytest.raises(UserError) as refusal:
        issuing.current_receipt(commune, "TN-MT-261123-0001")
    assert refusal.value.code == "no_receipt"


def test_asking_twice_adds_nothing(commune, monday, signature):
    first = at_once.solve(commune, signature, clerk="truc", now=monday, receipt_number="AA/26P-1")
    before = events.head(commune)
    again = at_once.solve(commune, signature, clerk="truc", now=monday, receipt_number="AA/26P-1")
    assert (again.code, again.registered.again, bool(again.changes)) == (first.code, True, False)
    assert events.head(commune) == before


def test_all_of_it_is_recorded_or_none(commune, monday, signature):
    before = events.head(commune)
    with pytest.raises(UserError) as refusal:
        at_once.solve(commune, signature, clerk="truc", now=monday, receipt_number="x" * 300)
    assert (refusal.value.code, events.head(commune), lookup.count(commune)) == ("bad_fact", before, 0)


def test_certified_copies_for_one_citizen_after_another(commune, monday, signature):
    copies = [CertifiedCopies(2, 3, 4), CertifiedCopies(1, 10, 1)]
    done = [
        at_once.repeat(commune, person, wanted, key=f"c{n}", clerk="truc", now=monday)
        for n, (person, wanted) in enumerate(zip(CITIZENS, copies, strict=True))
    ]
    assert [one.fee for one in done] == [2 * 4 * 5_000, 12_000]
    first = lookup.dossier(commune, done[0].code)
    assert (first.row.procedure, first.form["fee_amount"]) == ("2.000815", 40_000)
    assert first.form["note"] == "2 bản chính, mỗi bản 3 trang, 4 bản sao."
    assert first.events[1].payload["facts"]["certified"] == {"originals": 2, "pages": 3, "copies": 4, "fee": 40_000}
    entries = [lookup.dossier(commune, one.code).events[0].payload["entry_no"] for one in done]
    assert entries == [1, 2]


def test_the_procedure_repeated_is_that_of_the_last_copies(commune, monday, signature):
    assert at_once.certifying(commune, now=monday).code == "2.000815"
    other = IntakeForm("2.000942", "direct", "x", CITIZENS[0])
    at_once.solve(commune, other, clerk="truc", now=monday, copies=CertifiedCopies(1, 1, 1))
    counter.register(commune, signature, clerk="truc", now=monday)
    assert at_once.certifying(commune, now=monday).code == "2.000942"


@pytest.mark.parametrize(
    "wanted", [(0, 1, 1), (1, 0, 1), (1, 1, 0), (100, 1, 1), (1, 1000, 1), (1, 1, 1000), (-1, 1, 1)]
)
def test_numbers_that_no_citizen_brings_are_refused(commune, monday, wanted):
    with pytest.raises(UserError) as refusal:
        at_once.repeat(commune, CITIZENS[0], CertifiedCopies(*wanted), key="k", clerk="truc", now=monday)
    assert (refusal.value.code, lookup.count(commune)) == ("bad_copies", 0)


def test_what_is_promised_for_the_same_day_is_offered_at_once(commune, monday):
    offered = {
        code: at_once.is_for(procedures.get(commune, code, on=monday.date())) for code in ("2.000884", "1.004859")
    }
    assert offered == {"2.000884": True, "1.004859": False}
