"""Backups by command line: kinds, secrets from the environment, losses told, and everything that is refused."""

import json
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from db import backup
from tests.cli.conftest import PASSPHRASE


@pytest.fixture
def code_of(ask, tmp_path):
    """Set the passphrase of a register; returns the code that stands on the sheet."""

    def set_key(home, *more):
        told = ask("backups", "key", "-o", tmp_path / "to.pdf", *more, data=home)
        assert (told.exit_code, set(told.json)) == (0, {"file", "key"})
        with closing(pypdfium2.PdfDocument(tmp_path / "to.pdf")) as sheet:
            text = sheet[0].get_textpage().get_text_bounded()
        assert told.json["key"] in text and "xã Mường Than" in text
        return next(word for word in text.split() if len(word) == 34 and word.count("-") == 6)

    return set_key


def test_a_practice_register_needs_no_passphrase(ask, practice_home, registered, tmp_path):
    code = registered(practice_home)
    copy, home = tmp_path / "sổ.mcsl", tmp_path / "restored"
    told = ask("backup", "-o", copy, data=practice_home)
    assert told.exit_code == 0
    assert (told.json["file"], told.json["sealed"], told.json["dossiers"]) == (str(copy), False, 1)
    back = ask("restore", copy, "--into", home)
    assert (back.exit_code, back.json["data"]) == (0, str(home))
    assert back.json["events"] == told.json["events"]
    assert ask("show", code, data=home).json["code"] == code
    assert ask("verify-chain", data=home).exit_code == 0
    assert registered(home, key="2") == "TN-MT-261123-0601"


def test_a_copy_that_is_taken_away_stands_in_the_log_and_in_the_copy(ask, live_home, registered, tmp_path, passphrase):
    registered(live_home)
    for name in ("012195000002.mcsl", "sổ.mcsl"):
        made = ask("backup", "-o", tmp_path / name, "--clerk", "quay1", data=live_home).json
    rows = [row for row in ask("access", data=live_home).json["rows"] if row["event"] == "export"]
    assert [(row["clerk"], row["why"]) for row in rows] == [("quay1", "lệnh backup")] * 2
    assert rows[0]["about"] == "Bản sao lưu toàn bộ sổ, có khóa: sổ.mcsl (1)"
    assert "0121****0002.mcsl" in rows[1]["about"] and str(tmp_path) not in json.dumps(rows)
    chain = ask("verify-chain", data=live_home)
    assert (chain.exit_code, chain.json["events"], chain.json["head"]) == (0, made["events"], made["head"])
    told = ask("restore", tmp_path / "sổ.mcsl", "--into", tmp_path / "new", "--compare", data=live_home)
    assert told.json["lost"]["ours"] == 0, "the copy has it too"
    again = ask("backup", "-o", tmp_path / "sổ.mcsl", data=live_home)
    assert again.error["code"] == "file_exists" and ask("verify-chain", data=live_home).json["events"] == made["events"]
    ask("backups", "daily", data=live_home)
    assert ask("verify-chain", data=live_home).json["events"] == made["events"], "the day's own copy stays here"


def test_a_live_register_gives_nothing_out_without_a_passphrase(ask, live_home, registered, tmp_path, unchanged):
    registered(live_home)
    with unchanged(live_home):
        told = ask("backup", "-o", tmp_path / "copy", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "needs_passphrase")
    assert not (tmp_path / "copy").exists()


def test_a_passphrase_of_the_moment_locks_one_file(ask, live_home, registered, tmp_path, passphrase):
    code = registered(live_home)
    told = ask("backup", "-o", tmp_path / "copy", data=live_home)
    assert told.json["sealed"] and code.encode() not in (tmp_path / "copy").read_bytes()
    passphrase("không phải câu này")
    wrong = ask("restore", tmp_path / "copy", "--into", tmp_path / "new")
    assert (wrong.exit_code, wrong.error["code"]) == (2, "wrong_passphrase")
    passphrase(PASSPHRASE)
    assert ask("restore", tmp_path / "copy", "--into", tmp_path / "new").exit_code == 0
    assert ask("show", code, data=tmp_path / "new").exit_code == 0
    passphrase("ngắn")
    told = ask("backup", "-o", tmp_path / "other", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "short_passphrase")


def test_the_sheets_code_opens_what_the_night_made_without_anybody(
    ask, live_home, registered, tmp_path, passphrase, code_of, monkeypatch
):
    code = code_of(live_home)
    monkeypatch.delenv("MOTCUA_PASSPHRASE")
    dossier = registered(live_home)
    stick = tmp_path / "USB"
    stick.mkdir()
    assert ask("backups", "stick", stick, "--name", "USB đỏ", data=live_home).exit_code == 0
    made = ask("backups", "daily", data=live_home).json
    assert made["sealed"] and made["sticks"] == [], "a folder is no mounted stick"
    shut = ask("restore", made["file"], "--into", tmp_path / "new")
    assert (shut.exit_code, shut.error["code"]) == (2, "needs_passphrase")
    passphrase(code)
    assert ask("restore", made["file"], "--into", tmp_path / "new").exit_code == 0
    assert ask("show", dossier, data=tmp_path / "new").exit_code == 0
    drilled = ask("backups", "drill", data=live_home)
    assert (drilled.exit_code, drilled.json["verdict"], drilled.json["head"]) == (0, "holds", made["head"])


def test_a_set_passphrase_is_replaced_only_when_asked(ask, live_home, tmp_path, passphrase, code_of):
    first = code_of(live_home)
    told = ask("backups", "key", "-o", tmp_path / "x.pdf", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "has_key")
    renewed = code_of(live_home, "--new-code")
    assert renewed != first and code_of(live_home, "--replace") != renewed
    passphrase("không phải câu này")
    told = ask("backups", "key", "-o", tmp_path / "x.pdf", "--new-code", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "wrong_passphrase")
    assert not (tmp_path / "x.pdf").exists()


def test_restoring_tells_what_the_register_has_beyond_the_backup(ask, motcua, practice_home, registered, tmp_path):
    registered(practice_home)
    ask("backup", "-o", tmp_path / "copy", data=practice_home)
    new = registered(practice_home, key="2")
    told = ask("restore", tmp_path / "copy", "--into", tmp_path / "a", "--compare", data=practice_home)
    lost = told.json["lost"]
    assert told.exit_code == 0 and lost["dossiers"] == [new] and lost["kinds"] == {"register": 1}
    assert set(lost) == {
        *("same", "shared", "ours", "theirs", "dossiers", "changed", "kinds", "days_closed", "printed", "since")
    }
    plain = motcua("restore", tmp_path / "copy", "--into", tmp_path / "b", "--compare", data=practice_home)
    assert f"Mất 1 hồ sơ: {new}." in plain.out


@pytest.mark.parametrize("who", [(), ("--clerk", "người lạ")])
def test_what_cannot_be_compared_is_not_restored_either(ask, live_home, practice_home, tmp_path, who):
    ask("backup", "-o", tmp_path / "copy", data=practice_home)
    home = live_home if who else tmp_path / "none"
    told = ask("restore", tmp_path / "copy", "--into", tmp_path / "new", "--compare", *who, data=home)
    assert (told.exit_code, told.error["code"]) == (2, "unknown_clerk" if who else "no_register")
    assert not (tmp_path / "new").exists()


def test_a_trial_of_a_damaged_backup_answers_four(ask, live_home, registered):
    registered(live_home)
    none = ask("backups", "drill", data=live_home)
    assert (none.exit_code, none.error["code"]) == (2, "no_backup")
    made = ask("backups", "daily", data=live_home).json["file"]
    with Path(made).open("r+b") as file:
        file.seek(-9, 2)
        file.write(b"\0\0\0")
    told = ask("backups", "drill", data=live_home)
    assert (told.exit_code, told.json["verdict"]) == (4, "broken")
    assert told.json["faults"]


def test_a_plain_copy_of_an_older_program_is_restored_as_well(ask, live_home, registered, tmp_path):
    code = registered(live_home)
    backup.copy(live_home / "register.sqlite3", tmp_path / "c")
    told = ask("restore", tmp_path / "c", "--into", tmp_path / "new")
    assert (told.exit_code, told.json["made_at"]) == (0, None)
    assert ask("show", code, data=tmp_path / "new").exit_code == 0


def test_secrets_are_no_words_of_the_command_line(motcua):
    for verb in (("backup",), ("restore",), ("backups", "key")):
        assert "passphrase" not in json.dumps(motcua(*verb, "--help").out)
