"""Sticks that carry backups: labelled, known where they are plugged in, filled, and nothing half on one that fails."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.errors import UserError
from desktop.office import (
    backup_locks,
    backup_standing,
    backup_sticks,
    backups,
    counter,
    opening,
)

PASSPHRASE = "Chè Shan tuyết đầu mùa"


@pytest.fixture
def take_in(commune, monday, correction_form):
    """Take in a dossier some minutes after nine; returns its code."""

    def register(key, minutes=0):
        at = monday + timedelta(minutes=minutes)
        return counter.register(commune, replace(correction_form, key=key), clerk="truc", now=at).code

    return register


@pytest.fixture
def locked(commune, monday):
    """The commune after its passphrase was set; the recovery code."""
    return backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)


@pytest.fixture
def stick(tmp_path):
    """A folder where a stick is mounted."""
    root = tmp_path / "USB"
    root.mkdir()
    return root


def test_an_open_backup_from_before_the_passphrase_never_gets_to_a_stick(commune, monday, take_in, stick):
    take_in("1")
    backups.make(commune, now=monday)
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    backup_sticks.label(commune, stick, "USB", clerk="quay1", now=monday)
    (found,) = backup_sticks.plugged(commune, [stick])
    assert backup_sticks.carry(commune, found, now=monday) is None
    assert [path.name for path in stick.iterdir()] == [backup_sticks.MARKER]


def test_a_stick_gets_the_newest_backup_and_is_known_where_it_is_plugged_in(
    commune, monday, take_in, locked, stick, tmp_path
):
    take_in("1")
    backup_sticks.label(commune, stick, " USB   đỏ ", clerk="quay1", now=monday)
    made = backups.make(commune, now=monday)
    empty = tmp_path / "khác"
    empty.mkdir()
    (found,) = backup_sticks.plugged(commune, [empty, stick, tmp_path / "none"])
    assert (found.name, found.root) == ("đỏ", stick)
    copied = backup_sticks.carry(commune, found, now=monday)
    assert copied.read_bytes() == made.path.read_bytes()
    assert backup_standing.standing(commune).sticks[0].made_at == monday
    before = copied.stat().st_mtime_ns
    assert backup_sticks.carry(commune, found, now=monday) == copied and copied.stat().st_mtime_ns == before
    told = json.loads((stick / backup_sticks.MARKER).read_text("utf-8"))
    assert told["name"] == "đỏ" and set(told) == {"register", "stick", "unit", "name"}
    backup_sticks.forget(commune, found.id, clerk="quay1", now=monday)
    assert backup_sticks.plugged(commune, [stick]) == []


def test_whoever_looks_for_a_backup_begins_where_the_newest_of_the_sticks_lies(commune, tmp_path, monkeypatch):
    """What is mounted is the one thing a test must say itself."""
    roots = [tmp_path / name for name in ("cũ", "mới", "không")]
    monkeypatch.setattr(backup_sticks, "_mounted", lambda: roots)
    assert backup_sticks.folder_in_sight() is None
    assert backup_sticks.folder_in_sight(commune.home) == commune.home / "backups"
    for root, day in zip(roots, (21, 22), strict=False):
        (root / backup_sticks.FOLDER).mkdir(parents=True)
        (root / backup_sticks.FOLDER / f"sao-luu_XX_202611{day}-170000.mcsl").write_bytes(b"of any register")
    assert backup_sticks.folder_in_sight(commune.home) == roots[1] / backup_sticks.FOLDER


def test_a_stick_with_another_registers_label_gets_nothing(commune, practice_home, monday, locked, stick):
    with opening.open_register(practice_home, now=monday) as other:
        backup_sticks.label(other, stick, "USB tập", clerk="quay1", now=monday)
    assert backup_sticks.plugged(commune, [stick]) == []
    backup_sticks.label(commune, stick, "USB", clerk="quay1", now=monday)
    forged = json.loads((stick / backup_sticks.MARKER).read_text("utf-8")) | {"stick": "mine"}
    (stick / backup_sticks.MARKER).write_text(json.dumps(forged), "utf-8")
    assert backup_sticks.plugged(commune, [stick]) == []


def test_the_disk_of_the_register_itself_is_no_stick(commune, monday, locked):
    for root in (commune.home, commune.home.parent, commune.home / "none"):
        with pytest.raises(UserError) as problem:
            backup_sticks.label(commune, root, "USB", clerk="quay1", now=monday)
        assert problem.value.code == "not_a_stick"


def test_a_stick_that_is_pulled_or_locked_says_one_sentence_and_holds_nothing_half(
    commune, monday, take_in, locked, stick
):
    take_in("1")
    backup_sticks.label(commune, stick, "USB", clerk="quay1", now=monday)
    backups.make(commune, now=monday)
    (found,) = backup_sticks.plugged(commune, [stick])

    def pulled(done, total):
        shutil.rmtree(stick, ignore_errors=True)
        return True

    with pytest.raises(UserError) as problem:
        backup_sticks.carry(commune, found, now=monday, progress=pulled)
    assert (problem.value.exit_code, problem.value.code) == (3, "backup_failed")
    assert problem.value.message.endswith("chưa sao lưu được ra USB sao lưu: bản trên máy vẫn còn.")
    assert not stick.exists()
    stick.mkdir()
    assert backup_sticks.carry(commune, found, now=monday, progress=lambda done, total: False) is None
    assert list((stick / backup_sticks.FOLDER).iterdir()) == []


def test_a_stick_that_fails_keeps_no_other_from_its_copy(commune, monday, take_in, locked, tmp_path, monkeypatch):
    """What is mounted is the one thing a test must say itself."""
    take_in("1")
    roots = [tmp_path / name for name in ("hỏng", "tốt")]
    for root in roots:
        root.mkdir()
        backup_sticks.label(commune, root, root.name, clerk="quay1", now=monday)
    (roots[0] / backup_sticks.FOLDER).write_bytes(b"a file where the folder should be")
    monkeypatch.setattr(backup_sticks, "_mounted", lambda: roots)
    made = backups.make(commune, now=monday)
    with pytest.raises(UserError) as problem:
        backup_sticks.carry_all(commune, now=monday)
    assert "USB hỏng" in problem.value.message
    assert (roots[1] / backup_sticks.FOLDER / made.path.name).is_file()
