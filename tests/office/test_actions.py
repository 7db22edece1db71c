"""What a meeting decided: kept in the chain, numbered, done once, and refused when it says nothing."""

from datetime import date, timedelta

import pytest

from desktop.errors import UserError
from desktop.office import actions, checking
from tests.office.deciding import refused


def test_actions_are_numbered_and_kept(commune, monday):
    first = actions.decide(commune, "  Dán  mẫu tờ khai ", who="Lan", due_on=monday.date(), clerk="truc", now=monday)
    second = actions.decide(commune, "Tập huấn", clerk="truc", now=monday)
    assert (first.number, first.what, first.decided_on) == (1, "Dán mẫu tờ khai", monday.date())
    assert actions.every(commune) == (first, second)
    done = actions.settle(commune, 1, "đã dán", clerk="truc", now=monday + timedelta(days=3))
    assert (done.done_on, done.result) == (date(2026, 11, 26), "đã dán")
    assert actions.every(commune) == (done, second)
    assert not checking.verify_chain(commune).faults


def test_only_what_was_open_in_the_days_asked_for_is_owed(commune, monday):
    on = monday.date()
    first = actions.decide(commune, "Việc một", clerk="truc", now=monday)
    actions.settle(commune, 1, "xong", clerk="truc", now=monday + timedelta(days=5))
    week = timedelta(days=7)
    assert [one.number for one in actions.owed(commune, on, on)] == [first.number]
    assert actions.owed(commune, on - week, on - timedelta(days=1)) == ()
    assert actions.owed(commune, on + week, on + 2 * week) == ()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda book, now: actions.decide(book, " ", clerk="truc", now=now), "empty_action"),
        (lambda book, now: actions.decide(book, "x" * 301, clerk="truc", now=now), "too_long"),
        (lambda book, now: actions.decide(book, "a\x00b", clerk="truc", now=now), "control_character"),
        (
            lambda book, now: actions.decide(
                book, "Việc", due_on=now.date() - timedelta(days=1), clerk="truc", now=now
            ),
            "due_before_decided",
        ),
        (lambda book, now: actions.settle(book, 9, "xong", clerk="truc", now=now), "unknown_action"),
        (lambda book, now: actions.settle(book, 1, "", clerk="truc", now=now), "empty_result"),
        (lambda book, now: actions.decide(book, "Việc", clerk="nobody", now=now), "unknown_clerk"),
    ],
)
def test_what_says_nothing_is_refused(commune, monday, act, code):
    kept = actions.decide(commune, "Việc", clerk="truc", now=monday)
    assert refused(lambda: act(commune, monday)).code == code
    assert actions.every(commune) == (kept,)


def test_an_action_is_done_once(commune, monday):
    actions.decide(commune, "Việc", clerk="truc", now=monday)
    actions.settle(commune, 1, "xong", clerk="truc", now=monday)
    with pytest.raises(UserError) as again:
        actions.settle(commune, 1, "xong lần nữa", clerk="truc", now=monday)
    assert again.value.code == "action_done"
