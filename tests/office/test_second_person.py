"""Who may confirm a second request for supplements: another, at work here, a lead, and one who can sign in at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import events
from db.vocabulary import DocumentKind, EventKind, Role
from desktop.errors import UserError
from desktop.office import acts, counter, people, signing_in, slips
from desktop.rules.slips import SlipForm

E = EventKind


@pytest.fixture
def commune(commune, monday):
    """With people of each kind beside quay1 and truc, who do everything."""
    for name, roles in {"lan": {Role.RECEPTION}, "hung": {Role.LEAD}, "kiem": {Role.INSPECT}}.items():
        people.add(commune, name, f"Lò Văn {name}", roles=roles, clerk="quay1", now=monday)
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
def test_a_lead_confirms(again, second):
    again("truc", second)


def test_with_passwords_nobody_confirms_who_could_not_sign_in(commune, again, monday):
    secret = "mưa rừng ngõ vắng"
    now = monday + timedelta(minutes=1)
    signing_in.begin(commune, "quay1", secret, now=now)
    with pytest.raises(UserError) as refused:
        again("quay1", "hung")
    assert refused.value.code == "has_no_password"
    signing_in.reset(commune, "hung", clerk="quay1", now=now)
    again("quay1", "hung")
