"""`motcua hub` as an administrator types it: begun, units added, sticks taken in, asked, given away, checked."""

import json
import signal
import socket
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desktop.rules import packets, seal
from desktop.sync import protocol
from tests.hub import postgres
from tests.sync.invented import InventedCommune

MONDAY = date(2026, 10, 5)


@pytest.fixture
def hub(motcua, tmp_path):
    """Runs a verb of a hub in a folder of its own; gives what it said."""

    def run(*words, expected=0):
        told = motcua("--json", "hub", *words, data=tmp_path / "hub")
        assert told.exit_code == expected, told
        return told.json if expected in (0, 4) else told.error

    return run


@pytest.fixture
def postgres_address():
    """The address of an empty database on a server of the test's own."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here; tests/run.py installs it where it may")
    with postgres.server() as address:
        yield address.format("postgres")


def _enrolled(hub, tmp_path, code="03618"):
    """A practice commune that the hub knows by an enrolment that came in a file."""
    commune = InventedCommune(code, "xã Mường Than", practice=True)
    one_time = hub("add-unit", "--code", code, "--name", "xã Mường Than")["enrolment_code"]
    body = {
        "unit": code,
        "name": commune.name,
        "practice": True,
        "at": "2026-11-22T10:00:00+07:00",
        "public_key": seal.public_of(commune.key).hex(),
    }
    body["proof"] = protocol.prove(protocol.derived_key(one_time), body)
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "x.motcua").write_bytes(protocol.packet([protocol.sign("enrolment 1", body, commune.key)]))
    told = hub("import", stick)
    (answer,) = told["answers"]
    (document,) = protocol.read_packet(Path(answer).read_bytes())
    assert protocol.proves(protocol.derived_key(one_time), document.body)
    return commune, stick


def test_a_hub_begins_once_and_says_its_first_password_once(hub, tmp_path):
    told = hub("init", "--practice", "--code", "LC", "--name", "Đầu mối Lai Châu")
    assert (told["hub"], told["practice"]) == ({"code": "LC", "name": "Đầu mối Lai Châu"}, True)
    assert told["administrator"] and len(told["password"]) == 14
    assert hub("init", expected=2)["code"] == "hub_exists"
    for name in ("hub.key", "hub.sqlite3"):
        assert stat.S_IMODE((tmp_path / "hub" / name).stat().st_mode) == 0o600
    assert told["password"].encode() not in (tmp_path / "hub" / "hub.sqlite3").read_bytes()


def test_nothing_works_where_no_hub_is(hub):
    assert hub("status", expected=2)["code"] == "no_hub"


def test_a_unit_gets_a_code_that_is_told_once(hub):
    hub("init", "--practice")
    told = hub("add-unit", "--code", "03618", "--name", "xã Mường Than")
    assert told["unit"] == {"code": "03618", "name": "xã Mường Than"}
    assert protocol.tidied_code(told["enrolment_code"]) == told["enrolment_code"]
    again = hub("add-unit", "--code", "03618", "--name", "xã Mường Than")
    assert again["enrolment_code"] is None
    assert hub("new-code", "03618")["enrolment_code"] != told["enrolment_code"]
    assert hub("new-code", "nobody", expected=2)["code"] == "unknown_unit"
    assert hub("code-days", 30) == {"days": 30}


def test_the_shipped_units_are_loaded_once(hub):
    hub("init")
    assert hub("load-units") == {"added": 38, "changed": 0, "unchanged": 0}
    assert hub("load-units") == {"added": 0, "changed": 0, "unchanged": 38}
    names = {unit["code"]: unit["name"] for unit in hub("status")["units"]}
    assert (len(names), names["03618"]) == (38, "xã Mường Than")


def test_a_stick_is_taken_in_and_answered_beside_each_packet(hub, tmp_path):
    hub("init", "--practice")
    commune, stick = _enrolled(hub, tmp_path)
    reports = [commune.day(MONDAY + timedelta(days=number), 15) for number in range(12)]
    (stick / "mot.motcua").write_bytes(commune.packet(*reports[:3]))
    (stick / "hai.motcua").write_bytes(commune.packet(*reports[5:]))
    (stick / "hong.motcua").write_bytes(commune.packet(*reports[3:5])[:-9])
    (stick / "anh.jpg").write_bytes(b"not ours")
    told = hub("import", stick)
    assert told["reports"]["accepted"] == 10
    assert [(one["file"], one["code"]) for one in told["bad"]] == [(str(stick / "hong.motcua"), "damaged")]
    answers = [protocol.read_packet(Path(path).read_bytes())[0].body for path in told["answers"]]
    assert max(len(body.get("holdings") or ()) for body in answers) == 10
    assert hub("import", stick)["reports"] == told["reports"] | {"accepted": 0, "unchanged": 10}
    (unit,) = hub("status")["units"]
    assert (unit["last_day"], unit["missing"]) == ("2026-10-16", ["2026-10-08", "2026-10-09"])
    assert sorted(unit["on_time"]) == ["denominator", "numerator", "percent"]


def test_an_answer_never_replaces_a_foreign_file(hub, tmp_path):
    hub("init", "--practice")
    commune, stick = _enrolled(hub, tmp_path)
    path = stick / "mot.motcua"
    path.write_bytes(commune.packet(commune.day(MONDAY, 5)))
    foreign = stick / f"xac-nhan_03618_{protocol.packet_sha256(path.read_bytes())[:8]}.motcua"
    foreign.write_bytes(b"a letter")
    answers = [hub("import", path)["answers"] for _ in range(2)]
    assert answers[0] == answers[1] != [str(foreign)]
    assert foreign.read_bytes() == b"a letter"


def test_a_stick_with_nothing_to_take_is_said_so(hub, tmp_path):
    hub("init", "--practice")
    assert hub("import", tmp_path / "nowhere", expected=2)["code"] == "no_file"
    (tmp_path / "empty").mkdir()
    assert hub("import", tmp_path / "empty", expected=2)["code"] == "no_packets"
    (tmp_path / "x.motcua").write_bytes(b"motcua packet 1 nothing")
    assert hub("import", tmp_path / "x.motcua", expected=4)["bad"][0]["code"] == "damaged"


def test_what_is_given_away_is_signed_and_adds_up(hub, tmp_path):
    hub("init", "--practice")
    commune, stick = _enrolled(hub, tmp_path)
    (stick / "mot.motcua").write_bytes(commune.packet(*[commune.day(MONDAY, 30)]))
    hub("import", stick)
    period = ("--from", "2026-10-01", "--to", "2026-10-31")
    assert hub("export", *period, "-o", tmp_path / "x.json") == {"file": str(tmp_path / "x.json")}
    packet = packets.read((tmp_path / "x.json").read_bytes())
    assert packet.kind == "hub_figures 1" and packets.is_genuine(packet)
    (unit,) = packet.body["units"]
    assert [sum(row[2 + column] for row in unit["rows"]) for column in range(11)] == unit["total"]
    assert unit["total"] == packet.body["total"]
    hub("export", *period, "--format", "xlsx", "-o", tmp_path / "x.xlsx")
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")
    assert hub("check") == {"verdict": "intact", "reports": 1, "units": 1, "faults": []}


def test_an_address_of_a_database_is_never_shown(hub):
    told = hub("init", "--database", "postgresql://hub:secret@127.0.0.1:1/x", expected=3)
    assert told["code"] == "database_unreachable"
    assert "secret" not in json.dumps(told)
    for address in (
        "mysql://a:secret@b/c",
        "postgresql://a:%secret@b/c",
        "postgresql://a:sec ret@b/c",
        "postgresql://[b",
    ):
        told = hub("status", "--database", address, expected=2)
        assert (told["code"], "cret" in told["message"]) == ("bad_database_url", False)


def test_an_address_in_the_environment_is_not_written_to_the_disk(hub, tmp_path, monkeypatch, postgres_address):
    monkeypatch.setenv("MOTCUA_HUB_DATABASE", postgres_address)
    assert hub("init")["practice"] is False
    assert [path.name for path in (tmp_path / "hub").iterdir()] == ["hub.key"]
    assert hub("load-units")["added"] == 38
    monkeypatch.delenv("MOTCUA_HUB_DATABASE")
    assert hub("status", expected=2)["code"] == "no_hub"
    assert len(hub("status", "--database", postgres_address)["units"]) == 38


def test_an_address_that_was_said_is_kept_for_its_user_only(hub, tmp_path, postgres_address):
    hub("init", "--database", postgres_address)
    assert stat.S_IMODE((tmp_path / "hub" / "hub.json").stat().st_mode) == 0o600
    assert hub("status")["units"] == []


def test_an_end_that_was_typed_by_mistake_is_taken_back(hub, tmp_path):
    hub("init", "--practice")
    commune, stick = _enrolled(hub, tmp_path)
    hub("add-unit", "--code", "99001", "--name", "xã Mới")
    unit = ("add-unit", "--code", "03618", "--name", "xã Mường Than")
    hub(*unit, "--to", "2026-09-30", "--merged-into", "99001")
    (stick / "mot.motcua").write_bytes(commune.packet(commune.day(MONDAY, 9)))
    assert hub("import", stick)["reports"]["rejected"] == 1
    assert hub(*unit, "--to", "2026-10-30", "--endless", expected=2)["code"] == "usage"
    hub(*unit, "--endless")
    assert hub("import", stick)["reports"]["accepted"] == 1
    assert [one["code"] for one in hub("status", "--unit", "99001")["units"]] == ["99001"]


def test_a_unit_that_nobody_knows_has_no_empty_figures(hub, tmp_path):
    hub("init")
    hub("load-units")
    assert hub("status", "--unit", "nobody", expected=2)["code"] == "unknown_unit"
    period, file = ("--from", "2026-10-01", "--to", "2026-10-31"), tmp_path / "x.json"
    assert hub("export", *period, "--unit", "nobody", "-o", file, expected=2)["code"] == "unknown_unit"
    assert not file.exists()


def test_a_hub_begun_by_serving_says_its_first_password_while_it_serves(process, tmp_path):
    serving = process("hub", "serve", "--practice", "--port", "0", "--json", data=tmp_path / "hub")
    try:
        told = json.loads(serving.stdout.readline())
        assert (told["administrator"], len(told["password"]), told["practice"]) == ("quantri", 14, True)
        where = urlsplit(told["url"])
        socket.create_connection((where.hostname, where.port)).close()
        assert serving.poll() is None
    finally:
        serving.send_signal(signal.SIGTERM)
        rest, troubles = serving.communicate(timeout=30)
    assert (serving.returncode, rest, troubles) == (0, b"", b"")


def test_nothing_is_begun_where_nothing_can_be_served(hub, tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert hub("serve", "--port", port, expected=3)["code"] == "cannot_listen"
    assert hub("serve", "--host", "no.such.invalid", "--plain-http-off-loopback", expected=2)["code"] == "bad_host"
    assert not (tmp_path / "hub").exists()


def test_an_official_gets_another_role_and_part_of_the_tree(hub):
    hub("init")
    hub("load-units")
    hub("add-user", "--name", "lan", "--role", "view")
    assert hub("change-user", "lan", "--unit", "03618") == {"user": "lan", "role": "view", "unit": "03618"}
    assert hub("change-user", "lan", "--role", "run") == {"user": "lan", "role": "run", "unit": "03618"}
    assert hub("change-user", "lan", "--everything") == {"user": "lan", "role": "run", "unit": ""}
    for words, code in (
        (("lan",), "usage"),
        (("lan", "--unit", "03618", "--everything"), "usage"),
        (("nobody", "--role", "run"), "unknown_user"),
        (("lan", "--unit", "nowhere"), "unknown_unit"),
        (("quantri", "--role", "view"), "last_admin"),
    ):
        assert hub("change-user", *words, expected=2)["code"] == code


def test_settling_wants_one_decision(hub):
    hub("init")
    hub("load-units")
    assert hub("settle", "03618", "--reason", "x", expected=2)["code"] == "usage"
    assert hub("settle", "03618", "--keep", "--reason", "x", expected=2)["code"] == "no_fork"
