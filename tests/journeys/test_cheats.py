"""Fifty ways to cheat are refused, come to nothing, are found, or are told as beyond any one machine."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from db import events
from db.errors import RegisterProblem
from db.vocabulary import Outcome
from desktop.errors import UserError
from desktop.office import lists, lookup, opening
from desktop.rules import lifecycle
from tests.journeys import ballot_cheats, catalogue_cheats
from tests.journeys.cheats import BEYOND, FOUND, HARMLESS, REFUSED, restored
from tests.journeys.desk import LATE, NOW, Desk, at, fill


@pytest.fixture(scope="module")
def template(live_template, tmp_path_factory):
    """The desk's register, closed."""
    home = shutil.copytree(live_template, tmp_path_factory.mktemp("cheats") / "data")
    fill(home)
    return home


@pytest.fixture
def desk(template, tmp_path, monkeypatch, capsys):
    home = shutil.copytree(template, tmp_path / "data")
    desk = Desk(home, opening.open_register(home, now=NOW), monkeypatch, capsys)
    yield desk
    desk.book.close()


@pytest.mark.parametrize("way", REFUSED)
def test_the_program_refuses_and_records_nothing(desk, way):
    cheat, code = REFUSED[way]
    before = events.head(desk.book)
    with pytest.raises((UserError, RegisterProblem)) as refusal:
        cheat(desk)
    assert (refusal.value.code, events.head(desk.book)) == (code, before)
    assert not desk.faults()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE event SET at = '2026-11-20T08:00:00+07:00'",
        "DELETE FROM dossier",
        "UPDATE issued_document SET content = '{}'",
        "DELETE FROM issued_document",
    ],
)
def test_the_file_itself_refuses_to_forget(desk, statement):
    with closing(sqlite3.connect(desk.home / "register.sqlite3")) as file, pytest.raises(sqlite3.IntegrityError):
        file.execute(statement)


@pytest.mark.parametrize("way", HARMLESS)
def test_a_late_dossier_stays_late(desk, way):
    HARMLESS[way](desk)
    row = lookup.row(desk.book, LATE)
    assert row.due_at == at(27, 17)
    assert lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since) in (Outcome.LATE, None)
    assert (row.finished_at is None) is (lifecycle.outcome(row.status, row.due_at, row.finished_at) is None)
    assert LATE in [owed.code for owed in lists.rows(desk.book, "to_apologise", now=NOW)]
    assert not desk.faults()


ALL_FOUND = FOUND | ballot_cheats.FOUND | catalogue_cheats.FOUND


@pytest.mark.parametrize("way", ALL_FOUND)
def test_verify_chain_finds_it(desk, way):
    assert not desk.faults()
    cheat, word = ALL_FOUND[way]
    cheat(desk)
    assert any(word in fault for fault in desk.faults()), desk.faults()


@pytest.mark.parametrize("way", BEYOND | ballot_cheats.BEYOND)
def test_what_one_machine_cannot_find_is_told(desk, way):
    """The register says nothing: whoever claims more than this would be lying."""
    cheat, limit = (BEYOND | ballot_cheats.BEYOND)[way]
    cheat(desk)
    assert not desk.faults()
    assert limit.endswith(".")


def test_a_head_that_left_the_machine_finds_what_the_register_cannot(desk):
    """The chain's head printed on Tuesday is no longer there after Friday's copy came back."""
    printed = events.head(desk.book)[1]
    restored(desk)
    assert printed not in {event.hash for event in events.walk(desk.book)}


def test_there_are_more_than_fifty_ways():
    assert len(REFUSED) + len(HARMLESS) + len(FOUND) > 50
