"""Whoever edits the outbox behind the program is found: no green without the hub's own word for it."""

import sqlite3
from contextlib import closing

import pytest

from db.vocabulary import OutboxState
from desktop.office import carrying, checking, outbox, outbox_trail, sending
from desktop.sync import packet_files
from desktop.sync.protocol import Verdict
from tests.office import upward
from tests.office.upward import DAYS, MONDAY
from tests.sync import little_hub

S = OutboxState


def faults(book):
    return tuple(outbox_trail.faults(book))


def behind(book, *statements):
    """Edit the file as somebody with a database tool would, past the triggers."""
    with closing(sqlite3.connect(book.home / "register.sqlite3", isolation_level=None)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        for statement, *facts in statements:
            assert file.execute(statement, facts).rowcount != 0
        for _, sql in triggers:
            file.execute(sql)


def test_what_really_happened_holds(wire, days, tmp_path, correction_form):
    """Refused, forked, lost, copied, closed anew, enrolled anew: all of it is borne out."""
    wire.hub.verdicts[days[1]] = Verdict.REJECTED, "không nhận"
    wire.send()
    assert faults(wire.book) == ()
    del wire.hub.reports["MT", days[3]]
    wire.hub.verdicts.clear()
    wire.send(manual=True)
    upward.close_anew(wire.book, correction_form, MONDAY)
    (stick := tmp_path / "usb").mkdir()
    copied = carrying.write_waiting(wire.book, stick, clerk="truc", now=wire.now)
    assert faults(wire.book) == ()
    packet_files.write(stick, wire.hub.take(copied.path.read_bytes()))
    carrying.read_answers(wire.book, stick, now=wire.now)
    assert wire.states()[MONDAY, 2] is S.ACKNOWLEDGED and faults(wire.book) == ()
    wire.enrol()
    wire.send(manual=True)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED, S.SUPERSEDED}
    assert checking.verify_chain(wire.book).faults == ()


GREEN = "UPDATE outbox SET state = 'acknowledged', rest = 'acknowledged'"


@pytest.mark.parametrize(
    "edit",
    [
        f"{GREEN} WHERE state = 'waiting'",
        f"{GREEN}, acknowledgement = 1 WHERE state = 'waiting'",
        f"{GREEN}, acknowledgement = 3 WHERE state = 'waiting'",
        "UPDATE outbox SET state = 'sending', rest = 'acknowledged' WHERE state = 'waiting'",
    ],
)
def test_a_row_turned_green_by_hand_is_found(wire, days, correction_form, edit):
    wire.send()
    upward.work(wire.book, correction_form, DAYS[5])
    upward.close(wire.book, DAYS[5])
    assert faults(wire.book) == ()
    behind(wire.book, (edit,))
    (told,) = faults(wire.book)
    assert "28/11/2026" in told and "không có xác nhận" in told


def test_a_fork_turned_green_by_its_older_acknowledgement_is_found(wire, days):
    wire.send()
    wire.hub.verdicts[days[0]] = Verdict.FORKED, "khác lịch sử"
    with wire.book.write():
        wire.book.database.execute_sql("UPDATE outbox SET state = 'waiting', rest = 'waiting' WHERE day = '2026-11-23'")
    wire.send()
    assert wire.states()[MONDAY, 1] is S.REVIEW and faults(wire.book) == ()
    behind(wire.book, (f"{GREEN}, acknowledgement = 1 WHERE state = 'review'",))
    assert len(faults(wire.book)) == 1


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("UPDATE acknowledgement SET content = zeroblob(900) WHERE id = 1", "đã bị sửa"),
        ("UPDATE acknowledgement SET sha256 = 'x' WHERE id = 1", "đã bị sửa"),
        ("UPDATE day_report SET content = x'00' WHERE seq = (SELECT min(seq) FROM outbox)", "không đọc được"),
        ("UPDATE outbox SET sha256 = 'x' WHERE day = '2026-11-23'", "báo cáo đã lưu bị sửa"),
        ("UPDATE outbox SET overdue = 0, received = 9 WHERE day = '2026-11-23'", "khác bản chốt"),
        ("UPDATE outbox SET code = 'AAAA-AAAA' WHERE day = '2026-11-23'", "khác bản chốt"),
        ("DELETE FROM acknowledgement WHERE id = 3", "không có xác nhận"),
    ],
)
def test_what_was_kept_and_then_changed_is_found(wire, days, edit, words):
    wire.send()
    behind(wire.book, (edit,))
    assert any(words in told for told in faults(wire.book))


def test_another_report_in_the_place_of_a_days_is_found(wire, days):
    wire.send()
    behind(
        wire.book,
        ("UPDATE day_report SET content = (SELECT content FROM day_report ORDER BY seq DESC LIMIT 1)",),
        ("UPDATE outbox SET sha256 = (SELECT sha256 FROM outbox ORDER BY seq DESC LIMIT 1)",),
    )
    assert sum("khác bản chốt" in told for told in faults(wire.book)) == 4


def test_an_older_revision_that_is_made_to_speak_is_found(wire, correction_form):
    upward.live_through(wire.book, correction_form, 1)
    wire.send()
    upward.close_anew(wire.book, correction_form, MONDAY)
    assert faults(wire.book) == ()
    behind(
        wire.book,
        ("UPDATE outbox SET state = 'acknowledged' WHERE revision = 1",),
        ("UPDATE outbox SET state = 'superseded' WHERE revision = 2",),
    )
    assert len(faults(wire.book)) == 2


def test_another_hubs_key_put_into_the_settings_is_found(wire, days):
    wire.send()
    other = little_hub.LittleHub(seed=2, practice=True)
    behind(wire.book, ("UPDATE setting SET value = json_set(value, '$.key', ?) WHERE name = 'hub'", other.key))
    told = checking.verify_chain(wire.book).faults
    assert "cài đặt hub: không khớp sự kiện" in told and len(told) == 6


def test_what_a_program_that_died_had_kept_reaches_the_rows(wire, days):
    """Killed between keeping the answer and the rows: a day that the hub lost is not left green."""
    wire.send()
    before = outbox.rows(wire.book)
    wire.hub.verdicts[days[0]] = Verdict.FORKED, "khác lịch sử"
    with wire.book.write():
        wire.book.database.execute_sql("UPDATE outbox SET state = 'waiting', rest = 'waiting' WHERE day = '2026-11-23'")
    wire.send()
    green = next(row for row in before if row.day == MONDAY)
    behind(wire.book, (f"{GREEN}, acknowledgement = ? WHERE day = '2026-11-23'", green.acknowledgement))
    assert len(faults(wire.book)) == 1
    sending.recover(wire.book)
    assert wire.states()[MONDAY, 1] is S.REVIEW and faults(wire.book) == ()
