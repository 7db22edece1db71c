"""Missed days are closed behind the clerk's back: nothing he does waits for them, and leaving ends them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.office import checking, closing, counter, opening, people
from desktop.statistics_pages import StatisticsPages

MISSED = 60


@pytest.fixture
def start(commune, correction_form, monday):
    """A start after months in which nobody closed a day: the pages and their worker."""
    counter.register(commune, correction_form, clerk="truc", now=monday)
    now = monday + timedelta(days=MISSED)
    commands = Commands(commune, people.clerks(commune)[1], lambda: now)
    jobs = Jobs()
    yield commands, jobs, StatisticsPages(commands, jobs, lambda key: None, lambda code: None, lambda: None)
    jobs.finish()


def closed_days(book, monday):
    return {one.day for one in closing.between(book, monday.date(), monday.date() + timedelta(days=MISSED))}


def number_closed(book, monday):
    return len(closed_days(book, monday))


def test_the_clerk_registers_and_prints_while_missed_days_are_closed(qtbot, commune, start, correction_form, monday):
    commands, jobs, pages = start
    refused, printed = [], []
    commands.refused.connect(refused.append)
    pages.close_missed_days()
    for number in range(5):
        form = replace(correction_form, key=f"key-{number + 2}", duplicate_reason="hai giấy khai sinh")
        assert commands.do(counter.register, form) is not None
        jobs.start("Đang in", lambda _job: opening.in_session(commune, number_closed, monday), done=printed.append)
        qtbot.waitUntil(lambda number=number: len(printed) > number)
    assert printed[0] < 5, "the first print waited for no more than a few days"
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=30_000)
    assert refused == [] and len(closed_days(commune, monday)) > 35
    assert not checking.verify_chain(commune).faults


def test_leaving_ends_the_work_and_the_next_start_goes_on(qtbot, commune, start, monday):
    _commands, jobs, pages = start
    pages.close_missed_days()
    qtbot.waitUntil(lambda: bool(closed_days(commune, monday)))
    jobs.finish()
    some = closed_days(commune, monday)
    assert len(some) < 10
    qtbot.waitUntil(lambda: jobs.is_idle)
    pages.close_missed_days()
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=30_000)
    assert some < closed_days(commune, monday)
