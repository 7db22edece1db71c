"""Opening a register: what is refused, in which words, and that nothing was touched."""

import hashlib
import os
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from db import connection, folder, migrations
from db.errors import RegisterProblem
from db.vocabulary import EventKind
from tests import granted


def _sql(home, statement):
    with closing(sqlite3.connect(home / folder.REGISTER_FILE)) as file:
        file.execute(statement)
        file.commit()


def test_a_register_is_durable_and_keeps_references(book):
    pragma = {name: book.database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode",)}
    assert pragma["journal_mode"] == "wal"
    assert book.database.execute_sql("PRAGMA synchronous").fetchone()[0] == 2
    assert book.database.execute_sql("PRAGMA foreign_keys").fetchone()[0] == 1


def test_whoever_reads_the_register_keeps_two_megabytes_of_it_at_most(book):
    def kept(own):
        return own.database.execute_sql("PRAGMA cache_size").fetchone()[0]

    def as_worker():
        with book.session() as own:
            return kept(own)

    with ThreadPoolExecutor(1) as worker:
        assert (kept(book), worker.submit(as_worker).result()) == (-2000, -2000)


def test_a_folder_without_register_says_so(tmp_path, now):
    with pytest.raises(RegisterProblem) as problem:
        connection.open_existing(tmp_path, now=now)
    assert problem.value.code == "no_register"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_register_is_not_given_a_second_one(home, now):
    before = (home / folder.REGISTER_FILE).read_bytes()
    with pytest.raises(RegisterProblem) as problem:
        connection.create(home, practice=True, now=now)
    assert problem.value.code == "register_exists"
    assert (home / folder.REGISTER_FILE).read_bytes() == before


def test_two_programs_cannot_open_one_folder(book, now):
    with pytest.raises(RegisterProblem) as problem:
        connection.open_existing(book.home, now=now)
    assert problem.value.code == "register_in_use"


def test_a_closed_register_can_be_opened_again(home, now):
    for _ in range(2):
        connection.open_existing(home, now=now).close()


def test_a_register_of_a_newer_program_is_refused_untouched(home, now):
    _sql(home, f"PRAGMA user_version = {migrations.LATEST + 1}")
    before = hashlib.sha256((home / folder.REGISTER_FILE).read_bytes()).digest()
    with pytest.raises(RegisterProblem) as problem:
        connection.open_existing(home, now=now)
    assert problem.value.code == "register_newer"
    assert str(migrations.LATEST + 1) in problem.value.message
    assert hashlib.sha256((home / folder.REGISTER_FILE).read_bytes()).digest() == before


def test_a_damaged_file_offers_the_newest_backup_that_opens(book, now):
    from db import backup

    good = backup.make(book.home, now=now, reason="daily")
    (good.parent / "register-20991231-000000-daily.sqlite3").write_bytes(b"not a database")
    book.close()
    path = book.home / folder.REGISTER_FILE
    data = bytearray(path.read_bytes())
    for offset in range(4096, len(data), 512):
        data[offset : offset + 64] = os.urandom(64)
    path.write_bytes(data)
    with pytest.raises(RegisterProblem) as problem:
        connection.open_existing(book.home, now=now)
    assert problem.value.code == "register_corrupt"
    assert problem.value.facts["backup"] == str(good)
    # One sentence for the window and the command line: it names no verb.
    assert good.name in problem.value.message and "lệnh" not in problem.value.message


def test_of_two_backups_the_one_that_holds_more_is_offered_whatever_their_names_say(book, now):
    from db import backup

    ahead = backup.make(book.home, now=now.replace(year=2031), reason="daily")
    with book.write():
        granted.append(book, EventKind.SIGN_IN, {}, at=now, clerk="truc", key="later")
    more = backup.make(book.home, now=now, reason="daily")
    assert ahead.name > more.name and backup.newest(more.parent) == more


def test_a_file_that_is_no_database_is_called_damaged(home, now):
    (home / folder.REGISTER_FILE).write_bytes(b"x" * 8192)
    with pytest.raises(RegisterProblem) as problem:
        connection.open_existing(home, now=now)
    assert problem.value.code == "register_corrupt"
    assert problem.value.facts["backup"] is None


def test_after_a_refusal_the_folder_is_free_again(home, now):
    _sql(home, f"PRAGMA user_version = {migrations.LATEST + 1}")
    with pytest.raises(RegisterProblem):
        connection.open_existing(home, now=now)
    _sql(home, f"PRAGMA user_version = {migrations.LATEST}")
    connection.open_existing(home, now=now).close()


@pytest.fixture
def other_disk():
    """A folder that is not on the system's own disk, as a share never is."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == Path("/").stat().st_dev:
        pytest.skip("no second file system to stand in for a share")
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_folder_on_a_network_share_is_refused(tmp_path, other_disk, now, monkeypatch, kind):
    share = other_disk
    (share / "data").mkdir()
    proc = tmp_path / "proc"
    (proc / "self").mkdir(parents=True)
    (proc / "filesystems").write_text("nodev\ttmpfs\n\text4\n")
    (proc / "self" / "mounts").write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {share} {kind} rw 0 0\n")
    monkeypatch.setattr(psutil, "PROCFS_PATH", str(proc))
    with pytest.raises(RegisterProblem) as problem:
        connection.create(share / "data" / "new", practice=True, now=now)
    assert problem.value.code == "network_share"
    assert not (share / "data" / "new").exists()
    assert not folder.is_network_share(tmp_path / "elsewhere")


def test_a_full_disk_changes_nothing(book, now, put_dossier):
    put_dossier(book)
    pages = book.database.execute_sql("PRAGMA page_count").fetchone()[0]
    book.database.execute_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RegisterProblem) as problem:
        for _ in range(200):
            put_dossier(book)
    assert problem.value.code == "disk_full"
    count = book.database.execute_sql("SELECT count(*) FROM dossier").fetchone()[0]
    assert count == book.database.execute_sql("SELECT count(*) FROM event WHERE kind = 'register'").fetchone()[0]
    assert book.database.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_register_that_cannot_be_written_says_so(book, put_dossier):
    book.database.execute_sql("PRAGMA query_only = 1")
    with pytest.raises(RegisterProblem) as problem:
        put_dossier(book)
    assert problem.value.code == "read_only"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path, now):
    (tmp_path / "data").write_text("x")
    with pytest.raises(RegisterProblem) as problem:
        connection.create(tmp_path / "data", practice=True, now=now)
    assert problem.value.code == "not_a_folder"
