"""The way to the hub: met and left, dead, busy or closed to us; what is said of it is what was last seen."""

import itertools
from datetime import timedelta
from functools import partial

import pytest

from db.vocabulary import OutboxState
from desktop.errors import UserError
from desktop.office import enrolling, outbox, sending
from tests.office.upward import MONDAY, evening
from tests.sync import little_hub
from tests.sync.little_hub import CODE, LittleHub

S = OutboxState


def test_a_dead_network_is_no_failure_of_a_report(wire, days):
    told = little_hub.serving(wire.answer)
    with told as elsewhere:
        enrolling.change_line(wire.book, enrolling.Line(elsewhere), clerk="truc", now=wire.now)
    told = wire.send()
    assert (told.sent, told.waiting, told.offline) == (0, 5, True)
    rows = outbox.rows(wire.book)
    assert {(row.state, row.attempts, row.next_try_at, row.tries) for row in rows} == {(S.WAITING, 0, None, ())}
    way = outbox.line(wire.book, wire.now)
    assert (way.offline_since, way.next_try_at) == (wire.now, wire.now + timedelta(seconds=30))
    assert outbox.note(outbox.row(wire.book, MONDAY), way) == "chưa có mạng"
    assert not sending.due(wire.book, wire.now) and sending.due(wire.book, wire.now + timedelta(seconds=30))


def test_probes_of_a_dead_network_come_ever_more_seldom_up_to_five_minutes(wire, days):
    with little_hub.serving(wire.answer) as elsewhere:
        enrolling.change_line(wire.book, enrolling.Line(elsewhere), clerk="truc", now=wire.now)
    waits, began = [], wire.now
    for _ in range(6):
        wire.send()
        following = outbox.line(wire.book, wire.now).next_try_at
        waits.append((following - wire.now).total_seconds())
        wire.now = following
    assert waits == [30, 60, 120, 240, 300, 300]
    assert outbox.line(wire.book, wire.now).offline_since == began
    enrolling.change_line(wire.book, enrolling.Line(wire.url), clerk="truc", now=wire.now)
    assert wire.send().acknowledged == 5 and outbox.line(wire.book, wire.now).offline_since is None


def test_a_busy_hub_is_left_in_peace_as_long_as_it_asks(wire, days):
    wire.between = [lambda *_: (429, {"Retry-After": "120"}, b"")]
    told = wire.send()
    assert (told.sent, told.waiting, told.offline) == (0, 5, False) and told.reason
    assert {row.attempts for row in outbox.rows(wire.book)} == {0}
    assert not sending.due(wire.book, wire.now + timedelta(seconds=119))
    assert wire.send().sent == 0, "nor does a round that nobody asked for try"
    wire.now += timedelta(seconds=120)
    assert wire.send().acknowledged == 5


def test_the_way_works_only_while_the_hub_answers(wire, days):
    def works():
        way = outbox.line(wire.book, wire.now)
        return way.works, way.reason

    assert works() == (False, ""), "nobody has tried it yet"
    wire.send()
    assert works() == (True, "")
    wire.between = [lambda *_: (200, b"<html>Xin dang nhap mang</html>")]
    wire.send(manual=True)
    assert works() == (False, "có máy khác trả lời thay nơi nhận")
    wire.send(manual=True)
    assert works() == (True, "")
    wire.hub.keys.clear()
    wire.send(manual=True)
    assert works() == (False, sending.UNKNOWN_KEY)


@pytest.mark.parametrize("told", ["busy", "unknown"])
def test_a_hub_that_puts_us_off_was_reached(wire, days, told):
    enrolling.change_line(wire.book, enrolling.Line("http://127.0.0.1:9"), clerk="truc", now=wire.now)
    wire.send()
    assert outbox.line(wire.book, wire.now).offline_since == wire.now
    with wire.book.write():
        wire.book.database.execute_sql(
            "UPDATE setting SET value = json_set(value, '$.url', ?) WHERE name = 'hub_line'", (wire.url,)
        )
    if told == "busy":
        wire.between = [lambda *_: (429, {"Retry-After": "120"}, b"")]
    else:
        wire.hub.keys.clear()
    sent = wire.send(manual=True)
    way = outbox.line(wire.book, wire.now)
    assert (way.offline_since, way.reason, sent.offline) == (None, sent.reason, False)


def test_an_enrolment_can_be_stopped_up_to_the_moment_in_which_the_hub_is_believed(commune):
    hub = LittleHub()
    with little_hub.serving(hub.answer) as url:
        for steps in itertools.count():
            asked = itertools.count(1)
            going_on = partial(lambda asked, steps: next(asked) <= steps, asked, steps)
            try:
                enrolling.enrol(commune, CODE, url=url, clerk="truc", now=evening(MONDAY), going_on=going_on)
            except UserError:
                assert enrolling.hub(commune) is None and enrolling.line(commune).url == ""
            else:
                break
    assert steps >= 3, "asked before the packet, after the answer, and when the hub would be believed"
    assert enrolling.hub(commune).key == hub.key


def test_another_hub_has_acknowledged_nothing_yet(wire, days):
    wire.send()
    other = LittleHub(seed=2, practice=True, name="Đầu mối mới")
    with little_hub.serving(other.answer) as elsewhere:
        enrolling.enrol(wire.book, CODE, url=elsewhere, clerk="truc", now=wire.now)
        rows = outbox.rows(wire.book)
        assert {(row.state, row.reason) for row in rows} == {(S.WAITING, "nơi nhận mới chưa có báo cáo này; gửi lại")}
        assert outbox.line(wire.book, wire.now).acknowledged_at is None
        assert wire.send().acknowledged == 5 and len(other.reports) == 5


def test_the_same_hub_enrolled_with_again_keeps_what_it_acknowledged(wire, days):
    wire.send()
    wire.enrol()
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}
