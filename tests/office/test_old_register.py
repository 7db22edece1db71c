"""A register made before decisions were known opens, works and takes its first decision; nothing of it is rewritten."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import date

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
    with closing(sqlite3.connect(live_home / folder.REGISTER_FILE)) as file:
        _forget_decisions(file)
        _write_versions_as_then(file)
        recompute(file)
        file.commit()
    return live_home


def _forget_decisions(file):
    for (name,) in file.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%no_%'"
    ).fetchall():
        file.execute(f"DROP TRIGGER {name}")
    for statement in (
        "PRAGMA foreign_keys = OFF",
        "DROP TABLE decision",
        "DROP INDEX event_propose",
        "DROP INDEX procedure_version_decision",
        "CREATE TABLE anew (id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, valid_from TEXT, valid_to TEXT,"
        " content TEXT NOT NULL)",
        "INSERT INTO anew SELECT id, code, valid_from, valid_to, content FROM procedure_version",
        "DROP TABLE procedure_version",
        "ALTER TABLE anew RENAME TO procedure_version",
        "CREATE INDEX procedure_version_code ON procedure_version (code)",
        f"PRAGMA user_version = {FIRST_NEW}",
    ):
        file.execute(statement)
    for name, _ in migrations.STEPS[FIRST_NEW:]:
        file.execute("DELETE FROM migration WHERE name = ?", (name,))


def _write_versions_as_then(file):
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
        assert [replace(version, version_id=0) for version in listed] == list(procedures.shipped())
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
