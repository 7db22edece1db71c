"""The README tells the truth: the verbs and files it names are there, and it names the commands one needs."""

import re
import subprocess
import sys

import pytest

from desktop.bootstrap import LOCKS
from tests.architecture.source import CHECKOUT

README = (CHECKOUT / "README.md").read_text("utf-8")
CODE = "\n".join(re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def verbs():
    """The verbs that the program lists of itself."""
    command = [sys.executable, "-m", "desktop", "--help"]
    told = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    found = set(re.findall(r"^ {4}([a-z][a-z-]+)(?= {2,}|$)", told, re.MULTILINE))
    assert {"register", "verify-receipt"} <= found
    return found


def test_every_verb_in_the_readme_exists(verbs):
    words = set(re.findall(r"(?:\bmotcua|desktop/run\.py) ([a-z][a-z-]+)", CODE))
    assert words, "the README shows how to use the command line"
    assert words - verbs == set()


def test_every_file_the_readme_names_exists():
    pictures = set(re.findall(r"!\[[^]]*\]\(([^)]+)\)", README))
    named = set(re.findall(r"`((?:db|desktop|resources|tests)/[\w./-]*)`", README))
    assert pictures, "it shows the program"
    assert not {name for name in pictures | named if not (CHECKOUT / name).exists()}


def test_the_readme_says_how_to_run_to_test_and_to_lock_anew():
    for command in ("python3 desktop/run.py", "python3 tests/run.py"):
        assert command in CODE
    for lock in LOCKS:
        assert re.search(rf"^uv pip compile pyproject\.toml .*-o {lock}/requirements\.txt$", CODE, re.MULTILINE)


def test_the_continuous_check_calls_the_readmes_test_command():
    steps = [line for line in (CHECKOUT / ".ci/run").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert steps == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', 'exec python3 tests/run.py "$@"']
