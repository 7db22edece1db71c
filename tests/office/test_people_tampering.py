"""Who can write into the register's file gains nothing that stays unseen: passwords, roles and the kind of register.

Each trick puts everything back afterwards, so that only what the chain says can tell.
"""

import sqlite3
from contextlib import closing as closing_file

import pytest

from db import events, folder
from db.vocabulary import Role
from desktop.errors import UserError
from desktop.office import checking, opening, people, settings, signing_in
from desktop.rules import passwords

SECRET, OTHER, THIRD = "mưa rừng ngõ vắng", "tre xanh bụi thứ tư", "274916"


@pytest.fixture
def guarded(commune, live_home, monday):
    """The folder of a live register, closed: quay1 and truc have passwords, truc receives only."""
    signing_in.begin(commune, "quay1", SECRET, now=monday)
    people.change(commune, "truc", roles={Role.RECEPTION}, clerk="quay1", now=monday)
    once = signing_in.reset(commune, "truc", clerk="quay1", now=monday)
    signing_in.sign_in(commune, "truc", once, now=monday)
    signing_in.set_password(commune, "truc", THIRD, clerk="truc", now=monday)
    assert checking.verify_chain(commune).faults == ()
    commune.close()
    return live_home


def behind(home, *statements):
    with closing_file(sqlite3.connect(home / folder.REGISTER_FILE)) as file:
        for statement in statements:
            file.execute(*statement if isinstance(statement, tuple) else (statement,))
        file.commit()


def refused(code, act, *arguments, **facts):
    with pytest.raises(UserError) as caught:
        act(*arguments, **facts)
    assert caught.value.code == code


def faults(home, now):
    with opening.open_register(home, now=now) as book:
        return checking.verify_chain(book).faults


def test_taking_the_passwords_away_opens_nothing(guarded, monday):
    behind(guarded, "DELETE FROM credential", "DELETE FROM recovery_code")
    with opening.open_register(guarded, now=monday) as book:
        assert signing_in.required(book)
        refused("sign_in_required", settings.change, book, "look", "dark", clerk=None, now=monday)
        refused("has_passwords", signing_in.begin, book, "quay1", OTHER, now=monday)
        refused("password_altered", signing_in.sign_in, book, "quay1", SECRET, now=monday)


@pytest.mark.parametrize("said", [OTHER, SECRET])
def test_another_hash_in_the_file_lets_nobody_in_and_is_told_to_who_tries(guarded, monday, said):
    behind(guarded, ("UPDATE credential SET hash = ? WHERE person = 'quay1'", (passwords.hashed(OTHER),)))
    with opening.open_register(guarded, now=monday) as book:
        refused("password_altered", signing_in.sign_in, book, "quay1", said, now=monday)
        signing_in.sign_in(book, "truc", THIRD, now=monday)


def test_another_recovery_code_in_the_file_opens_nothing(guarded, monday):
    behind(guarded, ("UPDATE recovery_code SET hash = ?", (passwords.hashed("77777-77777"),)))
    with opening.open_register(guarded, now=monday) as book:
        refused("password_altered", signing_in.use_recovery_code, book, "truc", "77777-77777", OTHER, now=monday)


def test_a_password_set_in_place_of_a_smuggled_one_stands_in_the_chain_as_such(guarded, monday):
    """Also where the smuggled hash was only for whoever had signed in before."""
    with opening.open_register(guarded, now=monday) as book:
        signing_in.sign_in(book, "quay1", SECRET, now=monday)
        with book.write():
            book.database.execute_sql(
                "UPDATE credential SET hash = ? WHERE person = 'quay1'", (passwords.hashed(OTHER),)
            )
        signing_in.set_password(book, "quay1", "trăng lên đỉnh núi", old=OTHER, clerk="quay1", now=monday)
        seq, _ = events.head(book)
    assert faults(guarded, monday) == (f"sự kiện {seq}: mật khẩu trước đó không khớp sự kiện",)


def test_an_act_in_a_role_that_was_only_in_the_file_is_found_after_it_was_put_back(guarded, monday):
    behind(guarded, "UPDATE person SET roles = '[\"administer\"]' WHERE short_name = 'truc'")
    with opening.open_register(guarded, now=monday) as book:
        signing_in.sign_in(book, "truc", THIRD, now=monday)
        people.add(book, "ma", "Ma Văn Ma", roles={Role.ADMINISTER}, clerk="truc", now=monday)
        seq, _ = events.head(book)
    behind(guarded, "UPDATE person SET roles = '[\"reception\"]' WHERE short_name = 'truc'")
    assert faults(guarded, monday) == (f"sự kiện {seq}: truc không có vai trò của việc này",)


def test_an_act_of_somebody_who_was_only_in_the_file_is_found(guarded, monday):
    behind(
        guarded,
        "INSERT INTO person (short_name, full_name, active, roles, fields)"
        " SELECT 'ma', 'Ma', 1, roles, fields FROM person WHERE short_name = 'quay1'",
    )
    with opening.open_register(guarded, now=monday) as book:
        book.proved["ma"] = True  # as one who came in before the first password
        settings.change(book, "look", "dark", clerk="ma", now=monday)
        seq, _ = events.head(book)
    behind(guarded, "DELETE FROM person WHERE short_name = 'ma'")
    assert faults(guarded, monday) == (f"sự kiện {seq}: ma không có vai trò của việc này",)


def test_a_live_register_never_becomes_a_practice_one(guarded, monday):
    behind(guarded, "UPDATE setting SET value = 'true' WHERE name = 'practice'")
    with opening.open_register(guarded, now=monday) as book:
        assert not book.practice and signing_in.required(book)
        assert checking.verify_chain(book).faults == ("loại sổ (thật hay tập huấn): không khớp sự kiện",)
