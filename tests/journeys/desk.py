"""A live register with a late dossier in it, and everything that somebody who can write its file may do to it."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from db import backup
from db.connection import Register
from db.vocabulary import EventKind
from desktop import cli
from desktop.errors import UserError
from desktop.office import acts, checking, counter, opening
from desktop.rules.calendar import VN_TZ
from desktop.rules.intake import IntakeForm, Person

LATE, EXTENDED, ASKED_TWICE = (f"TN-MT-261123-000{number}" for number in (1, 2, 3))
NEW = "TN-MT-261130-0001"
FORM = IntakeForm(
    procedure="1.004859",
    channel="direct",
    key="late",
    applicant=Person(name="Vàng Thị Ví Dụ", id_number="012195000002", birth_date="1995-11-02", gender="Nữ"),
    case="Thay đổi, cải chính, xác định lại dân tộc",
)


def at(day, hour=9, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=VN_TZ)


#: Tuesday.
NOW = at(1, 10, month=12)


def act(book, code, event, when, *, clerk="truc", **facts):
    return acts.perform(book, code, EventKind(event), facts, clerk=clerk, now=when)


def fill(home):
    """Four dossiers of three working days; a copy of the register as it was on Friday 27/11 stays beside it."""
    with opening.open_register(home, now=at(23)) as book:
        for number, key in enumerate(("late", "extended", "asked")):
            counter.register(book, replace(FORM, key=key), clerk="truc", now=at(23, 9, number))
        act(book, EXTENDED, "extend", at(25), note="chờ xác minh", to="2026-12-03")
        for hour in (8, 10):
            act(book, ASKED_TWICE, "request_supplement", at(26, hour), note="thiếu", confirmed_by="quay1")
            act(book, ASKED_TWICE, "supplement", at(26, hour + 1))
        backup.copy(home / "register.sqlite3", home / "friday.sqlite3")
        counter.register(book, replace(FORM, key="new"), clerk="truc", now=at(30))


@dataclass
class Desk:
    """A live register where one dossier was due on Friday 27/11 and is still open on Tuesday 01/12 at 10:00."""

    home: Path
    book: Register
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture

    def act(self, code, event, when=NOW, **facts):
        return act(self.book, code, event, when, **facts)

    def cli(self, *words):
        """The command line; raises what it refused."""
        self.book.close()
        self.monkeypatch.setattr(cli, "now", lambda: NOW)
        self.capsys.readouterr()
        exit_code = cli.main([*map(str, words), "--data", str(self.home), "--json"])
        told = json.loads(self.capsys.readouterr().out)
        self.book = opening.open_register(self.home, now=NOW)
        if exit_code:
            raise UserError(told["error"]["code"], told["error"]["message"])

    def sql(self, *statements, rehash=False):
        """SQL behind the program's back, the guards of the file taken away first."""
        self.book.close()
        with closing(sqlite3.connect(self.home / "register.sqlite3")) as file:
            for (name,) in file.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%no_%'"
            ).fetchall():
                file.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                file.execute(statement)
            if rehash:
                recompute(file)
            file.commit()
        self.book = opening.open_register(self.home, now=NOW)

    def faults(self):
        return checking.verify_chain(self.book).faults


def recompute(file):
    """Every link of the chain anew: who can write the file can do this."""
    prev = "0" * 64
    columns = "seq, dossier, kind, at, clerk, key, payload"
    for row in file.execute(f"SELECT {columns} FROM event ORDER BY seq").fetchall():
        text = json.dumps([*row, prev], ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        file.execute("UPDATE event SET prev = ?, hash = ? WHERE seq = ?", (prev, digest, row[0]))
        prev = digest
