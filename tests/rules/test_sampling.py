"""Samples: the same for the same seed on every copy, in no order that anybody could arrange."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.sampling import sample

CODES = [f"TN-MT-261123-{number:04d}" for number in range(1, 201)]
names = st.lists(st.text(min_size=1), max_size=30)


def test_a_seed_draws_these_ones_for_ever():
    assert sample(CODES, 3, "2026") == ["TN-MT-261123-0055", "TN-MT-261123-0002", "TN-MT-261123-0050"]


@given(names, st.integers(0, 40), st.text(), st.randoms())
def test_order_and_repetition_change_nothing(found, size, seed, chance):
    shuffled = [*found, *found]
    chance.shuffle(shuffled)
    assert sample(shuffled, size, seed) == sample(found, size, seed)


@given(names, st.integers(0, 40), st.text())
def test_a_larger_sample_begins_with_the_smaller(found, size, seed):
    drawn = sample(found, size, seed)
    assert len(drawn) == min(size, len(set(found))) and len(set(drawn)) == len(drawn) and set(drawn) <= set(found)
    assert sample(found, size + 5, seed)[: len(drawn)] == drawn


def test_every_dossier_is_drawn_about_as_often():
    times = dict.fromkeys(CODES, 0)
    for seed in range(400):
        for code in sample(CODES, 50, str(seed)):
            times[code] += 1
    assert min(times.values()) > 60 and max(times.values()) < 140
