"""Passwords and PINs: which will do, how they are kept, and how long a wrong one makes everybody wait.

Shared by the counter (``office.signing_in``) and the hub (``hub.users``). Hides argon2, loaded when it is first used;
what is kept of a secret is its hash. Pure but for the system's chance.
"""

import re
import secrets
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.rules.codes import CLEAR_LETTERS
from desktop.rules.text import fold, nfc

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST = 200
SHORTEST_PIN, SHORTEST_PASSWORD = 6, 8
_FEWEST_LETTERS = 4
_ONE_TIME_LENGTH, _GROUP = 12, 4
#: So many misses are anybody's slip; after them each makes the next try wait, twice as long each time.
FREE_MISSES = 5
_FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)

#: What everybody tries first, without marks and spaces.
_COMMON = ("matkhau", "password", "motcua", "qwerty", "abcd1234", "1234567", "iloveyou", "anhyeuem", "admin123")
#: Signs that stand for letters.
_SIGNS = str.maketrans("@4310$", "aaeios")
#: Ways over a keypad, and steps of two.
_COMMON_PINS = frozenset(
    ("147258", "258369", "147369", "369258", "258147", "159357", "159753", "357159", "753159", "135790", "246810")
)
#: By chance, made from no secret: names that nobody has cost the same work.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$xi8ZQjdr96S49zVDBw9fow$A96HMI2VcIpqARWk62mZGKKxQcqbOyWcCT72Mji9pC4"
#: Digits that are a day: ddmmyy, yymmdd, ddmmyyyy, yyyymmdd; or two years.
_DAY, _MONTH, _YEAR = "(0[1-9]|[12][0-9]|3[01])", "(0[1-9]|1[0-2])", "(19[3-9][0-9]|20[0-4][0-9])"
_DATES = re.compile(
    f"{_DAY}{_MONTH}[0-9]{{2}}|[0-9]{{2}}{_MONTH}{_DAY}|{_DAY}{_MONTH}{_YEAR}|{_YEAR}{_MONTH}{_DAY}"
    f"|{_YEAR}{_YEAR}|{_YEAR}[0-9]{{2}}|[0-9]{{2}}{_YEAR}"
)


def problem(secret: str, names: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """Why a new PIN or password will not do (code, sentence), if so; ``names`` are those of whose it is."""
    said = nfc(secret)
    if said.isdecimal() and len(said) >= SHORTEST_PIN:
        return _pin_problem(said)
    if len(said) < SHORTEST_PASSWORD or len(said) > LONGEST:
        return (
            "short_password",
            f"Mã PIN cần ít nhất {SHORTEST_PIN} chữ số, mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.",
        )
    bare = fold(said).replace(" ", "")
    spelt = bare, bare.translate(_SIGNS)
    if len(set(bare)) < _FEWEST_LETTERS or any(common in each for common in _COMMON for each in spelt):
        return "weak_password", "Mật khẩu này ai cũng đoán được; hãy chọn câu khác, ví dụ vài chữ ghép lại."
    if any(len(name) > 2 and fold(name).replace(" ", "") in bare for name in names):
        return "weak_password", "Mật khẩu không được chứa tên của mình."
    return None


def _pin_problem(digits: str) -> tuple[str, str] | None:
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    repeated = any(digits == digits[:size] * (len(digits) // size) for size in (1, 2, 3) if len(digits) % size == 0)
    repeated = repeated or digits in (digits[::-1], "".join(digit * 2 for digit in digits[::2]))
    repeated = repeated or "".join(str(int(digit)) for digit in digits) in _COMMON_PINS
    if steps <= {1, -9} or steps <= {-1, 9} or repeated or len(set(digits)) < _FEWEST_LETTERS - 1:
        return "weak_password", "Mã PIN này quá dễ đoán (lặp lại hoặc theo thứ tự); hãy chọn số khác."
    if _DATES.fullmatch(digits):
        return "weak_password", "Mã PIN này giống ngày sinh hoặc năm sinh; hãy chọn số khác."
    return None


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return _hasher().hash(_plain(secret))


def verifies(kept: str | None, secret: str) -> bool:
    """Whether this is the secret; of nobody's (None) never, after the same work."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept or _NOBODY, _plain(secret)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def one_time() -> str:
    """A first password of 58 bits, ``7F3K-92QD-…``: told once, good for choosing one's own."""
    letters = "".join(secrets.choice(CLEAR_LETTERS) for _ in range(_ONE_TIME_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _ONE_TIME_LENGTH, _GROUP))


def wait_after(misses: int) -> timedelta:
    """How long nobody may try after so many misses in a row."""
    if misses < FREE_MISSES:
        return timedelta()
    return min(LONGEST_WAIT, _FIRST_WAIT * 2 ** min(misses - FREE_MISSES, 10))


def _plain(secret: str) -> bytes:
    """Typed by whichever keyboard program: composed letters; no more than anybody has."""
    return nfc(secret)[:LONGEST].encode("utf-8", "surrogatepass")


@cache
def _hasher() -> "PasswordHasher":
    """Argon2id with 19 MiB and two passes: enough against guessing, and many may sign in at once."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
