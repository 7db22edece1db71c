"""A history told to a practice register: taken line by line, and what is not allowed named by its number."""

import json

import pytest

from tests.cli.conftest import stored


def register(ref, at, dossier, **more):
    """One line: a reception."""
    return {"ref": ref, "event": "register", "at": at, "dossier": dossier} | more


@pytest.fixture
def told(dossier):
    """A dossier as a line tells it: without key and moment."""
    return lambda **changes: dossier(key=..., **changes)


@pytest.fixture
def replay(ask, tmp_path):
    """Replay lines (bytes, or JSON values) at ``home``."""

    def run(home, *lines):
        file = tmp_path / "history.jsonl"
        file.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
        return ask("replay", file, data=home)

    return run


def test_a_history_is_taken_in_at_its_own_moments(ask, replay, practice_home, told):
    done = replay(
        practice_home,
        register("r1", "2026-03-02T08:10:00", told(), clerk="lan"),
        register("r2", "2026-03-02T08:20:00", told(clerk="truc")),
        b"",
        register("r3", "2026-03-03T08:00:00", told()),
    )
    assert done.exit_code == 0
    assert done.json == {"dossiers": 3, "events": 3, "rejected": []}
    codes = ["TN-MT-260302-0001", "TN-MT-260302-0002", "TN-MT-260303-0001"]
    shown = [ask("show", code, data=practice_home).json for code in codes]
    assert [dossier["events"][0]["clerk"] for dossier in shown] == ["lan", "truc", "quay1"]
    assert shown[0]["received_at"] == "2026-03-02T08:10:00+07:00"
    assert ask("verify-chain", data=practice_home).exit_code == 0


def test_the_same_file_twice_adds_nothing(replay, practice_home, told, unchanged):
    lines = [register(f"r{number}", f"2026-03-02T08:{number:02}:00", told(), clerk="lan") for number in range(5)]
    first = replay(practice_home, *lines)
    with unchanged(practice_home):
        assert replay(practice_home, *lines).json == first.json


def test_what_is_not_allowed_is_rejected_by_number_and_the_rest_goes_on(replay, practice_home, told):
    at = "2026-03-02T08:10:00"
    refused = {
        b"{": "ref, event",
        b"\xff\xfe": "ref, event",
        b"[" * 100_000: "ref, event",
        b'"x"': "ref, event",
        b'{"ref": 1, "event": "register", "at": "2026-03-02"}': "ref, event",
        json.dumps({"ref": "a", "event": "register"}).encode(): "ref, event",
        json.dumps(register("b", "hôm qua", told())).encode(): "hôm qua",
        json.dumps(register("c", "0001-01-01T00:00+14:00", told())).encode(): "0001-01-01",
        json.dumps(register("d", at, told(procedure="9.999999"))).encode(): "9.999999",
        json.dumps(register("e", at, told(case=...))).encode(): "Chọn trường hợp",
        json.dumps(register("f", at, told(received_at=at))).encode(): "received_at",
        json.dumps(register("g", at, told(colour="xanh"))).encode(): "colour",
        json.dumps(register("h", at, None)).encode(): "đối tượng",
        json.dumps(register("i" * 10_000, at, told())).encode(): "ký tự",
        json.dumps(register("j", at, told(), clerk="\u202e")).encode(): "U+202E",
        json.dumps({"ref": "k", "event": "explode", "at": at}).encode(): "explode",
    }
    lines = [register("first", at, told()), *refused, register("last", "2026-03-02T09:00:00", told())]
    done = replay(practice_home, *lines)
    assert done.exit_code == 0
    assert (done.json["dossiers"], done.json["events"]) == (2, 2)
    rejected = done.json["rejected"]
    assert [line["line"] for line in rejected] == list(range(2, len(refused) + 2))
    for line, reason in zip(rejected, refused.values(), strict=True):
        assert list(line) == ["line", "ref", "reason"]
        assert reason in line["reason"] and len(line["reason"]) < 300
    rows, _, _ = stored(practice_home)
    assert (rows["dossier"], rows["person"]) == (2, 2)


def test_one_name_is_one_dossier(replay, practice_home, told):
    done = replay(
        practice_home,
        register("r1", "2026-03-02T08:10:00", told()),
        register("r1", "2026-03-02T08:10:00", told()),
        register("r1", "2026-03-02T08:30:00", told(sets=2)),
    )
    assert (done.json["dossiers"], done.json["events"]) == (1, 1)
    assert [line["line"] for line in done.json["rejected"]] == [2, 3]


def test_people_read_the_rejected_lines(motcua, practice_home, tmp_path):
    (tmp_path / "x.jsonl").write_text('{"ref": "a"}\n')
    plain = motcua("replay", tmp_path / "x.jsonl", data=practice_home)
    assert plain.exit_code == 0
    assert plain.out.splitlines()[1].startswith("Dòng 1: ")


def test_a_file_from_windows_is_read(replay, practice_home, told):
    line = json.dumps(register("r1", "2026-03-02T08:10:00", told()), ensure_ascii=False)
    assert replay(practice_home, f"\ufeff{line}\r\n\r\n".encode()).json["dossiers"] == 1


def test_a_live_register_takes_no_history(replay, live_home, told, unchanged):
    with unchanged(live_home):
        done = replay(live_home, register("r1", "2026-03-02T08:10:00", told()))
    assert (done.exit_code, done.error["code"]) == (2, "practice_only")


def test_a_file_that_is_none_is_refused(ask, practice_home, tmp_path, unchanged):
    for file in (tmp_path, tmp_path / "none"):
        with unchanged(practice_home):
            done = ask("replay", file, data=practice_home)
        assert (done.exit_code, done.error["code"]) == (2, "no_file")
