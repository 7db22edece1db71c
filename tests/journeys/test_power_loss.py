"""The counter is killed in the middle of its work: what was said to be stored is stored, and nothing is half there.

A hundred deaths at random moments of drafting, reception and printing, some while the register is being opened,
twenty while decisions change the catalogue, and ten while registers are founded. Killing tests the program's order of
steps; that a commit reaches the disk itself is ``synchronous=FULL``, tested in ``tests/storage``.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from db import events
from desktop.errors import RegisterProblem
from desktop.office import checking, counter, decision_history, drafts, lookup, opening, procedures
from tests.journeys.counter_until_killed import DECIDED, MONDAY, STATION, form

CHECKOUT = Path(__file__).resolve().parents[2]
FORKS = hasattr(os, "fork")
#: Starting a program takes so long where there is no fork that a tenth of the deaths must do.
DEATHS = 10 if FORKS else 1
LATEST = 0.12


class Counters:
    """Counters that are started, killed and listened to."""

    def __init__(self):
        self._program = None

    def killed(self, kind, home, delay, *, after):
        """Let a counter work until ``delay`` seconds after it said ``after``; returns all it said, by first word."""
        if self._program is None:
            self._program = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.counter_until_killed"],
                cwd=CHECKOUT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        self._program.stdin.write(f"{kind}\t{home}\n".encode())
        self._program.stdin.flush()
        said = defaultdict(list)
        while after not in said:
            self._hear(said)
        time.sleep(delay)
        os.kill(int(said["working"][0][0]), getattr(signal, "SIGKILL", signal.SIGTERM))
        while "dead" not in said:
            self._hear(said)
        return said

    def _hear(self, said):
        line = self._program.stdout.readline().decode()
        word, *rest = line.rstrip("\n").split("\t") if line else ["dead"]
        said[word].append(rest)
        if not line:
            self.close()

    def close(self):
        if self._program is not None:
            self._program.stdin.close()
            self._program.stdout.close()
            self._program.wait(timeout=10)
            self._program = None


@pytest.fixture(scope="module")
def counters():
    counters = Counters()
    yield counters
    counters.close()


@pytest.mark.parametrize("seed", range(10))
def test_no_acknowledged_dossier_is_lost_and_none_printed_that_is_not_stored(counters, live_home, seed):
    chance = random.Random(seed)
    acknowledged = {}
    for death in range(DEATHS):
        moment = chance.uniform(0.005, LATEST)
        said = counters.killed("take_in", live_home, moment, after="working" if death == 0 else "ready")
        acknowledged |= dict(said["stored"])
        with opening.open_register(live_home, now=MONDAY) as book:
            codes = check_whole(book)
            assert set(acknowledged.values()) <= codes
            check_papers(book, codes, said["printed"])
            check_draft(book, said["draft"])
            check_retry(book, said, acknowledged)
    assert acknowledged


def check_whole(book):
    """File, chain and numbers hold; returns the codes of all dossiers."""
    assert book.database.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert checking.verify_chain(book).faults == ()
    rows = list(book.database.execute_sql("SELECT code, day_number, entry_no, request_key FROM dossier ORDER BY id"))
    numbers = list(range(1, len(rows) + 1))
    assert [row[1] for row in rows] == numbers
    assert [row[2] for row in rows] == numbers
    receipts = book.database.execute_sql("SELECT dossier, number FROM issued_document ORDER BY id").fetchall()
    assert receipts == [(row[0], number) for row, number in zip(rows, numbers, strict=True)]
    assert lookup.count(book, "vang thi vi du") == len(rows)
    return {row[0] for row in rows}


def check_papers(book, codes, printed):
    """Every file belongs to a stored dossier, is whole under its name, and none that was announced is missing."""
    files = [path for path in book.documents.glob("**/*") if path.is_file()]
    for path in files:
        assert path.name[: len("TN-MT-261123-0001")] in codes
        assert path.suffix == ".part" or path.read_bytes().rstrip().endswith(b"%%EOF")
    assert {name for _, name in printed} <= {path.name for path in files}


def check_draft(book, said):
    """The draft is the last one acknowledged, or the one after it."""
    if said:
        last = int(said[-1][1])
        assert drafts.load(book, STATION).state["step"] in (last, last + 1)


def check_retry(book, said, acknowledged):
    """Asking again with the same key gives the same code; what was never stored is stored once."""
    now = events.last_moment(book) + timedelta(seconds=1)
    for key, code in said["stored"][-2:]:
        again = counter.register(book, form(key), clerk="truc", now=now)
        assert (again.code, again.again) == (code, True)
    if said["draft"]:
        key, before = said["draft"][-1][0], lookup.count(book)
        codes = {counter.register(book, form(key), clerk="truc", now=now).code for _ in range(2)}
        (acknowledged[key],) = codes
        assert lookup.count(book) - before in (0, 1)


@pytest.mark.parametrize("seed", range(2))
def test_a_decision_is_applied_whole_or_not_at_all(counters, live_home, seed):
    chance = random.Random(seed)
    applied, undone = set(), set()
    for _ in range(DEATHS):
        said = counters.killed("decide", live_home, chance.uniform(0.0, 8 * LATEST), after="deciding")
        applied |= {int(seq) for _, seq in said["decided"]}
        undone |= {int(seq) for (seq,) in said["undone"]}
        with opening.open_register(live_home, now=MONDAY) as book:
            assert checking.verify_chain(book).faults == ()
            decided = {row.seq: row for row in decision_history.history(book)}
            assert applied <= decided.keys()
            assert undone <= {seq for seq, row in decided.items() if row.undone_by}
            assert all(row.counts["amended"] == DECIDED for row in decided.values())
            holding = [row.number for row in decided.values() if not row.undone_by]
            places = {version.place for version in procedures.catalogue(book).listed(on=MONDAY.date())[:DECIDED]}
            assert places == {max(holding, default="")}
    assert applied


def test_a_register_that_was_being_founded_is_whole_or_not_there(counters, tmp_path):
    chance = random.Random(4)
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
    for death in range(DEATHS):
        home = tmp_path / str(death)
        said = counters.killed("found", home, chance.uniform(0.0, LATEST), after="ready")
        founded = {number for (number,) in said["founded"]}
        begun = sorted(path for path in home.iterdir()) if home.exists() else []
        assert founded <= {path.name for path in begun}
        for folder in begun:
            try:
                book = opening.open_register(folder, now=MONDAY)
            except RegisterProblem as problem:
                assert problem.code == "no_register" and folder.name not in founded
                book = opening.init(folder, unit, now=MONDAY)
            with book:
                check_whole(book)
                done = counter.register(book, form("1"), clerk=None, now=MONDAY)
                assert done.code == "TN-MT-261123-0001"
