"""A practice commune with a believable month, for trying the program and for looking at its paper.

The month is weighted by the estimated load profile; every citizen is invented. Everything goes
through the same acts as at a counter.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from db.connection import Register
from db.records import Clerk, ProcedureVersion
from db.vocabulary import LimitUnit
from desktop.documents.fonts import find_paper_font
from desktop.errors import UserError
from desktop.office import counter, issuing, opening, people, procedures, samples, settings
from desktop.rules import intake, practice
from desktop.rules.intake import IntakeForm, Person, Principal, SubmittedPaper, TypedLimit

_CLERKS = (Clerk("truc", "Lò Thị Trực"), Clerk("minh", "Vàng Văn Minh Họa"))
_RECEIPTS = 6


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the register is, how many dossiers it holds, which files were made to look at."""

    data: Path
    dossiers: int
    files: tuple[Path, ...]


def make(out: Path, *, days: int, per_day: int, seed: int, now: datetime, tell: Callable[[str], None]) -> Demo:
    """Make the commune in the empty or new folder ``out``; ``tell`` hears the progress.

    The month ends now; the same seed and moment give the same dossiers.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError("folder_not_empty", f"Thư mục {out} không trống. Hãy chọn thư mục mới.", folder=str(out))
    find_paper_font()  # without a font there would be no receipts to look at
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=True, parent_code="H35", parent_name="tỉnh Lai Châu")
    plan = practice.load_profile()
    book = opening.init(out / "so-tap-huan", unit, now=now, clerk=_CLERKS[0])
    try:
        people.add(book, _CLERKS[1].short_name, _CLERKS[1].full_name, clerk=_CLERKS[0].short_name, now=now)
        calendar = settings.calendar(book)
        visits = list(practice.month(seed, days, per_day, now, calendar, plan.weights, plan.channels))
        codes = [code for visit in _told(visits, tell) if (code := _receive(book, visit, seed))]
        first = (now - timedelta(days=days)).date()
        others = samples.one_of_each(book, codes, out, first=first, last=now.date(), now=now)
        files = (*_look_at(book, codes, out, now), *others)
        return Demo(book.home, len(codes), files)
    finally:
        book.close()


def _told(visits: list[practice.Visit], tell: Callable[[str], None]) -> Iterator[practice.Visit]:
    for count, visit in enumerate(visits, start=1):
        if count % 100 == 0 or count == len(visits):
            tell(f"Đã tiếp nhận {count}/{len(visits)} hồ sơ tập huấn.")
        yield visit


def _receive(book: Register, visit: practice.Visit, seed: int) -> str | None:
    """One visit through the counter; None where the catalogue of that day does not offer the procedure."""
    chance = random.Random(f"{seed}-{visit.received_at.isoformat()}")
    try:
        procedure = procedures.get(book, visit.procedure, on=visit.received_at.date())
    except UserError:
        return None
    clerk = chance.choice(_CLERKS).short_name
    form = _form(visit, procedure, chance, key=f"demo-{seed}-{visit.received_at.isoformat()}")
    return counter.register(book, form, clerk=clerk, now=visit.received_at, checklist=True).code


def _form(visit: practice.Visit, procedure: ProcedureVersion, chance: random.Random, *, key: str) -> IntakeForm:
    case = chance.choice(procedure.cases).label if procedure.cases else None
    typed = TypedLimit(Decimal(5), LimitUnit.WORKING_DAYS) if intake.needs_typed_limit(procedure) else None
    papers = tuple(
        SubmittedPaper(paper.name, shown=True)
        if paper.shown_only
        else SubmittedPaper(paper.name, paper.originals, paper.copies)
        for paper in intake.papers_for(procedure, case)
        if paper.required
    )
    principal = None
    if chance.random() < 0.04:
        asked_by: Person = next(practice.people(chance.randrange(10**6)))
        principal = Principal(
            name=asked_by.name,
            id_number=asked_by.id_number,
            address=asked_by.address,
            phone=asked_by.phone,
            authority_paper="Giấy ủy quyền có chứng thực chữ ký",
        )
    return IntakeForm(
        procedure.code,
        visit.channel,
        key,
        visit.person,
        principal=principal,
        papers=papers,
        case=case,
        limit=typed,
    )


def _look_at(book: Register, codes: list[str], out: Path, now: datetime) -> Iterator[Path]:
    """Receipts to look at: the latest ones, in both sizes, and one as it looks when printed again."""
    for index, code in enumerate(codes[-_RECEIPTS:]):
        size: issuing.Size = "A4" if index % 2 else "A5"
        paper = issuing.receipt_pdf(book, code, size=size, copies=2, reprint=1 if index == 2 else 0, now=now)
        target = out / f"giay-hen-{index + 1}-{size.lower()}.pdf"
        target.write_bytes(paper.data)
        yield target
