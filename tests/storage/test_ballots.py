"""The boxes of ratings without a name as stored: one row for each question, refilled and never deleted."""

from dataclasses import replace

import peewee
import pytest

from db import ballots, events
from db.ballots import StoredBox
from db.vocabulary import EventKind
from tests import granted


def put(book, **changes):
    box = replace(StoredBox("5/second_screen", ballots=1, seq=2, key_id="k", locked=b"\0x"), **changes)
    with book.write():
        ballots.put(book, box)
    return box


def test_a_box_is_stored_in_place_of_what_it_was(book):
    put(book)
    fuller, other = put(book, ballots=2, locked=b"y"), put(book, question="3/clerk_keyboard")
    assert ballots.boxes(book) == {box.question: box for box in (fuller, other)}


def test_a_box_is_not_deleted(book):
    put(book)
    with pytest.raises(peewee.IntegrityError), book.write():
        book.database.execute_sql("DELETE FROM ballot_box")


def test_ratings_and_counts_are_read_from_an_index_of_their_own(book, now):
    kinds = (EventKind.RATE, EventKind.FINISH, EventKind.COUNT_BALLOTS)
    with book.write():
        for number, kind in enumerate(kinds):
            granted.append(book, kind, {}, at=now, clerk="truc", key=str(number))
    asked = []
    book.database.connection().set_trace_callback(asked.append)
    found = [event.kind for event in events.of_kinds(book, EventKind.RATE, EventKind.COUNT_BALLOTS, since=now.date())]
    book.database.connection().set_trace_callback(None)
    assert found == ["rate", "count_ballots"]
    assert "USING INDEX event_rating" in str(book.database.execute_sql(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall())
