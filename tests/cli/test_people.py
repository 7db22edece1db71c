"""People and passwords from the command line, and who is asked on a live register whose people have passwords."""

import argparse
import json
import re
import sqlite3
from contextlib import closing

import pypdfium2 as pdfium
import pytest

from db.vocabulary import EventKind
from desktop import cli
from desktop.rules.rights import Deed
from tests.cli.conftest import assert_sentence, stored

SECRET, OTHER = "mưa rừng ngõ vắng", "tre xanh bụi thứ tư"


@pytest.fixture
def says(monkeypatch):
    """Sets the variables by which scripts say a password, a new one, and the code of a sheet."""

    def say(password=None, new=None, code=None):
        for name, said in (("PASSWORD", password), ("NEW_PASSWORD", new), ("RECOVERY_CODE", code)):
            if said is None:
                monkeypatch.delenv(f"MOTCUA_{name}", raising=False)
            else:
                monkeypatch.setenv(f"MOTCUA_{name}", said)

    return say


@pytest.fixture
def asking(ask, says, live_home, tmp_path):
    """A live register on which quay1 has a password; nothing is said for it yet."""
    says(new=SECRET)
    done = ask("people", "begin", "-o", tmp_path / "to.pdf", data=live_home)
    assert done.json == {"clerk": "quay1", "file": str(tmp_path / "to.pdf")}
    says()
    return live_home


def _verbs():
    """Every verb with what it runs and the names of its options, ``("people", "add")`` for one within a group."""
    found = {}

    def walk(parser, path):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, child in action.choices.items():
                    found[(*path, name)] = {option for each in child._actions for option in each.option_strings}
                    walk(child, (*path, name))

    walk(cli._parser(), ())
    return found


#: What anybody may know, what makes another register, and what the machine does by itself.
ASKED_OF_NOBODY = {
    *(("due",), ("calendar",), ("parse-id",), ("licences",), ("card",), ("demo",), ("diagnostics",)),
    *(("verify-receipt",), ("verify-chain",), ("check",), ("sync",), ("outbox",), ("outbox", "read")),
    *((("procedures", name)) for name in ("list", "show", "history", "proposals", "key")),
    *((("posting",), ("posting", "stale"), ("posting", "scan"), ("posting", "hung"))),
    *(("backups", "daily"), ("backups", "drill"), ("people", "recover")),
}


def test_every_other_verb_can_be_told_who_acts():
    groups = {path[:-1] for path in _verbs() if len(path) > 1} - {("posting",), ("outbox",), ("people",)}
    silent = {path for path, options in _verbs().items() if "--clerk" not in options and path[0] != "hub"}
    assert silent - groups - ASKED_OF_NOBODY == set()


READING = (
    ["show", "TN-MT-261123-0001"],
    ["find", "vang"],
    ["list", "due_today"],
    ["stats", "--from", "2026-11-01", "--to", "2026-11-23"],
    ["form", "-", "register_book", "--from", "2026-11-01", "--to", "2026-11-23", "-o", "{out}"],
    ["report", "--from", "2026-11-01", "--to", "2026-11-23", "--format", "xlsx", "-o", "{out}"],
    ["backup", "-o", "{out}"],
    ["meeting", "list"],
    ["people"],
    ["people", "list"],
)
ACTING = (
    ["act", "TN-MT-261123-0001", "finish"],
    ["close-day", "2026-11-23"],
    ["posting", "set", "feedback_to=Nơi nhận"],
    ["backups", "stick", "{folder}"],
    ["people", "reset", "truc"],
    ["people", "add", "lan", "Vàng Thị Lan", "--role", "lead"],
    ["people", "sheet", "-o", "{out}"],
)


@pytest.mark.parametrize("words", [*READING, *ACTING], ids=lambda words: " ".join(words[:2]))
def test_who_reads_of_people_or_acts_signs_in(ask, says, asking, unchanged, tmp_path, words):
    words = [word.format(out=tmp_path / "x", folder=tmp_path) for word in words]
    with unchanged(asking):
        for named in ([], ["--clerk", "quay1"]):
            told = ask(*words, *named, data=asking)
            assert (told.exit_code, told.error["code"]) == (2, "sign_in_required")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["verify-chain"],
        ["check"],
        ["calendar"],
        ["due", "--received", "2026-11-23T09:00:00", "--procedure", "1.001193"],
        ["procedures", "list"],
        ["procedures", "show", "1.001193"],
        ["posting", "stale"],
        ["outbox"],
        ["backups", "daily"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_tells_of_nobody_asks_nobody(ask, asking, words):
    assert ask(*words, data=asking).exit_code == 0


def test_who_has_signed_in_acts_under_his_own_name_only(ask, says, asking, dossier):
    says(SECRET)
    taken_in = ask("register", "-", "--clerk", "quay1", data=asking, stdin=dossier())
    assert taken_in.exit_code == 0
    shown = ask("show", taken_in.json["code"], "--clerk", "quay1", data=asking).json
    assert [event["clerk"] for event in shown["events"]] == ["quay1"]
    other = ask("register", "-", "--clerk", "quay1", data=asking, stdin=dossier(key="khoa-2", clerk="truc"))
    assert (other.exit_code, other.error["code"]) == (2, "sign_in_required")


def test_who_confirms_says_his_own_password(ask, says, asking, dossier, monkeypatch):
    says(SECRET)
    ask("people", "add", "hung", "Lò Văn Hùng", "--role", "lead", "--clerk", "quay1", data=asking)
    once = ask("people", "reset", "hung", "--clerk", "quay1", data=asking).json["password"]
    says(once, new=OTHER)
    assert ask("people", "password", "--clerk", "hung", data=asking).exit_code == 0
    says(SECRET)
    code = ask("register", "-", "--clerk", "quay1", data=asking, stdin=dossier()).json["code"]
    for act in ("request_supplement", "supplement"):
        assert ask("act", code, act, "--note", "thiếu", "--clerk", "quay1", data=asking).exit_code == 0
    again = ("act", code, "request_supplement", "--note", "vẫn thiếu", "--clerk", "quay1", "--confirmed-by", "hung")
    refused = ask(*again, data=asking)
    assert (refused.exit_code, refused.error["code"]) == (2, "needs_their_password")
    assert "MOTCUA_CONFIRM_PASSWORD" in refused.error["message"]
    monkeypatch.setenv("MOTCUA_CONFIRM_PASSWORD", SECRET)
    wrong = ask(*again, data=asking)
    assert (wrong.exit_code, wrong.error["code"]) == (2, "wrong_password")
    monkeypatch.setenv("MOTCUA_CONFIRM_PASSWORD", OTHER)
    assert ask(*again, data=asking).exit_code == 0
    with closing(sqlite3.connect(asking / "register.sqlite3")) as file:
        (payload,) = file.execute(
            "SELECT payload FROM event WHERE kind = 'request_supplement' ORDER BY seq DESC"
        ).fetchone()
    facts = json.loads(payload)["facts"]
    assert (facts["confirmed_by"], facts["vouched"]) == ("hung", True)


def test_a_wrong_password_is_one_sentence_and_an_event(motcua, says, asking):
    says(OTHER)
    for name in ("quay1", "truc", "không ai"):
        told = motcua("find", "vang", "--clerk", name, data=asking)
        assert (told.exit_code, told.out) == (2, "")
        assert told.err == "Tên hoặc mật khẩu không đúng.\n"
    rows, _, _ = stored(asking)
    assert rows["event"] == stored_events(asking) and motcua("check", data=asking).exit_code == 0


def stored_events(home):
    return stored(home)[0]["event"]


def test_every_miss_is_counted_across_processes_and_then_waits(ask, says, asking):
    says(OTHER)
    before = stored_events(asking)
    codes = [ask("find", "x", "--clerk", "quay1", data=asking).error["code"] for _ in range(6)]
    assert codes == ["wrong_password"] * 5 + ["wait"]
    assert stored_events(asking) == before + 5


def test_a_one_time_password_is_changed_before_anything_else(ask, says, asking):
    says(SECRET)
    once = ask("people", "reset", "truc", "--clerk", "quay1", data=asking).json["password"]
    says(once)
    assert ask("find", "x", "--clerk", "truc", data=asking).error["code"] == "must_change"
    says(once, new="111111")
    assert ask("people", "password", "--clerk", "truc", data=asking).error["code"] == "weak_password"
    says(once, new=OTHER)
    assert ask("people", "password", "--clerk", "truc", data=asking).json == {"clerk": "truc"}
    says(OTHER)
    assert ask("find", "x", "--clerk", "truc", data=asking).exit_code == 0


def test_people_are_added_changed_and_closed_with_their_roles_and_fields(ask, says, asking):
    says(SECRET)
    me = ["--clerk", "quay1"]
    told = ask("people", "add", "lan", "Vàng Thị Lan", "--role", "lead", "--role", "inspect", *me, data=asking)
    assert told.json == {
        "clerk": "lan",
        "full_name": "Vàng Thị Lan",
        "active": True,
        "roles": ["lead", "inspect"],
        "fields": [],
    }
    field = ask("procedures", "show", "1.001193", data=asking).json["field"]
    told = ask("people", "change", "lan", "--role", "reception", "--field", field, *me, data=asking).json
    assert (told["roles"], told["fields"], told["full_name"]) == (["reception"], [field], "Vàng Thị Lan")
    told = ask("people", "change", "lan", "--all-fields", "--close", *me, data=asking).json
    assert (told["fields"], told["active"]) == ([], False)
    assert ask("people", "change", "lan", "--reopen", *me, data=asking).json["active"]
    rows = ask("people", *me, data=asking).json
    assert rows["asks"] and [(row["clerk"], row["has_password"]) for row in rows["rows"]] == [
        ("quay1", True),
        ("truc", False),
        ("lan", False),
    ]
    for words, code in (
        (["change", "lan", "--field", "Không có"], "unknown_field"),
        (["change", "quay1", "--close"], "last_administrator"),
        (["change", "ai", "--close"], "unknown_clerk"),
        (["add", "lan", "Ai", "--role", "lead"], "clerk_exists"),
        (["add", "chương trình", "Máy", "--role", "lead"], "bad_clerk"),
        (["change", "lan", "--field", "x", "--all-fields"], "usage"),
        (["add", "mai", "Lù Thị Mai"], "usage"),
        (["add", "mai", "Lù Thị Mai", "--role", "boss"], "usage"),
    ):
        told = ask("people", *words, *me, data=asking)
        assert (told.exit_code, told.error["code"]) == (2, code)
    assert ask("people", *me, "list", data=asking).exit_code == 0


def _code_on(path):
    """The code as somebody reads it from the printed sheet."""
    with closing(pdfium.PdfDocument(path)) as paper:
        text = paper[0].get_textpage().get_text_range()
    return re.search(r"([2-9A-Z]{4}-){6}[2-9A-Z]{4}", text)[0]


def test_the_sheet_lets_somebody_in_again_and_is_spent(ask, says, asking, tmp_path):
    says(SECRET)
    first, second = tmp_path / "to.pdf", tmp_path / "moi.pdf"
    assert ask("people", "sheet", "--clerk", "quay1", "-o", second, data=asking).exit_code == 0
    says(new=OTHER, code=_code_on(first))
    assert ask("people", "recover", "truc", "-o", tmp_path / "x.pdf", data=asking).error["code"] == "wrong_code"
    says(new=OTHER, code=_code_on(second))
    told = ask("people", "recover", "truc", "-o", tmp_path / "sau.pdf", data=asking).json
    assert told == {"clerk": "truc", "file": str(tmp_path / "sau.pdf")}
    again = ask("people", "recover", "truc", "-o", tmp_path / "nua.pdf", data=asking)
    assert (again.exit_code, again.error["code"]) == (2, "wrong_code")
    says(OTHER)
    assert ask("people", "--clerk", "truc", data=asking).exit_code == 0


def test_before_any_password_everything_is_as_it_was(ask, live_home):
    assert ask("people", data=live_home).json["asks"] is False
    assert ask("find", "x", data=live_home).exit_code == 0
    assert ask("people", "add", "mai", "Lù Thị Mai", "--role", "reception", data=live_home).exit_code == 0
    for words in (["reset", "truc"], ["password", "--clerk", "truc"]):
        assert ask("people", *words, data=live_home).error["code"] == "no_passwords"


def test_a_practice_register_has_no_passwords(ask, says, practice_home, tmp_path):
    says(new=SECRET)
    told = ask("people", "begin", "-o", tmp_path / "to.pdf", data=practice_home)
    assert (told.exit_code, told.error["code"]) == (2, "practice_asks_nothing")
    assert not (tmp_path / "to.pdf").exists()


def test_no_secret_is_echoed(motcua, says, asking):
    says(OTHER, new=SECRET)
    told = motcua("people", "password", "--clerk", "quay1", "--json", data=asking)
    assert OTHER not in told.out and SECRET not in told.out
    assert_sentence(json.loads(told.out)["error"]["message"])


def test_check_advises_a_second_administrator(ask, motcua, says, asking, live_home):
    told = ask("check", data=asking)
    assert (told.exit_code, told.json["one_administrator"]) == (0, True)
    assert "nên giao vai trò Quản trị cho thêm một người" in motcua("check", data=asking).out
    says(SECRET)
    once = ask("people", "reset", "truc", "--clerk", "quay1", data=asking).json["password"]
    says(once, new=OTHER)
    ask("people", "password", "--clerk", "truc", data=asking)
    assert ask("check", data=asking).json["one_administrator"] is False


def test_the_table_of_who_may_do_what_is_read_without_a_register(ask, motcua, tmp_path):
    rows = {row["act"]: row for row in ask("people", "rights", data=tmp_path / "none").json["rows"]}
    assert set(rows) == {*map(str, EventKind), *map(str, Deed)}
    assert all(row["words"] for row in rows.values())
    assert rows["extend"]["roles"] == ["lead"] and rows["count_ballots"]["roles"] == []
    assert rows["restore"]["roles"] == ["administer"]
    lines = motcua("people", "rights", data=tmp_path / "none").out.splitlines()
    (told,) = (line for line in lines if line.startswith("Từ chối tiếp nhận"))
    assert [mark == "x" for mark in told.split()[-5:]] == [True, True, True, False, False]
