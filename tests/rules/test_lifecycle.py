"""The whole matrix of states and events against a table written by hand, and how a history folds."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import DossierStatus, EventKind, Outcome
from desktop.rules import lifecycle, obstacles
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.deadlines import Pause, moved_appointment
from desktop.rules.lifecycle import Happened, State
from desktop.rules.obstacles import Situation

E, S = EventKind, DossierStatus

#: What each event does in each state, from the law and the issue, not from the code: the state it leads to, "=" when
#: the state stays, "." when it is refused. received, processing, waiting for a supplement, waiting for an obligation,
#: not received, withdrawn, stopped, finished, handed over.
MATRIX = """
                      rec  pro  sup  obl  not  wit  sto  fin  han
forward               pro  pro   .    .    .    .    .    .    .
hand_back              .   pro   .    .    .    .    .    .    .
request_supplement    sup  sup   .    .    .    .    .    .    .
supplement             .    .   pro   .    .    .    .    .    .
request_obligation    obl  obl   .    .    .    .    .    .    .
fulfil_obligation      .    .    .   pro   .    .    .    .    .
refuse                not  not  not  not   .    .    .    .    .
extend                 =    =    .    .    .    .    .    .    .
apologise              =    =    =    =    =    =    =    =    =
stop                  sto  sto  sto  sto   .    .    .    .    .
withdraw              wit  wit  wit  wit   .    .    .    .    .
finish                fin  fin   .    .    .    .    .    .    .
hand_over              .    .    .    .    .    .    .   han   .
rate                   .    .    .    .    .    .    .    =    =
correct                =    =    =    =    .    .    .    =    .
attach_official_code   =    =    =    =    =    =    =    =    =
fee_paid               =    =    =    =    .    =    =    =    =
undo                   .   rec  rec  rec  rec  rec  rec  rec  fin
"""
STATES = {
    "rec": S.RECEIVED,
    "pro": S.PROCESSING,
    "sup": S.WAITING_SUPPLEMENT,
    "obl": S.WAITING_OBLIGATION,
    "not": S.NOT_RECEIVED,
    "wit": S.WITHDRAWN,
    "sto": S.STOPPED,
    "fin": S.FINISHED,
    "han": S.HANDED_OVER,
}
#: The shortest life that leads to a state.
LIVES = {
    S.RECEIVED: (),
    S.PROCESSING: (E.FORWARD,),
    S.WAITING_SUPPLEMENT: (E.REQUEST_SUPPLEMENT,),
    S.WAITING_OBLIGATION: (E.REQUEST_OBLIGATION,),
    S.NOT_RECEIVED: (E.REFUSE,),
    S.WITHDRAWN: (E.WITHDRAW,),
    S.STOPPED: (E.STOP,),
    S.FINISHED: (E.FINISH,),
    S.HANDED_OVER: (E.FINISH, E.HAND_OVER),
}
#: Monday; the day after is off.
RECEIVED_AT = datetime(2026, 11, 23, 9, 0, tzinfo=VN_TZ)
NOW = RECEIVED_AT.replace(minute=30)
FACTS = {
    "note": "lý do",
    "to": "2026-12-07T17:00:00+07:00",
    "score": 5,
    "set": {"phone": "0987000009"},
    "official_code": "H35.17.28-261123-0001",
    "receipt_number": "0000123",
    "undoes": 1,
}


def history(*events, every=timedelta(seconds=10), **facts):
    """A registration and these events, ten seconds apart, by one clerk."""
    kinds = (E.REGISTER, *events)
    return [
        Happened(seq, kind, RECEIVED_AT + seq * every, "truc", FACTS | facts) for seq, kind in enumerate(kinds, start=1)
    ]


def situation(**changes):
    """Thirty seconds after the last of a short history, ten days before the promise."""
    due_at = RECEIVED_AT.replace(month=12, day=4, hour=17)
    return replace(Situation(RECEIVED_AT, due_at, due_at, NOW, "truc", shipped()), **changes)


def cells():
    """(state, event, the state it leads to or None) of every cell of the table."""
    head, *lines = [line.split() for line in MATRIX.strip().splitlines()]
    for event, *row in lines:
        for column, cell in zip(head, row, strict=True):
            state = STATES[column]
            yield state, E(event), state if cell == "=" else STATES.get(cell)


CELLS = list(cells())


def test_the_table_knows_every_state_and_every_event():
    states, events, _ = zip(*CELLS, strict=True)
    assert set(states) == set(S) - {S.DRAFT, S.NEW}
    assert set(lifecycle.TRANSITIONS) | {E.UNDO} == set(events)


@pytest.mark.parametrize(("status", "event", "leads_to"), CELLS, ids=lambda value: str(getattr(value, "name", value)))
def test_what_may_follow_what(status, event, leads_to):
    past = history(*LIVES[status])
    state = lifecycle.fold(past)
    assert state.status is status
    due_at = RECEIVED_AT - timedelta(days=1) if event is E.APOLOGISE else situation().due_at
    refused = obstacles.refusal(state, event, FACTS, situation(due_at=due_at, now=past[-1].at + timedelta(seconds=30)))
    assert (refused is None) is (leads_to is not None), refused
    if leads_to is None:
        assert refused.message.startswith("Chưa làm được vì ") and refused.message.endswith(".")
    else:
        next_ = Happened(9, event, NOW, "truc", FACTS | {"undoes": past[-1].seq})
        assert lifecycle.fold([*past, next_]).status is leads_to


@pytest.mark.parametrize(("status", "event", "leads_to"), CELLS, ids=lambda value: str(getattr(value, "name", value)))
def test_what_a_screen_offers_is_what_the_office_takes(status, event, leads_to):
    state = lifecycle.fold(history(*LIVES[status]))
    due_at = RECEIVED_AT - timedelta(days=1) if event is E.APOLOGISE else situation().due_at
    now = situation(due_at=due_at, now=state.last.at + timedelta(seconds=30))
    assert (obstacles.possible(state, event, now) is None) is (leads_to is not None)


def test_ten_states_are_the_national_codes():
    assert [int(state) for state in S] == list(range(11))
    assert {S.NEW: 1, S.RECEIVED: 2, S.WITHDRAWN: 7, S.STOPPED: 8, S.FINISHED: 9, S.HANDED_OVER: 10}.items() <= {
        state: int(state) for state in S
    }.items()


@given(st.lists(st.sampled_from([e for _, e, _ in CELLS]), max_size=25), st.integers(0, 10_000))
def test_no_order_of_asking_leads_out_of_the_table(asked, seed):
    """Whatever is asked in whatever order: only what the table allows happens, and clock stops follow each other."""
    table = {(state, event): leads_to for state, event, leads_to in CELLS}
    past, state = history(), lifecycle.fold(history())
    now = past[-1].at
    for event in asked:
        now += timedelta(seconds=5 + seed % 90)
        if obstacles.refusal(state, event, FACTS, situation(now=now)):
            continue
        undoes = {"undoes": state.last.seq}
        past.append(Happened(past[-1].seq + 1, event, now, "truc", FACTS | undoes))
        before, state = state, lifecycle.fold(past)
        if event is not E.UNDO:  # which depends on what happened last, not on the state
            assert state.status is table[before.status, event]
            assert state.supplement_requests <= 2 and len(state.pauses) >= len(before.pauses)
        assert all(a.to_at is not None and a.to_at <= b.from_at for a, b in pairwise(state.pauses))


def test_an_undone_event_counts_as_never_done():
    past = history(E.FORWARD, E.REQUEST_SUPPLEMENT)
    undone = lifecycle.fold([*past, Happened(4, E.UNDO, NOW, "truc", {"undoes": 3})])
    assert replace(undone, last=None) == replace(lifecycle.fold(past[:-1]), last=None)
    both = [*past, Happened(4, E.UNDO, NOW, "truc", {"undoes": 3}), Happened(5, E.UNDO, NOW, "truc", {"undoes": 2})]
    assert lifecycle.fold(both).status is S.RECEIVED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clerk": "minh"}, "not_yours"),
        ({"now": RECEIVED_AT + timedelta(seconds=20 + 61)}, "minute_over"),
        ({"now": RECEIVED_AT + timedelta(seconds=20 + 60)}, None),
    ],
)
def test_a_slip_is_undone_by_its_own_clerk_within_the_minute(change, code):
    state = lifecycle.fold(history(E.FORWARD))
    refused = obstacles.refusal(state, E.UNDO, {}, situation(**change))
    assert (refused and refused.code) == code


@pytest.mark.parametrize("event", [E.EXTEND, E.APOLOGISE, E.RATE, E.CORRECT, E.ATTACH_OFFICIAL_CODE])
def test_what_left_the_counter_is_not_undone(event):
    life = (E.FINISH, event) if event is E.RATE else (event,)
    refused = obstacles.possible(lifecycle.fold(history(*life)), E.UNDO, situation())
    assert refused.code == "nothing_to_undo"


@pytest.mark.parametrize(
    ("status", "finished", "paused", "expected"),
    [
        (S.PROCESSING, None, None, None),
        (S.FINISHED, (26, 9), None, Outcome.EARLY),
        (S.FINISHED, (27, 8), None, Outcome.ON_TIME),
        (S.HANDED_OVER, (27, 22), None, Outcome.ON_TIME),
        (S.FINISHED, (28, 0), None, Outcome.LATE),
        (S.WITHDRAWN, (26, 9), None, Outcome.ON_TIME),
        (S.STOPPED, (28, 9), None, Outcome.LATE),
        (S.STOPPED, (30, 9), (25, 9), Outcome.ON_TIME),
        (S.WITHDRAWN, (30, 9), (27, 9), Outcome.ON_TIME),
        (S.WITHDRAWN, (30, 9), (28, 9), Outcome.LATE),
        (S.NOT_RECEIVED, (26, 9), None, Outcome.ON_TIME),
        (S.NOT_RECEIVED, (28, 9), None, Outcome.LATE),
    ],
)
def test_how_a_dossier_ended_is_told_by_dates(status, finished, paused, expected):
    """Due on Friday 27/11 at 17:00."""
    due_at = RECEIVED_AT.replace(day=27, hour=17)
    moments = [moment and RECEIVED_AT.replace(day=moment[0], hour=moment[1]) for moment in (finished, paused)]
    assert lifecycle.outcome(status, due_at, *moments) is expected


@pytest.mark.parametrize(
    ("due", "last"),
    [((12, 4), (12, 3)), ((11, 30), (11, 27)), ((11, 25), (11, 23)), ((9, 3), (8, 28)), ((8, 24), (8, 22))],
)
def test_an_extension_is_proposed_one_working_day_before(due, last):
    due_at = datetime(2026, *due, 17, tzinfo=VN_TZ)
    assert obstacles.last_day_to_extend(due_at, shipped()).timetuple()[1:3] == last
    received = Situation(due_at - timedelta(days=30), due_at, due_at, due_at, "truc", shipped())
    state = State()
    on_last = datetime(2026, *last, 23, 59, tzinfo=VN_TZ)
    assert obstacles.possible(state, E.EXTEND, replace(received, now=on_last)) is None
    too_late = obstacles.possible(state, E.EXTEND, replace(received, now=on_last + timedelta(minutes=1)))
    assert too_late.code == "too_late_to_extend"


def at(month, day, hour=17):
    return datetime(2026, month, day, hour, tzinfo=VN_TZ)


@pytest.mark.parametrize(
    ("asked", "answered", "moved"),
    [
        (at(11, 26, 9), at(12, 2, 9), at(12, 8)),  # 27, 30, 1, 2 were left
        (at(12, 2, 9), at(12, 10, 9), at(12, 10)),  # nothing was left: the day of the answer
        (at(12, 2, 9), at(12, 5, 9), at(12, 7)),  # … which is a Saturday
        (at(12, 2, 9), at(12, 10, 18), at(12, 11)),  # … or too late in the day
        (at(11, 26, 9), at(11, 26, 10), at(12, 2)),
        (at(12, 3, 9), at(12, 20, 9), at(12, 2)),  # asked when it was late already
    ],
)
def test_an_appointment_given_anew_waits_for_the_citizen_too(asked, answered, moved):
    assert moved_appointment(at(12, 2), [Pause(asked, answered)], shipped()) == moved


def test_an_open_clock_stop_leaves_the_appointment():
    assert moved_appointment(at(12, 2), [Pause(at(11, 26), None)], shipped()) == at(12, 2)


@pytest.mark.parametrize(
    ("given_before", "days", "code"),
    [((), "8", None), ((), "8.25", "beyond_promise"), (("3", "4"), "1", None), (("3", "4"), "1.25", "beyond_promise")],
)
def test_legs_between_units_add_up_to_the_promise(given_before, days, code):
    """Received on Monday 23/11 for eight working days: due on Friday 4/12, the 24th is off."""
    state = State(legs=tuple(map(Decimal, given_before)))
    refused = obstacles.refusal(state, E.FORWARD, {"to": "Thuế", "inner_days": days}, situation())
    assert (refused and refused.code) == code


def test_a_leg_ends_no_later_than_the_promise():
    now = situation(now=at(12, 2, 9))
    assert obstacles.leg_due(Decimal(1), now) == at(12, 3)
    assert obstacles.leg_due(Decimal(5), now) == now.due_at
    assert obstacles.leg_due(Decimal(1), situation(now=at(12, 7, 9))) == at(12, 8)
    for inner, code in ((at(12, 4), None), (at(12, 5), "beyond_promise"), (at(12, 2, 9), "inner_past")):
        refused = obstacles.refusal(State(), E.FORWARD, {"inner_due": inner.isoformat()}, now)
        assert (refused and refused.code) == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, None),
        ({"note": "người nộp nhận"}, None),
        ({"receipt": "scanned"}, None),
        ({"receipt": "seen"}, None),
        ({"receipt": "missing"}, "needs_reason"),
        ({"receipt": "missing", "note": "mất giấy, đã đối chiếu thẻ"}, None),
    ],
)
def test_a_result_leaves_without_the_receipt_only_for_a_reason(facts, code):
    refused = obstacles.refusal(lifecycle.fold(history(E.FINISH)), E.HAND_OVER, facts, situation())
    assert (refused and refused.code) == code
