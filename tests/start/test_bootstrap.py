"""When an environment is good enough to use, and that making one survives company and interruption."""

import shutil
import signal
import subprocess
import sys

import pytest

from desktop.bootstrap import CHECKOUT, Environment, Lacking

MAKE = """
import sys
from pathlib import Path
from desktop.bootstrap import Environment
Environment(Path(sys.argv[1])).make("desktop")
"""


def _making(checkout):
    return subprocess.Popen([sys.executable, "-c", MAKE, checkout], cwd=CHECKOUT, stderr=subprocess.PIPE, text=True)


def test_what_was_never_finished_is_not_ready(made):
    assert not Environment(made).is_ready("desktop")


def test_a_marked_environment_is_ready(made):
    Environment(made).mark_ready("desktop")
    assert Environment(made).is_ready("desktop")


def test_the_tests_lock_brings_the_programs_and_not_the_other_way_round(made):
    Environment(made).mark_ready("desktop")
    assert not Environment(made).is_ready("tests")
    Environment(made).mark_ready("tests")
    assert Environment(made).is_ready("tests")
    assert Environment(made).is_ready("desktop")


def _lock_changed(checkout):
    (checkout / "desktop/requirements.txt").write_text("# other\n")


def _stamp_cut(checkout):
    stamp = checkout / ".venv/desktop.ready"
    stamp.write_bytes(stamp.read_bytes()[:-20])


def _stamp_is_noise(checkout):
    (checkout / ".venv/desktop.ready").write_bytes(b"\xff\xfe\x00")


def _made_for_another_python(checkout):
    settings = checkout / ".venv/pyvenv.cfg"
    settings.write_text(settings.read_text().replace("version = 3.", "version = 3.9"))


def _interpreter_gone(checkout):
    python = Environment(checkout).python
    python.unlink()
    python.symlink_to(checkout / "nowhere" / "python3")


def _settings_gone(checkout):
    (checkout / ".venv/pyvenv.cfg").unlink()


@pytest.mark.parametrize(
    "disturb",
    [_lock_changed, _stamp_cut, _stamp_is_noise, _made_for_another_python, _interpreter_gone, _settings_gone],
    ids=lambda function: function.__name__.strip("_"),
)
def test_whatever_changed_makes_it_stale(made, disturb):
    Environment(made).mark_ready("desktop")
    disturb(made)
    assert not Environment(made).is_ready("desktop")


def test_a_moved_checkout_is_stale(made, tmp_path):
    Environment(made).mark_ready("desktop")
    moved = made.rename(tmp_path / "elsewhere")
    assert not Environment(moved).is_ready("desktop")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_the_environment_of_another_checkout_is_not_emptied(made, tmp_path):
    """A link to it saves nobody the installation: its stamps are for another place."""
    Environment(made).mark_ready("desktop")
    other = shutil.copytree(made, tmp_path / "other", ignore=shutil.ignore_patterns(".venv"))
    (other / ".venv").symlink_to(made / ".venv")
    assert not Environment(other).is_ready("desktop")
    making = _making(other)
    said = making.communicate(timeout=120)[1]
    assert making.returncode == 0, said
    assert Environment(made).is_ready("desktop") and Environment(other).is_ready("desktop")
    assert not (other / ".venv").is_symlink()


def test_two_first_runs_at_once_make_one_environment(checkout):
    both = [_making(checkout), _making(checkout)]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum(bool(text) for text in said) == 1, "the second found it made"
    assert Environment(checkout).is_ready("desktop")
    python = Environment(checkout).python
    found = subprocess.run([python, "-c", "import backend; print(backend.__file__)"], capture_output=True, text=True)
    assert found.stdout.strip() == str(checkout / "backend.py")


def test_an_interrupted_installation_heals(checkout):
    with _making(checkout) as first:
        assert first.stderr is not None
        assert first.stderr.readline(), "it has begun"
        first.send_signal(signal.SIGTERM)
    assert first.returncode
    assert not Environment(checkout).is_ready("desktop")
    with _making(checkout) as second:
        said = second.communicate(timeout=120)[1]
    assert second.returncode == 0, said
    assert Environment(checkout).is_ready("desktop")


def test_what_cannot_be_installed_is_one_sentence_and_no_stamp(checkout):
    (checkout / "desktop/requirements.txt").write_text("./no-such-package.whl\n")
    with pytest.raises(Lacking, match=r"^Không cài được thư viện Python: .*pip báo: .*\)\.$"):
        Environment(checkout).make("desktop")
    assert not Environment(checkout).is_ready("desktop")


def test_a_checkout_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(Lacking, match="Không ghi được vào"):
        Environment(tmp_path / "gone").make("desktop")
