"""Proof that the campaign finds what it looks for: a register that lived well is broken by hand, way after way."""

import shutil
import sqlite3
from contextlib import closing
from copy import deepcopy
from datetime import timedelta

import pytest

from desktop.office import backups, counter, opening, renumbering, restoring
from desktop.rules import passwords
from tests.journeys.counter_until_killed import form
from tests.power import finding, run
from tests.power.counters import Counters
from tests.power.day import Order
from tests.power.desk import CODE, FIRST, SECOND, START
from tests.power.said import Said
from tests.power.windows import FirstDays


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A register on which everything was done to people and data, and what was said of it."""
    home, said = run.founded(tmp_path_factory.mktemp("lived") / "one", sealed=False), Said()
    with Counters() as counters:
        for plan in ("people", "keeping"):
            said.hear(counters.finished(Order(home, "lived", 100, plan=plan, known=str(said.known))))
    assert finding.wrong(home, said) + finding.files_wrong(home, said) == []
    assert said.gone.keys() == {FIRST, SECOND, CODE} and said.settled and said.planted and said.destroyed
    return home, said


@pytest.fixture
def one(lived, tmp_path):
    """A copy to be broken."""
    shutil.copytree(lived[0].parent, tmp_path / "one")
    return tmp_path / "one" / "data", deepcopy(lived[1])


def breaks(home, *sql):
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        for statement in sql:
            file.execute(statement)
        file.commit()


def kinds(breaches):
    return {breach.split(":")[0] for breach in breaches}


@pytest.mark.parametrize(
    "sql",
    [
        f"DELETE FROM credential WHERE person = '{SECOND}'",
        "DELETE FROM recovery_code",
        f"INSERT INTO credential (person, hash, set_at, must_change, failures)"
        f" SELECT short_name, 'x', '2026-11-23T09:00:00+07:00', 0, 0 FROM person"
        f" WHERE short_name NOT IN ('{FIRST}', '{SECOND}') LIMIT 1",
        f"DELETE FROM person WHERE short_name NOT IN ('{FIRST}', '{SECOND}')",
    ],
)
def test_a_person_half_made_is_found(one, sql):
    home, said = one
    breaks(home, sql)
    assert "chain" in kinds(finding.wrong(home, said))


def test_a_password_that_was_acknowledged_and_does_not_hold_is_found_and_so_is_the_old_one_that_does(one):
    home, said = one
    breaks(home, f"UPDATE credential SET hash = '{passwords.hashed(said.gone[SECOND])}' WHERE person = '{SECOND}'")
    found = finding.wrong(home, said)
    assert f"lost: the secret of {SECOND} opens nothing" in found and f"old secret: {SECOND}" in found


def test_a_sheet_that_is_printed_and_opens_nothing_is_found(one):
    home, said = one
    said.hear(["holds\t\tXXXX-XXXX-XXXX"])
    found = finding.wrong(home, said)
    assert {"lost: the secret of the sheet opens nothing", "old secret: the sheet"} <= set(found)


def test_a_password_changed_without_the_sheet_that_goes_with_it_is_found(one):
    home, said = one
    new, said.secrets[FIRST] = said.secrets[FIRST], said.gone[FIRST]
    said.hear([f"tries\t{FIRST}\t{new}\t{CODE}\t*"])
    assert [breach for breach in finding.wrong(home, said) if "a part was changed" in breach]


def test_what_is_destroyed_without_an_event_and_stays_after_one_is_found(one):
    home, said = one
    (gone,) = (name for name in said.planted if name.startswith("danh-sach"))
    file = home / "documents" / "2026" / "11" / gone
    file.write_bytes(b"%PDF-1.4\n%%EOF")
    (home / "documents" / "2026" / "11" / next(iter(said.destroyed.values()))).unlink()
    assert kinds(finding.files_wrong(home, said)) == {"event without destruction", "no protocol"}
    said.planted |= {"one.pdf", "two.pdf"}
    assert "destroyed without an event" in kinds(finding.files_wrong(home, said))


def test_a_book_half_brought_in_is_found_although_destroying_came_after_it(one):
    home, said = one
    breaks(home, "DELETE FROM old_entry WHERE id = (SELECT max(id) FROM old_entry)")
    assert "half" in kinds(finding.wrong(home, said))


def test_a_step_that_was_settled_and_forgotten_is_found(one):
    home, said = one
    breaks(home, "DELETE FROM setting WHERE name = 'setup'")
    said.step = ("printer",)
    found = finding.wrong(home, said)
    assert "lost: unit is shown, and not step ('printer',)" in found
    assert [breach for breach in found if breach.endswith("is open again")]


def test_a_window_that_begins_the_setting_up_anew_is_found(one):
    home, said = one
    days = FirstDays(home.parent, seed=1)
    days.judge(home, said, [f"reached\t{said.step[0]}"])
    assert days.breaches == []
    days.judge(home, said, ["reached\tfirst"])
    assert any(breach.startswith("lost: first is shown instead of") for breach in days.breaches)


def test_a_file_that_left_unsaid_is_found(one):
    home, said = one
    home.with_name("nhat-ky-1.csv").write_bytes(b"x")
    assert finding.wrong(home, said) == ["left and not written down: nhat-ky-1.csv"]


def test_a_number_that_a_lost_time_gave_and_that_comes_again_is_found(tmp_path):
    """The mark that makes a restored register jump is taken away by hand."""
    home = run.founded(tmp_path / "one", sealed=False)
    later = START + timedelta(minutes=1)
    with opening.open_register(home, now=START) as book:
        made = backups.make(book, now=START)
        assert made is not None
        said = Said().hear([f"backup\t{made.path.name}"])
        code = counter.register(book, form("lost"), clerk=FIRST, now=START).code
    said.hear([f"restoring\t{made.path.name}\t{START.isoformat()}", f"printed\t{code}\tx.pdf", "done\t9\tforged"])
    restoring.restore(made.path, tmp_path / "one" / "new")
    restoring.put_in_place(home, tmp_path / "one" / "new", now=later)
    (home / renumbering.MARK_FILE).unlink()
    with opening.open_register(home, now=later) as book:
        assert counter.register(book, form("other"), clerk=FIRST, now=later).code == code
    found = finding.wrong(home, said)
    assert "lost: event 9 of what gave way" in found and f"number given again: {code}" in found
    assert (said.papers, said.restoring, said.kept) == ([], "", 1)
