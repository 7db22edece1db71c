"""The two locks of a backup key: each opens it alone, however it was typed, and nothing else does."""

import unicodedata
from random import Random

import pytest

from desktop.rules import backup_keys

PASSPHRASE = "Chè Shan tuyết đầu mùa"


@pytest.fixture(scope="module")
def locked():
    code = backup_keys.new_code(Random(7))
    return backup_keys.new_locks(PASSPHRASE, code), code


def test_passphrase_and_code_open_the_same_key(locked):
    locks, code = locked
    private = backup_keys.private_key(locks, PASSPHRASE)
    assert private is not None and len(private) == 32
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        assert backup_keys.private_key(locks, typed) == private
    decomposed = unicodedata.normalize("NFD", PASSPHRASE).replace(" ", "  ")
    assert backup_keys.private_key(locks, decomposed) == private


def test_nothing_else_opens_it(locked):
    locks, code = locked
    another = backup_keys.new_code(Random(8))
    for typed in ("", PASSPHRASE.lower(), another, code[:-1], "\udcff" * 20):
        assert backup_keys.private_key(locks, typed) is None
    assert PASSPHRASE not in str(locks) and code not in str(locks)


def test_a_new_code_opens_the_same_key_and_the_old_one_no_more(locked):
    locks, code = locked
    private, another = backup_keys.private_key(locks, code), backup_keys.new_code(Random(9))
    changed = backup_keys.with_new_code(locks, private, another)
    assert backup_keys.private_key(changed, another) == backup_keys.private_key(changed, PASSPHRASE) == private
    assert backup_keys.private_key(changed, code) is None
    assert backup_keys.name_of(changed) == backup_keys.name_of(locks)


def test_a_lock_from_elsewhere_may_not_ask_for_all_the_memory(locked):
    locks, _ = locked
    greedy = {**locks, "passphrase": {**locks["passphrase"], "memory_kib": 2**40}}
    assert backup_keys.private_key(greedy, PASSPHRASE) is None


@pytest.mark.parametrize("text", ["", "ngắn", "a" * 30, "abab abab abab", " " * 20])
def test_a_passphrase_that_is_guessed_at_once_is_refused(text):
    assert backup_keys.passphrase_problem(text) is not None
    assert backup_keys.passphrase_problem(PASSPHRASE) is None
