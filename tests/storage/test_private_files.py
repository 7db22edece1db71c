"""On Linux nobody else of the machine reads what we make for a register; a folder that was there stays as it was."""

import os
import sqlite3
from contextlib import closing

import pytest

from db import backup, connection, folder
from desktop.whole_files import hand_out

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")


@pytest.fixture(autouse=True)
def open_handed():
    """Under the mask that lets everybody read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_new_register_is_its_founders_alone(tmp_path, now):
    home = tmp_path / "so"
    with connection.create(home, practice=True, now=now) as book:
        with book.write():
            book.database.execute_sql("INSERT INTO setting (name, value) VALUES ('one', '1')")
        files = [path for path in home.iterdir() if path.name.startswith(folder.REGISTER_FILE)]
        assert len(files) == 3, "the file and SQLite's two beside it"
        assert {mode(path) for path in files} == {0o600}
    assert mode(home) == 0o700


def test_a_folder_that_was_there_keeps_its_rights(tmp_path, now):
    tmp_path.chmod(0o755)
    connection.create(tmp_path, practice=True, now=now).close()
    assert (mode(tmp_path), mode(tmp_path / folder.REGISTER_FILE)) == (0o755, 0o600)


def test_copies_and_their_folder_are_ours_alone(tmp_path, now):
    connection.create(tmp_path, practice=True, now=now).close()
    made = backup.make(tmp_path, now=now, reason="test")
    assert (mode(made), mode(made.parent)) == (0o600, 0o700)
    backup.restore(made, tmp_path / "restored")
    assert (mode(tmp_path / "restored"), mode(tmp_path / "restored" / folder.REGISTER_FILE)) == (0o700, 0o600)
    with closing(sqlite3.connect(made)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_is_handed_out_is_read_by_who_asked_for_it(tmp_path):
    shared = tmp_path / "so-lieu.csv"
    shared.touch(0o644)
    hand_out(shared, b"1")
    hand_out(tmp_path / "moi.csv", b"1")
    assert (mode(shared), mode(tmp_path / "moi.csv")) == (0o600, 0o600)
