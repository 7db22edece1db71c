"""The figures of a period at the hub, against sums made by hand from what the communes said."""

from datetime import date, timedelta

import pytest

from desktop.hub import overview, status, units
from desktop.hub.overview import Step
from desktop.rules import statistics
from desktop.rules.statistics import Line, Rate

MONDAY = date(2026, 10, 5)


def _days(commune, count, visits=20, first=MONDAY):
    return [commune.day(first + timedelta(days=number), visits) for number in range(count)]


def _by_hand(reports):
    """The line of a period from its reports, one day after another."""
    flows = [sum(report["total"][column] for report in reports) for column in (1, 2, 5, 6, 7)]
    carried, left = reports[0]["total"][3], reports[-1]["total"][8:]
    return Line(flows[0] + flows[1] + carried, *flows[:2], carried, sum(flows[2:]), *flows[2:], *left)


@pytest.fixture
def two(live_hub):
    """Two communes that reported 40 days, one of them not the last ten."""
    told = {}
    for code, count in (("03618", 40), ("03640", 30)):
        commune = live_hub.enrolled(code, f"xã {code}")
        told[code] = _days(commune, count)
        live_hub.verdicts(commune, *told[code])
    return live_hub, told


def test_a_period_is_the_sum_of_its_days(two):
    place, told = two
    first, last = MONDAY + timedelta(days=7), MONDAY + timedelta(days=34)
    table = overview.of_period(place.hub, first, last, now=place.now)
    expected = [_by_hand(told["03618"][7:35]), _by_hand(told["03640"][7:30])]
    assert [one.line for one in table.units] == expected
    assert table.total == expected[0] + expected[1]
    assert all(one.holds for one in table.units)
    assert [one.last_day for one in table.units] == [last, MONDAY + timedelta(days=29)]
    assert [len(one.missing) for one in table.units] == [0, 3]


def test_fields_and_procedures_add_up_to_the_period(two):
    place, _ = two
    first, last = MONDAY, MONDAY + timedelta(days=60)
    total = overview.of_period(place.hub, first, last, now=place.now).total
    fields = overview.by_field(place.hub, first, last)
    assert sum((one.line for one in fields), Line()) == total
    for field in fields:
        lines = [one.line for one in overview.by_procedure(place.hub, first, last, field=field.field)]
        assert sum(lines, Line()) == field.line


def test_a_field_or_a_procedure_by_unit_adds_up_to_itself(two):
    place, _ = two
    first, last = MONDAY, MONDAY + timedelta(days=60)
    for one in (overview.by_field(place.hub, first, last)[0], overview.by_procedure(place.hub, first, last)[0]):
        units_of_it = overview.by_unit(place.hub, first, last, field=one.field, procedure=one.procedure)
        assert sum((line for _, line in units_of_it), Line()) == one.line
    alone = overview.by_unit(place.hub, first, last, field=one.field, root="03618")
    assert {unit.code for unit, _ in alone} <= {"03618"}


def test_one_unit_is_looked_at_alone(two):
    place, told = two
    fields = overview.by_field(place.hub, MONDAY, MONDAY, root="03618")
    assert sum((one.line for one in fields), Line()) == _by_hand(told["03618"][:1])


def test_the_trend_goes_by_weeks_and_by_official_months(two):
    place, told = two
    last = MONDAY + timedelta(days=39)
    weeks = overview.trend(place.hub, MONDAY, last, step=Step.WEEK)
    assert [point.period.first for point in weeks] == [MONDAY + timedelta(days=7 * number) for number in range(6)]
    came = sum(report["total"][1] + report["total"][2] for reports in told.values() for report in reports)
    assert sum(point.received for point in weeks) == came
    months = overview.trend(place.hub, MONDAY, last, step=Step.MONTH)
    assert [point.period.name for point in months] == ["Tháng 10 năm 2026", "Tháng 11 năm 2026"]
    assert [point.units for point in months] == [2, 2]


def test_a_grouping_unit_shows_what_is_below_it_and_what_merged_into_that(live_hub):
    hub, now = live_hub.hub, live_hub.now
    for code, parent in (("T", ""), ("A", "T"), ("B", "T"), ("C", "")):
        units.add(hub, code, f"đơn vị {code}", parent=parent, who="thu", now=now)
    units.add(hub, "C", "đơn vị C", valid_to=date(2026, 10, 31), merged_into="A", who="thu", now=now)
    codes = [unit.code for unit in units.within(units.every(hub), "T")]
    assert codes == ["A", "B", "C", "T"]
    assert [one.unit.code for one in status.statuses(hub, now=now, root="T")] == ["A", "B"]


@pytest.fixture
def merged(live_hub):
    """Two communes of which one goes on in the other after ten days, with what it had open; and a third of its own."""
    ending, heir, other = (live_hub.enrolled(code, f"xã {code}") for code in ("03618", "03640", "03652"))
    told = {one.code: _days(one, 10) for one in (ending, heir, other)}
    for one in (ending, heir, other):
        live_hub.verdicts(one, *told[one.code])
    day = MONDAY + timedelta(days=9)
    units.add(live_hub.hub, "03618", "xã 03618", valid_to=day, merged_into="03640", who="thu", now=live_hub.now)
    assert +ending._pending
    heir._pending += ending._pending
    return live_hub, told, heir, other


def _total(place, days):
    period = MONDAY, MONDAY + timedelta(days=days - 1)
    table = overview.of_period(place.hub, *period, now=place.now)
    assert sum((one.line for one in overview.by_field(place.hub, *period)), Line()) == table.total
    of_fields = {one.field for one in overview.by_field(place.hub, *period)}
    lines = [line for field in of_fields for _, line in overview.by_unit(place.hub, *period, field=field)]
    assert sum(lines, Line()) == table.total
    return table.total, {one.unit.code: one.line for one in table.units}


def test_what_a_merged_unit_had_open_is_its_heirs_once_the_heir_was_heard(merged):
    place, told, heir, other = merged
    _, lines = _total(place, 20)
    assert lines["03618"] == _by_hand(told["03618"]) and lines["03618"].pending_total
    more = {one.code: _days(one, 10, first=MONDAY + timedelta(days=10)) for one in (heir, other)}
    for one in (heir, other):
        assert set(place.verdicts(one, *more[one.code])) == {"accepted"}
    total, lines = _total(place, 20)
    assert statistics.holds(total), "each dossier once"
    assert (lines["03618"].pending_total, lines["03618"].pending_overdue) == (0, 0)
    period = MONDAY, MONDAY + timedelta(days=19)
    units_of_it = overview.of_period(place.hub, *period, now=place.now).units
    assert [one.unit.code for one in units_of_it if one.gave] == ["03618"]
    assert lines["03618"].resolved_total == _by_hand(told["03618"]).resolved_total
    for one in (heir, other):
        assert lines[one.code] == _by_hand(told[one.code] + more[one.code])
    assert _total(place, 10)[1]["03618"] == _by_hand(told["03618"]), "on its last day it held them itself"


def test_what_a_new_unit_begins_with_was_counted_with_those_that_it_was_made_of(live_hub):
    parts = [live_hub.enrolled(code, f"xã {code}") for code in ("03618", "03640")]
    for one in parts:
        live_hub.verdicts(one, *_days(one, 10))
    heir = live_hub.enrolled("03652", "xã 03652")
    heir._pending = parts[0]._pending + parts[1]._pending
    day = MONDAY + timedelta(days=9)
    for one in parts:
        units.add(live_hub.hub, one.code, one.name, valid_to=day, merged_into="03652", who="thu", now=live_hub.now)
    live_hub.verdicts(heir, *_days(heir, 10, first=day + timedelta(days=1)))
    total, lines = _total(live_hub, 20)
    assert statistics.holds(total)
    assert (lines["03652"].carried_over, lines["03618"].pending_total, lines["03640"].pending_total) == (0, 0, 0)
    after = overview.of_period(live_hub.hub, day + timedelta(days=1), day + timedelta(days=10), now=live_hub.now)
    assert after.total.carried_over == sum(heir_open for one in parts for heir_open in one._pending.values())


def test_few_dossiers_stand_apart_from_the_ranking(live_hub):
    rates = {"A": (99, 100), "B": (198, 200), "C": (3, 3), "D": (80, 100), "E": (0, 0)}
    found = [units.add(live_hub.hub, code, f"xã {code}", who="thu", now=live_hub.now).unit for code in rates]
    table = overview.ranked((unit, Rate(*rates[unit.code])) for unit in found)
    assert [(one.unit.code, one.place) for one in table.ranked] == [("B", 1), ("A", 1), ("D", 3)]
    assert [one.unit.code for one in table.few] == ["C"]
    assert [unit.code for unit in table.none] == ["E"]


def test_the_status_says_since_when_nobody_was_heard(two):
    place, _ = two
    one, other = status.statuses(place.hub, now=place.now)
    assert (one.last_day, one.silent_since) == (date(2026, 11, 13), date(2026, 11, 16))
    assert (other.last_day, other.silent_since) == (date(2026, 11, 3), date(2026, 11, 4))
    assert other.missing[-1] == date(2026, 11, 20)
    assert one.rate.denominator > 0


def test_ranking_of_a_period_agrees_with_its_table(two):
    place, _ = two
    first, last = MONDAY, MONDAY + timedelta(days=39)
    table = {one.unit.code: one.rate for one in overview.of_period(place.hub, first, last, now=place.now).units}
    order = overview.ranking(place.hub, first, last)
    assert {one.unit.code: one.rate for one in (*order.ranked, *order.few)} == table
