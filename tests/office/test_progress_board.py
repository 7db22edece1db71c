"""The public board: every dossier in one of three counts, and nobody to be known from it."""

import re
from datetime import date

import pytest

from desktop.documents.pages import page_count
from desktop.documents.report_pdf import render
from desktop.errors import UserError
from desktop.office import counting, opening, progress_board
from desktop.rules import periods
from tests.conftest import MONDAY
from tests.office.reported import AFTERWARDS, NOVEMBER, everything_said, persons_in

PERIODS = [
    NOVEMBER,
    periods.free(date(2026, 11, 3), date(2026, 11, 3)),
    periods.free(NOVEMBER.first, AFTERWARDS.date()),
    periods.free(NOVEMBER.last, AFTERWARDS.date()),
]


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_every_dossier_stands_in_one_count(november, period):
    (section,) = progress_board.content(november, period, now=AFTERWARDS).sections
    for _, whole, in_time, under_way, late, overdue in section.grid.rows:
        assert whole == in_time + under_way + late + overdue
    *rows, total = section.grid.rows
    assert total[1:] == tuple(map(sum, zip(*(row[1:] for row in rows), strict=True)))
    counted = counting.counted(november, period.first, period.last, now=AFTERWARDS).table.total
    assert total[1:] == (
        counted.received_total,
        counted.early + counted.on_time,
        counted.pending_in_time,
        counted.late,
        counted.pending_overdue,
    )


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_the_sentence_adds_up(november, period):
    (section,) = progress_board.content(november, period, now=AFTERWARDS).sections
    whole, *parts = map(int, re.findall(r"\d+", section.lead[0].replace(".", "")))
    assert len(parts) == 3 and whole == sum(parts) and "=" in section.lead[0]


def test_nobody_is_on_the_board(november):
    said = everything_said(progress_board.content(november, NOVEMBER, now=AFTERWARDS))
    assert persons_in(november, said) == [] and "TN-MT" not in said


def test_it_is_read_from_afar(november):
    pdf = render([progress_board.content(november, NOVEMBER, now=AFTERWARDS)])
    assert page_count(pdf) <= 2


def test_an_empty_register_has_an_empty_board(practice_home):
    with opening.open_register(practice_home, now=MONDAY) as book:
        day = periods.free(MONDAY.date(), MONDAY.date())
        (section,) = progress_board.content(book, day, now=MONDAY).sections
    assert section.grid.rows == [("Tổng cộng", 0, 0, 0, 0, 0)]
    assert section.lead[0].startswith("0 hồ sơ = 0 ") and "— = 0/0" in section.lead[1]


def test_a_period_to_come_is_refused(november):
    with pytest.raises(UserError) as refused:
        progress_board.content(november, periods.neighbour(PERIODS[2], 1), now=AFTERWARDS)
    assert refused.value.code == "period_in_future"
