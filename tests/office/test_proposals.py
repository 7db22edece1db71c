"""Notes of the counter on procedures: kept once, found by procedure and by quarter, changing nothing else."""

from datetime import date, timedelta

import pytest

from db import events
from desktop.office import checking, procedures, proposals
from tests.office.deciding import CODE, OTHER, refused


@pytest.fixture
def note(commune, monday):
    def keep(code, text, days=0, **more):
        return proposals.propose(commune, code, text, clerk="truc", now=monday + timedelta(days=days), **more)

    return keep


def test_a_note_is_kept_with_who_and_when(commune, monday, note):
    before = procedures.catalogue(commune).listed(on=monday.date())
    assert note(f"{OTHER}.H35", "  Bỏ bản sao  sổ hộ khẩu,\n\nđã có trong CSDL dân cư ").catalogue
    (kept,) = proposals.proposals(commune)
    assert (kept.procedure, kept.text) == (OTHER, "Bỏ bản sao sổ hộ khẩu,\nđã có trong CSDL dân cư")
    assert (kept.clerk, kept.at) == ("truc", monday)
    assert kept.procedure_name == "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"
    assert procedures.catalogue(commune).listed(on=monday.date()) == before
    assert checking.verify_chain(commune).faults == ()


def test_notes_are_found_by_procedure_and_by_quarter(commune, note):
    note(OTHER, "một")
    note(CODE, "hai", days=3)
    note(OTHER, "ba", days=60)
    assert [kept.text for kept in proposals.proposals(commune)] == ["một", "hai", "ba"]
    assert [kept.text for kept in proposals.proposals(commune, OTHER)] == ["một", "ba"]
    fourth = {"first": date(2026, 10, 1), "last": date(2026, 12, 31)}
    assert [kept.text for kept in proposals.proposals(commune, **fourth)] == ["một", "hai"]
    assert proposals.proposals(commune, "không phải mã") == ()


def test_asking_twice_with_one_key_keeps_one_note(commune, note):
    note(OTHER, "một", key="k")
    assert not note(OTHER, "một", key="k")
    assert len(proposals.proposals(commune)) == 1
    assert refused(lambda: note(OTHER, "hai", key="k")).code == "key_reused"


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [("9.999999", "x", "unknown_procedure"), (OTHER, " \n ", "missing"), (OTHER, "x" * 2001, "too_long")],
)
def test_a_note_that_says_nothing_or_is_about_nothing_is_refused(commune, note, code, text, why):
    head = events.head(commune)
    assert refused(lambda: note(code, text)).code == why
    assert events.head(commune) == head


def test_notes_are_found_without_reading_every_event(commune):
    plan = commune.database.execute_sql(
        "EXPLAIN QUERY PLAN SELECT seq FROM event WHERE kind IN ('propose') AND at >= '2026' ORDER BY +seq"
    ).fetchall()
    assert any("event_propose" in str(step) for step in plan), plan
