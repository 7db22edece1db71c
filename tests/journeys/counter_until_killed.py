"""A counter at work until somebody kills it: what it says on standard output had become durable before.

Started by ``test_power_loss`` as a program of its own. Each line on standard input names a kind of work and a
folder; the work is done by a fork, so that a hundred deaths need the libraries loaded once. Where there is no fork
the program itself does the work and dies of it.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from db import catalogue as stored
from db import events
from desktop.office import counter, decisions, drafts, issuing, opening, procedures
from desktop.rules.calendar import VN_TZ
from desktop.rules.change_sets import Change, ChangeSet, Decision
from desktop.rules.intake import IntakeForm, Person, SubmittedPaper
from desktop.rules.list_entries import Kind

MONDAY = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
STATION = "quay1"
KEYSTROKES = 3
DECIDED = 60


def form(key: str) -> IntakeForm:
    """The dossier that belongs to ``key``; asking again needs the same content."""
    return IntakeForm(
        procedure="1.004859",
        channel="direct",
        key=key,
        applicant=Person(name="Vàng Thị Ví Dụ", id_number="012195000002", phone="0987000001"),
        case="Thay đổi, cải chính, xác định lại dân tộc",
        papers=(SubmittedPaper("Tờ khai", originals=1), SubmittedPaper("Giấy tờ tùy thân", shown=True)),
    )


def take_in(home: Path) -> None:
    """One dossier after another: draft, reception, receipt."""
    book = opening.open_register(home, now=MONDAY)
    counter.preview(book, form("0"), now=MONDAY)  # as warm as a window in which somebody types
    say("ready")
    begin = (events.last_moment(book) or MONDAY) + timedelta(seconds=1)
    for number in count():
        now, key = begin + timedelta(seconds=number), f"{begin.isoformat()} {number}"
        for keystroke in range(KEYSTROKES):
            step = number * KEYSTROKES + keystroke
            drafts.save(book, STATION, {"key": key, "step": step}, now=now)
            say("draft", key, str(step))
        done = counter.register(book, form(key), clerk="truc", now=now)
        say("stored", key, done.code)
        paper = issuing.receipt_pdf(book, done.code, now=now)
        say("printed", key, paper.path.name)


def found(home: Path) -> None:
    """One register after another."""
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
    say("ready")
    for number in count():
        opening.init(home / str(number), unit, now=MONDAY).close()
        say("founded", str(number))


def decide(home: Path) -> None:
    """One decision on many procedures after another, every second taken back."""
    book = opening.open_register(home, now=MONDAY)
    begin = (events.last_moment(book) or MONDAY) + timedelta(seconds=1)
    say("ready")
    for number in count():
        now = begin + timedelta(seconds=number)
        decision = Decision(f"{now:%d%H%M%S}/QĐ-UBND", None, now.date())
        listed = procedures.catalogue(book).listed(on=now.date())[:DECIDED]
        changes = tuple(
            Change(Kind.AMENDED, row, replace(version, place=decision.number, valid_from=None))
            for row, version in enumerate(listed, start=1)
        )
        prepared = ChangeSet(decision, amended=changes, base=stored.newest(book), content=decision.number)
        say("deciding", decision.number)
        done = decisions.accept(book, prepared, clerk="truc", now=now)
        say("decided", decision.number, str(done.seq))
        if number % 2:
            decisions.undo(book, done.seq, "nhầm", clerk="truc", now=now)
            say("undone", str(done.seq))


WORK: dict[str, Callable[[Path], None]] = {"take_in": take_in, "found": found, "decide": decide}


def say(*words: str) -> None:
    """One line in one write: whole or not at all, whatever happens next."""
    os.write(1, ("\t".join(words) + "\n").encode())


def main() -> None:
    issuing.calibration_pdf("A5")  # the fonts are read once, before anybody dies
    for line in sys.stdin:
        kind, home = line.rstrip("\n").split("\t")
        worker = os.fork() if hasattr(os, "fork") else 0
        if worker == 0:
            say("working", str(os.getpid()))
            WORK[kind](Path(home))
        os.waitpid(worker, 0)
        say("dead")


if __name__ == "__main__":
    main()
