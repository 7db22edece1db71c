"""An old backup does not quietly take the passwords away: who brings it back is asked, and everybody is told of it."""

from datetime import timedelta

import pytest

from db import folder
from desktop.errors import RegisterProblem, UserError
from desktop.office import backup_locks, backups, checking, keepers, opening, restoring, rights, signing_in
from desktop.rules import cautions

SECRET, PASSPHRASE = "mưa rừng ngõ vắng", "Chè Shan tuyết đầu mùa"


@pytest.fixture
def old_copy(commune, live_home, monday):
    """An open backup of before the first password; since then quay1 has one, and the register's file is damaged."""
    made = backups.make(commune, now=monday)
    code = signing_in.begin(commune, "quay1", SECRET, now=monday)
    commune.close()
    (live_home / folder.REGISTER_FILE).write_bytes(b"\0" * 4096)
    with pytest.raises(RegisterProblem) as damage:
        opening.open_register(live_home, now=monday)
    assert damage.value.facts["backup"] == str(made.path)
    return made.path, code


def refused(code, act, *arguments, **facts):
    with pytest.raises(UserError) as caught:
        act(*arguments, **facts)
    assert caught.value.code == code


def test_an_open_copy_beside_a_register_with_passwords_is_brought_back_by_who_may_alone(old_copy, tmp_path):
    path, _ = old_copy
    refused("needs_passphrase", restoring.restore, path, tmp_path / "one")
    refused("wrong_passphrase", restoring.restore, path, tmp_path / "one", secret="không phải câu này")
    assert not (tmp_path / "one").exists()
    assert restoring.restore(path, tmp_path / "one", secret=SECRET)


def test_the_recovery_code_opens_it_too(old_copy, tmp_path):
    path, code = old_copy
    assert restoring.restore(path, tmp_path / "one", secret=code)


def test_a_copy_from_elsewhere_is_asked_for_by_the_register_that_it_replaces(old_copy, live_home, tmp_path):
    path, _ = old_copy
    path = path.rename(tmp_path / path.name)
    refused("needs_passphrase", restoring.restore, path, tmp_path / "one", replaces=live_home)
    assert restoring.restore(path, tmp_path / "one", secret=SECRET, replaces=live_home)


def test_a_passphrase_that_was_set_later_proves_as_much(commune, live_home, tmp_path, monday):
    path = backups.make(commune, now=monday).path
    signing_in.begin(commune, "quay1", SECRET, now=monday)
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    commune.close()
    opening.open_register(live_home, now=monday).close()
    assert restoring.restore(path, tmp_path / "one", secret=PASSPHRASE)


def test_a_register_without_passwords_asks_nothing(commune, tmp_path, monday):
    assert restoring.restore(backups.make(commune, now=monday).path, tmp_path / "one")


def test_the_swap_is_an_event_and_told_for_thirty_days(old_copy, live_home, tmp_path, monday):
    restored = tmp_path / "one"
    restoring.restore(old_copy[0], restored, secret=SECRET)
    restoring.put_in_place(live_home, restored, now=monday + timedelta(hours=1))
    for _ in range(2):  # told once, however often it is opened
        with opening.open_register(live_home, now=monday + timedelta(hours=2)) as book:
            assert not rights.asks_who(book)
            seen = keepers.replaced(book, now=monday + timedelta(days=29))
            assert (seen.at, seen.asks) == (monday + timedelta(hours=1), False)
            assert keepers.replaced(book, now=monday + timedelta(days=31)) is None
            changed = [
                one for one in book.database.execute_sql("SELECT clerk, payload FROM event") if "truoc-" in one[1]
            ]
            assert [clerk for clerk, _ in changed] == [rights.PROGRAM]
            assert checking.verify_chain(book).faults == ()


def test_a_copy_put_into_the_folder_by_hand_is_told_too(commune, live_home, tmp_path, monday):
    restoring.restore(backups.make(commune, now=monday).path, tmp_path / "one")
    signing_in.begin(commune, "quay1", SECRET, now=monday)
    commune.close()
    (tmp_path / "one" / folder.REGISTER_FILE).replace(live_home / folder.REGISTER_FILE)
    with opening.open_register(live_home, now=monday) as book:
        seen = keepers.replaced(book, now=monday)
        assert seen.at == monday and not seen.asks
        assert cautions.of_replaced(seen.words).tone == "late"


def test_what_follows_after_it_with_its_own_passwords_is_told_of_who_signs_in(commune, live_home, tmp_path, monday):
    signing_in.begin(commune, "quay1", SECRET, now=monday)
    path = backups.make(commune, now=monday).path
    commune.close()
    restoring.restore(path, tmp_path / "one", secret=SECRET)
    restoring.put_in_place(live_home, tmp_path / "one", now=monday)
    with opening.open_register(live_home, now=monday) as book:
        assert keepers.replaced(book, now=monday).asks and signing_in.required(book)


def test_open_copies_are_said_until_a_passphrase_is_set(commune, monday):
    assert not keepers.has_open_copies(commune)
    signing_in.begin(commune, "quay1", SECRET, now=monday)
    assert keepers.has_open_copies(commune)
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    assert not keepers.has_open_copies(commune)
