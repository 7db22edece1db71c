"""Of packets changed in every way none is accepted, and nothing makes the reader fall over. The million: ``mutate``."""

from random import Random

from tests.sync import mutate
from tests.sync.changes import CHANGES

#: With which codes each kind of change may be answered; another one would tell the clerk something untrue.
DAMAGE = {"damaged", "not_a_packet", "unknown_kind"}
REASONS = {
    **dict.fromkeys(("bit_flip", "bytes_edited", "truncated", "put_behind", "first_line", "upper_case_hash"), DAMAGE),
    "stream_edited_and_hashed": {"damaged", "not_canonical", mutate.SPELT_OTHERWISE},
    "gzipped_otherwise": {"damaged", "not_canonical"},
    "documents_moved": {"not_canonical", "bad_content"},
    "key_changed": {"forged", "bad_content"},
    "signature_changed": {"forged", "bad_content", "not_canonical"},
}


def test_what_nobody_changed_is_accepted():
    assert {mutate.verdict(source.data) for source in mutate.sources()} == {mutate.ACCEPTED}


def test_twenty_thousand_changed_packets_are_refused():
    tally = mutate.run(20_000, seed=6)
    assert mutate.wrong(tally) == {}
    assert all(verdicts.total() > 1000 for verdicts in tally.values()) and tally.keys() == CHANGES.keys()
    for name, allowed in REASONS.items():
        assert set(tally[name]) <= allowed, name
    # Each ring of the wall is reached: packets that all break at the first one prove nothing of the others.
    for name, inner in {
        "field_changed": "forged",
        "kind_renamed": "bad_content",
        "signed_by_another": "unproved",
    }.items():
        assert tally[name][inner] > 50, name
    assert tally["signed_by_another"]["unbelieved"] > 50


def test_a_mistyped_code_proves_nothing():
    assert mutate.mistyped(100, seed=6) == 0


def test_a_change_that_slips_through_would_be_told():
    source = mutate.sources()[0]
    assert mutate.verdict(*mutate.changed(Random(1), [source], lambda *_: source.data[:-1])) == "damaged"
    tally = {"none": mutate.Counter([mutate.verdict(source.data), "damaged"])}
    assert mutate.wrong(tally) == {"none": {mutate.ACCEPTED: 1}}
    assert mutate.wrong({"text_edited": mutate.Counter([mutate.SPELT_OTHERWISE])})
