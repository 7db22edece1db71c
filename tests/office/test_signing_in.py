"""Passwords of a live register: who must sign in, what a wrong one costs, how a lost one is replaced in the open."""

import json
import sqlite3
from contextlib import closing as closing_file
from datetime import timedelta

import pytest

from db import credentials, events, folder
from db.vocabulary import EventKind, Role
from desktop.errors import UserError
from desktop.office import checking, closing, opening, people, people_trail, settings, signing_in
from desktop.rules.rights import WORKING

SECRET, OTHER, THIRD = "mưa rừng ngõ vắng", "tre xanh bụi thứ tư", "274916"


@pytest.fixture
def begun(commune, monday):
    """A live register on which quay1 has a password; with the code of its recovery sheet."""
    return commune, signing_in.begin(commune, "quay1", SECRET, now=monday)


def chain(book, kind):
    return [(event.clerk, json.loads(event.payload)) for event in events.walk(book) if event.kind == kind]


def refused(code, act, *arguments, **facts):
    with pytest.raises(UserError) as caught:
        act(*arguments, **facts)
    assert caught.value.code == code
    return caught.value


def change(book, clerk, now):
    return settings.change(book, "look", "dark", clerk=clerk, now=now)


def test_without_a_password_nobody_signs_in(commune, monday):
    assert not signing_in.required(commune)
    change(commune, None, monday)
    change(commune, "truc", monday)
    refused("no_passwords", signing_in.set_password, commune, "truc", SECRET, clerk="quay1", now=monday)
    refused("no_passwords", signing_in.reset, commune, "truc", clerk="quay1", now=monday)
    refused("no_passwords", signing_in.use_recovery_code, commune, "truc", "x", SECRET, now=monday)


def test_the_first_password_is_an_administrators_and_from_then_on_everybody_is_asked(commune, monday):
    people.change(commune, "truc", roles={Role.RECEPTION}, clerk="quay1", now=monday)
    refused("not_administrator", signing_in.begin, commune, "truc", SECRET, now=monday)
    refused("weak_password", signing_in.begin, commune, "quay1", "123456", now=monday)
    signing_in.begin(commune, "quay1", SECRET, now=monday)
    assert signing_in.required(commune)
    refused("has_passwords", signing_in.begin, commune, "quay1", OTHER, now=monday)
    change(commune, "quay1", monday)
    refused("sign_in_required", change, commune, None, monday)
    refused("sign_in_required", change, commune, "truc", monday)


def test_a_register_opened_anew_believes_nobody(begun, live_home, monday):
    book, _ = begun
    book.close()
    with opening.open_register(live_home, now=monday) as again:
        refused("sign_in_required", change, again, "quay1", monday)
        signing_in.sign_in(again, "QUAY1", SECRET, now=monday)
        change(again, "quay1", monday)
        signing_in.sign_out(again, "quay1")
        refused("sign_in_required", change, again, "quay1", monday)


def test_a_worker_knows_who_has_signed_in(begun, monday):
    book, _ = begun
    with book.session() as own:
        change(own, "quay1", monday)


def test_neither_secret_nor_code_is_in_the_file(begun, live_home):
    book, code = begun
    book.close()
    data = (live_home / folder.REGISTER_FILE).read_bytes()
    assert b"argon2id" in data and SECRET.encode() not in data and code.encode() not in data


def test_unknown_names_closed_people_and_wrong_passwords_hear_the_same(begun, monday):
    book, _ = begun
    signing_in.reset(book, "truc", clerk="quay1", now=monday)
    people.change(book, "truc", active=False, clerk="quay1", now=monday)
    said = {
        refused("wrong_password", signing_in.sign_in, book, name, OTHER, now=monday).message
        for name in ("quay1", "truc", "không có ai", "")
    }
    assert len(said) == 1
    told = chain(book, EventKind.FAIL_SIGN_IN)
    assert [payload["person"] for _, payload in told] == ["quay1", None, None, None]
    assert OTHER not in json.dumps(told, ensure_ascii=False)


def test_five_misses_make_everybody_wait_also_who_knows_the_password(begun, monday):
    book, _ = begun
    for _ in range(5):
        refused("wrong_password", signing_in.sign_in, book, "quay1", OTHER, now=monday)
    waiting = refused("wait", signing_in.sign_in, book, "quay1", SECRET, now=monday + timedelta(seconds=29))
    assert waiting.facts["seconds"] == 1
    refused("wrong_password", signing_in.sign_in, book, "quay1", OTHER, now=monday + timedelta(seconds=30))
    refused("wait", signing_in.sign_in, book, "quay1", SECRET, now=monday + timedelta(seconds=89))
    done = signing_in.sign_in(book, "quay1", SECRET, now=monday + timedelta(seconds=90))
    assert done.misses == 6 and not done.must_change
    assert chain(book, EventKind.SIGN_IN)[-1] == ("quay1", {"misses": 6})
    assert credentials.of(book, "quay1").failures == 0


def test_misses_under_names_that_nobody_has_do_not_fill_the_chain(begun, monday):
    book, code = begun
    for second in range(30):
        at = monday + timedelta(seconds=second)
        refused("wrong_password", signing_in.sign_in, book, f"ai đó {second}", OTHER, now=at)
        refused("wrong_password", signing_in.sign_in, book, "truc", OTHER, now=at)  # has no password to guess
    assert len(chain(book, EventKind.FAIL_SIGN_IN)) == 5
    refused("wrong_password", signing_in.sign_in, book, "quay1", OTHER, now=at)
    refused("wrong_code", signing_in.use_recovery_code, book, "truc", code[:-1] + "?", THIRD, now=at)
    assert len(chain(book, EventKind.FAIL_SIGN_IN)) == 7
    refused("wrong_password", signing_in.sign_in, book, "ai đó", OTHER, now=monday + timedelta(minutes=16))
    assert len(chain(book, EventKind.FAIL_SIGN_IN)) == 8


def test_a_clock_that_comes_back_locks_nobody_out(begun, monday):
    book, _ = begun
    ahead = monday + timedelta(days=400)
    for _ in range(5):
        refused("wrong_password", signing_in.sign_in, book, "quay1", OTHER, now=ahead)
    refused("wait", signing_in.sign_in, book, "quay1", SECRET, now=ahead)
    refused("wrong_password", signing_in.sign_in, book, "quay1", OTHER, now=monday)
    waiting = refused("wait", signing_in.sign_in, book, "quay1", SECRET, now=monday)  # as long as six misses make it
    assert waiting.facts["seconds"] == 60
    signing_in.sign_in(book, "quay1", SECRET, now=monday + timedelta(minutes=1))


def test_a_clock_behind_the_last_event_keeps_nobody_from_signing_in(begun, monday):
    book, _ = begun
    early = monday - timedelta(hours=1)
    signing_in.sign_in(book, "quay1", SECRET, now=early)
    assert chain(book, EventKind.SIGN_IN) == [("quay1", {"misses": 0, "clock": early.isoformat()})]


def test_a_one_time_password_is_good_for_choosing_ones_own_and_nothing_else(begun, monday):
    book, _ = begun
    once = signing_in.reset(book, "truc", clerk="quay1", now=monday)
    assert signing_in.sign_in(book, "truc", once, now=monday).must_change
    refused("must_change", change, book, "truc", monday)
    refused("same_password", signing_in.set_password, book, "truc", once, clerk="truc", now=monday)
    refused("weak_password", signing_in.set_password, book, "truc", "02111995", clerk="truc", now=monday)
    signing_in.set_password(book, "truc", THIRD, clerk="truc", now=monday)
    change(book, "truc", monday)
    assert [(clerk, told["person"]) for clerk, told in chain(book, EventKind.RESET_PASSWORD)] == [("quay1", "truc")]
    assert [(clerk, told["person"]) for clerk, told in chain(book, EventKind.SET_PASSWORD)][1:] == [("truc", "truc")]
    assert not signing_in.sign_in(book, "truc", THIRD, now=monday).must_change


def test_ones_own_password_is_changed_with_the_old_one(begun, monday):
    book, _ = begun
    for old in ("", OTHER):
        refused("wrong_password", signing_in.set_password, book, "quay1", THIRD, old=old, clerk="quay1", now=monday)
    signing_in.set_password(book, "quay1", THIRD, old=SECRET, clerk="quay1", now=monday)
    refused("wrong_password", signing_in.sign_in, book, "quay1", SECRET, now=monday)
    signing_in.sign_in(book, "quay1", THIRD, now=monday)


def test_only_an_administrator_gives_another_a_password_and_it_ends_what_that_one_does(begun, monday):
    book, _ = begun
    people.add(book, "lan", "Vàng Thị Lan", roles={Role.LEAD}, clerk="quay1", now=monday)
    for name in ("truc", "lan"):
        once = signing_in.reset(book, name, clerk="quay1", now=monday)
        signing_in.sign_in(book, name, once, now=monday)
        signing_in.set_password(book, name, THIRD, clerk=name, now=monday)
    refused("not_allowed", signing_in.reset, book, "truc", clerk="lan", now=monday)
    refused("not_allowed", signing_in.set_password, book, "truc", OTHER, clerk="lan", now=monday)
    signing_in.set_password(book, "truc", OTHER, clerk="quay1", now=monday)
    refused("sign_in_required", change, book, "truc", monday)
    assert signing_in.sign_in(book, "truc", OTHER, now=monday).must_change


def test_nobody_gives_himself_a_password_without_the_old_one(begun, monday):
    book, _ = begun
    refused("own_password", signing_in.reset, book, "Quay1", clerk="quay1", now=monday)


def test_unlocking_proves_as_much_and_fills_no_chain(begun, monday):
    book, _ = begun
    signing_in.sign_out(book, "quay1")
    before = events.head(book)
    signing_in.sign_in(book, "quay1", SECRET, now=monday, through=signing_in.UNLOCK)
    assert events.head(book) == before
    change(book, "quay1", monday)
    refused("wrong_password", signing_in.sign_in, book, "quay1", OTHER, now=monday, through=signing_in.UNLOCK)
    assert chain(book, EventKind.FAIL_SIGN_IN)[-1][1]["through"] == "unlock"


def test_the_last_administrator_who_has_a_password_stays(begun, monday):
    book, _ = begun
    assert Role.ADMINISTER in people.found(book, "truc").roles
    for what in ({"active": False}, {"roles": {Role.LEAD}}):
        refused("last_administrator", people.change, book, "quay1", **what, clerk="quay1", now=monday)
    signing_in.reset(book, "truc", clerk="quay1", now=monday)
    people.change(book, "quay1", active=False, clerk="quay1", now=monday)
    refused("person_closed", change, book, "quay1", monday)


def test_the_recovery_code_is_spent_and_everybody_is_told(begun, monday):
    book, code = begun
    people.change(book, "truc", roles={Role.RECEPTION}, clerk="quay1", now=monday)
    later = monday + timedelta(days=3)
    refused("wrong_code", signing_in.use_recovery_code, book, "truc", code[:-1] + "?", THIRD, now=later)
    refused("weak_password", signing_in.use_recovery_code, book, "truc", code, "111111", now=later)
    following = signing_in.use_recovery_code(book, "truc", f" {code.lower().replace('-', ' ')}", THIRD, now=later)
    assert following != code
    people.add(book, "mai", "Lù Thị Mai", roles=WORKING, clerk="truc", now=later)
    refused("wrong_code", signing_in.use_recovery_code, book, "truc", code, OTHER, now=later)
    signing_in.use_recovery_code(book, "truc", following, OTHER, now=later)
    uses = signing_in.recovery_uses(book, now=later + timedelta(days=29))
    assert [(use.person, use.full_name) for use in uses] == [("truc", "Lò Thị Trực")] * 2
    assert signing_in.recovery_uses(book, now=later + timedelta(days=31)) == ()
    assert [told["became_administrator"] for _, told in chain(book, EventKind.USE_RECOVERY_CODE)] == [True, False]


def test_guessing_the_recovery_code_waits_too(begun, monday):
    book, code = begun
    for _ in range(5):
        refused("wrong_code", signing_in.use_recovery_code, book, "truc", "7F3K", THIRD, now=monday)
    refused("wait", signing_in.use_recovery_code, book, "truc", code, THIRD, now=monday)
    assert [told["through"] for _, told in chain(book, EventKind.FAIL_SIGN_IN)] == ["recovery"] * 5


def test_another_sheet_ends_the_earlier_one(begun, monday):
    book, code = begun
    following = signing_in.new_recovery_code(book, clerk="quay1", now=monday)
    refused("wrong_code", signing_in.use_recovery_code, book, "truc", code, THIRD, now=monday)
    signing_in.use_recovery_code(book, "truc", following, THIRD, now=monday)


def test_a_practice_register_asks_nothing(practice_home, monday):
    with opening.open_register(practice_home, now=monday) as book:
        refused("practice_asks_nothing", signing_in.begin, book, "quay1", SECRET, now=monday)
        closing.close_day(book, monday.date(), clerk="ai đó", now=monday)


def test_chain_of_all_this_holds(begun, monday):
    book, code = begun
    refused("wrong_password", signing_in.sign_in, book, "truc", OTHER, now=monday)
    signing_in.use_recovery_code(book, "truc", code, THIRD, now=monday)
    assert list(events.faults(book)) == []


def test_what_was_done_to_people_is_told_with_who_did_it(begun, monday):
    book, code = begun
    people.change(book, "truc", full_name="Lò Thị Trúc", roles={Role.RECEPTION}, clerk="quay1", now=monday)
    people.change(book, "truc", active=False, clerk="quay1", now=monday)
    people.change(book, "truc", active=True, clerk="quay1", now=monday)
    signing_in.reset(book, "truc", clerk="quay1", now=monday)
    signing_in.use_recovery_code(book, "truc", code, THIRD, now=monday)
    told = people_trail.done(book)
    assert [(one.clerk, one.person, one.words) for one in told] == [
        ("chương trình", "Lò Thị Trúc", "Lấy lại quyền quản trị bằng tờ khôi phục"),
        ("Công chức Quầy 1", "Lò Thị Trúc", "Cấp lại mật khẩu cho người khác"),
        ("Công chức Quầy 1", "Lò Thị Trúc", "Làm việc lại"),
        ("Công chức Quầy 1", "Lò Thị Trúc", "Thôi làm việc trên sổ này"),
        (
            "Công chức Quầy 1",
            "Lò Thị Trúc",
            "Họ tên: Lò Thị Trực → Lò Thị Trúc; "
            "Việc: Tiếp nhận, Xử lý, Lãnh đạo, Quản trị (mọi lĩnh vực) → Tiếp nhận (mọi lĩnh vực)",
        ),
        ("Công chức Quầy 1", "", "Lập tờ khôi phục quyền quản trị"),
        ("Công chức Quầy 1", "Công chức Quầy 1", "Đặt mật khẩu"),
        (
            "Công chức Quầy 1",
            "Lò Thị Trúc",
            "Thêm công chức: Tiếp nhận, Xử lý, Lãnh đạo, Quản trị (mọi lĩnh vực)",
        ),
    ]
    assert {one.person for one in people_trail.done(book, "truc")} == {"Lò Thị Trúc"}
    assert signing_in.codes_made(book) == 2


BEHIND = {
    "UPDATE person SET roles = '[\"administer\"]' WHERE short_name = 'truc'": "công chức truc: vai trò",
    "UPDATE person SET fields = '[\"Hộ tịch\"]' WHERE short_name = 'quay1'": "công chức quay1: vai trò",
    "UPDATE person SET active = 0 WHERE short_name = 'truc'": "công chức truc: vai trò",
    "UPDATE person SET full_name = 'Ai đó' WHERE short_name = 'truc'": "công chức truc: vai trò",
    "UPDATE credential SET hash = hash || 'x' WHERE person = 'quay1'": "công chức quay1: mật khẩu",
    "UPDATE credential SET must_change = 0 WHERE person = 'truc'": "công chức truc: mật khẩu",
    "DELETE FROM credential": "công chức quay1: mật khẩu",
    "UPDATE recovery_code SET hash = hash || 'x'": "mã khôi phục",
    "DELETE FROM recovery_code": "mã khôi phục",
    "INSERT INTO person (short_name, full_name, active, roles) SELECT 'ma', 'Ma', 1, roles FROM person LIMIT 1": (
        "công chức ma: không có"
    ),
    "UPDATE person SET short_name = 'khac' WHERE short_name = 'lan'": "công chức khac: không có",
}


@pytest.fixture
def lived(begun, monday):
    """A register whose people went through everything."""
    book, code = begun
    people.add(book, "lan", "Vàng Thị Lan", roles={Role.INSPECT}, clerk="quay1", now=monday)
    people.change(book, "truc", roles={Role.LEAD}, clerk="quay1", now=monday)
    signing_in.use_recovery_code(book, "truc", code, THIRD, now=monday)
    signing_in.new_recovery_code(book, clerk="truc", now=monday)
    signing_in.reset(book, "truc", clerk="quay1", now=monday)
    assert checking.verify_chain(book).faults == ()
    return book


@pytest.mark.parametrize("statement", BEHIND)
def test_nobody_is_given_a_role_or_a_password_behind_the_chains_back(lived, live_home, monday, statement):
    lived.close()
    with closing_file(sqlite3.connect(live_home / folder.REGISTER_FILE)) as file:
        file.execute(statement)
        file.commit()
    with opening.open_register(live_home, now=monday) as book:
        (first, *_) = checking.verify_chain(book).faults
        assert first.startswith(BEHIND[statement])
