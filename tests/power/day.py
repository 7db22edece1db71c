"""A counter at work until something stops it: invented dossiers live their lives, papers are drawn, backups made.

Started by ``campaign`` as a program of its own that forks a worker for each line on its standard input: folder, seed,
log, fault, first call and count, steps. What a worker says (one line, one write) was durable before: exactly
that must be found again afterwards. Every refusal must be one of ours; anything else is a bug and is said as one.
"""

import gc
import heapq
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from db import events
from db.connection import Register
from db.records import CalendarDay
from db.vocabulary import DayKind, DocumentKind, EventKind, PrintOutcome
from desktop.errors import RegisterProblem, UserError
from desktop.office import acts, attachments, backups, closing, drafts, issuing, opening, people, postings
from desktop.office import settings as office_settings
from desktop.office.posting_prints import chosen
from desktop.office.practice_life import Life
from desktop.office.report_forms import ReportKind
from desktop.office.report_papers import paper as report_paper
from desktop.office.reporting import Asked
from desktop.rules import periods, practice
from desktop.rules.calendar import VN_TZ
from tests.power import disk

START = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
STATION = "quay1"
#: Steps of dossiers' lives for one of the other things that a counter does.
_EVERY = 3
_DAYS, _PER_DAY = 4, 60


@dataclass
class Desk:
    """What the acts beside the dossiers' lives need; ``codes`` are the dossiers of this worker."""

    book: Register
    chance: Random
    now: datetime
    codes: list[str]
    kept: int = 0

    @property
    def code(self) -> str:
        return self.chance.choice(self.codes)


def receipt(desk: Desk) -> None:
    """Drawn, stored, printed and told: nothing may be on paper that is not in the register."""
    code = desk.code
    paper = issuing.receipt_pdf(desk.book, code, now=desk.now)
    say("printed", code, paper.path.name)
    issuing.record_print(desk.book, code, printer="HP", copies=1, outcome=PrintOutcome.SENT, clerk="truc", now=desk.now)


def control_slip(desk: Desk) -> None:
    code = desk.code
    say("printed", code, issuing.document_pdf(desk.book, code, DocumentKind.CONTROL, now=desk.now).path.name)


def draft(desk: Desk) -> None:
    desk.kept += 1
    drafts.save(desk.book, STATION, {"step": desk.kept}, now=desk.now)
    say("draft", str(desk.kept))


def file_of_an_act(desk: Desk) -> None:
    """A scanned paper comes with an act; the event is worth nothing without it."""
    source = desk.book.home.with_name("scan.pdf")
    source.write_bytes(b"%PDF-1.4\n" + desk.chance.randbytes(3000))
    with attachments.kept(desk.book, source, now=desk.now) as kept:
        acts.perform(
            desk.book, desk.code, EventKind.FORWARD, {"to": "Phòng Kinh tế"}, clerk="truc", now=desk.now, file=kept
        )


def setting(desk: Desk) -> None:
    phone = f"09000{desk.chance.randrange(10**5):05d}"
    office_settings.change(desk.book, "contact_phone", phone, clerk="quay1", now=desk.now)


def day_off(desk: Desk) -> None:
    on = (desk.now + timedelta(days=desk.chance.randint(200, 400))).date()
    day = CalendarDay(on, DayKind.HOLIDAY, "Nghỉ", "CV 1")
    office_settings.set_day(desk.book, day, clerk="quay1", now=desk.now)


def wall(desk: Desk) -> None:
    names = chosen(desk.book, desk.now.date(), None, None)
    places = [postings.Place(name, "Bảng 1", str(slot)) for slot, name in enumerate(desk.chance.sample(names, 3))]
    postings.post(desk.book, places, clerk="truc", now=desk.now)


def close_yesterday(desk: Desk) -> None:
    on = desk.now.date() - timedelta(days=1)
    answers = dict.fromkeys(closing.to_answer(desk.book, desk.now), "Chờ xác minh.")
    closing.close_day(desk.book, on, clerk="truc", now=desk.now, answers=answers, reason="làm thêm")


def report(desk: Desk) -> None:
    period = periods.containing(periods.PeriodKind.MONTH, desk.now.date())
    made = report_paper(desk.book, Asked(ReportKind.TABLE), period, now=desk.now)
    assert made is not None and made.path.is_file()


def backup(desk: Desk) -> None:
    made = backups.make(desk.book, now=desk.now)
    assert made is not None
    say("backup", made.path.name)


def clock_back(desk: Desk) -> None:
    """The machine's clock jumps back: nothing may be recorded."""
    try:
        office_settings.change(desk.book, "contact_phone", "1", clerk="quay1", now=desk.now - timedelta(days=400))
    except RegisterProblem as problem:
        if problem.code != "clock_back":
            raise
        say("refused", problem.code)
    else:
        say("bug", "an act was recorded before the last one")


def clock_ahead(desk: Desk) -> None:
    """It jumps ahead for one act; until the day has caught up with it, what follows is refused and not recorded."""
    ahead = desk.now + timedelta(hours=2)
    office_settings.change(desk.book, "contact_phone", "0900000001", clerk="quay1", now=ahead)


ACTS: dict[Callable[[Desk], None], int] = {
    **{receipt: 30, draft: 30, control_slip: 4, file_of_an_act: 6, setting: 3, day_off: 2},
    **{wall: 2, close_yesterday: 2, report: 2, backup: 2, clock_back: 2, clock_ahead: 1},
}


def work(home: Path, seed: str, steps: int) -> None:
    """Live dossiers' lives step by step, and every third step something else; ``steps`` of them, or until killed."""
    chance = Random(seed)
    book = opening.open_register(home, now=START)
    begin = (events.last_moment(book) or START) + timedelta(minutes=1)
    clerks = people.clerks(book)
    lives = [Life(book, visit, clerks, seed=chance.randrange(10**6)) for visit in _visits(book, begin, seed)]
    going = [life.run() for life in lives]
    queue = [(life.at, number) for number, life in enumerate(lives)]
    heapq.heapify(queue)
    desk = Desk(book, chance, begin, [])
    kept = drafts.load(book, STATION)
    desk.kept = kept.state["step"] if kept else 0
    say("ready")
    for step in range(steps):
        if not queue:
            break
        at, number = heapq.heappop(queue)
        desk.now = lives[number].at = at
        following = guarded(book, partial(next, going[number], None))
        if isinstance(following, datetime):
            heapq.heappush(queue, (following, number))
        if lives[number].code and lives[number].code not in desk.codes:
            desk.codes.append(lives[number].code)
        if step % _EVERY == 0 and desk.codes:
            act = chance.choices(list(ACTS), list(ACTS.values()))[0]
            guarded(book, partial(act, desk))
    say("finished", str(disk.calls()) if os.environ.get("LD_PRELOAD") else "")


def _visits(book: Register, begin: datetime, seed: str) -> list[practice.Visit]:
    plan, calendar = practice.load_profile(), office_settings.calendar(book)
    until = begin + timedelta(days=_DAYS)
    visits = practice.month(hash_of(seed), _DAYS, _PER_DAY, until, calendar, plan.weights, plan.channels)
    return [visit for visit in visits if visit.received_at >= begin]


def hash_of(seed: str) -> int:
    """A number for a text, the same in every process."""
    return int.from_bytes(seed.encode()[-6:], "big")


def guarded(book: Register, step: Callable[[], object]) -> object:
    """Do a step and acknowledge the newest event; a refusal in our words is an answer, everything else a bug."""
    try:
        answer = step()
        seq, head = events.head(book)
        say("done", str(seq), head)
        return answer
    except (UserError, RegisterProblem) as problem:
        say("refused", problem.code)
    except OSError as error:
        # Above the office the command line and the window turn it into their sentence.
        say("refused", f"errno {error.errno}")
    except Exception as error:
        say("bug", repr(error), traceback.format_exc().replace("\n", " | ")[-600:])
    return None


def say(*words: str) -> None:
    """One line in one write: whole or not at all, whatever happens next."""
    os.write(1, ("\t".join(words) + "\n").encode())


def serve() -> None:
    """A worker for each line; the libraries and fonts are loaded once, before anybody dies."""
    issuing.calibration_pdf("A5")
    gc.freeze()
    for line in sys.stdin:
        home, seed, log, fault, first, count, steps = line.rstrip("\n").split("\t")
        worker = os.fork()
        if worker == 0:
            say("working", str(os.getpid()))
            if os.environ.get("LD_PRELOAD"):
                disk.begin(Path(home), Path(log) if log else None, disk.Fault(int(fault)), int(first), int(count))
            try:
                work(Path(home), seed, int(steps))
            except (UserError, RegisterProblem) as problem:
                say("refused", problem.code)
            except Exception as error:
                say("bug", repr(error), traceback.format_exc().replace("\n", " | ")[-600:])
            os._exit(0)
        _, status = os.waitpid(worker, 0)
        say("dead", str(status))


if __name__ == "__main__":
    serve()
