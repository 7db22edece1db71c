"""A practice commune with a believable month, for trying the program and for looking at its paper.

The month is weighted by the estimated load profile; every citizen is invented. Everything goes
through the same acts as at a counter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.connection import Register
from db.records import Clerk
from db.vocabulary import DocumentKind
from desktop.documents.fonts import find_paper_font
from desktop.errors import UserError
from desktop.office import (
    carrying,
    issuing,
    lookup,
    opening,
    people,
    posting_facts,
    posting_prints,
    postings,
    practice_month,
    report_samples,
    samples,
    settings,
)
from desktop.office.posting_facts import PostingFacts
from desktop.rules import practice
from desktop.rules.calendar import WorkCalendar
from desktop.rules.rights import WORKING

_CLERKS = (Clerk("truc", "Lò Thị Trực"), Clerk("minh", "Vàng Văn Minh Họa"))
_RECEIPTS = 6
_FIELD, _DESKS = "Hộ tịch", ("Hộ tịch, chứng thực", "Đất đai, xây dựng")


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the register is, how many dossiers it holds, which files were made to look at."""

    data: Path
    dossiers: int
    files: tuple[Path, ...]


def make(out: Path, *, days: int, per_day: int, seed: int, now: datetime, tell: Callable[[str], None]) -> Demo:
    """Make the commune in the empty or new folder ``out``; ``tell`` hears the progress.

    The month ends now, and reaches back to an open day however few the ``days``; the same seed and moment give the
    same dossiers.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError("folder_not_empty", f"Thư mục {out} không trống. Hãy chọn thư mục mới.", folder=str(out))
    find_paper_font()  # without a font there would be no receipts to look at
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=True, parent_code="H35", parent_name="tỉnh Lai Châu")
    plan = practice.load_profile()
    book = opening.init(out / "so-tap-huan", unit, now=now, clerk=_CLERKS[0])
    try:
        people.add(
            book, _CLERKS[1].short_name, _CLERKS[1].full_name, roles=WORKING, clerk=_CLERKS[0].short_name, now=now
        )
        calendar = settings.calendar(book)
        days = _reaching_work(days, calendar, now)
        visits = list(practice.month(seed, days, per_day, now, calendar, plan.weights, plan.channels))
        codes = list(_told(practice_month.live(book, visits, _CLERKS, seed=seed, now=now), len(visits), tell))
        first = (now - timedelta(days=days)).date()
        samples.complete(book, codes, clerk=_CLERKS[0].short_name, now=now)
        others = samples.one_of_each(book, codes, out, first=first, last=now.date(), now=now)
        clerk = _CLERKS[0].short_name
        reports = report_samples.write(book, out, first=first, last=now.date(), clerk=clerk, now=now)
        files = (*_look_at(book, codes, out, now), *others, *_wall(book, out, now), *reports)
        packet = carrying.write_waiting(book, out, clerk=clerk, now=now).path  # of the days that the reports closed
        return Demo(book.home, len(codes), (*files, packet))
    finally:
        book.close()


def _reaching_work(days: int, calendar: WorkCalendar, now: datetime) -> int:
    """So many days, or more until the counter was open on one of them: on a Sunday there is a demonstration too."""
    while not any(
        opens < now for back in range(days) for opens, _ in calendar.intervals(now.date() - timedelta(days=back))
    ):
        days += 1
    return days


def _told(codes: Iterator[str], visits: int, tell: Callable[[str], None]) -> Iterator[str]:
    for count, code in enumerate(codes, start=1):
        if count % 100 == 0:
            tell(f"Đã tiếp nhận {count}/{visits} hồ sơ tập huấn.")
        yield code
    tell(f"Đã tiếp nhận {visits}/{visits} hồ sơ tập huấn.")


def _look_at(book: Register, codes: list[str], out: Path, now: datetime) -> Iterator[Path]:
    """Receipts to look at: the latest ones that still hold, in both sizes, and one as it looks printed again."""
    holding = [code for code in codes if _promised(book, code)]
    for index, code in enumerate(holding[-_RECEIPTS:]):
        size: issuing.Size = "A4" if index % 2 else "A5"
        paper = issuing.receipt_pdf(book, code, size=size, copies=2, reprint=1 if index == 2 else 0, now=now)
        target = out / f"giay-hen-{index + 1}-{size.lower()}.pdf"
        target.write_bytes(paper.data)
        yield target


def _wall(book: Register, out: Path, now: datetime) -> Iterator[Path]:
    """The wall of one field, put up on a board, a sheet for another wall on A3, and what stands at the door."""
    facts = PostingFacts(feedback_to="Cơ quan ví dụ", feedback_phone="0900000003", desks=_DESKS)
    posting_facts.change(book, facts, clerk=_CLERKS[0].short_name, now=now)
    shown = posting_prints.chosen(book, now.date(), _FIELD, None)
    places = [postings.Place(name, "Bảng 1", str(slot)) for slot, name in enumerate(shown, start=1)]
    postings.post(book, places, clerk=_CLERKS[0].short_name, now=now)
    signs = ("BIA", "MUC LUC", "PHAN ANH", "BIEN CUA", "BIEN QUAY 1", "BIEN QUAY 2")
    papers = {
        "niem-yet-ho-tich-a4": posting_prints.wall_pdf(book, field=_FIELD, now=now),
        "niem-yet-khai-sinh-a3": posting_prints.wall_pdf(book, code="1.001193", size="A3", now=now),
        "niem-yet-bia-bien-a4": posting_prints.sheets_pdf(book, signs, now=now),
    }
    for name, paper in papers.items():
        assert paper is not None, "nobody stops this work"
        target = out / f"{name}.pdf"
        target.write_bytes(paper.data)
        yield target


def _promised(book: Register, code: str) -> bool:
    """Whether a dossier has a receipt, and nothing has moved its date since."""
    detail = lookup.dossier(book, code)
    receipts = [paper for paper in detail.documents if paper.kind == DocumentKind.RECEIPT]
    return bool(receipts) and datetime.fromisoformat(receipts[-1].content["due_at"]) == detail.row.due_at
