"""The linters are part of the tests, so that the test command says everything there is to say."""

import subprocess
import sys

import pytest

from tests.architecture.source import CHECKOUT


@pytest.mark.parametrize("command", ["ruff check --no-cache .", "ruff format --no-cache --check .", "mypy"])
def test_the_linters_have_nothing_to_say(command):
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
