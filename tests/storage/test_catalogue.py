"""Rows of the catalogue: added and never changed, known by their decision, silent once it is taken back."""

import sqlite3
from contextlib import closing

import peewee
import pytest

from db import catalogue, connection, folder, migrations
from db.catalogue import VersionRow
from db.vocabulary import EventKind
from tests import granted


def decide(book, now, number, *codes):
    """A decision that says something of these codes; returns the number of its event."""
    with book.write():
        event = granted.append(book, EventKind.DECIDE_CATALOGUE, {}, at=now, clerk="truc", key=number)
        first = catalogue.next_id(book)
        catalogue.append(
            book,
            [
                VersionRow(first + place, code, "2026-12-01", None, f'{{"code": "{code}"}}', event.seq, '["fee"]')
                for place, code in enumerate(codes)
            ],
        )
        catalogue.decide(book, event.seq, number, None, "2026-12-01")
    return event.seq


def take_back(book, now, seq):
    with book.write():
        event = granted.append(book, EventKind.UNDO_DECISION, {}, at=now, clerk="truc", key=f"undo {seq}")
        catalogue.take_back(book, seq, by=event.seq)
    return event.seq


def test_a_decision_that_was_taken_back_speaks_no_more_and_stays(book, now):
    kept, undone = decide(book, now, "1/QĐ", "1.000001"), decide(book, now, "2/QĐ", "1.000002", "1.000003")
    by = take_back(book, now, undone)
    assert [id for id, _ in catalogue.speaking(book)] == [1, 2]
    assert [row.code for row in catalogue.everything(book)] == ["1.001193", "1.000001", "1.000002", "1.000003"]
    assert catalogue.decisions(book) == {kept: None, undone: by}
    assert catalogue.decisions(book, "1.000003") == {undone: by}


def test_a_later_decision_on_the_same_procedure_is_named(book, now):
    first = decide(book, now, "1/QĐ", "1.000001", "1.000002")
    other = decide(book, now, "2/QĐ", "1.000003")
    later = decide(book, now, "3/QĐ", "1.000002")
    assert catalogue.decided_since(book, first) == (later, "1.000002")
    assert catalogue.decided_since(book, other) is None
    take_back(book, now, later)
    assert catalogue.decided_since(book, first) is None


def test_a_row_tells_what_its_decision_set(book, now):
    decide(book, now, "1/QĐ", "1.000001")
    assert catalogue.fields(book, 2) == {"fee"}
    assert catalogue.fields(book, 1) is None


@pytest.mark.parametrize("statement", ["UPDATE procedure_version SET content = '{}'", "DELETE FROM procedure_version"])
def test_no_version_is_ever_rewritten(book, statement):
    with pytest.raises(peewee.IntegrityError, match="append-only"):
        book.database.execute_sql(statement)


def test_a_register_of_before_the_decisions_keeps_its_rows(tmp_path, now):
    database = peewee.SqliteDatabase(str(tmp_path / folder.REGISTER_FILE))
    migrations.apply(database, now, migrations.STEPS[:2])
    database.execute_sql(
        "INSERT INTO procedure_version (id, code, valid_from, valid_to, content)"
        " VALUES (1, '1.001193', NULL, '2026-12-31', '{\"code\": \"1.001193\"}')"
    )
    database.close()
    book = connection.open_existing(tmp_path, now=now)
    with closing(book):
        assert catalogue.everything(book) == [VersionRow(1, "1.001193", None, "2026-12-31", '{"code": "1.001193"}')]
        assert decide(book, now, "1/QĐ", "1.001193") == 1
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            book.database.connection().execute("DELETE FROM procedure_version")
