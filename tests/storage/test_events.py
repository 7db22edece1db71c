"""The chain: append-only, forward in time, and every tampering is found."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import peewee
import pytest

from db import connection, dossiers, events, folder, issued, projection
from db.errors import RegisterProblem
from db.vocabulary import EventKind
from tests import granted


def _tamper(home, *statements):
    with closing(sqlite3.connect(home / folder.REGISTER_FILE)) as file:
        for (name,) in list(file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
            if "no_" in name:
                file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)
        file.commit()


@pytest.fixture
def filled(home, now, put_dossier):
    book = connection.open_existing(home, now=now)
    for minute in range(6):
        put_dossier(book, at=now + timedelta(minutes=minute))
    book.close()
    return home


def _faults(home, now):
    book = connection.open_existing(home, now=now)
    try:
        return list(events.faults(book))
    finally:
        book.close()


@pytest.mark.parametrize("table", ["event", "issued_document"])
@pytest.mark.parametrize("act", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_what_was_recorded_can_be_neither_changed_nor_deleted(book, put_dossier, table, act):
    put_dossier(book)
    with pytest.raises(peewee.IntegrityError, match="append-only"):
        book.database.execute_sql(act.format(table))


def test_a_dossier_cannot_be_deleted(book, put_dossier):
    put_dossier(book)
    with pytest.raises(peewee.IntegrityError, match="append-only"):
        book.database.execute_sql("DELETE FROM dossier")


def test_an_untouched_chain_holds(filled, now):
    assert _faults(filled, now) == []


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE event SET payload = replace(payload, 'Vàng', 'Lò') WHERE seq = 4"],
        ["UPDATE event SET at = '2026-11-20T09:00:00+07:00' WHERE seq = 3"],
        ["UPDATE event SET clerk = 'ai' WHERE seq = 2"],
        ["UPDATE event SET dossier = 'TN-MT-261123-0001' WHERE seq = 5"],
        ["UPDATE event SET hash = substr(hash, 2) || '0' WHERE seq = 7"],
        ["DELETE FROM event WHERE seq = 4"],
        ["DELETE FROM event WHERE seq = 1"],
        ["DELETE FROM event WHERE seq >= 6"],
        ["DELETE FROM event WHERE seq = 4", "UPDATE event SET seq = seq - 1 WHERE seq > 4"],
        [
            "UPDATE event SET seq = 100 WHERE seq = 3",
            "UPDATE event SET seq = 3 WHERE seq = 4",
            "UPDATE event SET seq = 4 WHERE seq = 100",
        ],
    ],
    ids=["payload", "time", "clerk", "dossier", "hash", "hole", "first", "tail", "closed hole", "swapped"],
)
def test_every_edit_deletion_and_reordering_is_found(filled, now, statements):
    _tamper(filled, *statements)
    assert _faults(filled, now)


def test_time_never_goes_back_on_a_live_register(book, now, put_dossier):
    put_dossier(book, at=now)
    with pytest.raises(RegisterProblem) as problem:
        put_dossier(book, at=now - timedelta(seconds=1))
    assert problem.value.code == "clock_back"
    assert "Đồng hồ" in problem.value.message
    assert dossiers.count(book, []) == 1


def test_one_key_makes_one_event(book, put_dossier):
    put_dossier(book, key="same")
    with pytest.raises(peewee.IntegrityError):
        put_dossier(book, key="same")
    assert dossiers.count(book, []) == 1


def test_rows_are_what_the_events_say(book, now, put_dossier):
    code = put_dossier(book)
    with book.write():
        payload = {"document": 1, "printer": "x", "copies": 2, "outcome": "sent"}
        event = granted.append(book, EventKind.PRINT, payload, at=now, clerk="truc", key="p1", dossier=code)
        dossiers.change(book, event, payload)
    assert list(projection.faults(book)) == []
    assert dossiers.by_code(book, code).printed == 1


def test_a_row_changed_behind_the_events_is_found(filled, now):
    _tamper(filled, "UPDATE dossier SET due_at = '2027-01-01T17:00:00+07:00' WHERE day_number = 2")
    book = connection.open_existing(filled, now=now)
    assert list(projection.faults(book)) == ["TN-MT-261123-0002"]
    book.close()


def test_a_paper_changed_behind_its_event_is_found(filled, now):
    _tamper(filled, "UPDATE issued_document SET content = '{}' WHERE id = 3")
    book = connection.open_existing(filled, now=now)
    assert issued.faults(book) == ["hồ sơ TN-MT-261123-0003"]
    book.close()
