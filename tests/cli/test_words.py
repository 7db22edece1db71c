"""The grammar of the command line: options anywhere, one JSON object or one sentence, nothing guessed."""

import json

import pytest

from tests.cli.conftest import assert_sentence

VERBS = (
    *("init", "demo", "due", "calendar", "parse-id", "procedures", "register", "act", "show", "find", "replay"),
    *("form", "posting", "verify-receipt", "verify-chain", "check", "backup", "restore", "backups"),
    *("export", "sync", "outbox", "enrol", "licences", "access", "retention", "diagnostics", "card"),
)


@pytest.mark.parametrize("words", [["--data", "{}", "--json", "check"], ["check", "--json", "--data", "{}"]])
def test_data_and_json_stand_before_or_after_the_verb(motcua, live_home, words):
    told = motcua(*(word.format(live_home) for word in words))
    assert told.exit_code == 0
    assert told.json["verdict"] == "intact"


def test_an_option_before_the_verb_gives_way_to_the_same_after_it(motcua, live_home, tmp_path):
    assert motcua("--data", tmp_path / "none", "check", "--data", live_home).exit_code == 0


def test_the_environment_names_the_folder_unless_an_option_does(ask, live_home, practice_home, monkeypatch, tmp_path):
    monkeypatch.setenv("MOTCUA_DATA", str(live_home))
    assert ask("check").exit_code == 0
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path / "none"))
    assert ask("check", data=practice_home).exit_code == 0
    assert ask("check").error["folder"] == str(tmp_path / "none")


def test_without_json_people_read_vietnamese_and_errors_go_to_stderr(motcua, live_home, tmp_path):
    good = motcua("find", "vang", data=live_home)
    assert (good.exit_code, good.out, good.err) == (0, "Không tìm thấy hồ sơ nào.\n", "")
    bad = motcua("find", "vang", data=tmp_path / "none")
    assert (bad.exit_code, bad.out) == (2, "")
    assert_sentence(bad.err.removesuffix("\n"))


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_speaks_vietnamese(motcua, verb):
    told = motcua(*([verb] if verb else []), "--help")
    assert (told.exit_code, told.err) == (0, "")
    assert told.out.startswith(f"Cách dùng: motcua {verb}".strip())
    assert not {"usage:", "options:", "arguments:"} & set(told.out.split())
    assert "--data DIR" in told.out and "--json" in told.out


def test_the_first_help_names_every_verb(motcua):
    named = motcua("--help").out
    assert [verb for verb in VERBS if f"\n    {verb}" not in named] == []


@pytest.mark.parametrize(
    "words",
    [
        ["nosuch"],
        ["find"],
        ["find", "a", "b"],
        ["find", "a", "--lim", "3"],
        ["find", "a", "--limit"],
        ["find", "a", "--limit", "0"],
        ["find", "a", "--limit", "-1"],
        ["find", "a", "--limit", "1" * 40],
        ["find", "a", "--limit", "1" * 5000],
        ["find", "a", "--limit", "ba"],
        ["calendar", "--year", "x"],
        ["calendar", "--year", "0"],
        ["init"],
        ["init", "--unit-code", "MT"],
        ["demo"],
        ["demo", "--out", "{}", "--days", "0"],
        ["demo", "--out", "{}", "--days", "99999999999"],
        ["demo", "--out", "{}", "--per-day", "0"],
        ["procedures"],
        ["procedures", "drop"],
        ["procedures", "show"],
        ["form", "TN-MT-261123-0001", "receipt"],
        ["form", "TN-MT-261123-0001", "poster", "-o", "{}"],
        ["form", "TN-MT-261123-0001", "receipt", "-o", "{}", "--size", "A3"],
        ["form", "TN-MT-261123-0001", "receipt", "-o", "{}", "--copies", "3"],
        ["register"],
        ["register", "a", "b"],
        ["backup"],
        ["restore", "x"],
        ["due"],
        ["--data"],
        ["check", "--json=1"],
    ],
    ids=" ".join,
)
def test_words_that_make_no_sense_are_refused_in_vietnamese(motcua, ask, live_home, tmp_path, unchanged, words):
    words = [word.format(tmp_path / "out") for word in words]
    with unchanged(live_home):
        told = ask(*words, data=live_home) if words != ["--data"] else motcua("--json", *words)
        assert told.exit_code == 2
        assert told.error["code"] == "usage"
        plain = motcua(*words)
        assert plain.exit_code == 2
        assert_sentence(plain.err.removesuffix("\n"))
    assert not (tmp_path / "out").exists()


def test_a_path_too_long_for_the_disk_is_the_worlds_trouble(ask, tmp_path):
    told = ask("find", "x", data=tmp_path / ("a" * 5000))
    assert told.exit_code == 3
    assert told.error["code"] == "disk_error"
    assert told.error["message"] == "Máy không đọc hoặc ghi được tệp: tên quá dài."


def test_the_program_itself_answers_as_promised(run, live_home, tmp_path):
    good = run("--json", "--data", live_home, "verify-chain")
    assert (good.exit_code, good.json["verdict"]) == (0, "intact")
    assert run("--help").exit_code == 0
    refused = run("show", "TN-MT-261123-0009", "--json", data=live_home)
    assert (refused.exit_code, refused.error["code"]) == (2, "unknown_dossier")
    plain = run("nosuch")
    assert (plain.exit_code, plain.out) == (2, "")
    assert_sentence(plain.err.strip())


def test_vietnamese_comes_out_whole_in_any_locale(run, tmp_path):
    told = run("calendar", "--year", "2026", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert told.exit_code == 0
    assert "Tết Nguyên đán" in told.out


def test_a_reader_that_leaves_early_gets_no_complaint(process):
    with process("procedures", "list", "--all", "--json") as started:
        started.stdout.close()
        assert started.wait(timeout=30) == 0
        assert started.stderr.read() == b""


def test_words_that_are_no_unicode_are_searched_for_in_vain(process, live_home):
    with process("show", "--json", b"\xff\xfe".decode("utf-8", "surrogateescape"), data=live_home) as started:
        out, err = started.communicate(timeout=30)
    assert (started.returncode, err) == (2, b"")
    assert json.loads(out)["error"]["code"] == "unknown_dossier"


def test_without_standard_input_there_is_just_nothing_to_read(clock, capsys, monkeypatch, live_home):
    from desktop import cli

    monkeypatch.setattr("sys.stdin", None)
    assert cli.main(["register", "-", "--json", "--data", str(live_home)]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "bad_json"
