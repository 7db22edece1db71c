"""Making a register, verifying what it printed and recorded, copying it and putting a copy back."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing

import pytest

from desktop.office import disk_protection, lookup, opening
from tests.cli.conftest import stored

UNIT = ("--unit-code", "MT", "--unit-name", "xã Mường Than")


@pytest.mark.parametrize("practice", [False, True])
def test_a_register_is_made_with_catalogue_calendar_and_kind(ask, tmp_path, clock, practice):
    home = tmp_path / "new" / "data"
    more = ["--practice"] if practice else []
    told = ask("init", *UNIT, "--parent-code", "H35", "--parent-name", "tỉnh Lai Châu", *more, data=home)
    assert told.exit_code == 0
    assert told.json == {
        "data": str(home),
        "unit": {"code": "MT", "name": "xã Mường Than"},
        "practice": practice,
    }
    assert ask("procedures", "list", data=home).json["rows"] and ask("calendar", data=home).json["days"]
    assert ask("check", data=home).exit_code == 0
    with opening.open_register(home, now=clock.now) as book:
        assert book.practice is practice


def test_check_says_what_protects_disk_and_key(ask, tmp_path, monkeypatch):
    home = tmp_path / "data"
    ask("init", *UNIT, data=home)
    told = ask("check", data=home)
    assert told.json["disk_encryption"] in ("on", "off", "unknown") and told.json["receipt_key"] in ("file", "keyring")
    monkeypatch.setattr(disk_protection, "standing", lambda _path: disk_protection.Protection("on", "LUKS"))
    told = ask("check", data=home)
    assert (told.exit_code, told.json["disk_encryption"], told.json["verdict"]) == (0, "on", "intact")


def test_with_an_agency_code_codes_are_official(ask, tmp_path, dossier):
    ask("init", *UNIT, "--agency-code", "H35.17.28", "--clerk", " Lan ", data=tmp_path / "data")
    told = ask("register", "-", data=tmp_path / "data", stdin=dossier(clerk="Lan"))
    assert told.json["code"] == "H35.17.28-261123-0001"


def test_a_code_that_the_province_already_gave_is_passed_over(ask, tmp_path, registered):
    home = tmp_path / "data"
    ask("init", *UNIT, "--agency-code", "H35.17.28", data=home)
    first = registered(home)
    ask("act", first, "attach_official_code", "--set", "official_code=H35.17.28-261123-0002", data=home)
    assert registered(home, key="2") == "H35.17.28-261123-0003"
    assert ask("verify-chain", data=home).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--unit-code", "Mường", "--unit-name", "x"], "bad_unit_code"),
        (["--unit-code", "A/B", "--unit-name", "x"], "bad_unit_code"),
        (["--unit-code", "", "--unit-name", "x"], "bad_unit_code"),
        (["--unit-code", "M" * 25, "--unit-name", "x"], "bad_unit_code"),
        (["--unit-code", "MT", "--unit-name", " "], "bad_unit_name"),
        (["--unit-code", "MT", "--unit-name", "x" * 101], "bad_unit_name"),
        (["--unit-code", "MT", "--unit-name", "xã\u202e"], "bidi_mark"),
        ([*UNIT, "--agency-code", "35"], "bad_agency_code"),
        ([*UNIT, "--clerk", "a\x00b"], "control_character"),
        ([*UNIT, "--clerk", "a" * 41], "bad_clerk"),
        ([*UNIT, "--parent-name", "x" * 10_000], "bad_unit_name"),
    ],
    ids=lambda given: str(given)[-40:],
)
def test_a_unit_that_cannot_be_is_refused_and_nothing_is_made(ask, tmp_path, words, code):
    told = ask("init", *words, data=tmp_path / "data")
    assert (told.exit_code, told.error["code"]) == (2, code)
    assert not (tmp_path / "data").exists()


def test_a_register_is_not_made_over_another_or_over_a_file(ask, live_home, tmp_path, unchanged):
    with unchanged(live_home):
        told = ask("init", *UNIT, "--practice", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "register_exists")
    (tmp_path / "file").write_text("x")
    told = ask("init", *UNIT, data=tmp_path / "file")
    assert (told.exit_code, told.error["code"]) == (2, "not_a_folder")
    assert (tmp_path / "file").read_text() == "x"


def test_a_beginning_that_failed_leaves_no_half_register(ask, tmp_path):
    home = tmp_path / "data"
    (home / "receipt.key").mkdir(parents=True)
    told = ask("init", *UNIT, data=home)
    assert (told.exit_code, told.error["code"]) == (3, "disk_error")
    assert sorted(path.name for path in home.iterdir()) == ["receipt.key", "register.lock"]
    (home / "receipt.key").rmdir()
    assert ask("check", data=home).error["code"] == "no_register"
    assert ask("init", *UNIT, data=home).exit_code == 0
    assert ask("check", data=home).exit_code == 0


def test_what_an_interrupted_beginning_left_behind_is_no_register(ask, live_home):
    (live_home / "register.sqlite3").rename(live_home / "register.unfinished")
    assert ask("check", data=live_home).error["code"] == "no_register"
    assert ask("init", *UNIT, "--practice", data=live_home).exit_code == 0
    assert [path.name for path in live_home.glob("register.unfinished*")] == []


@pytest.mark.usefixtures("passphrase")
@pytest.mark.parametrize("verb", ["init", "restore"])
def test_a_key_that_lies_there_from_another_register_is_not_used(ask, live_home, registered, sealed, tmp_path, verb):
    home = tmp_path / "data"
    home.mkdir()
    (home / "receipt.key").write_bytes(bytes(range(32)))
    ask("backup", "-o", tmp_path / "copy", data=live_home)
    words = ["init", *UNIT, "--data", home] if verb == "init" else ["restore", tmp_path / "copy", "--into", home]
    assert ask(*words).exit_code == 0
    text = sealed(home, registered(home))
    assert ask("verify-receipt", data=home, stdin=text.encode()).json["verdict"] == "genuine"


@pytest.fixture
def sealed(clock):
    """The text in the QR of a dossier's receipt."""

    def read(home, code):
        with opening.open_register(home, now=clock.now) as book:
            return lookup.dossier(book, code).documents[0].content["qr_text"]

    return read


def test_a_receipt_of_ours_is_genuine_and_a_changed_one_is_not(ask, motcua, live_home, registered, sealed, unchanged):
    code = registered(live_home)
    text = sealed(live_home, code)
    with unchanged(live_home):
        told = ask("verify-receipt", data=live_home, stdin=text.encode())
    assert told.exit_code == 0
    assert told.json == {"verdict": "genuine", "code": code, "due_at": "2026-11-27T17:00:00+07:00"}
    for disguise in (f"\ufeff{text}\r\n", f"  {text.lower()} "):
        assert ask("verify-receipt", data=live_home, stdin=disguise.encode()).json["verdict"] == "genuine"
    forged = ask("verify-receipt", data=live_home, stdin=text.replace("27/11", "28/11").encode())
    assert (forged.exit_code, forged.json["verdict"]) == (4, "forged")
    plain = motcua("verify-receipt", data=live_home, stdin=text.encode())
    assert (plain.exit_code, plain.out) == (0, f"Giấy thật, bản đang dùng. {code}\n")


def test_a_receipt_of_another_commune_has_an_unknown_key(ask, live_home, practice_home, registered, sealed):
    text = sealed(practice_home, registered(practice_home))
    told = ask("verify-receipt", data=live_home, stdin=text.encode())
    assert (told.exit_code, told.json["verdict"]) == (4, "unknown_key")


@pytest.mark.parametrize(
    "text", [b"", b"\xff\x00", "Đường dẫn".encode(), b"MA HO SO X", b"9" * 1_000_000, b"[" * 100_000]
)
def test_what_is_no_receipt_is_called_forged(ask, live_home, unchanged, text):
    with unchanged(live_home):
        told = ask("verify-receipt", data=live_home, stdin=text)
    assert (told.exit_code, told.json) == (4, {"verdict": "forged", "code": None, "due_at": None})


@pytest.mark.parametrize("verb", ["verify-chain", "check"])
def test_a_whole_register_verifies_and_a_changed_one_does_not(ask, motcua, live_home, registered, verb):
    for number in range(3):
        registered(live_home, key=str(number))
    told = ask(verb, data=live_home)
    assert told.exit_code == 0
    assert (told.json["verdict"], told.json["faults"]) == ("intact", [])
    assert re.fullmatch("[0-9a-f]{64}", told.json["head"])
    assert told.json["events"] == stored(live_home)[0]["event"]
    with closing(sqlite3.connect(live_home / "register.sqlite3")) as file:
        file.execute("DROP TRIGGER event_no_update")
        file.execute("UPDATE event SET payload = replace(payload, 'Vàng', 'Lò') WHERE seq = 5")
        file.commit()
    broken = ask(verb, data=live_home)
    assert broken.exit_code == 4
    assert broken.json["verdict"] == "broken"
    assert broken.json["faults"] == ["sự kiện 5: nội dung đã bị sửa"]
    plain = motcua(verb, data=live_home)
    assert plain.exit_code == 4 and "sự kiện 5: nội dung đã bị sửa" in plain.out


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE dossier SET due_at = '2027-01-01T17:00:00+07:00' WHERE day_number = 2", "hồ sơ TN-MT-261123-0002"),
        ("UPDATE issued_document SET content = replace(content, '27', '28') WHERE id = 1", "hồ sơ TN-MT-261123-0001"),
        ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "sự kiện 6"),
    ],
)
def test_a_row_a_paper_or_a_cut_behind_the_events_is_found(ask, live_home, registered, change, fault):
    for number in range(3):
        registered(live_home, key=str(number))
    with closing(sqlite3.connect(live_home / "register.sqlite3")) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'"):
            file.execute(f"DROP TRIGGER {name}")
        file.execute(change)
        file.commit()
    broken = ask("verify-chain", data=live_home)
    assert broken.exit_code == 4
    assert [told.partition(":")[0] for told in broken.json["faults"]] == [fault]


@pytest.mark.usefixtures("passphrase")
def test_a_copy_is_verified_and_restored_into_a_new_folder(ask, live_home, registered, tmp_path, sealed):
    code = registered(live_home)
    copy, home = tmp_path / "sổ.mcsl", tmp_path / "restored"
    before = ask("verify-chain", data=live_home).json["events"]
    assert ask("backup", "-o", copy, data=live_home).json["file"] == str(copy)
    assert ask("verify-chain", data=live_home).json["events"] == before + 1, "that it was taken away is recorded"
    told = ask("restore", copy, "--into", home)
    assert (told.exit_code, told.json["data"]) == (0, str(home))
    assert ask("show", code, data=home).json["code"] == code
    assert ask("verify-chain", data=home).exit_code == 0
    text = sealed(live_home, code).encode()
    assert ask("verify-receipt", data=home, stdin=text).json["verdict"] == "genuine"
    assert registered(home, key="2") == "TN-MT-261123-0601"


@pytest.mark.usefixtures("passphrase")
def test_nothing_is_ever_copied_over(ask, live_home, practice_home, registered, tmp_path, unchanged):
    registered(live_home)
    copy = tmp_path / "copy.mcsl"
    ask("backup", "-o", copy, data=live_home)
    before = copy.read_bytes()
    again = ask("backup", "-o", copy, data=practice_home)
    assert (again.exit_code, again.error["code"]) == (2, "file_exists")
    assert copy.read_bytes() == before
    with unchanged(practice_home):
        told = ask("restore", copy, "--into", practice_home)
    assert (told.exit_code, told.error["code"]) == (2, "register_exists")
    for target in (tmp_path, tmp_path / "none" / "x.sqlite3"):
        told = ask("backup", "-o", target, data=live_home)
        assert (told.exit_code, told.error["code"]) == (2, "cannot_write")


@pytest.mark.usefixtures("passphrase")
def test_a_copy_that_is_none_is_not_restored(ask, live_home, tmp_path):
    whole, cut = tmp_path / "whole.mcsl", tmp_path / "cut.mcsl"
    ask("backup", "-o", whole, data=live_home)
    cut.write_bytes(whole.read_bytes()[:-50_000])
    (tmp_path / "text.mcsl").write_text("không phải sổ")
    (tmp_path / "empty.mcsl").write_bytes(b"")
    for name in ("cut", "text", "empty"):
        told = ask("restore", tmp_path / f"{name}.mcsl", "--into", tmp_path / name)
        assert (told.exit_code, told.error["code"]) == (4, "backup_bad"), name
        assert not (tmp_path / name).exists()
    for file in (tmp_path / "none.sqlite3", tmp_path):
        told = ask("restore", file, "--into", tmp_path / "new")
        assert (told.exit_code, told.error["code"]) == (2, "no_file")
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "words",
    [["show", "x"], ["find", "x"], ["verify-chain"], ["check"], ["verify-receipt"], ["backup", "-o", "{}/b"]],
    ids=" ".join,
)
def test_where_there_is_no_register_one_is_told_to_make_it(ask, tmp_path, words):
    told = ask(*(word.format(tmp_path) for word in words), data=tmp_path / "none")
    assert (told.exit_code, told.error["code"]) == (2, "no_register")
    assert "init" in told.error["message"]
    assert not (tmp_path / "none").exists()


def test_the_diagnostics_of_a_register_and_of_one_that_is_damaged(ask, live_home, tmp_path):
    for name, trouble in (("whole.zip", None), ("damaged.zip", "register_corrupt")):
        told = ask("diagnostics", "-o", tmp_path / name, data=live_home)
        assert told.exit_code == 0 and told.json["trouble"] == trouble
        with zipfile.ZipFile(tmp_path / name) as packed:
            assert json.loads(packed.read("register.json")).get("trouble") == trouble
            assert "Mường Than" not in "".join(packed.read(each).decode() for each in packed.namelist())
        (live_home / "register.sqlite3").write_bytes(b"not a register at all" * 400)
    assert ask("diagnostics", "-o", tmp_path / "none.zip", data=tmp_path).error["code"] == "no_register"
