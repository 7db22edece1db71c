"""The box for ratings without a name: sums only, opened late enough, locked so that its size tells nothing."""

import os
from dataclasses import replace
from datetime import date

import pytest

from desktop.rules import ballots, ratings
from desktop.rules.ballots import LEAST, Box, Question

QUESTION = Question(5, ratings.CITIZENS_SCREEN)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
KEY = os.urandom(32)


def box(*scores, reason="", on=MONDAY) -> Box | None:
    filled = None
    for score in scores:
        answer = {"score": score} | ({"reason": reason} if reason else {})
        filled = ballots.added(filled, QUESTION, answer, on)
    return filled


def test_a_box_knows_sums_and_nothing_of_the_order():
    one, other = box(5, 1, 5), box(1, 5, 5)
    assert one.scores == (1, 0, 0, 0, 2) and one.ballots == 3
    assert one.salt != other.salt
    assert replace(one, salt="") == replace(other, salt="")


def test_days_and_reasons_are_summed_as_well():
    filled = ballots.added(box(2, reason="Chờ lâu", on=TUESDAY), QUESTION, {"score": 4}, MONDAY)
    assert (filled.first, filled.last, filled.reasons) == (MONDAY, TUESDAY, {"Chờ lâu": 1})


@pytest.mark.parametrize(
    ("number", "today", "ripe"),
    [(LEAST, TUESDAY, True), (LEAST, MONDAY, False), (LEAST - 1, TUESDAY, False), (LEAST + 9, TUESDAY, True)],
)
def test_a_box_is_opened_on_a_later_day_and_only_with_enough_ballots(number, today, ripe):
    assert box(*[5] * number).is_ripe(today) is ripe


def test_a_locked_box_is_always_equally_long_and_never_the_same():
    crowded = box(1)
    for reason in ratings.REASONS:
        for _ in range(1200):
            crowded = ballots.added(crowded, QUESTION, {"score": 1, "reason": reason}, MONDAY)
    boxes = (box(5), box(1, reason=max(ratings.REASONS, key=len)), crowded)
    assert len({len(ballots.locked(one, QUESTION, KEY)) for one in boxes}) == 1
    assert ballots.locked(boxes[0], QUESTION, KEY) != ballots.locked(boxes[0], QUESTION, KEY)


def test_only_its_own_key_and_question_open_a_box_and_only_untouched():
    filled = box(5, 4, reason="Lý do khác")
    locked = ballots.locked(filled, QUESTION, KEY)
    assert ballots.unlocked(locked, QUESTION, KEY) == filled
    assert ballots.unlocked(locked, Question(5, ratings.CLERKS_KEYBOARD), KEY) is None
    assert ballots.unlocked(locked, QUESTION, os.urandom(32)) is None
    for changed in (b"", locked[:-1], locked[:20] + bytes([locked[20] ^ 1]) + locked[21:]):
        assert ballots.unlocked(changed, QUESTION, KEY) is None


def test_a_digest_tells_one_content_from_every_other():
    filled = box(5, 4)
    assert filled.digest() == replace(filled).digest()
    assert filled.digest() != replace(filled, scores=(0, 0, 0, 0, 2)).digest()
    assert filled.digest() != replace(filled, salt=box(1).salt).digest()


def test_a_question_is_read_back_from_its_name():
    assert Question.of(QUESTION.key) == QUESTION
