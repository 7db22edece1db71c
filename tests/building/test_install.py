"""Installing, updating and going back as on a commune's machine: real versions, real environments, no network."""

import json
import re
import sqlite3
import subprocess
import sysconfig
import unicodedata
from contextlib import closing

import pytest

from db import folder
from desktop.bootstrap import CHECKOUT, Environment
from desktop.building import install, wheelhouse
from desktop.office import opening


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The program as 0.1.0 and 0.2.0, with empty locks: packages come from the tests' own environment."""
    made = tmp_path_factory.mktemp("sources")
    for version in ("0.1.0", "0.2.0"):
        wheelhouse.copy_program(made / version)
        (made / version / "desktop/requirements.txt").write_text("# nothing\n")
        project = made / version / "pyproject.toml"
        project.write_text(re.sub(r'^version = ".*"', f'version = "{version}"', project.read_text("utf-8"), flags=re.M))
    return made


@pytest.fixture(scope="module")
def place(sources, tmp_path_factory):
    """Where 0.1.0 is installed and in use, nothing having been backed up for want of a register."""
    found = tmp_path_factory.mktemp("place")
    with pytest.MonkeyPatch.context() as patch:
        _without_network(patch, found / "no data")
        install.install(sources / "0.1.0", found / "wheels", found)
    assert install.in_use(found) == "0.1.0"
    assert not (found / "no data").exists()
    return found


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data folder of whoever updates."""
    _without_network(monkeypatch, tmp_path / "data")
    return tmp_path / "data"


def _without_network(patch, home):
    packages = sysconfig.get_path("purelib")
    settings = {"PYTHONPATH": packages, "MOTCUA_DATA": str(home), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    for name, value in settings.items():
        patch.setenv(name, value)


def _ask(program, *words):
    command = [Environment(program).python, "-P", "-m", "desktop", "--json", *map(str, words)]
    done = subprocess.run(command, cwd=program, capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout)


def test_an_update_backs_up_first_and_one_can_go_back(sources, place, data, tmp_path):
    old = place / "0.1.0"
    assert _ask(old, "init", "--unit-code", "MT", "--unit-name", "xã Mường Than")[0] == 0
    new = install.install(sources / "0.2.0", place / "wheels", place)
    assert (install.in_use(place), new) == ("0.2.0", place / "0.2.0")
    (backup,) = (data / folder.BACKUP_FOLDER).iterdir()
    assert all(_ask(version, "check")[1]["verdict"] == "intact" for version in (old, new))

    with closing(sqlite3.connect(data / folder.REGISTER_FILE)) as register:  # as a newer program leaves it
        (structure,) = register.execute("PRAGMA user_version").fetchone()
        register.execute(f"PRAGMA user_version = {structure + 1}")
    install.use(place, "0.1.0")
    assert install.in_use(place) == "0.1.0"
    code, told = _ask(old, "check")
    assert (code, told["error"]["code"]) == (3, "register_newer")
    assert _ask(old, "restore", backup, "--into", tmp_path / "again")[0] == 0
    assert _ask(old, "--data", tmp_path / "again", "check")[1]["verdict"] == "intact"


def test_what_cannot_be_installed_changes_nothing(sources, place, data, live_home, monday):
    live_home.rename(data)
    with pytest.raises(install.Refused, match=r"0\.1\.0 đã cài"):
        install.install(sources / "0.1.0", place / "wheels", place)
    with opening.open_register(data, now=monday), pytest.raises(install.Refused, match="Chưa cập nhật") as refused:
        install.install(sources / "0.2.0", place / "wheels", place)
    assert unicodedata.is_normalized("NFC", str(refused.value))
    with pytest.raises(install.Refused, match=r"Không có phiên bản 0\.3\.0 .*có: 0\.1\.0"):
        install.use(place, "0.3.0")
    assert install.in_use(place) == "0.1.0"


def test_windows_gets_all_that_the_lock_names_for_it():
    lock = (CHECKOUT / "desktop/requirements.txt").read_text("utf-8")
    assert "sys_platform == 'win32'" in lock
    told = wheelhouse.windows_lock(lock)
    assert "sys_platform" not in told
    assert told.count("--hash") == lock.count("--hash")
