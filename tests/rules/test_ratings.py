"""The scales of satisfaction: their words, and which scores ask for a reason."""

import pytest

from desktop.rules import ratings


@pytest.mark.parametrize(("scale", "bad"), [(3, {1}), (4, {1}), (5, {1, 2})])
def test_only_scores_that_say_dissatisfied_ask_why(scale, bad):
    scores = range(1, scale + 1)
    assert {score for score in scores if ratings.is_dissatisfied(score, scale)} == bad


@pytest.mark.parametrize("scale", [3, 4, 5])
def test_every_scale_runs_from_worst_to_best_in_words_of_its_own(scale):
    said = [ratings.words(score, scale) for score in range(1, scale + 1)]
    assert len(set(said)) == scale
    assert said[-2:] == ["Hài lòng", "Rất hài lòng"]


@pytest.mark.parametrize(("score", "scale"), [(0, 5), (6, 5), (-1, 3), (4, 3), (1, 7)])
def test_a_score_outside_its_scale_has_no_words(score, scale):
    with pytest.raises((IndexError, KeyError)):
        ratings.words(score, scale)
