"""The locks: what is installed is pinned and hashed, the same in both, and all that pyproject.toml asks for."""

import re
import tomllib
from itertools import pairwise

import pytest

from desktop.bootstrap import LOCKS
from tests.architecture.source import CHECKOUT

PIN = re.compile(r"^([a-z0-9-]+)==(\S+?)( ; .+)? \\$")
#: The lock of what builds the program, installed apart.
BUILDING = "desktop/building"
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def _lines(lock: str) -> list[str]:
    return (CHECKOUT / lock / "requirements.txt").read_text("utf-8").splitlines()


def _pins(lock: str) -> dict[str, str]:
    return {match[1]: match[2] for line in _lines(lock) if (match := PIN.match(line))}


def _asked_for(*extras: str) -> set[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(r for extra in extras for r in project["optional-dependencies"][extra])]
    return {re.split(r"[<>=!~;\[ ]", requirement)[0].lower().replace("_", "-") for requirement in wanted}


@pytest.mark.parametrize("lock", [*LOCKS, BUILDING])
def test_every_line_is_a_pin_or_its_hash(lock):
    lines = _lines(lock)
    assert not [
        line for line in lines if not (PIN.match(line) or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line))
    ]
    assert all(HASH.match(following) for line, following in pairwise(lines) if PIN.match(line))


@pytest.mark.parametrize(("lock", "extras"), [("desktop", ["build"]), ("tests", ["build", "test"])])
def test_the_lock_holds_all_that_is_asked_for(lock, extras):
    assert _asked_for(*extras) - _pins(lock).keys() == set()


def test_whoever_has_the_tests_has_the_program():
    assert _pins("desktop").items() <= _pins("tests").items()


def test_what_builds_the_program_is_locked_and_weighs_on_nobody_else():
    assert "pyinstaller" in _pins(BUILDING)
    assert "pyinstaller" not in _pins("tests")
    shared = _pins(BUILDING).keys() & _pins("desktop").keys()
    assert {name: _pins(BUILDING)[name] for name in shared} == {name: _pins("desktop")[name] for name in shared}


def test_the_placeholder_package_named_like_a_part_of_peewee_is_not_installed():
    assert "playhouse" not in _pins("tests")
