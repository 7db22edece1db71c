"""Random words and dossiers: whatever is asked, the answer is one JSON object, an exit code and a whole chain."""

import argparse
import copy
import random

import pytest

from desktop import cli

NASTY = (
    *("", "x", "0", "-1", "1e999", "NaN", "1_000", "١٢", "1" * 4301, "a" * 5000, "Đượm", "\udcff", "\u202e"),
    *("--", "-", "*", '"', "[]", "{}", "=", "a=b=c", "note=", "/", "../..", "a\nb", "\x1b[2J"),
    *("receipt", "register", "due_today"),
    *("2026-11-23", "2026-13-45", "9999-12-31T23:59:59-12:00", "0001-01-01", "1.004859", "truc"),
    *("TN-MT-261123-0001", "H35.17.28-261123-0001", "official_code=H35.17.28-261123-0007", "applicant.name=Lò"),
)
VALUES = (
    *(None, True, 0, -1, 1.5, 10**30, 1e308, "", " ", "x", "a" * 3000, "\x00", "\u202e", "Vàng", "direct", "post"),
    *([], {}, [1], ["x"], {"a": 1}, [{"name": "y"}], {"value": 3, "unit": "working_days"}, "2026-03-02T08:00"),
)
#: They write where they are told to, which a test must not do at random.
WRITERS = {"demo", "init", "restore", "backup", "backups", "form"}


def verbs():
    """Every verb with the arguments that it describes."""
    kinds = next(action for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction))
    return {verb: parser._actions for verb, parser in kinds.choices.items() if verb not in WRITERS}


def words(chance, verb, arguments):
    said = [verb]
    for argument in arguments:
        if argument.dest in ("help", "data", "json") or (argument.option_strings and chance.random() < 0.4):
            continue
        said += argument.option_strings[:1]
        if argument.nargs != 0:
            said.append(chance.choice([*NASTY, *map(str, argument.choices or ()), *map(str, argument.choices or ())]))
    return said


def changed(chance, value):
    """The value with one place in it replaced."""
    place = copy.deepcopy(value)
    node = whole = {"": place}
    while True:
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        if not isinstance(node[key], dict | list) or not node[key] or (node is not whole and chance.random() < 0.2):
            break
        node = node[key]
    node[key] = copy.deepcopy(chance.choice(VALUES))
    return whole[""]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_is_asked_breaks_the_answer_or_the_register(
    ask, live_home, practice_home, dossier, seed, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)  # a word may be the name of a file that is written
    chance = random.Random(seed)
    described = verbs()
    for number in range(40):
        home = chance.choice([live_home, practice_home])
        verb = chance.choice(list(described))
        asked, given = words(chance, verb, described[verb]), b"{}"
        if number % 2:
            asked, given = ["register", "-"], changed(chance, dossier(key=str(number)))
        told = ask(*asked, data=home, stdin=given)
        assert told.exit_code in (0, 2, 3, 4), asked
        assert ("error" in told.json) is (told.exit_code in (2, 3)), asked
        if told.exit_code in (2, 3):
            assert told.error["message"]
    for home in (live_home, practice_home):
        assert ask("check", data=home).exit_code == 0
