"""A month at a busy counter, told line by line: its table against one counted from the events by hand."""

import json
import shutil
from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest

from db import figures
from desktop.errors import UserError
from desktop.office import counting, opening, replaying, standing
from desktop.rules import periods, statistics
from desktop.rules.calendar import VN_TZ
from desktop.rules.periods import PeriodKind
from desktop.rules.statistics import COLUMNS
from tests.conftest import MONDAY
from tests.journeys import figures_recount
from tests.journeys.telling import Teller

AFTERWARDS = datetime(2027, 1, 15, 8, tzinfo=VN_TZ)
PERIODS = [
    ("2026-11-01", "2026-11-30"),
    ("2026-11-02", "2026-11-02"),
    ("2026-10-15", "2026-11-14"),
    ("2026-11-15", "2026-12-14"),
    ("2026-11-23", "2026-11-24"),
    ("2026-12-01", "2027-01-15"),
]


@pytest.fixture(scope="module")
def month(practice_template, tmp_path_factory):
    """A practice register that lived through the month; half of it counted before the other half came."""
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("figures") / "data")
    lines = [json.dumps(line).encode() for line in Teller(7).lines(700)]
    with opening.open_register(home, now=MONDAY) as book:
        replaying.replay(book, lines[: len(lines) // 2])
        counting.counted(book, date(2026, 11, 1), date(2026, 11, 30), now=MONDAY)
        replaying.replay(book, lines)
        yield book


@pytest.fixture(scope="module")
def recounted(month):
    return figures_recount.read(month.home / "register.sqlite3")


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_cell_is_what_the_events_say(month, recounted, first, last):
    table = counting.counted(month, *map(date.fromisoformat, (first, last)), now=AFTERWARDS).table
    ours = {name: asdict(line) for name, line in statistics.by_field(table.lines).items()} | {"": asdict(table.total)}
    assert ours == figures_recount.recount(recounted, first, last)
    assert table.broken == ()


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_cell_opens_just_the_dossiers_it_counts(month, first, last):
    days = [date.fromisoformat(day) for day in (first, last)]
    table = counting.counted(month, *days, now=AFTERWARDS).table
    for name, line in (statistics.by_field(table.lines) | {None: table.total}).items():
        for column in COLUMNS:
            rows = counting.behind(month, column, *days, now=AFTERWARDS, field=name)
            assert len(rows) == getattr(line, column), (name, column)


def test_a_dossier_names_just_the_figures_that_open_it(month):
    codes = [row[0] for row in month.database.execute_sql("SELECT code FROM dossier ORDER BY id")]
    told = {code: standing.figures_of(month, code, now=AFTERWARDS) for code in codes}
    for kind, number in ((PeriodKind.MONTH, 11), (PeriodKind.MONTH, 12), (PeriodKind.QUARTER, 4), (PeriodKind.YEAR, 1)):
        period = periods.official(kind, 2026, number)
        for place, column in enumerate(COLUMNS, start=3):
            opened = {row.code for row in counting.behind(month, column, period.first, period.last, now=AFTERWARDS)}
            named = {code for code in codes for one in told[code] if one.period == period and place in one.columns}
            assert named == opened, (period.name, column)


def test_what_one_period_leaves_open_the_next_carries_over(month):
    for last in (date(2026, 11, day) for day in range(1, 30)):
        left = counting.counted(month, date(2026, 11, 1), last, now=AFTERWARDS).table
        came = counting.counted(month, last + timedelta(days=1), last + timedelta(days=9), now=AFTERWARDS).table
        pending = {group: line.pending_total for group, line in left.lines.items() if line.pending_total}
        carried = {group: line.carried_over for group, line in came.lines.items() if line.carried_over}
        assert pending == carried


def test_the_days_add_up_to_the_table(month):
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    days = counting.by_day(month, first, last, now=AFTERWARDS)
    total = counting.counted(month, first, last, now=AFTERWARDS).table.total
    assert sum(day.received for day in days) + total.carried_over == total.received_total
    assert sum(day.early + day.on_time + day.late for day in days) == total.resolved_total
    assert (days[-1].pending, days[-1].overdue) == (total.pending_total, total.pending_overdue)


@pytest.mark.parametrize("harm", ["lost", "torn", "another story"])
def test_figures_that_cannot_be_used_are_made_anew(month, harm):
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    before = counting.counted(month, first, last, now=AFTERWARDS).table
    path = month.home / "figures.sqlite3"
    if harm == "lost":
        path.unlink()
    elif harm == "torn":
        path.write_bytes(b"not a database at all" * 100)
    else:
        with figures.opened(month) as kept:
            kept.run("UPDATE mark SET hash = 'of a restored register'")
            kept.run("DELETE FROM course WHERE dossier % 2")
    assert counting.counted(month, first, last, now=AFTERWARDS).table == before


def test_today_counts_before_it_is_over_and_tomorrow_cannot_be_asked_for(month):
    newest = date(2026, 11, 30)
    running = counting.counted(month, newest, date(2026, 12, 14), now=MONDAY)
    assert running.as_of == max(newest, running.as_of) and running.as_of < date(2026, 12, 14)
    with pytest.raises(UserError) as refused:
        counting.counted(month, date(2027, 2, 1), date(2027, 2, 2), now=AFTERWARDS)
    assert refused.value.code == "period_in_future"
