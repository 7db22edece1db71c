"""The two commands as typed: what counts as a verb, what a verb needs, and that everything passes through."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import bootstrap, debian, run, systems
from desktop.bootstrap import CHECKOUT, Environment
from desktop.debian import Part

ready = pytest.mark.skipif(not Environment().is_ready("tests"), reason="these tests were not started by tests/run.py")


def _run(script, *arguments, given="", **settings):
    command = [sys.executable, CHECKOUT / script, *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", **settings)


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        ([], ""),
        (["--data", "due"], ""),
        (["--data=x", "--json"], ""),
        (["--data"], ""),
        (["due", "--received", "x"], "due"),
        (["--data", "x", "--json", "demo"], "demo"),
        (["--help"], "--help"),
    ],
)
def test_the_window_is_meant_only_when_nothing_else_is_said(arguments, verb):
    assert run.verb_of(arguments) == verb


@pytest.mark.parametrize("verb", ["demo", "register", "form"])
def test_verbs_that_make_paper_need_its_font(verb):
    assert run.needs_of(verb) == Part.PAPER_FONT


def test_the_other_verbs_go_on_without_anything(monkeypatch):
    assert run.needs_of("due") == Part.NOTHING
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert run.needs_of("") == Part.EVERYTHING
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert Part.X11 not in run.needs_of("")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DISPLAY", ":0", True),
        ("WAYLAND_DISPLAY", "wayland-0", True),
        ("QT_QPA_PLATFORM", "offscreen", True),
        ("DISPLAY", "", False),
    ],
)
def test_a_display_is_what_a_window_can_be_shown_on(monkeypatch, name, value, expected):
    for each in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, value)
    assert run.has_display() is expected


def test_a_demo_never_goes_into_a_folder_that_is_there(tmp_path):
    assert run.unused_folder(tmp_path / "demo") == tmp_path / "demo"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo-2").mkdir()
    assert run.unused_folder(tmp_path / "demo") == tmp_path / "demo-3"


@ready
def test_streams_and_exit_code_pass_through(tmp_path):
    done = _run("desktop/run.py", "--json", "parse-id", given="đây không phải thẻ", cwd=tmp_path)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "not_a_card"
    assert done.stderr == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize("words", [[], ["--json"]])
def test_without_a_display_the_program_itself_ends_with_one_sentence(tmp_path, words):
    blind = {name: value for name, value in os.environ.items() if not name.endswith(("DISPLAY", "QPA_PLATFORM"))}
    command = [sys.executable, "-P", "-m", "desktop", *words]
    done = subprocess.run(command, env=blind | {"PYTHONPATH": str(CHECKOUT)}, cwd=tmp_path, capture_output=True)
    told = json.loads(done.stdout)["error"]["message"] if words else done.stderr.decode()
    assert (done.returncode, told.strip()) == (3, systems.NO_DISPLAY)


@ready
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_makes_a_demo_and_says_where(tmp_path):
    blind = {name: value for name, value in os.environ.items() if not name.endswith(("DISPLAY", "QPA_PLATFORM"))}
    done = _run("desktop/run.py", "--json", cwd=tmp_path, env=blind)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "motcua-demo") in done.stderr
    files = json.loads(done.stdout)["files"]
    assert files
    assert all(Path(file).is_file() and tmp_path in Path(file).parents for file in files)


@ready
def test_the_test_command_passes_arguments_and_exit_code_from_any_folder(tmp_path):
    done = _run("tests/run.py", "tests/no_such_folder", cwd=tmp_path)
    assert done.returncode == 4
    assert "no_such_folder" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is looked for")
def test_the_tests_ask_for_a_server_and_a_browser_and_the_program_never_does(monkeypatch):
    wanted = Part.POSTGRES | Part.BROWSER
    assert not Part.EVERYTHING & wanted
    monkeypatch.setattr(debian, "_SERVERS", Path("/nowhere"))
    monkeypatch.setenv("PATH", "")
    python = Path(sys.executable)
    assert debian.missing(wanted, python) == ("chromium", "chromium-driver", "postgresql")
    assert not {"chromium", "postgresql"} & set(debian.missing(Part.EVERYTHING, python))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is looked for")
def test_what_tests_can_go_without_is_said_and_stops_nothing(monkeypatch, capfdbinary):
    monkeypatch.setattr(debian, "_SERVERS", Path("/nowhere"))
    monkeypatch.setenv("PATH", "")
    bootstrap.offer(Part.POSTGRES, Environment())
    said = capfdbinary.readouterr().err.decode()
    assert "postgresql" in said and said.count("\n") == 1
