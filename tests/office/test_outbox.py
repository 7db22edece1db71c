"""The outbox as it is read: a row for each closed day, its report frozen, and only the newest revision waiting."""

import json
from dataclasses import replace
from datetime import timedelta

import peewee
import pytest

from db import outbox as stored
from db.vocabulary import OutboxState
from desktop.office import closing, outbox, settings
from desktop.sync import protocol
from tests.office import upward
from tests.office.deciding import refused
from tests.office.upward import MONDAY, evening

S = OutboxState
NOW = evening(MONDAY)


@pytest.fixture
def closed(commune, correction_form):
    """The register with its Monday closed and gathered."""
    upward.live_through(commune, correction_form, 1)
    return commune


def test_every_closed_day_gets_its_row_once(commune, correction_form):
    assert not outbox.gather(commune, now=NOW)
    upward.work(commune, correction_form, MONDAY)
    closing.close_day(commune, MONDAY, clerk="truc", now=NOW)
    assert outbox.gather(commune, now=NOW).outbox and not outbox.gather(commune, now=NOW)
    (row,) = outbox.rows(commune)
    assert (row.day, row.revision, row.state, row.attempts, row.next_try_at) == (MONDAY, 1, S.WAITING, 0, None)
    assert outbox.counts(commune) == dict.fromkeys(S, 0) | {S.WAITING: 1}


def test_many_days_closed_at_once_get_their_rows(commune, correction_form):
    upward.work(commune, correction_form, MONDAY)
    made = closing.close_missed(commune, clerk="truc", now=evening(MONDAY) + timedelta(days=40))
    assert len(made) > 25 and outbox.gather(commune, now=NOW)
    assert [row.day for row in outbox.rows(commune)] == sorted((one.day for one in made), reverse=True)


def test_a_list_of_years_is_read_page_by_page_and_knows_where_somebody_must_look(commune, correction_form):
    upward.live_through(commune, correction_form, 5)
    upward.close_anew(commune, correction_form, upward.DAYS[4])
    rows = outbox.rows(commune)
    pages = [row for offset in range(0, 8, 2) for row in outbox.page(commune, offset, 2)]
    assert tuple(pages) == rows
    assert len(rows) == sum(outbox.counts(commune).values()) == 6
    assert outbox.first_to_review(commune) is None
    for place in (5, 3):
        with commune.write():
            stored.change(commune, rows[place].seq, state=S.REVIEW)
        assert outbox.first_to_review(commune) == place


def test_a_row_says_what_the_day_says(closed):
    sealed, row = closing.latest(closed, MONDAY), outbox.row(closed, MONDAY)
    total = sealed.table.total
    assert (row.code, row.received, row.resolved) == (sealed.code, 1, total.resolved_total)
    assert row.overdue == total.late + total.pending_overdue
    sent = outbox.figures_sent(closed, row)
    assert sent.table == sealed.table and json.loads(sent.text) == sent.document
    assert protocol.report_sha256(sent.document) == row.sha256 and sent.document["hash"] == sealed.hash


def test_a_new_revision_takes_the_place_of_the_one_that_waits(closed, correction_form):
    upward.close_anew(closed, correction_form, MONDAY)
    newer, older = outbox.rows(closed)
    assert (newer.revision, newer.state, newer.received) == (2, S.WAITING, 2)
    assert (older.revision, older.state, older.reason) == (1, S.SUPERSEDED, "bản 2 thay")
    assert outbox.row(closed, MONDAY) == newer and outbox.row(closed, MONDAY, 1) == older
    assert outbox.note(newer, outbox.line(closed, NOW)) == "chưa nối với nơi nhận"


def test_a_report_stays_what_it_was_when_the_unit_is_renamed(closed):
    """Else the hub would be told two contents of one revision, which is what a fork looks like."""
    row = outbox.row(closed, MONDAY)
    said = outbox.body(closed, row)
    settings.change_unit(closed, replace(settings.unit(closed), name="xã Mường Mới"), clerk="truc", now=NOW)
    outbox.gather(closed, now=NOW)
    assert outbox.row(closed, MONDAY) == row and outbox.body(closed, row) == said
    assert said["unit"]["name"] == "xã Mường Than"


def test_what_goes_up_can_be_signed_by_the_protocol(closed):
    body = outbox.body(closed, outbox.row(closed, MONDAY))
    document = protocol.sign(protocol.Kind.DAY_REPORT, body, bytes(range(32)))
    assert protocol.problem_in(protocol.content_as(protocol.DayReport, document)) is None


def test_a_day_that_was_not_closed_is_in_no_outbox(commune):
    assert refused(lambda: outbox.row(commune, MONDAY)).code == "day_not_closed"


def test_a_row_rests_until_its_time_but_not_when_the_clock_went_back(closed):
    row, later = outbox.row(closed, MONDAY), NOW + timedelta(hours=1)
    assert outbox.is_due(row, NOW)
    resting = replace(row, next_try_at=later, tries=(NOW,))
    assert not outbox.is_due(resting, NOW) and outbox.is_due(resting, later)
    assert outbox.is_due(resting, NOW - timedelta(days=400)), "tried in the future: the clock was wrong"
    assert not outbox.is_due(replace(row, state=S.ACKNOWLEDGED), NOW)
    assert not outbox.is_due(replace(row, state=S.SUPERSEDED), NOW)


def test_there_is_nothing_to_compare_before_the_hub_told_of_another(closed):
    assert refused(lambda: outbox.compare(closed, outbox.row(closed, MONDAY))).code == "nothing_to_compare"


def test_a_register_that_is_not_enrolled_says_so(closed):
    way = outbox.line(closed, NOW)
    assert (way.hub, way.reachable, way.offline_since, way.acknowledged_at) == ("", False, None, None)


@pytest.mark.parametrize("statement", ["DELETE FROM outbox", "DELETE FROM day_report", "UPDATE outbox SET sha256 = ''"])
def test_no_row_and_no_report_can_be_taken_away_or_made_another(closed, statement):
    with pytest.raises(peewee.IntegrityError, match="append-only"), closed.write():
        closed.database.execute_sql(statement)
