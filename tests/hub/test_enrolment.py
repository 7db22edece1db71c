"""One-time codes: good once, for one unit, for a while; the answer can be lost and is given again."""

from datetime import timedelta

import pytest

from db import hub_people, hub_units
from desktop.errors import UserError
from desktop.hub import enrolment, units
from desktop.rules import seal
from desktop.sync import protocol
from tests.sync.invented import InventedCommune


def _commune(place, code="03618", seed=0):
    return InventedCommune(code, "xã Mường Than", seed=seed)


def _code(place, code="03618"):
    return units.add(place.hub, code, "xã Mường Than", who="thu", now=place.now).enrolment_code


def test_both_sides_prove_that_they_know_the_code(live_hub):
    code = _code(live_hub)
    answer = live_hub.enrol(_commune(live_hub), code)
    assert answer.kind == "enrolled 1"
    assert protocol.proves(protocol.derived_key(code), answer.body)
    assert answer.body["name"] == "xã Mường Than"
    assert hub_units.keys_now(live_hub.hub) == {"03618": seal.public_of(_commune(live_hub).key).hex()}


def test_a_lost_answer_is_given_again_to_the_same_key_only(live_hub):
    code, commune = _code(live_hub), _commune(live_hub)
    first = live_hub.enrol(commune, code)
    live_hub.now += timedelta(days=40)
    assert live_hub.enrol(commune, code) == first
    assert live_hub.enrol(_commune(live_hub, seed=1), code).body["code"] == "code_used"


@pytest.mark.parametrize(
    ("later", "refusal"), [(timedelta(days=13), None), (timedelta(days=14, seconds=1), "code_expired")]
)
def test_a_code_is_good_for_fourteen_days(live_hub, later, refusal):
    code = _code(live_hub)
    live_hub.now += later
    assert live_hub.enrol(_commune(live_hub), code).body.get("code") == refusal


def test_how_long_codes_are_good_for_is_a_setting(live_hub):
    enrolment.set_days(live_hub.hub, 1, who="thu", now=live_hub.now)
    code = _code(live_hub)
    live_hub.now += timedelta(days=2)
    assert live_hub.enrol(_commune(live_hub), code).body["code"] == "code_expired"


def test_a_wrong_code_another_units_and_an_older_one_let_nobody_in(live_hub):
    old, other = _code(live_hub), _code(live_hub, "03640")
    fresh = enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    refusals = [live_hub.enrol(_commune(live_hub), code).body["code"] for code in ("7F3K-92QD-HM4X-P8TW", other, old)]
    assert refusals == ["wrong_code", "wrong_code", "code_expired"]
    assert live_hub.enrol(_commune(live_hub, "99999"), fresh).body["code"] == "unknown_unit"
    assert hub_units.keys_now(live_hub.hub) == {}


def test_a_new_code_replaces_the_key_when_it_is_used(live_hub):
    old = live_hub.enrolled("03618")
    fresh = enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    assert hub_units.keys_now(live_hub.hub)["03618"] == seal.public_of(old.key).hex(), "not before"
    new = _commune(live_hub, seed=5)
    assert live_hub.enrol(new, fresh).kind == "enrolled 1"
    assert hub_units.keys_now(live_hub.hub)["03618"] == seal.public_of(new.key).hex()
    assert [one.revoked_at is None for one in hub_units.keys_of(live_hub.hub, "03618")] == [False, True]


def test_the_answer_of_a_revoked_key_is_not_repeated(live_hub):
    code, commune = _code(live_hub), _commune(live_hub)
    live_hub.enrol(commune, code)
    enrolment.revoke(live_hub.hub, "03618", who="thu", now=live_hub.now)
    assert live_hub.enrol(commune, code).body["code"] == "code_used"
    with pytest.raises(UserError, match="không có khóa"):
        enrolment.revoke(live_hub.hub, "03618", who="thu", now=live_hub.now)


def test_a_code_that_nobody_used_ends_with_the_revoked_key(live_hub):
    live_hub.enrolled("03618")
    found = enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    enrolment.revoke(live_hub.hub, "03618", who="thu", now=live_hub.now)
    assert live_hub.enrol(_commune(live_hub, seed=5), found).body["code"] == "code_expired"
    assert hub_units.keys_now(live_hub.hub) == {}


def test_a_unit_that_has_ended_gets_no_code_and_one_that_will_begin_does(live_hub):
    today = live_hub.now.date()
    units.add(live_hub.hub, "03618", "cũ", valid_to=today - timedelta(days=1), who="thu", now=live_hub.now)
    with pytest.raises(UserError, match="đã kết thúc"):
        enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    begins = today + timedelta(days=3)
    added = units.add(live_hub.hub, "99001", "mới", valid_from=begins, who="thu", now=live_hub.now)
    assert live_hub.enrol(_commune(live_hub, "99001"), added.enrolment_code).kind == "enrolled 1"


def test_one_key_is_one_units(live_hub):
    commune = live_hub.enrolled("03618")
    code = _code(live_hub, "03640")
    commune.code = "03640"
    assert live_hub.enrol(commune, code).body["code"] == "key_of_another"


def test_a_code_is_kept_as_what_is_derived_from_it(live_hub):
    code = _code(live_hub)
    (kept,) = hub_units.codes_of(live_hub.hub, "03618")
    assert kept.derived == protocol.derived_key(code)
    told = "".join(event.facts for event in hub_people.events(live_hub.hub))
    assert code not in told and code.replace("-", "") not in told
