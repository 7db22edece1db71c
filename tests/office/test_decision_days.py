"""Whatever the order in which decisions come, every day says what a naive fold over them says."""

import shutil
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.office import checking, decisions, opening
from desktop.rules.change_sets import Decision
from tests.conftest import MONDAY
from tests.office.deciding import CODE, DAY, OTHER, amended, change_set, refused, speaking

#: One decision of an invented history: when it counts, and what it sets of which of two procedures.
DECIDED = st.tuples(
    st.integers(0, 5),
    st.dictionaries(
        st.sampled_from((CODE, OTHER)),
        st.dictionaries(st.sampled_from(("name", "result", "place")), st.sampled_from(("a", "b", "c")), min_size=1),
        min_size=1,
    ),
)


@settings(max_examples=25)
@given(st.lists(st.one_of(DECIDED, st.integers(0, 9)), max_size=9))
def test_any_day_says_what_a_naive_fold_over_the_decisions_says(practice_template, tmp_path_factory, acts):
    """Decisions in any order of days; a number takes a holding decision back where nothing builds on it."""
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("fold") / "data")
    with opening.open_register(home, now=MONDAY, check=False) as book:
        begun = {code: speaking(book, code, DAY) for code in (CODE, OTHER)}
        holding: list[tuple] = []
        for number, act in enumerate(acts):
            if isinstance(act, int):
                holding = taken_back(book, holding, act)
            else:
                holding += applied(book, number, *act)
        for on in (DAY + timedelta(days=day) for day in range(-1, 7)):
            assert {code: said(speaking(book, code, on)) for code in begun} == folded(begun, holding, on)
        assert checking.verify_chain(book).faults == ()


def applied(book, number, day, told):
    """The decision as the oracle keeps it: only what differs from what spoke on its day; none when nothing does."""
    on = DAY + timedelta(days=day)
    differing = {
        code: {name: value for name, value in fields.items() if getattr(speaking(book, code, on), name) != value}
        for code, fields in told.items()
    }
    decision = Decision(f"{number}/QĐ", None, on)
    changes = [amended(book, code, on, **fields) for code, fields in differing.items()]
    asked = change_set(book, *changes, decision=decision, content=str(number))
    if not any(differing.values()):
        assert refused(lambda: decisions.accept(book, asked, clerk=None, now=MONDAY)).code == "nothing_to_change"
        return []
    return [(decisions.accept(book, asked, clerk=None, now=MONDAY).seq, on, differing)]


def taken_back(book, holding, place):
    """What holds when the decision at ``place`` was taken back; all of it when a later one builds on it."""
    if place >= len(holding):
        return holding
    seq, _, told = holding[place]
    codes = {code for code, fields in told.items() if fields}
    if any(codes & {code for code, fields in later.items() if fields} for _, _, later in holding[place + 1 :]):
        assert refused(lambda: decisions.undo(book, seq, "nhầm", clerk=None, now=MONDAY)).code == "decided_since"
        return holding
    decisions.undo(book, seq, "nhầm", clerk=None, now=MONDAY)
    return holding[:place] + holding[place + 1 :]


def said(version):
    return version.name, version.result, version.place


def folded(begun, holding, on):
    """Every field set by the decisions in the order of their days, then of their coming."""
    versions = dict(begun)
    for _, day, told in sorted(holding, key=lambda each: (each[1], each[0])):
        for code, fields in told.items() if day <= on else ():
            versions[code] = replace(versions[code], **fields)
    return {code: said(version) for code, version in versions.items()}
