"""The day at the counter: its four groups, each count with exactly its rows."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from db.vocabulary import EventKind, PrintOutcome
from desktop.office import acts, counter, issuing, lookup
from desktop.office.lookup import DayList


@pytest.fixture
def receive(commune, monday, correction_form):
    """Take in a dossier of the Monday, or of ``day`` days later; gives its code."""
    numbers = itertools.count()

    def received(name: str, *, day: int = 0) -> str:
        person = replace(correction_form.applicant, name=name)
        form = replace(correction_form, key=f"key {next(numbers)}", applicant=person, duplicate_reason="nộp thêm")
        return counter.register(commune, form, clerk="truc", now=monday + timedelta(days=day)).code

    return received


@pytest.fixture
def record(commune):
    def done(code, event, at, **facts):
        acts.perform(commune, code, event, facts, clerk="truc", now=at)

    return done


def told(book, on):
    rows = {name: [row.applicant for row in lookup.day_rows(book, name, on, limit=50)] for name in DayList}
    assert {name: len(found) for name, found in rows.items()} == lookup.day_counts(book, on)
    return rows


def test_each_count_of_a_day_counts_its_rows(commune, monday, receive, record):
    tuesday = monday + timedelta(days=1)
    old, at_once, unprinted = receive("An Thử"), receive("Bình Thử", day=1), receive("Chi Thử", day=1)
    for code in (old, at_once):
        record(code, EventKind.FINISH, tuesday)
        record(code, EventKind.HAND_OVER, tuesday)
    failed = {"printer": "Canon", "copies": 2, "outcome": PrintOutcome.FAILED, "clerk": "truc", "now": tuesday}
    issuing.record_print(commune, unprinted, **failed)
    assert told(commune, monday.date())[DayList.RECEIVED] == ["An Thử"]
    assert told(commune, tuesday.date()) == {
        DayList.RECEIVED: ["Chi Thử", "Bình Thử"],
        DayList.HANDED_OVER: ["Bình Thử", "An Thử"],
        DayList.AT_ONCE: ["Bình Thử"],
        DayList.NOT_PRINTED: ["Chi Thử"],
    }


def test_a_hand_over_that_was_undone_is_not_counted(commune, monday, receive, record):
    code = receive("An Thử")
    record(code, EventKind.FINISH, monday)
    record(code, EventKind.HAND_OVER, monday)
    record(code, EventKind.UNDO, monday + timedelta(seconds=20))
    assert told(commune, monday.date())[DayList.HANDED_OVER] == []


def test_a_day_is_read_in_pages(commune, monday, receive):
    for number in range(7):
        receive(f"Người thứ {number}")
    pages = [lookup.day_rows(commune, DayList.RECEIVED, monday.date(), limit=3, offset=at) for at in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [row.applicant for page in pages for row in page] == [f"Người thứ {number}" for number in range(6, -1, -1)]
