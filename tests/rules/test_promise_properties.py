"""What holds of every promise, whatever the limit, the moment and the pauses."""

import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.deadlines import Pause, Promise, promise, stage_dues
from tests.rules.asking import CALENDAR, CLOCK, DAYS, HOURS, IMMEDIATE, MONTHS, SAME_DAY

DAY_UNITS = (DAYS, CALENDAR, MONTHS, SAME_DAY)

moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001
    datetime(2027, 10, 1),  # noqa: DTZ001
    timezones=st.just(VN_TZ),
).map(lambda at: at.replace(microsecond=0))
rules = st.sampled_from(AfterCutoff)


def whole(longest: int) -> st.SearchStrategy[Decimal]:
    return st.integers(1, longest).map(Decimal)


def fourths(longest: int) -> st.SearchStrategy[Decimal]:
    return st.integers(1, longest * 4).map(lambda quarters: Decimal(quarters) / 4)


VALUES = {
    DAYS: fourths(40),
    CALENDAR: whole(90),
    MONTHS: whole(13),
    HOURS: st.decimals("0.01", 60, places=2),
    CLOCK: st.decimals("0.01", 200, places=2),
    SAME_DAY: st.just(Decimal(0)),
    IMMEDIATE: st.just(Decimal(0)),
}


@st.composite
def limits(draw: st.DrawFn, units: tuple[LimitUnit, ...] = tuple(VALUES)) -> Limit:
    unit = draw(st.sampled_from(units))
    return Limit(draw(VALUES[unit]), unit, draw(rules))


@st.composite
def pauses_after(draw: st.DrawFn, received_at: datetime, *, open_too: bool = True) -> list[Pause]:
    waits = draw(st.lists(st.tuples(st.integers(0, 9 * 24 * 60), st.integers(0, 9 * 24 * 60)), max_size=3))
    pauses, last = [], received_at
    for ahead, wait in waits:
        begin = last + timedelta(minutes=ahead)
        last = begin + timedelta(minutes=wait)
        pauses.append(Pause(begin, last))
    if open_too and draw(st.booleans()):
        pauses.append(Pause(last + timedelta(minutes=draw(st.integers(0, 20_000))), None))
    return pauses


@st.composite
def cases(draw: st.DrawFn, units: tuple[LimitUnit, ...] = tuple(VALUES)) -> tuple[datetime, Limit, list[Pause]]:
    received_at = draw(moments)
    return received_at, draw(limits(units)), draw(pauses_after(received_at))


def made(case: tuple[datetime, Limit, list[Pause]]) -> Promise:
    received_at, limit, pauses = case
    return promise(received_at, limit, shipped(), pauses=pauses)


@given(cases(DAY_UNITS))
@settings(deadline=None, max_examples=150)
def test_a_due_date_in_days_never_falls_on_a_day_off(case: tuple[datetime, Limit, list[Pause]]) -> None:
    due_at = made(case).due_at
    assert shipped().is_working_day(due_at.date())
    ends = {end for _, end in shipped().quarters(due_at.date())}
    whole_days = case[1].value % 1 == 0
    assert due_at == shipped().closing(due_at.date()) if whole_days else due_at in ends or case[1].value < 1


@given(cases())
@settings(deadline=None, max_examples=150)
def test_a_promise_is_never_before_the_receipt_and_a_whole_minute(case: tuple[datetime, Limit, list[Pause]]) -> None:
    due_at = made(case).due_at
    assert due_at >= case[0]
    assert (due_at.second, due_at.microsecond, due_at.tzinfo) == (0, 0, VN_TZ)


@given(cases())
@settings(deadline=None, max_examples=150)
def test_pausing_never_shortens(case: tuple[datetime, Limit, list[Pause]]) -> None:
    received_at, limit, pauses = case
    fewer = [promise(received_at, limit, shipped(), pauses=pauses[:n]).due_at for n in range(len(pauses) + 1)]
    assert fewer == sorted(fewer)


@given(moments, limits(), st.integers(0, 60 * 24 * 60), st.data())
@settings(deadline=None, max_examples=150)
def test_a_longer_pause_is_never_due_earlier(
    received_at: datetime, limit: Limit, longer: int, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_after(received_at, open_too=False).filter(bool))
    last = pauses[-1]
    assert last.to_at is not None
    stretched = [*pauses[:-1], Pause(last.from_at, last.to_at + timedelta(minutes=longer))]
    assert made((received_at, limit, pauses)).due_at <= made((received_at, limit, stretched)).due_at


@given(moments, st.sampled_from((DAYS, CALENDAR, MONTHS, HOURS, CLOCK)), rules, st.data())
@settings(deadline=None, max_examples=200)
def test_a_longer_limit_is_never_due_earlier(
    received_at: datetime, unit: LimitUnit, rule: AfterCutoff, data: st.DataObject
) -> None:
    shorter, longer = sorted((data.draw(VALUES[unit]), data.draw(VALUES[unit])))
    pauses = data.draw(pauses_after(received_at))
    first = made((received_at, Limit(shorter, unit, rule), pauses))
    assert first.due_at <= made((received_at, Limit(longer, unit, rule), pauses)).due_at


@given(moments, st.integers(0, 14 * 24 * 3600), limits())
@settings(deadline=None, max_examples=250)
def test_who_files_later_is_never_promised_an_earlier_date(received_at: datetime, later: int, limit: Limit) -> None:
    # Returning a day later than hours, parts of a day or the end of a month cannot keep this order.
    if limit.after_cutoff is AfterCutoff.RETURN_NEXT_DAY and (limit.unit in (HOURS, MONTHS) or limit.value % 1):
        limit = Limit(limit.value, limit.unit)
    first = promise(received_at, limit, shipped())
    assert first.due_at <= promise(received_at + timedelta(seconds=later), limit, shipped()).due_at


@given(cases())
@settings(deadline=None, max_examples=200)
def test_the_explanation_adds_up_to_the_limit_and_ends_on_the_due_date(
    case: tuple[datetime, Limit, list[Pause]],
) -> None:
    received_at, limit, _ = case
    told = made(case)
    days = [step.on for step in told.steps]
    assert days == sorted(set(days))
    assert (days[0], days[-1]) == (received_at.date(), told.due_at.date())
    expected = Decimal(0) if limit.unit in (SAME_DAY, IMMEDIATE) else limit.value
    assert sum(step.counted for step in told.steps) == expected
    assert all(step.counted >= 0 for step in told.steps)
    for step in told.steps:
        assert step.because and step.source and step.label
        assert unicodedata.is_normalized("NFC", step.because + step.source + step.label)
    assert f"hết hạn lúc {told.due_at:%H:%M}" in told.steps[-1].because


@given(cases((DAYS, CALENDAR)))
@settings(deadline=None, max_examples=150)
def test_the_due_date_can_be_counted_again_from_the_steps(case: tuple[datetime, Limit, list[Pause]]) -> None:
    _, limit, _ = case
    told = made(case)
    assert [step.on.toordinal() for step in told.steps] == list(
        range(told.steps[0].on.toordinal(), told.steps[0].on.toordinal() + len(told.steps))
    )
    for step in told.steps:
        off = shipped().why_off(step.on)
        assert not (step.label == "Nghỉ" and (off is None or step.counted))
        assert not (limit.unit is DAYS and step.counted and off)
    assert counted_again(told, limit) == told.due_at.date()


def counted_again(told: Promise, limit: Limit) -> date:
    """The due date as a person would find it with the finger on the list of steps."""
    left = limit.value
    for step in told.steps:
        left -= step.counted
        if not left and step.label != "Nghỉ" and shipped().is_working_day(step.on):
            rest = told.steps[told.steps.index(step) + 1 :]
            if not any(later.label in ("Dừng", "Lùi") for later in rest):
                return step.on
    raise AssertionError("the steps do not use up the limit")


@given(cases())
@settings(deadline=None, max_examples=200)
def test_the_line_of_the_receipt_is_one_sentence_of_two_lines(case: tuple[datetime, Limit, list[Pause]]) -> None:
    line = made(case).short_reason
    assert len(line) <= 190 and line.endswith(".") and line[0].isupper() and "\n" not in line


@given(moments, st.lists(fourths(5), min_size=1, max_size=6), rules)
@settings(deadline=None, max_examples=200)
def test_the_last_stage_is_due_when_the_whole_is(
    received_at: datetime, values: list[Decimal], rule: AfterCutoff
) -> None:
    dues = stage_dues(received_at, [Limit(value, DAYS, rule) for value in values], shipped())
    assert list(dues) == sorted(dues)
    assert dues[-1] == promise(received_at, Limit(sum(values, Decimal(0)), DAYS, rule), shipped()).due_at
