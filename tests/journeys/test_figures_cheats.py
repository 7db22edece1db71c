"""The cheats again, on a register whose days are closed: sealed figures stay, or the seal is seen broken."""

import shutil
from contextlib import suppress
from datetime import date

import pytest

from db.errors import RegisterProblem
from desktop.office import closing, counting, opening
from tests.journeys.cheats import BEYOND, FOUND, HARMLESS, restored
from tests.journeys.desk import LATE, NOW, Desk, fill

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture(scope="module")
def template(live_template, tmp_path_factory):
    """The desk's register with every day up to Monday 30/11 closed."""
    home = shutil.copytree(live_template, tmp_path_factory.mktemp("sealed") / "data")
    fill(home)
    with opening.open_register(home, now=NOW) as book:
        closing.close_missed(book, clerk="truc", now=NOW)
    return home


@pytest.fixture
def desk(template, tmp_path, monkeypatch, capsys):
    home = shutil.copytree(template, tmp_path / "data")
    desk = Desk(home, opening.open_register(home, now=NOW), monkeypatch, capsys)
    yield desk
    desk.book.close()


def sealed(desk):
    return [(closed.day, closed.code, closed.hash) for closed in closing.between(desk.book, date.min, MONDAY)]


def overdue(desk):
    """Codes that the table of Monday counts as overdue, and those that ended late until Tuesday."""
    pending = counting.behind(desk.book, "pending_overdue", MONDAY, MONDAY, now=NOW)
    late = counting.behind(desk.book, "late", MONDAY, TUESDAY, now=NOW)
    return {row.code for row in pending}, {row.code for row in late}


@pytest.mark.parametrize("way", HARMLESS)
def test_what_comes_to_nothing_leaves_every_figure_as_it_was(desk, way):
    days, before = sealed(desk), overdue(desk)[0]
    assert LATE in before
    HARMLESS[way](desk)
    assert sealed(desk) == days and overdue(desk)[0] == before
    today = counting.behind(desk.book, "pending_overdue", TUESDAY, TUESDAY, now=NOW)
    assert LATE in {row.code for row in today} | overdue(desk)[1]


@pytest.mark.parametrize("way", FOUND)
def test_what_changes_the_file_is_found_with_its_seals(desk, way):
    assert not desk.faults()
    FOUND[way][0](desk)
    assert desk.faults()


@pytest.mark.parametrize("way", BEYOND)
def test_what_the_register_cannot_find_leaves_the_signed_sheets_valid_or_missing(desk, way):
    """A day sheet that was signed and sent names its code: each code still stands, or its day is seen to be gone."""
    signed = sealed(desk)
    with suppress(RegisterProblem):  # the closing itself is a later act, so that the clock cannot be set back any more
        BEYOND[way][0](desk)
    kept = [mark for mark in signed if mark in sealed(desk)]
    assert kept == signed[: len(kept)]


def test_a_copy_from_before_the_seal_lacks_the_code_that_was_printed(desk):
    printed = sealed(desk)[-1]
    restored(desk)
    assert printed not in sealed(desk)
