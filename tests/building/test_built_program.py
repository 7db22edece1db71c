"""The program as a commune gets it, run from where it was built: skipped where ``build.py`` has not been run.

It finds its data, fonts and pages in itself, writes nothing there, and its register lies elsewhere.
"""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from desktop.building.build import LICENCES, PROGRAM, STARTER

pytestmark = pytest.mark.skipif(not STARTER.exists(), reason="no build: python3 desktop/building/build.py makes one")


def _tree():
    files = (path for path in PROGRAM.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def built(tmp_path):
    """Runs it as on a machine without Python, fonts or settings of ours; whatever it did, its folder is as before."""
    before = _tree()
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    bare = kept | {"HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}

    def run(*words, **settings):
        command = [STARTER, *map(str, words)]
        return subprocess.run(command, env=bare, cwd=tmp_path, capture_output=True, timeout=120, check=True, **settings)

    run.environment = bare
    yield run
    assert _tree() == before


def test_a_register_is_made_worked_with_and_checked(built, tmp_path):
    built("demo", "--out", tmp_path / "demo", "--days", 5, "--per-day", 2)
    told = json.loads(built("--data", tmp_path / "demo/so-tap-huan", "--json", "check").stdout)
    assert (told["register"], told["verdict"]) == ("ok", "intact")
    receipt = (tmp_path / "demo/giay-hen-1-a5.pdf").read_bytes()
    assert re.search(rb"/FontName /\w+\+(LiberationSerif|Tinos|TimesNewRoman)", receipt)


def test_without_a_named_folder_the_data_lie_with_the_user(built, tmp_path):
    told = built("--json", "init", "--unit-code", "MT", "--unit-name", "xã Mường Than", "--practice")
    home = json.loads(told.stdout)["data"]
    assert home.startswith(str(tmp_path)) and not home.startswith(str(PROGRAM))


def test_the_window_opens(built, tmp_path):
    built("--data", tmp_path / "so", "init", "--unit-code", "MT", "--unit-name", "xã Mường Than", "--practice")
    built("--trial", tmp_path / "so")


@pytest.mark.skipif(sys.platform == "win32", reason="stops by a signal")
def test_a_hub_serves_its_pages(built, tmp_path):
    command = [STARTER, "--data", tmp_path / "dau-moi", "hub", "serve", "--port", "0"]
    with subprocess.Popen(command, env=built.environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as hub:
        url = next(match[0].decode() for line in hub.stderr if (match := re.search(rb"http://[\d.:]+", line)))
        for path in ("/", "/static/hub.css", "/api/v1/openapi.json"):
            with urllib.request.urlopen(f"{url}{path}", timeout=20) as answer:
                assert answer.status == 200 and answer.read()
        hub.send_signal(signal.SIGTERM)
        assert hub.wait(30) == 0


def test_it_carries_the_licences_of_all_that_is_in_it(built):
    told = built("licences", "--whole").stdout
    assert told == LICENCES.read_bytes()
    here = subprocess.run([sys.executable, "-m", "desktop", "licences"], capture_output=True, check=True).stdout
    assert told.startswith(here.rstrip(b"\r\n"))
