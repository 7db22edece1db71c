"""Officials sign in with a password of their own, see their part of the tree, and sessions end."""

import json
from datetime import timedelta

import pytest

from db import hub_people
from desktop.errors import UserError
from desktop.hub import units, users
from desktop.hub.users import Role

OWN = "cầu treo sông Đà 1986"


@pytest.fixture
def lan(live_hub):
    """A hub with an administrator and an official who has chosen her password."""
    users.add(live_hub.hub, "quantri", Role.ADMIN, who="thu", now=live_hub.now)
    first = users.add(live_hub.hub, "lan", Role.VIEW, who="thu", now=live_hub.now, full_name="Lò Thị Lan")
    assert users.sign_in(live_hub.hub, "lan", first, now=live_hub.now).official.must_change
    users.change_password(live_hub.hub, "lan", first, OWN, now=live_hub.now)
    assert users.sign_in(live_hub.hub, "lan", first, now=live_hub.now) is None, "good once"
    return live_hub


def test_whoever_knows_the_password_is_let_in(lan):
    session = users.sign_in(lan.hub, " Lan ", OWN, now=lan.now)
    assert (session.official.full_name, session.official.must_change) == ("Lò Thị Lan", False)
    assert users.session(lan.hub, session.token, now=lan.now) == session
    for name, password in (("lan", "sai"), ("ai đó", OWN), ("", ""), ("lan", "x" * 100_000)):
        assert users.sign_in(lan.hub, name, password, now=lan.now) is None


def test_a_session_ends_unused_after_an_hour_and_used_after_twelve(lan):
    session = users.sign_in(lan.hub, "lan", OWN, now=lan.now)
    assert users.session(lan.hub, session.token, now=lan.now + timedelta(minutes=61)) is None
    for minutes in range(0, 12 * 60, 50):
        assert users.session(lan.hub, session.token, now=lan.now + timedelta(minutes=minutes))
    assert users.session(lan.hub, session.token, now=lan.now + timedelta(hours=12, minutes=1)) is None


def test_signing_out_and_unknown_tokens(lan):
    session = users.sign_in(lan.hub, "lan", OWN, now=lan.now)
    users.sign_out(lan.hub, session.token)
    assert users.session(lan.hub, session.token, now=lan.now) is None
    assert users.session(lan.hub, "", now=lan.now) is None


def test_tokens_and_passwords_are_kept_as_hashes(lan):
    session = users.sign_in(lan.hub, "lan", OWN, now=lan.now)
    kept = str(lan.hub.rows("SELECT * FROM web_session")) + str(lan.hub.rows("SELECT * FROM official"))
    assert session.token not in kept and OWN not in kept


def test_a_change_ends_the_sessions(lan):
    session = users.sign_in(lan.hub, "lan", OWN, now=lan.now)
    users.change(lan.hub, "lan", active=False, who="thu", now=lan.now)
    assert users.session(lan.hub, session.token, now=lan.now) is None
    assert users.sign_in(lan.hub, "lan", OWN, now=lan.now) is None


def test_a_forgotten_password_is_made_anew(lan):
    first = users.reset_password(lan.hub, "lan", who="thu", now=lan.now)
    assert users.sign_in(lan.hub, "lan", OWN, now=lan.now) is None
    assert users.sign_in(lan.hub, "lan", first, now=lan.now).official.must_change


@pytest.mark.parametrize("weak", ["ngắn", OWN, "lan lan lan lan", "x" * 201])
def test_weak_passwords_are_refused(lan, weak):
    with pytest.raises(UserError) as caught:
        users.change_password(lan.hub, "lan", OWN, weak, now=lan.now)
    assert caught.value.code == "weak_password"


def test_one_administrator_of_everything_remains(lan):
    for change in ({"role": Role.RUN}, {"active": False}):
        with pytest.raises(UserError) as caught:
            users.change(lan.hub, "quantri", who="thu", now=lan.now, **change)
        assert caught.value.code == "last_admin"


def test_each_change_is_recorded_beside_what_was_and_none_that_changes_nothing(lan):
    units.add(lan.hub, "T", "khu T", who="thu", now=lan.now)
    for role, unit in ((Role.RUN, "T"), (Role.RUN, "T"), (Role.VIEW, "")):
        users.change(lan.hub, "lan", role=role, unit=unit, who="thu", now=lan.now)
    told = [json.loads(one.facts) for one in hub_people.events(lan.hub, 10) if one.kind == "change_user"]
    assert [(one["role"], one["unit"]) for one in told] == [("view", ""), ("run", "T")]


def test_a_part_of_the_tree_must_be_there(lan):
    with pytest.raises(UserError, match="không có đơn vị"):
        users.change(lan.hub, "lan", unit="T", who="thu", now=lan.now)
    units.add(lan.hub, "T", "khu T", who="thu", now=lan.now)
    users.change(lan.hub, "lan", unit="T", who="thu", now=lan.now)
    assert {one.name: one.unit for one in users.everyone(lan.hub)} == {"lan": "T", "quantri": ""}


def test_roles_include_those_before_them():
    assert [[one.may(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
