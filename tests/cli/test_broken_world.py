"""Disks, locks, fonts and files that fail: exit code 3, one sentence, and a register that is whole afterwards."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desktop.office import opening
from desktop.verbs import context
from tests.cli.conftest import CHECKOUT, stored

UNIT = ("--unit-code", "MT", "--unit-name", "xã Mường Than")
FIGURES = ["stats", "--from", "2026-11-15", "--to", "2026-12-14"]


@pytest.fixture
def mount(tmp_path):
    """Mount something at a new folder for the length of the test; skips where that is not allowed."""
    mounted = []

    def at(name, *words):
        place = tmp_path / name
        place.mkdir()
        done = subprocess.run(["mount", *words, str(place)], capture_output=True) if shutil.which("mount") else None
        if done is None or done.returncode:
            pytest.skip("mounting a file system needs the rights of root")
        mounted.append(place)
        return place

    yield at
    for place in reversed(mounted):
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def short_wait(monkeypatch):
    """Other programs are waited for only a moment."""
    monkeypatch.setattr(context, "_WAIT_SECONDS", 0.3)


def test_without_a_font_nothing_is_stored(ask, live_home, dossier, registered, tmp_path, monkeypatch, unchanged):
    code = registered(live_home)
    (tmp_path / "fonts").mkdir()
    monkeypatch.setenv("MOTCUA_FONTS", str(tmp_path / "fonts"))
    for words in (["register", "-"], ["form", code, "receipt", "-o", tmp_path / "x.pdf"]):
        with unchanged(live_home):
            told = ask(*words, data=live_home, stdin=dossier(key="2"))
        assert (told.exit_code, told.error["code"]) == (3, "no_font")
    told = ask("demo", "--out", tmp_path / "demo", "--days", "3")
    assert (told.exit_code, told.error["code"]) == (3, "no_font")
    assert not (tmp_path / "x.pdf").exists() and not (tmp_path / "demo").exists()


@contextmanager
def begun_to_take_away(home):
    """Nothing changes but that the chain says somebody began to take a backup away."""
    counts, _, papers = stored(home)
    yield
    after, _, papers_after = stored(home)
    assert (after, papers_after) == (counts | {"event": counts["event"] + 1}, papers)


@pytest.mark.usefixtures("passphrase")
def test_a_folder_that_cannot_be_written_is_read_and_left_alone(
    ask, live_home, dossier, registered, mount, unchanged, tmp_path
):
    code = registered(live_home)
    read_only = mount("read-only", "--bind", str(live_home))
    subprocess.run(["mount", "-o", "remount,ro,bind", str(read_only)], check=True)
    with unchanged(live_home):
        for words in (["show", code], ["find", "vang"], ["verify-chain"], ["backup", "-o", tmp_path / "copy"], FIGURES):
            assert ask(*words, data=read_only).exit_code == 0, words
        for words in (["register", "-"], ["form", code, "receipt", "-o", tmp_path / "x.pdf"]):
            told = ask(*words, data=read_only, stdin=dossier(key="2"))
            assert told.exit_code == 3 and told.error["code"] in ("read_only", "paper_not_stored"), words
        for words in (["init", *UNIT, "--data", read_only / "new"], ["demo", "--out", read_only / "demo"]):
            told = ask(*words)
            assert (told.exit_code, told.error["code"]) == (3, "read_only"), words
    with begun_to_take_away(live_home):
        told = ask("backup", "-o", read_only / "copy.sqlite3", data=live_home)
        assert (told.exit_code, told.error["code"]) == (3, "backup_failed")
    assert not (tmp_path / "x.pdf").exists()
    assert registered(live_home, key="2") == "TN-MT-261123-0002"


@pytest.mark.parametrize("free", range(0, 400_000, 25_000))
def test_on_a_full_disk_a_dossier_is_stored_whole_or_not_at_all(ask, live_home, dossier, mount, free):
    """With so many bytes left the database, its log or the receipt is what does not fit."""
    disk = mount("disk", "-t", "tmpfs", "-o", "size=3m", "tmpfs")
    home = shutil.copytree(live_home, disk / "data")
    before = stored(home)
    space = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(max(0, space.f_bavail * space.f_frsize - free)))
    told = ask("register", "-", data=home, stdin=dossier())
    (disk / "ballast").unlink()
    if told.exit_code == 0:
        assert stored(home)[0]["dossier"] == 1
    elif told.error["code"] == "paper_not_stored":
        assert told.exit_code == 3
        assert stored(home)[0]["dossier"] == 1
        assert not [paper for paper in stored(home)[2] if not paper.endswith(".pdf")]
    else:
        assert (told.exit_code, told.error["code"]) == (3, "disk_full")
        assert stored(home) == before
    again = ask("register", "-", data=home, stdin=dossier())
    assert again.json["code"] == "TN-MT-261123-0001"
    assert len(stored(home)[2]) == 1
    assert ask("verify-chain", data=home).exit_code == 0


@pytest.mark.usefixtures("passphrase")
def test_on_a_full_disk_no_register_and_no_copy_is_begun(ask, live_home, mount):
    disk = mount("disk", "-t", "tmpfs", "-o", "size=600k", "tmpfs")
    told = ask("init", *UNIT, data=disk / "data")
    assert (told.exit_code, told.error["code"]) == (3, "disk_full")
    assert ask("check", data=disk / "data").error["code"] == "no_register"
    space = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(space.f_bavail * space.f_frsize - 20_000))
    with begun_to_take_away(live_home):
        told = ask("backup", "-o", disk / "copy.sqlite3", data=live_home)
    assert (told.exit_code, told.error["code"]) == (3, "backup_failed")
    assert list(disk.glob("copy*")) == []


DAMAGE = {
    "overwritten": lambda data: data[:4096] + os.urandom(len(data) - 4096),
    "cut": lambda data: data[: len(data) // 2],
    "one page": lambda data: data[:20_480] + os.urandom(4096) + data[24_576:],
    "no database": lambda data: b"x" * len(data),
    "header": lambda data: bytes(100) + data[100:],
    "empty": lambda data: b"",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_register_is_not_touched_and_the_newest_copy_offered(ask, live_home, registered, damage, tmp_path):
    code = registered(live_home)
    assert ask("backups", "daily", data=live_home).exit_code == 0
    file = live_home / "register.sqlite3"
    file.write_bytes(damage(file.read_bytes()))
    before = file.read_bytes()
    told = ask("show", code, data=live_home)
    assert (told.exit_code, told.error["code"]) == (3, "register_corrupt")
    assert file.read_bytes() == before
    copy = told.error["backup"]
    assert copy.endswith("sao-luu_MT_20261123-091400.mcsl") and Path(copy).name in told.error["message"]
    assert ask("restore", copy, "--into", tmp_path / "new").exit_code == 0
    assert ask("show", code, data=tmp_path / "new").exit_code == 0


def test_the_database_of_another_program_is_no_register(ask, tmp_path):
    home = tmp_path / "data"
    home.mkdir()
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        file.execute("CREATE TABLE song (name TEXT)")
    before = (home / "register.sqlite3").read_bytes()
    told = ask("find", "x", data=home)
    assert (told.exit_code, told.error["code"], told.error["backup"]) == (3, "register_corrupt", None)
    assert (home / "register.sqlite3").read_bytes() == before


def test_a_register_of_a_newer_program_is_left_alone(ask, live_home):
    with closing(sqlite3.connect(live_home / "register.sqlite3")) as file:
        file.execute("PRAGMA user_version = 999")
    before = (live_home / "register.sqlite3").read_bytes()
    told = ask("find", "x", data=live_home)
    assert (told.exit_code, told.error["code"]) == (3, "register_newer")
    assert (live_home / "register.sqlite3").read_bytes() == before


def test_papers_and_key_that_were_lost_are_made_again(ask, live_home, registered, tmp_path):
    code = registered(live_home)
    shutil.rmtree(live_home / "documents")
    (live_home / "receipt.key").unlink()
    assert ask("form", code, "receipt", "-o", tmp_path / "x.pdf", data=live_home).exit_code == 0
    assert registered(live_home, key="2") == "TN-MT-261123-0002"
    assert ask("verify-chain", data=live_home).exit_code == 0


def test_a_second_program_waits_a_moment_and_then_gives_up(ask, clock, live_home, dossier, short_wait, unchanged):
    with opening.open_register(live_home, now=clock.now), unchanged(live_home):
        began = time.monotonic()
        for words in (["find", "x"], ["register", "-"], ["init", *UNIT]):
            told = ask(*words, data=live_home, stdin=dossier())
            assert (told.exit_code, told.error["code"]) == (3, "register_in_use")
        assert time.monotonic() - began >= 0.6
    assert ask("find", "x", data=live_home).exit_code == 0


def test_a_program_that_finishes_meanwhile_is_waited_for(ask, clock, live_home):
    book = opening.open_register(live_home, now=clock.now)
    other = threading.Timer(0.3, book.close)
    other.start()
    try:
        assert ask("find", "x", data=live_home).exit_code == 0
    finally:
        other.join()


#: Runs ``register`` for each file named, one after another, in one process.
REGISTER_EACH = """
import sys
from desktop import cli
for file in sys.argv[2:]:
    cli.main(["register", file, "--json", "--data", sys.argv[1]])
"""


def test_eight_programs_on_one_folder_keep_one_sequence(ask, practice_home, dossier, tmp_path):
    names = [[f"{program}-{number}" for number in range(5)] for program in range(8)]
    programs = []
    for keys in names:
        for key in keys:
            request = dossier(key=key, received_at="2026-11-25T08:00", clerk="lan")
            (tmp_path / key).write_text(json.dumps(request), encoding="utf-8")
        words = [sys.executable, "-c", REGISTER_EACH, practice_home, *(tmp_path / key for key in keys)]
        programs.append(subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    answers = []
    for program in programs:
        out, err = program.communicate(timeout=120)
        assert (program.returncode, err) == (0, b"")
        answers += [json.loads(line) for line in out.splitlines()]
    assert len(answers) == 40
    codes = sorted(answer["code"] for answer in answers if "code" in answer)
    refused = {answer["error"]["code"] for answer in answers if "error" in answer}
    assert refused <= {"register_in_use"}
    assert codes == [f"TN-MT-261125-{number:04}" for number in range(1, len(codes) + 1)] and codes
    rows, _, papers = stored(practice_home)
    assert rows["dossier"] == rows["issued_document"] == len(papers) == len(codes)
    assert rows["person"] == 3
    assert ask("verify-chain", data=practice_home).exit_code == 0
