"""What a counter does beside dossiers' lives: papers, drafts, files, settings, the wall, closings, backups, clocks."""

from collections.abc import Callable
from datetime import timedelta

from db.records import CalendarDay
from db.vocabulary import DayKind, DocumentKind, EventKind, PrintOutcome
from desktop.errors import RegisterProblem
from desktop.office import acts, attachments, backups, closing, drafts, issuing, postings
from desktop.office import settings as office_settings
from desktop.office.posting_prints import chosen
from desktop.office.report_forms import ReportKind
from desktop.office.report_papers import paper as report_paper
from desktop.office.reporting import Asked
from desktop.rules import periods
from tests.power.desk import FIRST, SECOND, STATION, Desk, say


def receipt(desk: Desk) -> None:
    """Drawn, stored, printed and told: nothing may be on paper that is not in the register."""
    code = desk.code
    paper = issuing.receipt_pdf(desk.book, code, now=desk.now)
    say("printed", code, paper.path.name)
    issuing.record_print(desk.book, code, printer="HP", copies=1, outcome=PrintOutcome.SENT, clerk=SECOND, now=desk.now)


def control_slip(desk: Desk) -> None:
    code = desk.code
    say("printed", code, issuing.document_pdf(desk.book, code, DocumentKind.CONTROL, now=desk.now).path.name)


def draft(desk: Desk) -> None:
    desk.kept += 1
    drafts.save(desk.book, STATION, {"step": desk.kept}, now=desk.now)
    say("draft", str(desk.kept))


def file_of_an_act(desk: Desk) -> None:
    """A scanned paper comes with an act; the event is worth nothing without it."""
    source = desk.outside / "scan.pdf"
    source.write_bytes(b"%PDF-1.4\n" + desk.chance.randbytes(3000))
    with attachments.kept(desk.book, source, now=desk.now) as kept:
        acts.perform(
            desk.book, desk.code, EventKind.FORWARD, {"to": "Phòng Kinh tế"}, clerk=SECOND, now=desk.now, file=kept
        )


def setting(desk: Desk) -> None:
    phone = f"09000{desk.chance.randrange(10**5):05d}"
    office_settings.change(desk.book, "contact_phone", phone, clerk=FIRST, now=desk.now)


def day_off(desk: Desk) -> None:
    on = (desk.now + timedelta(days=desk.chance.randint(200, 400))).date()
    day = CalendarDay(on, DayKind.HOLIDAY, "Nghỉ", "CV 1")
    office_settings.set_day(desk.book, day, clerk=FIRST, now=desk.now)


def wall(desk: Desk) -> None:
    names = chosen(desk.book, desk.now.date(), None, None)
    places = [postings.Place(name, "Bảng 1", str(slot)) for slot, name in enumerate(desk.chance.sample(names, 3))]
    postings.post(desk.book, places, clerk=SECOND, now=desk.now)


def close_yesterday(desk: Desk) -> None:
    on = desk.now.date() - timedelta(days=1)
    answers = dict.fromkeys(closing.to_answer(desk.book, desk.now), "Chờ xác minh.")
    closing.close_day(desk.book, on, clerk=SECOND, now=desk.now, answers=answers, reason="làm thêm")


def report(desk: Desk) -> None:
    period = periods.containing(periods.PeriodKind.MONTH, desk.now.date())
    made = report_paper(desk.book, Asked(ReportKind.TABLE), period, clerk=SECOND, now=desk.now)
    assert made is not None and made.path.is_file()


def backup(desk: Desk) -> None:
    made = backups.make(desk.book, now=desk.now)
    assert made is not None
    say("backup", made.path.name)
    desk.known.at[made.path.name] = dict(desk.known.secrets)


def clock_back(desk: Desk) -> None:
    """The machine's clock jumps back: nothing may be recorded."""
    try:
        office_settings.change(desk.book, "contact_phone", "1", clerk=FIRST, now=desk.now - timedelta(days=400))
    except RegisterProblem as problem:
        if problem.code != "clock_back":
            raise
        say("refused", problem.code)
    else:
        say("bug", "an act was recorded before the last one")


def clock_ahead(desk: Desk) -> None:
    """It jumps ahead for one act; until the day has caught up with it, what follows is refused and not recorded."""
    ahead = desk.now + timedelta(hours=2)
    office_settings.change(desk.book, "contact_phone", "0900000001", clerk=FIRST, now=ahead)


ACTS: dict[Callable[[Desk], None], int] = {
    **{receipt: 30, draft: 30, control_slip: 4, file_of_an_act: 6, setting: 3, day_off: 2},
    **{wall: 2, close_yesterday: 2, report: 2, backup: 4, clock_back: 2, clock_ahead: 1},
}
