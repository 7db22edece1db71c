"""Migrations: a new file is made by them, each is atomic, an older file is copied and verified first."""

import sqlite3
from contextlib import closing

import pytest
from playhouse.schema_diff import diff_models

from db import backup, connection, folder, migrations, schema


def _steps():
    def failing(database, _):
        database.execute_sql("CREATE TABLE half (x)")
        raise RuntimeError("stop")

    return (*migrations.STEPS, ("0002_failing", failing))


def test_the_file_has_exactly_the_tables_of_the_models(book):
    assert not diff_models(book.database, schema.ALL)


def test_a_failing_step_leaves_nothing_and_stays_pending(book, now):
    with pytest.raises(RuntimeError):
        migrations.apply(book.database, now, _steps())
    assert "half" not in book.database.get_tables()
    assert migrations.pending(book.database, _steps()) == ["0002_failing"]
    assert book.database.execute_sql("PRAGMA foreign_keys").fetchone()[0] == 1


def test_each_applied_step_is_recorded(book):
    names = [row[0] for row in book.database.execute_sql("SELECT name FROM migration ORDER BY name")]
    assert names == [name for name, _ in migrations.STEPS]


def test_an_older_file_is_backed_up_verified_and_then_migrated(home, now, monkeypatch):
    def add_column(database, _):
        database.execute_sql("ALTER TABLE person ADD COLUMN added TEXT")

    steps = (*migrations.STEPS, ("0002_added", add_column))
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "LATEST", len(steps))
    monkeypatch.setattr(migrations.pending, "__defaults__", (steps,))
    monkeypatch.setattr(migrations.apply, "__defaults__", (steps,))
    book = connection.open_existing(home, now=now)
    columns = [column.name for column in book.database.get_columns("person")]
    book.close()
    assert "added" in columns
    (copy,) = (home / folder.BACKUP_FOLDER).glob("*before-migration*")
    backup.verify(copy)
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("PRAGMA user_version").fetchone()[0] == len(steps) - 1
