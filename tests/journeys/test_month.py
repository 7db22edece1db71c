"""A month of two thousand dossiers told to the program, and counted again by somebody who never saw its code."""

import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from desktop import cli
from desktop.office import ballots, opening
from desktop.rules.calendar import VN_TZ
from tests.conftest import MONDAY
from tests.journeys import recount
from tests.journeys.recount import Recount, minute
from tests.journeys.telling import UNTIL, Teller

DOSSIERS = 2200
LATER = UNTIL.replace(year=2027, tzinfo=VN_TZ)
#: The day's work is looked at in the morning of these days, and at the end.
LOOKS = ("2026-11-11T08:00:00", "2026-11-20T17:30:00", UNTIL.isoformat())


@pytest.fixture(scope="module")
def lines():
    return Teller(2026).lines(DOSSIERS)


@pytest.fixture(scope="module")
def home(practice_template, tmp_path_factory):
    return shutil.copytree(practice_template, tmp_path_factory.mktemp("month") / "data")


@pytest.fixture
def ask(home, monkeypatch, capsys):
    """Run one command line on the practice register; returns what it answered."""
    monkeypatch.setattr(cli, "now", lambda: MONDAY)

    def run(*words):
        capsys.readouterr()
        exit_code = cli.main([*map(str, words), "--data", str(home), "--json"])
        return exit_code, json.loads(capsys.readouterr().out)

    return run


def told(home):
    """Code, status, due minute, end and return of every dossier, read from the file itself."""
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        rows = file.execute("SELECT code, status, due_at, finished_at, handed_over_at FROM dossier").fetchall()
    return {code: (status, *(at and minute(at[:19]) for at in moments)) for code, status, *moments in rows}


def opinions(home):
    """Score → how often it was given in the month, once the last box was counted; no dossier tells its own."""
    with opening.open_register(home, now=MONDAY) as book, book.write():
        ballots.count(book, clerk="truc", now=LATER)
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        payloads = [
            json.loads(row[0]) for row in file.execute("SELECT payload FROM event WHERE kind = 'count_ballots'")
        ]
        assert not file.execute("SELECT 1 FROM event WHERE dossier <> '' AND payload LIKE '%score%'").fetchall()
    found = Counter()
    for payload in payloads:
        found.update({score: number for score, number in enumerate(payload["counted"]["scores"], 1) if number})
    return found


CODES = {
    "received": 2,
    "not_received": 3,
    "processing": 4,
    "waiting_supplement": 5,
    "waiting_obligation": 6,
    "withdrawn": 7,
    "stopped": 8,
    "finished": 9,
    "handed_over": 10,
}


def test_a_month_ends_as_an_independent_recount_says(home, lines, ask, tmp_path):
    again, start = Recount(), 0
    for look in LOOKS:
        # Lines that come late stand among those of their time of telling.
        stop = next((n for n, line in enumerate(lines) if n > start and line["at"] > look), len(lines))
        part, start = lines[start:stop], stop
        file = tmp_path / "part.jsonl"
        file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in part), encoding="utf-8")
        events, rejected = again.events, len(again.rejected)
        for number, line in enumerate(part, start=1):
            again.read(number, line)
        exit_code, done = ask("replay", file)
        assert exit_code == 0
        assert [line["line"] for line in done["rejected"]] == again.rejected[rejected:]
        assert done["events"] == again.events - events
        for name, codes in recount.lists(list(again.lives.values()), minute(look), again.law.works).items():
            rows = ask("list", name, "--at", look)[1]["rows"]
            assert {row["code"] for row in rows} == codes and len(rows) == len(codes), (look, name)
    lives = list(again.lives.values())
    assert len(lives) > 2000 and again.events > 7500 and len(again.rejected) > 500
    assert told(home) == {life.code: (CODES[life.status], life.due, life.finished, life.handed_over) for life in lives}
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        papers = file.execute("SELECT dossier, kind, count(*) FROM issued_document GROUP BY dossier, kind").fetchall()
    assert {(code, kind): number for code, kind, number in papers} == dict(again.papers)
    outcomes = Counter(recount.outcome(life) for life in lives)
    assert all(outcomes[word] > 50 for word in ("early", "on_time", "late", None))
    said = Counter(life.score for life in lives if life.score is not None)
    assert opinions(home) == dict(said) and said.total() > 300
    for life in lives[::25]:
        shown = ask("show", life.code)[1]
        assert (shown["status"], shown["outcome"]) == (life.status, recount.outcome(life)), life
    assert ask("verify-chain")[1]["faults"] == []
