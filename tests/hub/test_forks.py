"""A commune that was restored from an old backup: what it tells otherwise is shown, counts for nothing, is decided."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from db import hub_people, hub_reports
from desktop.errors import UserError
from desktop.hub import checking, settling, status
from desktop.hub.history import Choice
from desktop.sync import protocol

MONDAY = date(2026, 10, 5)


def _days(commune, first, count, visits=10):
    return [commune.day(MONDAY + timedelta(days=first + number), visits) for number in range(count)]


def _standing(place):
    return {row.day: row.sha256 for row in hub_reports.standing_of(place.hub, "03618")}


def _told(*reports):
    return {report["from"]: protocol.report_sha256(report) for report in reports}


@pytest.fixture
def parted(live_hub):
    """A hub that heard ten days; five of them were lost with a disk, and the restored register tells seven others."""
    commune = live_hub.enrolled("03618")
    shared = _days(commune, 0, 5)
    restored = deepcopy(commune)
    restored._chance.seed("another life")
    lost, new = _days(commune, 5, 5), _days(restored, 5, 7, visits=14)
    assert set(live_hub.verdicts(commune, *shared, *lost)) == {"accepted"}
    return live_hub, restored, shared, lost, new


def test_a_fork_is_kept_shown_and_counts_for_nothing(parted):
    place, commune, shared, lost, new = parted
    answer = place.acknowledged(commune, *new)
    assert [str(item.verdict) for item in answer.items] == ["forked"] * 7
    assert answer.items[0].standing.sha256 == protocol.report_sha256(lost[0])
    assert answer.items[0].standing.total == tuple(lost[0]["total"])
    assert answer.items[0].reason and answer.items[6].standing is None
    assert _standing(place) == _told(*shared, *lost)
    waiting = settling.forks(place.hub)
    assert [(fork.day.isoformat(), fork.held is not None) for fork in waiting] == [
        (report["from"], number < 5) for number, report in enumerate(new)
    ]
    assert status.statuses(place.hub, now=place.now)[0].forks == 7
    assert checking.check(place.hub).faults == ()


def test_a_fork_asked_again_is_answered_the_same_and_stored_once(parted):
    place, commune, *_, new = parted
    place.verdicts(commune, *new)
    assert place.verdicts(commune, *new) == ["forked"] * 7
    assert len(settling.forks(place.hub)) == 7


def test_taking_lets_the_new_history_stand_and_the_retry_in(parted):
    place, commune, shared, _, new = parted
    place.verdicts(commune, *new)
    done = settling.settle(place.hub, "03618", Choice.TAKE, "đĩa cũ hỏng", who="thu", now=place.now)
    assert done.reports == 7
    assert _standing(place) == _told(*shared, *new)
    answer = place.acknowledged(commune, *new)
    assert {str(item.verdict) for item in answer.items} == {"unchanged"}
    assert answer.held == protocol.held_digest((day, 1, sha256) for day, sha256 in _told(*shared, *new).items())
    assert place.verdicts(commune, *_days(commune, 12, 2)) == ["accepted"] * 2
    assert settling.forks(place.hub) == ()
    assert checking.check(place.hub).faults == ()


def test_a_day_of_the_history_left_behind_that_the_other_does_not_tell_is_settled_too(parted):
    place, commune, _, lost, new = parted
    place.verdicts(commune, *new[:3])
    settling.settle(place.hub, "03618", Choice.TAKE, "đĩa cũ hỏng", who="thu", now=place.now)
    item = place.acknowledged(commune, lost[4]).items[0]
    assert (str(item.verdict), item.settled, item.standing) == ("rejected", True, None)
    assert "đã được quyết định" in item.reason
    assert not place.acknowledged(commune, commune.day(MONDAY + timedelta(days=900), 5)).items[0].settled


def test_keeping_keeps_the_days_told_twice_and_goes_on(parted):
    place, commune, shared, lost, new = parted
    place.verdicts(commune, *new)
    settling.settle(place.hub, "03618", Choice.KEEP, "đã đối chiếu giấy", who="thu", now=place.now)
    assert _standing(place) == _told(*shared, *lost, *new[5:])
    assert place.verdicts(commune, *new) == ["superseded"] * 5 + ["unchanged"] * 2
    assert place.verdicts(commune, *_days(commune, 12, 2)) == ["accepted"] * 2
    assert checking.check(place.hub).faults == ()


def test_a_decision_can_be_made_again_otherwise(parted):
    place, commune, shared, lost, new = parted
    place.verdicts(commune, *new)
    for choice, expected in (
        (Choice.KEEP, _told(*shared, *lost, *new[5:])),
        (Choice.TAKE, _told(*shared, *new)),
        (Choice.KEEP, _told(*shared, *lost, *new[5:])),
    ):
        settling.settle(place.hub, "03618", choice, "đối chiếu", who="thu", now=place.now)
        assert _standing(place) == expected
    assert checking.check(place.hub).faults == ()
    kinds = [event.kind for event in hub_people.events(place.hub, 3)]
    assert kinds == ["settle"] * 3


def test_a_decision_needs_a_reason_and_something_to_decide(parted):
    place, commune, *_, new = parted
    with pytest.raises(UserError) as caught:
        settling.settle(place.hub, "03618", Choice.TAKE, "lý do", who="thu", now=place.now)
    assert caught.value.code == "no_fork"
    place.verdicts(commune, *new)
    with pytest.raises(UserError) as caught:
        settling.settle(place.hub, "03618", Choice.TAKE, "  ", who="thu", now=place.now)
    assert caught.value.code == "no_reason"


def test_the_same_day_in_other_figures_is_a_fork(live_hub):
    commune = live_hub.enrolled("03618")
    report = commune.day(MONDAY, 10)
    assert live_hub.verdicts(commune, report) == ["accepted"]
    other = deepcopy(report) | {"list_sha256": "0" * 64}
    assert live_hub.verdicts(commune, other) == ["forked"]


def test_a_newer_program_that_tells_the_same_closing_is_none(live_hub):
    commune = live_hub.enrolled("03618")
    report = commune.day(MONDAY, 10)
    live_hub.verdicts(commune, report)
    other = deepcopy(report) | {"program": "motcua 9.9.9"}
    assert live_hub.verdicts(commune, other) == ["accepted"]
    assert _standing(live_hub) == _told(other)
    assert live_hub.verdicts(commune, other) == ["unchanged"]
    assert checking.check(live_hub.hub).faults == ()


def test_a_unit_with_a_new_key_goes_on_with_its_history(live_hub):
    from desktop.hub import enrolment

    commune = live_hub.enrolled("03618")
    assert live_hub.verdicts(commune, *_days(commune, 0, 3)) == ["accepted"] * 3
    commune.key = bytes(32)
    code = enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    assert live_hub.enrol(commune, code).kind == "enrolled 1"
    assert live_hub.verdicts(commune, *_days(commune, 3, 3)) == ["accepted"] * 3
    assert checking.check(live_hub.hub).faults == ()
