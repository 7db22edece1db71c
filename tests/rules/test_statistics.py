"""From events to the table: a thousand random communes against a recount that shares no code with the engine."""

from datetime import date, timedelta
from random import Random

import pytest

from db.vocabulary import DossierStatus as S
from db.vocabulary import Outcome
from desktop.rules import statistics
from desktop.rules.statistics import COLUMNS, Course, Flow, Line, Rate, Span, Told
from tests.journeys import figures_recount

_FIELDS = ("Hộ tịch", "Chứng thực", "Đất đai")
_ENDS = {"finish": S.FINISHED, "refuse": S.NOT_RECEIVED, "stop": S.STOPPED, "withdraw": S.WITHDRAWN}
_D = date(2026, 11, 23)


def random_life(chance: Random, begin: date) -> list[tuple[date, str, date | None, date | None]]:
    """What happens to one dossier, several things on one day now and then: (day, word, due, waiting since)."""
    day = begin + timedelta(days=chance.randrange(60))
    due = None if chance.random() < 0.03 else day + timedelta(days=chance.choice((0, 0, 1, 3, 10, 30)))
    life = [(day, "register", due, None)]
    for _ in range(chance.randrange(4)):
        day += timedelta(days=chance.choice((0, 0, 1, 2, 7, 15)))
        waiting = life[-1][3]
        if waiting is None and chance.random() < 0.6:
            life.append((day, "wait", due, day))
        elif waiting is not None:
            due = due and due + (day - waiting)
            life.append((day, "go on", due, None))
        else:
            due = due and due + timedelta(days=5)
            life.append((day, "extend", due, None))
    if chance.random() < 0.8:
        day += timedelta(days=chance.choice((0, 0, 0, 1, 2, 9, 40)))
        word = chance.choice(("finish", "finish", "finish", "finish", "refuse", "stop", "withdraw"))
        waiting = life[-1][3] if word != "finish" else None
        life.append((day, word, due, waiting))
        if chance.random() < 0.05:
            life.append((day, "reopen", due, waiting))
    return life


def told(life) -> list[Told]:
    """The same as events seal it."""
    events, ended = [], None
    for day, word, due, waiting in life:
        if word in _ENDS:
            ended, status = day, _ENDS[word]
        elif word == "reopen":
            ended, status = None, S.PROCESSING
        else:
            status = S.PROCESSING
        events.append(Told(day, status, due, waiting, ended))
    return events


def table_of(courses: list[Course], first: date, last: date):
    """The table as the office makes it, from days that are all counted anew."""
    begin = min((course.received_on for course in courses), default=first)
    flows, carried, pending = {}, {}, {}
    for on, groups in statistics.days(courses, {}, min(begin, first), last):
        for group, day in groups.items():
            if on >= first:
                flows[group] = flows.get(group, Flow()).plus(day)
            if on == first - timedelta(days=1):
                carried[group] = day.pending
            if on == last:
                pending[group] = (day.pending, day.overdue)
    return statistics.table(flows, carried, pending)


@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_random_communes_are_counted_as_the_rules_say(hundred):
    for seed in range(hundred * 100, hundred * 100 + 100):
        chance = Random(seed)
        lives = [
            (chance.choice(_FIELDS), chance.random() < 0.3, random_life(chance, date(2026, 9, 1)))
            for _ in range(chance.randrange(25))
        ]
        first = date(2026, 8, 28) + timedelta(days=chance.randrange(90))
        last = first + timedelta(days=chance.choice((0, 1, 30, 90)))
        courses = [statistics.course((field, "1.000001"), online, told(life)) for field, online, life in lives]
        counted = table_of([course for course in courses if course], first, last)
        plain = [
            (field, online, [(str(d), word, due and str(due), wait and str(wait)) for d, word, due, wait in life])
            for field, online, life in lives
        ]
        again = figures_recount.recount(plain, str(first), str(last))
        ours = statistics.by_field(counted.lines) | {"": counted.total}
        assert {name: as_dict(line) for name, line in ours.items() if any(as_dict(line).values())} == again, seed
        assert counted.broken == ()
        assert statistics.counted([course for course in courses if course], first, last) == counted, seed
        assert statistics.on_time_rate(counted.total).percent == figures_recount.percent(as_dict(counted.total))


def as_dict(line: Line) -> dict[str, int]:
    return {name: getattr(line, name) for name in COLUMNS}


@pytest.mark.parametrize("seed", range(50))
def test_days_counted_in_two_goes_are_those_counted_in_one(seed):
    chance = Random(seed)
    courses = [
        course
        for _ in range(30)
        if (course := statistics.course(("Hộ tịch", "1"), False, told(random_life(chance, date(2026, 9, 1)))))
    ]
    first, last = date(2026, 9, 1), date(2026, 12, 31)
    cut = first + timedelta(days=chance.randrange(120))
    whole = dict(statistics.days(courses, {}, first, last))
    begun = dict(statistics.days(courses, {}, first, cut))
    opening = {group: (day.pending, day.overdue) for group, day in begun[cut].items()}
    later = [course for course in courses if course.ended_on is None or course.ended_on > cut]
    assert begun | dict(statistics.days(later, opening, cut + timedelta(days=1), last)) == whole


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([Told(_D, S.RECEIVED, _D), Told(_D, S.FINISHED, _D, None, _D)], Outcome.ON_TIME),
        ([Told(_D, S.RECEIVED, None), Told(_D, S.FINISHED, None, None, _D)], Outcome.ON_TIME),
        ([Told(_D, S.RECEIVED, _D), Told(_D, S.NOT_RECEIVED, _D, None, _D)], "not counted"),
        (
            [
                Told(_D, S.RECEIVED, _D + timedelta(3)),
                Told(_D + timedelta(1), S.NOT_RECEIVED, _D + timedelta(3), None, _D + timedelta(1)),
            ],
            Outcome.ON_TIME,
        ),
    ],
)
def test_what_is_refused_on_the_day_it_came_was_never_received(events, outcome):
    course = statistics.course(("Hộ tịch", "1"), False, events)
    assert (course.outcome if course else "not counted") == outcome


def test_a_late_dossier_that_is_asked_for_papers_stays_overdue():
    late = Span(_D, _D - timedelta(days=2), _D)
    in_time = Span(_D, _D, _D)
    assert late.is_overdue(_D + timedelta(days=30)) and not in_time.is_overdue(_D + timedelta(days=30))


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "words"),
    [
        (299, 300, "99.66", "99,66 %"),
        (999, 1000, "99.90", "99,90 %"),
        (1999, 2000, "99.95", "99,95 %"),
        (99_999, 100_000, "99.99", "99,99 %"),
        (39, 40, "97.50", "97,50 %"),
        (3, 3, "100.00", "100,00 %"),
        (0, 7, "0.00", "0,00 %"),
        (0, 0, None, "—"),
    ],
)
def test_rates_are_rounded_down_and_nothing_is_not_a_hundred(numerator, denominator, percent, words):
    rate = Rate(numerator, denominator)
    assert (rate.percent, rate.words) == (percent, words)
    assert rate.is_small is (denominator < 50)


def test_a_table_that_does_not_add_up_names_the_line():
    group = ("Hộ tịch", "1.000001")
    counted = statistics.table({group: Flow(1, 2, 0, 1, 0)}, {group: 4}, {group: (5, 1)})
    assert counted.broken == ("Hộ tịch 1.000001",)
