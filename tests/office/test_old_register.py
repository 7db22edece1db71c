"""A register made before decisions were known opens, works and takes its first decision; nothing of it is rewritten."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import date

import peewee
import pytest

from db import events, folder, migrations
from db.records import FeeRule, ProcedureVersion
from db.vocabulary import Channel
from desktop.office import checking, counter, decisions, opening, procedures
from tests.journeys.desk import recompute
from tests.office.deciding import DAY, DECISION, OTHER, days, speaking

_FIELDS = [field.name for field in fields(ProcedureVersion)]
#: What a version knew then.
OLD_FIELDS = _FIELDS[: _FIELDS.index("source_on") + 1]
#: The step that brought the decisions.
FIRST_NEW = [name for name, _ in migrations.STEPS].index("0005_decisions")


@pytest.fixture
def old_home(live_home, monday, correction_form):
    """A register as the program of then left it, with a dossier taken in."""
    with opening.open_register(live_home, now=monday) as book:
        counter.register(book, correction_form, clerk="truc", now=monday)
    file = live_home / folder.REGISTER_FILE
    newer = file.rename(live_home / "newer.sqlite3")
    with closing(sqlite3.connect(newer)) as database:
        _write_versions_as_then(database)
        recompute(database)
        database.commit()
    then = peewee.SqliteDatabase(str(file))
    migrations.apply(then, monday, migrations.STEPS[:FIRST_NEW])
    then.close()
    with closing(sqlite3.connect(file)) as database:
        _copy(database, newer)
        database.commit()
    newer.unlink()
    return live_home


def _copy(database, newer):
    """Every row of what the file of then has a table for."""
    database.execute("ATTACH ? AS newer", (str(newer),))
    tables = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
    for (table,) in database.execute(f"{tables} AND name NOT IN ('migration', 'sqlite_sequence')").fetchall():
        columns = ", ".join(row[1] for row in database.execute(f"PRAGMA main.table_info({table})"))
        database.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")


def _write_versions_as_then(file):
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%no_%'"
    for (name,) in file.execute(guards).fetchall():
        file.execute(f"DROP TRIGGER {name}")
    rows = []
    for id, content in file.execute("SELECT id, content FROM procedure_version ORDER BY id").fetchall():
        told = json.loads(content)
        old = {name: told[name] for name in OLD_FIELDS}
        old["cases"] = [{"label": case["label"], "limit": case["limit"]} for case in old["cases"]]
        rows.append([id, json.dumps(old, ensure_ascii=False, separators=(",", ":"))])
    file.executemany("UPDATE procedure_version SET content = ? WHERE id = ?", [(text, id) for id, text in rows])
    sealed = hashlib.sha256(events.canonical({"versions": rows}).encode()).hexdigest()
    file.execute("UPDATE event SET payload = json_set(payload, '$.catalogue.sha256', ?) WHERE seq = 1", (sealed,))


def test_an_old_register_opens_and_says_what_it_said(old_home, monday):
    with opening.open_register(old_home, now=monday) as book:
        assert checking.verify_chain(book).faults == ()
        listed = procedures.catalogue(book).listed(on=monday.date(), all=True)
        then = [replace(version, levels=()) for version in procedures.shipped()]
        assert [replace(version, version_id=0) for version in listed] == then
        assert decisions.history(book) == ()


def test_an_old_register_takes_its_first_decision_and_its_dossier_stays_under_the_old_rule(
    old_home, monday, correction_form
):
    with opening.open_register(old_home, now=monday) as book:
        table = (FeeRule(4000, "4.000 đồng", Channel.ONLINE),)
        version = replace(speaking(book, OTHER, DAY), limit=days(2), statutory=days(3), fees=table)
        decisions.edit(book, version, DECISION, clerk="truc", now=monday)
        assert speaking(book, OTHER, date(2026, 11, 30)).fees == ()
        assert (speaking(book, OTHER, DAY).limit, speaking(book, OTHER, DAY).fees) == (days(2), table)
        code = counter.register(book, replace(correction_form, key="2"), clerk="truc", now=monday).code
        assert code == "TN-MT-261123-0002"
        assert checking.verify_chain(book).faults == ()


def test_asking_again_for_a_dossier_whose_form_knew_fewer_fields_gives_the_first_answer(
    live_home, monday, correction_form
):
    with opening.open_register(live_home, now=monday) as book:
        first = counter.register(book, correction_form, clerk="truc", now=monday)
    with closing(sqlite3.connect(live_home / folder.REGISTER_FILE)) as file:
        file.execute("DROP TRIGGER event_no_update")
        file.execute("UPDATE event SET payload = json_remove(payload, '$.form.filed_by')")
        recompute(file)
        file.commit()
    with opening.open_register(live_home, now=monday) as book:
        again = counter.register(book, correction_form, clerk="truc", now=monday)
    assert (again.code, again.again) == (first.code, True)
