"""Every role and every kind of event, against a matrix written by hand, and through the office wherever one acts."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from db import events
from db.records import CalendarDay
from db.vocabulary import DayKind, DocumentKind, EventKind, Role
from desktop.errors import UserError
from desktop.office import (
    access,
    acts,
    backup_locks,
    backup_sticks,
    backups,
    closing,
    counter,
    drafts,
    opening,
    people,
    restoring,
    rights,
    settings,
    signing_in,
    slips,
)
from desktop.rules import rights as table
from desktop.rules.rights import WORKING, Deed
from desktop.rules.slips import SlipForm
from tests.conftest import MONDAY
from tests.office.deciding import DAY
from tests.office.each_kind import ACTS, NOW, Desk

E, R = EventKind, Role

#: One line for each kind: who may. R tiếp nhận, P xử lý, L lãnh đạo, A quản trị, I chỉ xem; a dot may not.
MATRIX = """
open_register          .....     set_calendar_day       ..LA.
give_slip              R....     confirm_year           ..LA.
register               R....     change_setting         ...A.
forward                RP...     add_person             ...A.
hand_back              RP...     decide_catalogue       ..L..
request_supplement     RP...     undo_decision          ..L..
supplement             R....     propose                RPL..
request_obligation     RP...     post_sheets            RPLA.
fulfil_obligation      RP...     take_down              RPLA.
refuse                 RPL..     undo_posting           RPLA.
extend                 ..L..     illustrate             RPLA.
apologise              RPL..     enrol                  ...A.
stop                   .PL..     write_packet           ..LA.
withdraw               R....     change_person          ...A.
finish                 RP...     set_password           RPLAI
hand_over              R....     reset_password         ...A.
rate                   RPLA.     make_recovery_code     ...A.
count_ballots          .....     use_recovery_code      .....
close_day              ..L..     sign_in                RPLAI
correct                R....     fail_sign_in           .....
undo                   RPL..     view                   RPLAI
fee_paid               R....     search                 RPLAI
attach_official_code   RP...     reveal                 RPLA.
print                  RPLAI     export                 RPLAI
import_book            ..LA.     destroy                ..LA.
undo_import            ..LA.
"""
_WORDS = MATRIX.split()
ALLOWED = {
    EventKind(kind): {role for role, letter in zip(Role, letters, strict=True) if letter != "."}
    for kind, letters in zip(_WORDS[::2], _WORDS[1::2], strict=True)
}


def test_the_table_is_total_and_as_it_was_written_by_hand():
    assert set(table.MAY) == set(ALLOWED) == set(EventKind)
    for kind in EventKind:
        assert {role for role in Role if table.may({role}, kind)} == ALLOWED[kind], kind
        assert not table.may((), kind)
        assert table.may(Role, kind) == bool(ALLOWED[kind])


def test_what_is_nobodys_act_is_the_machines():
    assert {kind for kind in EventKind if not ALLOWED[kind]} <= table.BY_ITSELF


def test_settings_are_the_administrators_but_for_those_that_say_otherwise():
    for name in ("unit", "backup_key", "backup_sticks", "hub_line", "catalogue_keys", "never heard of"):
        assert table.allowed(E.CHANGE_SETTING, name) == {R.ADMINISTER}
    for name in ("look", "printers"):
        assert table.allowed(E.CHANGE_SETTING, name) == set(Role)
    for name in ("posting", "form_texts", "on_time_target", "rating_scale", "rating_screen", "rating_keypad"):
        assert table.allowed(E.CHANGE_SETTING, name) == {R.LEAD, R.ADMINISTER}
    assert table.allowed(E.CHANGE_SETTING, "meeting_actions") == {R.RECEPTION, R.PROCESSING, R.LEAD}


# --- through the office ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(live_template, tmp_path_factory):
    """A live register with one person for each role, and a dossier in every state that an act needs."""
    home = shutil.copytree(live_template, tmp_path_factory.mktemp("rights") / "data")
    with opening.open_register(home, now=MONDAY) as book:
        for role in Role:
            people.add(book, str(role), f"Người {role}", roles={role}, clerk="quay1", now=MONDAY)
        yield Desk(book, home)


#: Done only where people have passwords.
WITH_PASSWORDS = {
    E.SET_PASSWORD: lambda book, who: signing_in.set_password(book, who, "tre xanh bụi tư", clerk=who, now=NOW),
    E.RESET_PASSWORD: lambda book, who: signing_in.reset(book, "truc", clerk=who, now=NOW),
    E.MAKE_RECOVERY_CODE: lambda book, who: signing_in.new_recovery_code(book, clerk=who, now=NOW),
}
#: What asks for something else than a role, or is tested with its own.
OTHERWISE = {E.SIGN_IN, E.IMPORT_BOOK, E.UNDO_IMPORT, E.DESTROY}


def test_every_kind_that_somebody_does_is_done_here():
    nobodys = {kind for kind in EventKind if not ALLOWED[kind]}
    assert set(ACTS) | set(WITH_PASSWORDS) | OTHERWISE | nobodys == set(EventKind)


class Undone(Exception):
    """Leaves the register as it was."""


def attempt(book, act, who):
    """The kinds that were recorded in his name, or the code of the refusal; nothing of it stays."""
    answer = None
    try:
        with book.write():
            seq, _ = events.head(book)
            try:
                act(who)
                answer = {event.kind for event in events.walk(book) if event.seq > seq and event.clerk == who}
            except UserError as refused:
                assert events.head(book)[0] == seq, "refused and yet recorded"
                answer = refused.code
            raise Undone
    except Undone:
        book.derived.clear()
    return answer


@pytest.mark.parametrize("kind", ACTS, ids=str)
def test_the_office_lets_each_role_do_its_own_work_and_no_other(desk, correction_form, kind):
    act = ACTS[kind](desk, correction_form)
    for role in Role:
        told = attempt(desk.book, act, str(role))
        if role not in ALLOWED[kind]:
            assert told == "not_allowed", (kind, role)
        elif kind is E.ENROL:
            assert told == set(), "the request alone records nothing"
        else:
            assert isinstance(told, set) and kind in told, (kind, role, told)


@pytest.mark.parametrize("kind", WITH_PASSWORDS, ids=str)
def test_so_it_is_with_passwords(live_home, kind):
    with opening.open_register(live_home, now=MONDAY) as book:
        for role in Role:
            people.add(book, str(role), f"Người {role}", roles={role}, clerk="quay1", now=MONDAY)
        signing_in.begin(book, "quay1", "mưa rừng ngõ vắng", now=MONDAY)
        for role in Role:
            once = signing_in.reset(book, str(role), clerk="quay1", now=MONDAY)
            signing_in.sign_in(book, str(role), once, now=MONDAY)
            signing_in.set_password(book, str(role), "suối trong đầu bản", clerk=str(role), now=MONDAY)
        for role in Role:
            own = {"old": "suối trong đầu bản"} if kind is E.SET_PASSWORD else None
            act = _own(book, own) if own else lambda who: WITH_PASSWORDS[kind](book, who)
            told = attempt(book, act, str(role))
            assert told == ({kind} if role in ALLOWED[kind] else "not_allowed"), role


def _own(book, old):
    return lambda who: signing_in.set_password(book, who, "tre xanh bụi tư", **old, clerk=who, now=NOW)


def test_a_refusal_names_the_roles_that_may(commune):
    people.add(commune, "mai", "Lù Thị Mai", roles={R.INSPECT}, clerk="quay1", now=MONDAY)
    with pytest.raises(UserError) as refused:
        settings.set_day(commune, CalendarDay(DAY, DayKind.HOLIDAY, "x", "y"), clerk="mai", now=NOW)
    assert refused.value.message == (
        "Việc này của vai trò Lãnh đạo hoặc Quản trị; hãy nhờ người có vai trò đó, hoặc người quản trị."
    )


def test_a_screen_is_told_which_acts_are_not_this_persons(commune, correction_form):
    people.add(commune, "mai", "Lù Thị Mai", roles={R.RECEPTION}, clerk="quay1", now=MONDAY)
    code = counter.register(commune, correction_form, clerk="truc", now=MONDAY).code
    offers = {offer.event: offer.why_not for offer in acts.offered(commune, code, clerk="mai", now=NOW)}
    assert offers[E.FORWARD] == ""
    assert offers[E.EXTEND].startswith("Việc này của vai trò Lãnh đạo;")


# --- fields, closed people, guards -----------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(commune):
    """Somebody with every role whose work is the field of the land, not of civil status."""
    (field,) = [one for one in people.known_fields(commune) if one == "Đất đai"]
    people.add(commune, "lan", "Vàng Thị Lan", roles=WORKING, fields=[field], clerk="quay1", now=MONDAY)
    return commune


def _refused(act, *arguments, **facts):
    with pytest.raises(UserError) as caught:
        act(*arguments, **facts)
    return caught.value


def test_what_happens_to_a_dossier_of_another_field_is_not_his(elsewhere, correction_form):
    code = counter.register(elsewhere, correction_form, clerk="truc", now=MONDAY).code
    slip = SlipForm(DocumentKind.REFUSAL, replace(correction_form, key="form-slip"), "slip-1", reason="Vì thế")
    for problem in (
        _refused(counter.register, elsewhere, replace(correction_form, key="2"), clerk="lan", now=NOW),
        _refused(acts.perform, elsewhere, code, E.FINISH, {}, clerk="lan", now=NOW),
        _refused(access.viewed, elsewhere, code, why="show", clerk="lan", now=NOW),
        _refused(access.exported, elsewhere, "giấy", count=1, sha256="", dossier=code, clerk="lan", now=NOW),
        _refused(slips.give, elsewhere, slip, clerk="lan", now=NOW),
    ):
        assert problem.code == "other_field"
        assert problem.message == "Hồ sơ thuộc lĩnh vực Hộ tịch; Vàng Thị Lan phụ trách Đất đai."
    people.change(elsewhere, "lan", fields=["Đất đai", "Hộ tịch"], clerk="quay1", now=NOW)
    acts.perform(elsewhere, code, E.FINISH, {}, clerk="lan", now=NOW)


def test_a_matter_that_no_list_names_is_in_nobodys_field(elsewhere):
    lan = people.found(elsewhere, "lan")
    assert rights.why_not(elsewhere, lan, E.VIEW, procedure="9.999999")[0] == "other_field"
    assert rights.why_not(elsewhere, lan, E.VIEW) is None
    assert rights.why_not(elsewhere, people.found(elsewhere, "truc"), E.VIEW, procedure="9.999999") is None


def test_who_has_left_acts_no_more_and_keeps_what_was_done(commune, correction_form):
    code = counter.register(commune, correction_form, clerk="truc", now=MONDAY).code
    people.change(commune, "truc", active=False, clerk="quay1", now=NOW)
    assert _refused(acts.perform, commune, code, E.FINISH, {}, clerk="truc", now=NOW).code == "person_closed"
    assert [one.short_name for one in people.clerks(commune)] == ["quay1"]
    assert [one.short_name for one in people.everyone(commune)] == ["quay1", "truc"]
    assert events.of_dossier(commune, code)[0].clerk == "truc"
    people.change(commune, "truc", active=True, clerk="quay1", now=NOW)
    acts.perform(commune, code, E.FINISH, {}, clerk="truc", now=NOW)


def test_an_administrator_remains(commune):
    people.change(commune, "truc", roles={R.RECEPTION}, clerk="quay1", now=MONDAY)
    for what in ({"active": False}, {"roles": {R.LEAD}}):
        assert _refused(people.change, commune, "quay1", **what, clerk="quay1", now=NOW).code == "last_administrator"
    assert _refused(people.change, commune, "quay1", roles=(), clerk="quay1", now=NOW).code == "no_roles"
    told = _refused(people.change, commune, "truc", roles=WORKING, clerk="truc", now=NOW)
    assert told.code == "not_allowed", "nobody raises himself"


def test_a_change_of_a_person_tells_what_was_before(commune):
    before = events.head(commune)
    assert not people.change(commune, "truc", full_name="Lò Thị Trực", clerk="quay1", now=NOW)
    assert events.head(commune) == before, "nothing changed, nothing recorded"
    people.change(commune, "truc", full_name="Lò Thị Trúc", roles={R.LEAD}, clerk="quay1", now=NOW)
    told = events.by_seq(commune, events.head(commune)[0]).payload
    assert '"before":{"active":true,"fields":[],"full_name":"Lò Thị Trực"' in told
    assert '"after":{"active":true,"fields":[],"full_name":"Lò Thị Trúc","roles":["lead"]}' in told


@pytest.mark.parametrize("role", Role)
def test_keys_sticks_copies_and_restoring_are_guarded_before_anything_is_touched(commune, tmp_path, role):
    people.add(commune, "mai", "Lù Thị Mai", roles={role}, clerk="quay1", now=MONDAY)
    backup_locks.set_key(commune, "Chè Shan tuyết đầu mùa", clerk="quay1", now=MONDAY)
    made = backups.make(commune, now=MONDAY)
    stick, file = tmp_path / "usb", tmp_path / "so.mcsl"
    stick.mkdir()
    told = {
        R.ADMINISTER: {
            "key": lambda: backup_locks.set_key(commune, "Ruộng bậc thang mùa lúa chín", clerk="mai", now=NOW),
            "stick": lambda: backup_sticks.label(commune, stick, "USB", clerk="mai", now=NOW),
            "restore": lambda: restoring.bring_beside(
                commune, made.path, "Chè Shan tuyết đầu mùa", clerk="mai", now=NOW
            ),
        },
        R.LEAD: {"copy": lambda: backups.export(commune, file, clerk="mai", now=NOW)},
    }
    for needed, guarded in told.items():
        for name, act in guarded.items():
            if role is R.ADMINISTER or role is needed:
                continue
            assert _refused(act).code == "not_allowed", name
    if role not in (R.ADMINISTER, R.LEAD):
        assert not file.exists() and not list(stick.iterdir())
    if role in table.allowed(Deed.TAKE_AWAY):
        backups.export(commune, file, clerk="mai", now=NOW)
    if role is R.ADMINISTER:
        backup_sticks.label(commune, stick, "USB", clerk="mai", now=NOW)
        assert restoring.bring_beside(commune, made.path, "Chè Shan tuyết đầu mùa", clerk="mai", now=NOW)


# --- nothing without a right -----------------------------------------------------------------------------------------


def test_nothing_enters_the_chain_that_nobody_asked_a_right_for(commune):
    facts = {"at": NOW, "clerk": "truc", "key": "k"}
    with pytest.raises(RuntimeError, match="nobody asked"), commune.write():
        events.append(commune, E.PRINT, {}, **facts)
    with commune.write():
        rights.acting(commune, "truc", E.PRINT, now=NOW)
    with pytest.raises(RuntimeError, match="nobody asked"), commune.write():
        events.append(commune, E.PRINT, {}, **facts)
    with pytest.raises(RuntimeError, match="nobody asked"), commune.write():
        rights.acting(commune, "truc", E.PRINT, now=NOW)
        events.append(commune, E.PRINT, {}, **facts | {"clerk": "quay1"})
    with pytest.raises(RuntimeError, match="nobody asked"), commune.write():
        rights.acting(commune, "truc", E.PRINT, now=NOW)
        events.append(commune, E.VIEW, {}, **facts)


def test_a_right_is_for_one_transaction_also_of_a_worker(commune):
    with pytest.raises(RuntimeError, match="none is open"):
        rights.acting(commune, "truc", E.PRINT, now=NOW)
    with commune.write():
        with commune.write():
            rights.acting(commune, "truc", E.PRINT, now=NOW)
        events.append(commune, E.PRINT, {}, at=NOW, clerk="truc", key="nested")
    with commune.session() as own, own.write():
        assert not own.is_granted("truc", E.PRINT)


def test_the_machine_does_by_itself_only_what_is_its_own(commune):
    for kind in set(EventKind) - table.BY_ITSELF:
        with pytest.raises(RuntimeError, match="somebody's act"), commune.write():
            rights.by_itself(commune, kind)


def test_a_draft_is_nobodys_event(commune):
    before = events.head(commune)
    drafts.save(commune, "quay", {"a": 1}, now=NOW)
    assert events.head(commune) == before


def test_somebody_unknown_on_a_practice_register_may_do_the_work_of_a_counter(practice_home, tmp_path):
    with opening.open_register(Path(practice_home), now=MONDAY) as book:
        closing.close_day(book, MONDAY.date(), clerk="ai đó", now=NOW)
        assert people.found(book, "ai đó").roles == WORKING
