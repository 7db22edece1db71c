"""Who may confirm a second request for supplements: another, at work here, a lead, and one who says so himself."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from db import credentials, events
from db.vocabulary import DocumentKind, EventKind, Role
from desktop.errors import UserError
from desktop.office import acts, counter, people, settings, signing_in, slips
from desktop.rules.slips import SlipForm

E = EventKind


SECRET, THEIRS = "mưa rừng ngõ vắng", "tre xanh bụi thứ tư"


@pytest.fixture
def commune(commune, monday):
    """With people of each kind beside quay1 and truc, who do everything."""
    whole = {"lan": Role.RECEPTION, "hung": Role.LEAD, "bich": Role.LEAD, "kiem": Role.INSPECT}
    for name, role in whole.items():
        people.add(commune, name, f"Lò Văn {name}", roles={role}, clerk="quay1", now=monday)
    people.add(commune, "dat", "Lò Văn Đất", roles={Role.LEAD}, fields=["Đất đai"], clerk="quay1", now=monday)
    people.add(commune, "cu", "Lò Văn Cũ", roles={Role.LEAD}, clerk="quay1", now=monday)
    people.change(commune, "cu", active=False, clerk="quay1", now=monday)
    return commune


@pytest.fixture(params=["act", "slip"])
def again(request, commune, correction_form, monday):
    """Ask for supplements once, then again as ``clerk`` with ``second`` confirming."""
    at = monday + timedelta(minutes=1)
    if request.param == "slip":
        slip = SlipForm(DocumentKind.SUPPLEMENT, correction_form, "một", ("Tờ khai",), "thiếu")
        slips.give(commune, slip, clerk="quay1", now=at)

        def ask(clerk, second):
            return slips.give(commune, replace(slip, key="hai", confirmed_by=second), clerk=clerk, now=at)
    else:
        code = counter.register(commune, correction_form, clerk="quay1", now=monday).code
        acts.perform(commune, code, E.REQUEST_SUPPLEMENT, {"note": "thiếu"}, clerk="quay1", now=at)
        acts.perform(commune, code, E.SUPPLEMENT, {}, clerk="quay1", now=at)

        def ask(clerk, second):
            facts = {"note": "vẫn thiếu", "confirmed_by": second}
            return acts.perform(commune, code, E.REQUEST_SUPPLEMENT, facts, clerk=clerk, now=at)

    return ask


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("truc", "needs_second_person"),
        (" TRUC ", "needs_second_person"),
        ("lan", "not_allowed"),
        ("kiem", "not_allowed"),
        ("dat", "other_field"),
        ("cu", "person_closed"),
        ("ai đó", "unknown_clerk"),
    ],
)
def test_who_cannot_confirm_is_refused_and_nothing_is_written(commune, again, second, code):
    before = events.head(commune)
    with pytest.raises(UserError) as refused:
        again("truc", second)
    assert (refused.value.code, events.head(commune)) == (code, before)


@pytest.mark.parametrize("second", ["hung", "quay1", "HUNG"])
def test_a_lead_confirms(commune, again, second):
    again("truc", second)
    assert "vouched" not in last(commune), "nobody proves anything on a register without passwords"


@pytest.fixture
def asking(commune, monday):
    """The same register from when quay1 and hung have passwords; only quay1 has signed in. Gives the moment."""
    now = monday + timedelta(minutes=1)
    signing_in.begin(commune, "quay1", SECRET, now=now)
    once = signing_in.reset(commune, "hung", clerk="quay1", now=now)
    signing_in.sign_in(commune, "hung", once, now=now)
    signing_in.set_password(commune, "hung", THEIRS, clerk="hung", now=now)
    signing_in.sign_out(commune, "hung")
    return now


@pytest.fixture
def vouch(commune, asking):
    """hung types his password, or another."""

    def say(secret=THEIRS, name="hung", after=timedelta()):
        return signing_in.vouch(commune, name, secret, now=asking + after)

    return say


def last(book):
    """What the last event tells."""
    payload = json.loads(list(events.walk(book))[-1].payload)
    return payload.get("facts", payload)


def refused(code, ask, *arguments, **facts):
    with pytest.raises(UserError) as problem:
        ask(*arguments, **facts)
    assert problem.value.code == code
    return problem.value


def test_with_passwords_nobody_confirms_who_could_not_sign_in(commune, again, asking, vouch):
    refused("has_no_password", again, "quay1", "bich")
    once = signing_in.reset(commune, "bich", clerk="quay1", now=asking)
    refused("must_change", vouch, once, "bich")
    refused("needs_their_password", again, "quay1", "bich")


def test_who_confirms_says_so_by_his_password(commune, again, asking, vouch):
    before = events.head(commune)
    said = refused("needs_their_password", again, "quay1", "hung")
    assert said.message == "Lò Văn hung phải tự gõ mật khẩu của mình để xác nhận."
    assert vouch(name=" HUNG ").short_name == "hung"
    assert events.head(commune) == before, "nobody signed in"
    again("quay1", "hung")
    assert last(commune)["vouched"] is True
    refused("sign_in_required", settings.change, commune, "look", "dark", clerk="hung", now=asking)


def test_a_word_is_good_for_the_next_transaction_only(commune, again, asking, vouch):
    vouch()
    settings.change(commune, "look", "dark", clerk="quay1", now=asking)
    refused("needs_their_password", again, "quay1", "hung")


def test_a_word_is_spent_by_an_act_that_was_refused(again, vouch):
    vouch()
    refused("sign_in_required", again, "truc", "hung")
    refused("needs_their_password", again, "quay1", "hung")


def test_a_word_for_an_act_that_was_never_tried_is_soon_forgotten(commune, again, vouch):
    vouch(after=timedelta(minutes=-2))
    refused("needs_their_password", again, "quay1", "hung")


def test_who_vouched_vouched_for_nobody_else(commune, again, vouch):
    vouch(SECRET, "quay1")
    refused("needs_their_password", again, "quay1", "hung")


def test_another_thread_hears_nothing_of_it(commune, vouch):
    vouch()
    with commune.session() as own:
        assert not own.vouched


def test_wrong_passwords_stand_in_the_chain_and_make_wait(commune, again, vouch):
    names = {refused("wrong_password", vouch, SECRET, name).message for name in ("hung", "ai đó", "bich", "")}
    assert names == {"Tên hoặc mật khẩu của người xác nhận không đúng."}
    told = [json.loads(one.payload) for one in events.walk(commune) if one.kind == E.FAIL_SIGN_IN]
    assert [one["person"] for one in told] == ["hung", None, None, None]
    assert {one["through"] for one in told} == {"confirm"}
    for _ in range(4):
        refused("wrong_password", vouch, SECRET)
    refused("wait", vouch)
    refused("needs_their_password", again, "quay1", "hung")
    vouch(after=timedelta(seconds=30))
    assert credentials.of(commune, "hung").failures == 0
    again("quay1", "hung")


def test_asked_again_with_the_same_key_nobody_has_to_type_again(commune, asking, correction_form):
    code = counter.register(commune, correction_form, clerk="quay1", now=asking).code
    for event in (E.REQUEST_SUPPLEMENT, E.SUPPLEMENT):
        acts.perform(commune, code, event, {"note": "thiếu"}, clerk="quay1", now=asking)
    facts = {"note": "vẫn thiếu", "confirmed_by": "hung"}
    ask = partial(acts.perform, commune, code, E.REQUEST_SUPPLEMENT, facts, clerk="quay1", now=asking, key="khoa")
    signing_in.vouch(commune, "hung", THEIRS, now=asking)
    assert not ask().again
    assert ask().again


def test_nobody_stands_as_confirming_a_first_request_who_did_not(commune, asking, correction_form):
    code = counter.register(commune, correction_form, clerk="quay1", now=asking).code
    facts = {"note": "thiếu", "confirmed_by": "hung"}
    ask = partial(acts.perform, commune, code, E.REQUEST_SUPPLEMENT, facts, clerk="quay1", now=asking)
    refused("needs_their_password", ask)
    signing_in.vouch(commune, "hung", THEIRS, now=asking)
    ask()
    assert last(commune)["vouched"] is True
