"""Which period an address means, and where the points of its chart lie."""

from datetime import date
from urllib.parse import parse_qsl

import pytest

from desktop.hub.web import charts
from desktop.hub.web.choosing import KINDS, chosen
from desktop.hub.web.problems import Problem
from desktop.rules.statistics import Rate

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("day", date(2026, 11, 20), date(2026, 11, 20)),
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 11, 15), date(2026, 12, 14)),
        ("quarter", date(2026, 9, 15), date(2026, 12, 14)),
        ("half", date(2025, 12, 15), date(2026, 6, 14)),
        ("nine_months", date(2025, 12, 15), date(2026, 9, 14)),
        ("year", date(2025, 12, 15), date(2026, 12, 14)),
        ("free", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_every_kind_is_understood_and_names_itself_again(kind, first, last):
    found = chosen({"kind": kind, "on": "2026-11-20"}, FRIDAY)
    assert (found.period.first, found.period.last) == (first, last)
    again = chosen(dict(parse_qsl(found.query)), date(2020, 1, 1))
    assert (again.period.first, again.period.last) == (first, last)


def test_without_a_word_it_is_the_month_of_the_newest_day():
    assert chosen({}, FRIDAY).name == "Tháng 12 năm 2026"


@pytest.mark.parametrize("kind", KINDS)
def test_forth_and_back_is_the_same_period(kind):
    begin = chosen({"kind": kind, "on": "2026-11-20"}, FRIDAY)
    after = chosen(dict(parse_qsl(begin.beside(1))), FRIDAY)
    assert after.period.first > begin.period.last
    assert chosen(dict(parse_qsl(after.beside(-1))), FRIDAY).period.first == begin.period.first


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "fortnight"},
        {"kind": "month", "on": "20/11/2026"},
        {"kind": "month", "on": "0001-01-01"},
        {"kind": "year", "on": "9999-12-31"},
        {"from": "2026-11-20", "to": "2026-11-19"},
        {"from": "2026-02-30"},
    ],
)
def test_what_is_no_period_is_one_sentence(query):
    with pytest.raises(Problem) as refused:
        chosen(query, FRIDAY)
    assert refused.value.status == 400
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("on", ["1902-01-01", "1902-12-20", "2198-11-14", "2198-12-31"])
@pytest.mark.parametrize("kind", KINDS)
def test_where_the_calendar_ends_there_is_no_neighbour_and_no_crash(kind, on):
    begin = chosen({"kind": kind, "on": on}, FRIDAY)
    for step in (-1, 1):
        if query := begin.beside(step):
            chosen(dict(parse_qsl(query)), FRIDAY)


def test_a_line_keeps_its_gaps_and_says_where_its_axis_begins():
    rates = [Rate(97, 100), Rate(99, 100), Rate(0, 0), Rate(100, 100), Rate(98, 100)]
    drawn = charts.line([(str(at), f"tháng {at}", rate) for at, rate in enumerate(rates)])
    assert drawn is not None
    assert len(drawn.points) == 4
    assert len(drawn.strokes) == 2
    assert drawn.from_percent <= 97
    assert str(drawn.from_percent) in drawn.note
    assert [grid.label for grid in drawn.grid][-1] == "100"
    heights = [point.y for point in drawn.points]
    assert heights[2] < heights[1] < heights[3] < heights[0]


def test_one_point_is_no_line():
    assert charts.line([("1", "tháng 1", Rate(1, 1)), ("2", "tháng 2", Rate(0, 0))]) is None


def test_a_band_shows_what_one_dossier_would_change():
    few, many = charts.band(Rate(9, 10), 50), charts.band(Rate(900, 1000), 50)
    assert few.x == many.x == 80
    assert few.high - few.low > 10 * (many.high - many.low) > 0
    assert charts.band(Rate(3, 3), 90) == charts.Band(100.0, 0.0, 100.0)


def test_an_axis_begins_below_every_rate_that_has_a_place():
    assert charts.axis_of([Rate(93, 100), Rate(1, 10), Rate(0, 0)]) == 90
    assert charts.axis_of([Rate(100, 100)]) == 95
    assert charts.axis_of([]) == 0
