"""Rows on their way up, as stored: made once, never another report, and an answer of the hub kept for ever."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import peewee
import pytest

from db import connection, folder, migrations, outbox
from db.outbox_records import StandingReport
from db.vocabulary import EventKind, OutboxState
from tests import granted

S = OutboxState
DAY = date(2026, 11, 20)


def closed(book, now, on=DAY, revision=1):
    """A closing's event, with no row yet."""
    payload = {"day": on.isoformat(), "revision": revision}
    with book.write():
        return granted.append(
            book, EventKind.CLOSE_DAY, payload, at=now, clerk="truc", key=f"close_day {on} {revision:03d} x"
        )


def values(event, on=DAY, revision=1):
    return {
        "seq": event.seq,
        "day": on.isoformat(),
        "revision": revision,
        "code": "7F3K-92QD",
        "sha256": "0" * 64,
        "received": 3,
        "resolved": 2,
        "overdue": 1,
        "state": "waiting",
        "rest": "waiting",
        "reason": "",
        "changed_at": event.at,
        "attempts": 0,
        "tries": "[]",
    }


@pytest.fixture
def row(book, now):
    """A row that waits."""
    event = closed(book, now)
    with book.write():
        outbox.add(book, values(event), b"report")
    return event.seq


def test_a_closing_without_a_row_is_found_until_it_has_one(book, now):
    assert not outbox.has_news(book)
    event = closed(book, now)
    assert outbox.has_news(book) and [one.seq for one in outbox.without_row(book, 9)] == [event.seq]
    for _ in range(2):
        with book.write():
            outbox.add(book, values(event), b"report")
    assert not outbox.has_news(book) and outbox.report(book, event.seq) == b"report"


def test_an_event_of_another_kind_under_such_a_key_is_no_closing(book, now):
    with book.write():
        granted.append(book, EventKind.PRINT, {}, at=now, clerk="truc", key="close_day 2026-11-20 001 x")
    assert not outbox.has_news(book)


def test_a_row_is_what_was_stored_of_it(book, now, row):
    standing = StandingReport(2, "K2MW-4XAP", "1" * 64, tuple(range(11)))
    with book.write():
        outbox.change(
            book, row, state=S.REVIEW, tries=(now, now + timedelta(hours=1)), next_try_at=now, standing=standing
        )
    one = outbox.row(book, row)
    assert (one.day, one.state, one.rest, one.since) == (DAY, S.REVIEW, S.WAITING, now)
    assert (one.tries, one.next_try_at, one.standing) == ((now, now + timedelta(hours=1)), now, standing)
    assert outbox.rows(book, S.REVIEW) == outbox.rows(book) == outbox.of_day(book, DAY) == [one]
    assert outbox.rows(book, S.WAITING) == [] and outbox.counts(book) == {S.REVIEW: 1}


def test_the_newest_day_and_revision_come_first(book, now):
    for on, revision in ((DAY, 1), (DAY + timedelta(days=1), 1), (DAY, 2)):
        event = closed(book, now, on, revision)
        with book.write():
            outbox.add(book, values(event, on, revision), b"")
    assert [(one.day.day, one.revision) for one in outbox.rows(book)] == [(21, 1), (20, 2), (20, 1)]
    assert [one.revision for one in outbox.of_day(book, DAY)] == [2, 1]


def test_a_revision_has_one_row(book, now, row):
    event = closed(book, now, revision=2)
    with pytest.raises(peewee.IntegrityError), book.write():
        outbox.add(book, values(event, revision=1), b"")


def test_the_same_answer_is_kept_once(book, now):
    with book.write():
        first = outbox.keep(book, b"said", sha256="a", said_at=now, read_at=now, carrier="network")
        assert outbox.keep(book, b"said", sha256="a", said_at=now, read_at=now, carrier="file") == first
    (kept,) = outbox.acknowledgements(book)
    assert (kept.id, kept.content, kept.carrier, kept.said_at) == (first, b"said", "network", now)
    assert outbox.last_acknowledgement(book) == outbox.acknowledgement(book, first) == kept


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outbox",
        "DELETE FROM day_report",
        "DELETE FROM acknowledgement",
        "UPDATE day_report SET content = x''",
        "UPDATE acknowledgement SET content = x''",
        "UPDATE acknowledgement SET carrier = 'network'",
        *(
            f"UPDATE outbox SET {column} = 9"
            for column in ("seq", "day", "revision", "code", "sha256", "received", "resolved", "overdue")
        ),
    ],
)
def test_nothing_that_was_said_or_reported_can_be_changed(book, now, row, statement):
    with book.write():
        outbox.keep(book, b"said", sha256="a", said_at=now, read_at=now, carrier="file")
    with pytest.raises(peewee.IntegrityError, match="append-only"), book.write():
        book.database.execute_sql(statement)


def test_the_line_is_one_row(book, now):
    seen = outbox.line(book)
    assert (seen.offline_since, seen.reason, seen.failures, seen.batch, seen.asked) == (None, "", 0, 1, "")
    with book.write():
        outbox.change_line(book, offline_since=now, failures=2, batch=8)
    assert (outbox.line(book).offline_since, outbox.line(book).failures, outbox.line(book).batch) == (now, 2, 8)
    with pytest.raises(peewee.IntegrityError), book.write():
        book.database.execute_sql(
            "INSERT INTO line (id, reason, failures, batch, asked, enrolling) SELECT 2,'',0,1,'',''"
        )


def test_a_register_of_before_gets_the_tables_and_keeps_its_closings(home, now, monkeypatch):
    """Made by the steps before this one; its closed days are found as those that have no row."""
    (home / folder.REGISTER_FILE).unlink()
    before = migrations.STEPS[:8]
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "LATEST", len(before))
        patch.setattr(migrations.pending, "__defaults__", (before,))
        patch.setattr(migrations.apply, "__defaults__", (before,))
        book = connection.create(home, practice=False, now=now)
        closed(book, now)
        book.close()
    with closing(sqlite3.connect(home / folder.REGISTER_FILE)) as file:
        assert file.execute("SELECT count(*) FROM sqlite_master WHERE name = 'outbox'").fetchone() == (0,)
    with connection.open_existing(home, now=now) as book:
        assert outbox.has_news(book) and outbox.line(book).batch == 1 and outbox.rows(book) == []
