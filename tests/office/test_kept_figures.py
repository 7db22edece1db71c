"""The file of figures follows the register whatever happens to it: an undo, a disk that is full, somebody at it."""

from datetime import date, timedelta

import pytest

from db.vocabulary import EventKind
from desktop.office import acts, counter, counting

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
