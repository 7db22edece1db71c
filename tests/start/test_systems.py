"""An old Windows is told so before anything heavy is loaded."""

import subprocess
import sys
import unicodedata
from types import SimpleNamespace

import pytest

from desktop import systems

OLD = """
import sys
from types import SimpleNamespace
sys.platform, sys.getwindowsversion = "win32", lambda: SimpleNamespace(build=17134)
from desktop.__main__ import main
code = main()
assert not [name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "peewee")]
sys.exit(code)
"""


@pytest.mark.parametrize("build", [7601, 9600, 10240, 17134, 17762])
def test_windows_before_10_1809_is_refused_in_one_sentence(build):
    told = systems.refusal(build)
    assert "1809" in told and str(build) in told and told.count(". ") == 0
    assert unicodedata.is_normalized("NFC", told)


@pytest.mark.parametrize("build", [17763, 19045, 22000, 26100])
def test_newer_ones_are_not(build):
    assert systems.refusal(build) == ""


def test_the_program_ends_with_it_before_it_loads_the_screen():
    """This machine says that it is such a Windows."""
    done = subprocess.run([sys.executable, "-c", OLD], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.strip()) == (3, systems.refusal(17134))


@pytest.mark.skipif(sys.platform == "win32", reason="a machine that is one anyway")
def test_without_a_console_it_is_a_box(monkeypatch):
    import ctypes

    shown = []
    windll = SimpleNamespace(user32=SimpleNamespace(MessageBoxW=lambda *said: shown.append(said)))
    monkeypatch.setattr(ctypes, "windll", windll, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "getwindowsversion", lambda: SimpleNamespace(build=9600), raising=False)
    monkeypatch.setattr(sys, "stderr", None)
    assert systems.refused()
    assert shown == [(None, systems.refusal(9600), "Một Cửa", 0x10)]
