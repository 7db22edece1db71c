"""The invented month is lived through the office's own acts: in time order, with every act, in believable shares."""

import shutil
from collections import Counter
from datetime import timedelta

import pytest

from db import events
from db.records import Clerk
from db.vocabulary import DocumentKind, EventKind, Outcome, WorkingList
from desktop.office import ballots, checking, lists, lookup, opening, people, practice_month, settings, slip_lookup
from desktop.rules import lifecycle, practice, ratings
from desktop.rules.rights import WORKING
from tests.conftest import MONDAY

CLERKS = (Clerk("truc", "Lò Thị Trực"), Clerk("minh", "Vàng Văn Minh Họa"))
PER_DAY = 60


@pytest.fixture(scope="module")
def lived(practice_template, tmp_path_factory):
    """A month of twelve hundred dossiers that ends on Monday 23/11/2026; the register and the codes."""
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("lived") / "data")
    plan = practice.load_profile()
    with opening.open_register(home, now=MONDAY) as book:
        people.add(book, "minh", "Vàng Văn Minh Họa", roles=WORKING, clerk="truc", now=MONDAY)
        calendar = settings.calendar(book)
        visits = list(practice.month(3, 30, PER_DAY, MONDAY, calendar, plan.weights, plan.channels))
        yield book, list(practice_month.live(book, visits, CLERKS, seed=3, now=MONDAY))


def test_every_dossier_of_the_month_is_taken_in_once(lived):
    book, codes = lived
    assert len(codes) == len(set(codes)) == lookup.count(book) > 1000
    assert checking.verify_chain(book).holds


def test_everything_happens_in_time_order_and_not_after_now(lived):
    book, _ = lived
    opened, *rest = [event.at for event in events.walk(book) if event.dossier]
    assert rest == sorted(rest) and opened <= rest[0]
    assert rest[-1] <= MONDAY.isoformat()


def test_every_act_of_a_life_happens_somewhere(lived):
    book, _ = lived
    seen = Counter(event.kind for event in events.walk(book))
    assert not set(lifecycle.TRANSITIONS) - set(seen) - {EventKind.HAND_BACK}
    assert seen["register"] > seen["finish"] > seen["hand_over"] > seen["rate"] > seen["request_supplement"] > 0
    assert seen["undo"] > 0


def test_citizens_answer_on_their_own_screen_and_are_counted_without_names(lived):
    book, _ = lived
    answered = sum(event.kind == EventKind.RATE for event in events.walk(book))
    told = ballots.tally(book, MONDAY.date() - timedelta(days=60), MONDAY.date())
    (question,) = told.scores
    assert (question.source, told.answered, told.lost) == (ratings.CITIZENS_SCREEN, answered, 0)
    assert answered * 0.8 < sum(told.scores[question]) <= answered


def test_some_are_sent_for_a_paper_first_and_some_come_back_with_it(lived):
    book, codes = lived
    given = slip_lookup.page(book, limit=1000)
    followed = [row for row in given if row.followed_by]
    assert {row.kind for row in given} == {DocumentKind.SUPPLEMENT, DocumentKind.REFUSAL}
    assert 5 < len(followed) < len(given) < len(codes) * 0.05
    for row in followed:
        assert lookup.row(book, row.followed_by).received_at.date() > row.given_at.date()


def test_outcomes_are_about_those_of_the_profile(lived):
    """Certifications are promised for the same day and can hardly be early; lateness is what was estimated."""
    book, codes = lived
    rows = [lookup.row(book, code) for code in codes]
    outcomes = Counter(lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since) for row in rows)
    ended = sum(number for outcome, number in outcomes.items() if outcome)
    plan = practice.load_profile()
    assert outcomes[Outcome.LATE] / ended == pytest.approx(plan.outcomes[Outcome.LATE], abs=0.025)
    assert outcomes[Outcome.EARLY] / ended > 0.25
    counts = lists.counts(book, MONDAY)
    assert all(counts[name] for name in (WorkingList.DUE_TODAY, WorkingList.DUE_SOON, WorkingList.READY))
    assert counts[WorkingList.WAITING_SUPPLEMENT] and counts[WorkingList.OVERDUE] < len(codes) * 0.05


def test_the_same_seed_lives_the_same_month(practice_template, tmp_path):
    plan = practice.load_profile()
    told = []
    for name in ("one", "other"):
        home = shutil.copytree(practice_template, tmp_path / name)
        with opening.open_register(home, now=MONDAY) as book:
            people.add(book, "minh", "Vàng Văn Minh Họa", roles=WORKING, clerk="truc", now=MONDAY)
            calendar = settings.calendar(book)
            visits = list(practice.month(5, 5, 8, MONDAY, calendar, plan.weights, plan.channels))
            list(practice_month.live(book, visits, CLERKS, seed=5, now=MONDAY))
            told.append([(event.dossier, event.kind, event.at) for event in events.walk(book) if event.dossier])
    assert told[0] == told[1] and len(told[0]) > 50
