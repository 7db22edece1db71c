"""An inspection's sample: drawn the same from every copy, each dossier with all its events and papers."""

import shutil

import pytest

from db import events
from desktop.errors import UserError
from desktop.office import inspections, lookup, opening
from desktop.rules import periods
from desktop.rules.sampling import sample
from tests.office.reported import AFTERWARDS, NOVEMBER, column, everything_said, persons_in


def drawn(book, size=5, seed="2026", **more):
    return inspections.content(book, NOVEMBER, size=size, seed=seed, now=AFTERWARDS, **more)


def codes(content):
    return column(content.sections[0], "Mã hồ sơ")


def test_a_copy_draws_the_same(november, tmp_path):
    copy = shutil.copytree(november.home, tmp_path / "copy", ignore=shutil.ignore_patterns("figures*"))
    with opening.open_register(copy, now=AFTERWARDS) as other:
        assert drawn(other) == drawn(november)
    assert codes(drawn(november, seed="2027")) != codes(drawn(november))


def test_it_draws_from_all_that_the_period_counts(november):
    everyone = november.database.execute_sql(
        "SELECT code FROM dossier WHERE received_on BETWEEN '2026-11-01' AND '2026-11-30'"
    ).fetchall()
    whole = codes(drawn(november, size=1000))
    assert set(whole) < {code for (code,) in everyone} and len(whole) > 200, "what was refused at once is in no table"
    assert codes(drawn(november)) == sample(whole, 5, "2026")
    assert f"Rút 5 trong {len(whole)} hồ sơ" in drawn(november).sections[0].lead[0]


def test_every_event_and_paper_of_a_dossier_is_told(november):
    content = drawn(november, size=12)
    for code, trail in zip(codes(content), content.sections[1:], strict=True):
        stored = events.of_dossier(november, code)
        assert column(trail, "Sự kiện") == [str(event.seq) for event in stored]
        assert [f"{event.hash[:16]}…" for event in stored] == column(trail, "Mã băm")
        assert all(column(trail, "Việc"))
        for paper in lookup.dossier(november, code).documents:
            assert f"số {paper.number}" in trail.notes[0]
        assert code in trail.title and code in trail.name


def test_no_citizen_is_named_by_the_program(november):
    assert persons_in(november, everything_said(drawn(november, size=30))) == []


def test_the_head_of_the_chain_stands_below_the_sample(november):
    seq, head = events.head(november)
    assert f"sự kiện {seq}, {head}" in drawn(november).sections[0].notes[0]


def test_work_can_be_stopped(november):
    assert drawn(november, size=50, progress=lambda done, total: done < 3) is None


@pytest.mark.parametrize(
    ("period", "size", "code"),
    [
        (NOVEMBER, 0, "bad_sample"),
        (NOVEMBER, -3, "bad_sample"),
        (periods.free(NOVEMBER.first.replace(month=3), NOVEMBER.first.replace(month=4)), 5, "nothing_to_draw"),
    ],
)
def test_samples_that_cannot_be_drawn(november, period, size, code):
    with pytest.raises(UserError) as refused:
        inspections.content(november, period, size=size, seed="1", now=AFTERWARDS)
    assert refused.value.code == code
