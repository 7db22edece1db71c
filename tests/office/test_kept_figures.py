"""The file of figures follows the register whatever happens to it: an undo, a disk that is full, somebody at it."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db import figures
from db.errors import RegisterProblem
from db.vocabulary import EventKind
from desktop.office import acts, checking, closing, counter, counting

END = date(2026, 11, 25)


@pytest.fixture
def taken(commune, correction_form, monday):
    """A dossier received on Monday, due on Friday."""
    return counter.register(commune, correction_form, clerk="truc", now=monday)


def tables(book, now):
    return [
        counting.counted(book, first, last, now=now).table
        for first, last in ((END, END), (END, END + timedelta(3)), (END + timedelta(1), END + timedelta(1)))
    ]


@pytest.mark.parametrize("what", [EventKind.FINISH, EventKind.REFUSE])
def test_what_is_undone_after_midnight_was_not_done_the_day_before(commune, correction_form, monday, what):
    """Sixty seconds to undo may lie on two days: the day that was counted and stored is counted anew."""
    before_midnight = monday.replace(day=END.day, hour=23, minute=59, second=40)
    taken = counter.register(commune, correction_form, clerk="truc", now=before_midnight - timedelta(minutes=5))
    acts.perform(commune, taken.code, what, {"note": "nhầm hồ sơ"}, clerk="truc", now=before_midnight)
    just_after = before_midnight + timedelta(seconds=30)
    counting.counted(commune, END, END, now=just_after)
    acts.perform(commune, taken.code, EventKind.UNDO, {}, clerk="truc", now=just_after)
    later = monday.replace(day=29)
    followed = tables(commune, later)
    (commune.home / "figures.sqlite3").unlink()
    assert followed == tables(commune, later)
    assert [table.total.pending_total for table in followed] == [1, 1, 1]


def test_figures_are_told_where_their_file_cannot_be(commune, taken, monday):
    """Something else stands at their place; they are counted in memory, once."""
    (commune.home / "figures.sqlite3").mkdir()
    for _ in range(2):
        assert counting.counted(commune, END, END, now=monday.replace(day=26)).table.total.carried_over == 1
    later = closing.close_day(commune, END, clerk="truc", now=monday.replace(day=26))
    assert later.table.total.pending_total == 1 and not checking.verify_chain(commune).faults


def test_figures_that_somebody_else_writes_are_waited_for_and_never_thrown_away(commune, taken, monday, monkeypatch):
    monkeypatch.setattr(figures, "_PATIENCE", 0.1)
    before = counting.counted(commune, END, END, now=monday.replace(day=26))
    other = sqlite3.connect(commune.home / "figures.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterProblem) as busy:
        counting.counted(commune, END, END, now=monday.replace(day=26))
    assert busy.value.code == "figures_busy"
    other.execute("ROLLBACK")
    other.execute("UPDATE mark SET seq = seq")
    other.close()
    assert counting.counted(commune, END, END, now=monday.replace(day=26)) == before


def test_on_a_full_disk_figures_are_told_and_dossiers_taken_in(commune, correction_form, monday, full_figures):
    """Whether a dossier is stored never hangs on what is derived from it."""
    full_figures()
    for number in range(3):
        form = replace(correction_form, key=f"key-{number}", duplicate_reason="hai giấy")
        counter.register(commune, form, clerk="truc", now=monday)
        assert counting.counted(commune, END, END, now=monday.replace(day=26)).table.total.carried_over == number + 1


@pytest.fixture
def full_figures(monkeypatch):
    """Stands for a disk that fills up: SQLite itself answers "full" as soon as the file of figures would grow."""

    def fill():
        monkeypatch.setattr(figures, "_PRAGMAS", {**figures._PRAGMAS, "max_page_count": 1})

    return fill
