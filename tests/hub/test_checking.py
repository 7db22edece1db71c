"""Whoever changes what the hub holds, past its own program, is found; what several processes do at once holds."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date, timedelta

import pytest

from db import hub as store
from db import hub_reports
from db.errors import RegisterProblem
from desktop.hub import checking, founding, receiver

MONDAY = date(2026, 10, 5)


def _told(place):
    commune = place.enrolled("03618")
    place.verdicts(commune, *[commune.day(MONDAY + timedelta(days=number), 8) for number in range(4)])
    return commune


def _loose(place, *tables):
    """What somebody with the database's password can do."""
    with place.hub.write():
        for table in tables:
            for act in ("update", "delete"):
                on = f" ON {table}" if place.hub.is_postgres else ""
                place.hub.run(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


@pytest.mark.parametrize(
    ("table", "statement", "sentence"),
    [
        ("standing", "UPDATE standing SET late = 0, on_time = on_time + 1", "số liệu đang tính"),
        ("standing", "DELETE FROM standing WHERE day = '2026-10-06'", "ngày 2026-10-06"),
        ("front", "UPDATE front SET last_day = '2026-11-11'", "chỗ đứng"),
        ("figure", "UPDATE figure SET early = early + 1", "các dòng số liệu"),
        ("figure", "DELETE FROM figure WHERE report = 2", "các dòng số liệu"),
        ("report", "UPDATE report SET revision = 2 WHERE id = 3", "các cột không khớp"),
        ("report", "UPDATE report SET verdict = 'forked' WHERE id = 4", "kết luận"),
        ("report", "UPDATE report SET document = substr(document, 1, 40) WHERE id = 1", "chữ ký"),
        ("hub_event", "UPDATE hub_event SET who = 'ai đó' WHERE seq = 2", "Nhật ký"),
        ("unit_key", "UPDATE unit_key SET public_key = 'ab'", "chữ ký"),
    ],
)
def test_every_change_from_outside_is_found(live_hub, table, statement, sentence):
    _told(live_hub)
    assert checking.check(live_hub.hub).faults == ()
    _loose(live_hub, table)
    with live_hub.hub.write():
        live_hub.hub.run(statement)
    assert sentence in "\n".join(checking.check(live_hub.hub).faults)


def test_derived_rows_are_made_anew_from_the_reports(live_hub):
    from desktop.hub import standings

    _told(live_hub)
    before = hub_reports.standing_of(live_hub.hub, "03618")
    with live_hub.hub.write():
        live_hub.hub.run("DELETE FROM standing")
        standings.write(live_hub.hub, "03618", standings.history_of(live_hub.hub, "03618"))
    assert hub_reports.standing_of(live_hub.hub, "03618") == before
    assert checking.check(live_hub.hub).faults == ()


def test_a_batch_that_cannot_be_written_leaves_nothing(live_hub):
    commune = _told(live_hub)
    packet = commune.packet(commune.day(MONDAY + timedelta(days=9), 8))
    with pytest.raises(ZeroDivisionError), live_hub.hub.write():
        receiver.take(live_hub.hub, packet, now=live_hub.now, carrier=receiver.NETWORK)
        raise ZeroDivisionError
    assert hub_reports.last_id(live_hub.hub) == 4
    answer = live_hub.sent(packet)
    assert answer.body["items"][0]["verdict"] == "accepted"
    assert checking.check(live_hub.hub).faults == ()


def test_several_writers_at_once_lose_nothing(live_hub):
    communes = [live_hub.enrolled(f"0361{number}") for number in range(4)]
    packets = [[one.packet(one.day(MONDAY + timedelta(days=day), 5)) for day in range(5)] for one in communes]
    troubles = []

    def send(mine):
        try:
            with store.open_hub(live_hub.home, live_hub.database) as own:
                for packet in mine:
                    receiver.take(own, packet, now=live_hub.now, carrier=receiver.NETWORK)
        except Exception as error:
            troubles.append(error)

    threads = [threading.Thread(target=send, args=(mine,)) for mine in packets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert hub_reports.last_id(live_hub.hub) == 20
    assert checking.check(live_hub.hub).faults == ()


def test_an_administrator_works_while_the_hub_is_served(live_hub):
    with store.serving(live_hub.home):
        with pytest.raises(RegisterProblem) as caught, store.serving(live_hub.home):
            raise AssertionError
        assert caught.value.code == "hub_in_use"
        words = ["hub", "add-unit", "--code", "X1", "--name", "xã X"]
        if live_hub.database:
            words += ["--database", live_hub.database]
        command = [sys.executable, "-m", "desktop", "--data", str(live_hub.home), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert live_hub.enrolled("03618")


def test_another_hubs_key_is_not_taken_for_its_own(live_hub):
    live_hub.hub.close()
    (live_hub.home / "hub.key").write_bytes(bytes(32))
    with pytest.raises(Exception, match="khóa của đầu mối"):
        founding.open_founded(live_hub.home, live_hub.database)


def test_a_newer_hub_is_left_alone(live_hub):
    with live_hub.hub.write():
        live_hub.hub.run("INSERT INTO schema_step (name) VALUES ('9999_later')")
    live_hub.hub.close()
    with pytest.raises(RegisterProblem) as caught:
        store.open_hub(live_hub.home, live_hub.database)
    assert caught.value.code == "hub_newer"


def test_a_damaged_file_is_said_so(tmp_path):
    (tmp_path / store.DATABASE_FILE).write_bytes(b"not a database" * 1000)
    with pytest.raises(RegisterProblem) as caught:
        store.open_hub(tmp_path)
    assert caught.value.code == "register_corrupt"


def test_power_cuts_cost_no_report_that_was_answered(tmp_path):
    """The embedded database is written through to the disk before anything is answered."""
    with store.open_hub(tmp_path), closing(sqlite3.connect(tmp_path / store.DATABASE_FILE)) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with store.open_hub(tmp_path) as hub:
        assert hub.row("PRAGMA synchronous") == (2,)
