"""The sums of the table: the same judgement as the engine's, each in words that a reader can check by hand."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import identities
from desktop.rules.statistics import Line, holds

WHOLE = Line(377, 66, 282, 29, 342, 110, 229, 3, 35, 34, 1)


def test_sums_read_as_in_the_form():
    assert [each.words(WHOLE) for each in identities.SUMS] == [
        "(3) 377 = (4) 66 + (5) 282 + (6) 29",
        "(7) 342 = (8) 110 + (9) 229 + (10) 3",
        "(11) 35 = (12) 34 + (13) 1",
        "(3) 377 = (7) 342 + (11) 35",
    ]
    assert identities.broken(WHOLE) == ()


def test_a_sum_that_does_not_hold_says_so():
    (torn,) = identities.broken(Line(377, 66, 282, 29, 342, 110, 229, 3, 35, 33, 1))
    assert torn.columns == ("pending_total", "pending_in_time", "pending_overdue")
    assert torn.words(Line(377, 66, 282, 29, 342, 110, 229, 3, 35, 33, 1)) == "(11) 35 ≠ (12) 33 + (13) 1"


def test_nothing_below_nought_holds_whatever_it_adds_up_to():
    assert identities.broken(Line(pending_in_time=1, pending_overdue=-1))


def test_columns_are_numbered_as_in_the_form():
    assert [identities.number(each.name) for each in fields(Line)] == list(range(3, 14))


@given(st.lists(st.integers(-1, 3), min_size=11, max_size=11))
def test_a_line_holds_when_none_of_its_sums_is_broken(figures):
    line = Line(*figures)
    assert (not identities.broken(line)) == holds(line)
