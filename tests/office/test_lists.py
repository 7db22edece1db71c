"""The day's work: lists page in order of their promises, counts are their lengths, no list reads the whole register."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import lists as stored
from db.lists import Horizon
from db.vocabulary import WorkingList
from desktop.errors import UserError
from desktop.office import acts, counter, lists


@pytest.fixture
def dossiers(commune, monday, correction_form):
    """Seven dossiers received every ten minutes from Monday 09:14, due on Friday 27/11; their codes."""
    return [
        counter.register(
            commune, replace(correction_form, key=str(n)), clerk="truc", now=monday + timedelta(minutes=10 * n)
        ).code
        for n in range(7)
    ]


@pytest.fixture
def spread(commune, monday, dossiers):
    """One dossier on each list as of Monday 30/11."""

    def act(code, event, days, **facts):
        at = monday + timedelta(days=days, hours=2)
        acts.perform(commune, code, event, facts, clerk="truc", now=at)

    act(dossiers[1], "request_supplement", 2, note="thiếu")
    act(dossiers[2], "request_obligation", 2, note="thuế")
    act(dossiers[3], "extend", 3, note="chờ", to="2026-11-30T17:00")
    act(dossiers[4], "extend", 3, note="chờ", to="2026-12-02")
    act(dossiers[5], "finish", 3)
    act(dossiers[6], "withdraw", 3)
    return {
        "overdue": [dossiers[0]],
        "waiting_supplement": [dossiers[1]],
        "paused": [dossiers[2]],
        "due_today": [dossiers[3]],
        "due_soon": [dossiers[4]],
        "ready": [dossiers[5]],
        "to_apologise": [dossiers[0]],
    }


def test_each_dossier_is_on_the_list_that_asks_something_of_somebody(commune, monday, spread):
    now = monday + timedelta(days=7)
    found = {name: [row.code for row in lists.rows(commune, name, now=now)] for name in WorkingList}
    assert found == spread
    assert lists.counts(commune, now) == {name: len(codes) for name, codes in spread.items()}


def test_a_list_is_paged_by_its_promises_and_whole_without_a_limit(commune, monday, dossiers):
    now = monday + timedelta(days=30)
    pages = [
        [row.code for row in lists.rows(commune, "overdue", now=now, limit=3, offset=start)] for start in (0, 3, 6)
    ]
    assert [*pages[0], *pages[1], *pages[2]] == dossiers
    assert [row.code for row in lists.rows(commune, "overdue", now=now, limit=None)] == dossiers


def test_soon_is_two_working_days_over_a_holiday_and_a_weekend(commune, monday, dossiers):
    """The 24th is off: from Monday on Wednesday and Thursday are soon, from Thursday on Friday and Monday."""
    assert lists.counts(commune, monday)["due_soon"] == 0
    assert lists.counts(commune, monday + timedelta(days=1))["due_soon"] == 0
    assert lists.counts(commune, monday + timedelta(days=2))["due_soon"] == 7
    assert lists.counts(commune, monday + timedelta(days=3))["due_soon"] == 7
    assert lists.counts(commune, monday + timedelta(days=4))["due_today"] == 7


def test_a_letter_stays_owed_whatever_becomes_of_a_late_dossier(commune, monday, dossiers):
    """Pausing, refusing, stopping or finishing a late dossier takes it off no list but the letter does."""
    late = monday + timedelta(days=7)
    for code, event in zip(dossiers, ("request_supplement", "refuse", "stop", "withdraw", "finish"), strict=False):
        acts.perform(commune, code, event, {"note": "x"}, clerk="truc", now=late)
    assert lists.counts(commune, late)["to_apologise"] == 7
    for code in dossiers:
        acts.perform(commune, code, "apologise", {"note": "cán bộ ốm"}, clerk="truc", now=late)
    assert lists.counts(commune, late)["to_apologise"] == 0


@pytest.mark.parametrize("name", WorkingList)
def test_no_list_reads_the_whole_register(commune, monday, name):
    horizon = Horizon(monday.date(), monday.date())
    for sql in (stored.page_sql(name), stored.counts_sql()):
        facts = {**horizon.facts, "limit": 50, "offset": 0}
        plan = [row[3] for row in commune.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", facts)]
        assert not [step for step in plan if step.startswith("SCAN dossier") and "INDEX" not in step], plan


def test_a_list_that_does_not_exist_is_refused(commune, monday):
    with pytest.raises(UserError) as refusal:
        lists.rows(commune, "everything", now=monday)
    assert refusal.value.code == "unknown_list"
