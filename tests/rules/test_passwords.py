"""Which PINs and passwords will do, that only the right one verifies, and how long a wrong one makes everybody wait."""

import unicodedata
from datetime import timedelta

import pytest

from desktop.rules import passwords

NAMES = ("truc", "Lò Thị Trực")


@pytest.mark.parametrize("secret", ["274916", "80531972", "mưa rừng ngõ vắng", "Tre-xanh 4 bụi", "x7#kPq2w"])
def test_a_secret_that_nobody_guesses_first_will_do(secret):
    assert passwords.problem(secret, NAMES) is None


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("27491", "short_password"),
        ("", "short_password"),
        ("mưa rừn", "short_password"),
        ("x" * 201, "short_password"),
        ("123456", "weak_password"),
        ("987654", "weak_password"),
        ("890123", "weak_password"),
        ("111111", "weak_password"),
        ("121212", "weak_password"),
        ("274274", "weak_password"),
        ("113113", "weak_password"),
        ("112233", "weak_password"),
        ("123321", "weak_password"),
        ("147258", "weak_password"),
        ("１３５７９０", "weak_password"),
        ("M@tkh@u-26", "weak_password"),
        ("P@ssw0rd!", "weak_password"),
        ("021195", "weak_password"),
        ("951102", "weak_password"),
        ("02111995", "weak_password"),
        ("19951102", "weak_password"),
        ("199588", "weak_password"),
        ("19952020", "weak_password"),
        ("matkhau 2026!", "weak_password"),
        ("Mật khẩu của tôi", "weak_password"),
        ("aaaaaaaaab", "weak_password"),
        ("truc@2026!", "weak_password"),
        ("Lò Thị Trực 26", "weak_password"),
    ],
)
def test_what_others_try_first_will_not_do(secret, code):
    found = passwords.problem(secret, NAMES)
    assert found is not None and found[0] == code and found[1].endswith(".")


def test_only_the_secret_itself_verifies_from_whichever_keyboard():
    kept = passwords.hashed("mưa rừng ngõ vắng")
    assert "mưa" not in kept and kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verifies(kept, unicodedata.normalize("NFD", "mưa rừng ngõ vắng"))
    assert not passwords.verifies(kept, "mưa rừng ngõ vắn")
    assert not passwords.verifies(None, "mưa rừng ngõ vắng")
    assert not passwords.verifies(kept, "\udcff")


def test_a_one_time_password_would_do_and_is_another_each_time():
    made = {passwords.one_time() for _ in range(50)}
    assert len(made) == 50
    assert not any(passwords.problem(each) for each in made)


def test_the_sixth_try_waits_and_each_after_it_twice_as_long_up_to_a_quarter_of_an_hour():
    waits = [passwords.wait_after(misses) for misses in range(5, 12)]
    assert all(passwords.wait_after(misses) == timedelta() for misses in range(5))
    assert waits == [timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480, 900, 900)]
    assert passwords.wait_after(1_000_000) == passwords.LONGEST_WAIT
