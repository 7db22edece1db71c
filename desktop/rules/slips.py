"""Slips given at the counter before any dossier exists: what one needs, which dossier answers it, its QR.

What is missing (Mẫu 02), or why a dossier is not taken in (Mẫu 03), is told in writing, once and in full (NĐ
118/2025/NĐ-CP Điều 17; NĐ 63/2010/NĐ-CP Điều 18 k3, k5). Pure: the office asks before it records a slip, and again when
the chain is judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from db.records import ProcedureVersion, RequiredPaper
from db.vocabulary import DocumentKind
from desktop.rules import intake, obstacles
from desktop.rules.intake import IntakeForm
from desktop.rules.obstacles import Refusal
from desktop.rules.person import Problem, text_problem, tidy

#: The papers that may be given before there is a dossier, by the number of their form.
FORMS = {DocumentKind.SUPPLEMENT: "02", DocumentKind.REFUSAL: "03"}
#: What stands on Mẫu 02 as its reason unless the clerk writes another one.
USUAL_REASON = "Hồ sơ chưa đủ thành phần theo quy định của thủ tục."
_MOST_ITEMS = 30
_TEXTS = {"reason": ("Lý do", 2000), "request": ("Nội dung yêu cầu giải quyết", 500)}
#: What a slip must know of the intake: who stands here, and for what.
_PERSONS = ("applicant", "principal")
_MATTER = ("procedure", "case")

_CODE = re.compile(
    r"MAU (?P<form>\d{2}) SO (?P<number>\d{1,6}) NAM (?P<year>\d{4}) (?P<unit>[0-9A-Z][0-9A-Z.\-]{0,23})(?: TAP HUAN)?"
)


@dataclass(frozen=True, slots=True)
class SlipForm:
    """What a clerk gives for a slip. ``key`` is made by the caller once per slip, so that asking twice is safe.

    ``intake`` is the form as typed so far; ``items`` are what is missing (Mẫu 02), ``reason`` why. ``request`` names
    the matter of a refusal where the catalogue has no procedure for it. A second slip for the same person and
    matter needs ``confirmed_by``.
    """

    kind: DocumentKind
    intake: IntakeForm
    key: str
    items: tuple[str, ...] = ()
    reason: str = ""
    request: str = ""
    confirmed_by: str = ""


class SlipCode(NamedTuple):
    """What the QR of a slip says: which number of which form, of which year and unit."""

    kind: DocumentKind
    year: int
    number: int
    unit: str


def normalised(slip: SlipForm) -> SlipForm:
    """The slip in the shape that is stored; empty items are left out."""
    return replace(
        slip,
        intake=intake.normalised(slip.intake),
        items=tuple(item for item in map(tidy, slip.items) if item),
        reason=tidy(slip.reason),
        request=tidy(slip.request),
        confirmed_by=tidy(slip.confirmed_by),
    )


def wanted(paper: RequiredPaper) -> str:
    """A paper of the checklist as a slip asks for it: ``Giấy chứng sinh (01 bản chính)``.

    A name that says already what it must be is left as the catalogue has it.
    """
    counts = ((0, "xuất trình"),) if paper.shown_only else ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    asked = [(count, kind) for count, kind in counts if count or paper.shown_only]
    if not asked or any(kind in paper.name.lower() for _, kind in asked):
        return paper.name
    told = " hoặc ".join(f"{count:02d} {kind}" if count else kind for count, kind in asked)
    return f"{paper.name} ({told})"


def problems(
    slip: SlipForm, procedure: ProcedureVersion | None, *, today: date, clerk: str, asked_before: int
) -> tuple[Problem, ...]:
    """Everything that stops a slip, in the order of the clerk's eyes.

    ``asked_before`` counts the slips of Mẫu 02 that this person was given for the same matter and that no dossier
    has followed; ``clerk`` acts now.
    """
    slip = normalised(slip)
    return (
        *lacking(slip.kind, slip.intake, procedure, today=today),
        *_own_problems(slip, procedure, clerk, asked_before),
    )


def lacking(
    kind: DocumentKind, form: IntakeForm, procedure: ProcedureVersion | None, *, today: date
) -> tuple[Problem, ...]:
    """What the intake form must still tell before a slip of this form can be begun."""
    about = _PERSONS + _MATTER if kind is DocumentKind.SUPPLEMENT else _PERSONS
    found = intake.problems(form, procedure, today=today)
    return tuple(problem for problem in found if not problem.soft and problem.field.split(".")[0] in about)


def _own_problems(
    slip: SlipForm, procedure: ProcedureVersion | None, clerk: str, asked_before: int
) -> Iterator[Problem]:
    if slip.kind not in FORMS:
        yield Problem("kind", "unknown", "Trước khi có hồ sơ chỉ lập được Mẫu 02 hoặc Mẫu 03.")
    if slip.kind is DocumentKind.SUPPLEMENT and not slip.items:
        yield Problem("items", "missing", "Chọn hoặc ghi ít nhất một nội dung phải bổ sung.")
    if len(slip.items) > _MOST_ITEMS:
        yield Problem("items", "too_many", f"Một phiếu ghi nhiều nhất {_MOST_ITEMS} nội dung.")
    for item in slip.items:
        if problem := text_problem("items", "Nội dung bổ sung", item, 1000):
            yield problem
    if slip.kind is DocumentKind.REFUSAL and procedure is None and not slip.request:
        yield Problem("request", "missing", "Ghi nội dung người dân yêu cầu giải quyết.")
    if not slip.reason:
        yield Problem("reason", "missing", "Còn thiếu lý do.")
    for field, (label, longest) in _TEXTS.items():
        if problem := text_problem(field, label, getattr(slip, field), longest):
            yield problem
    if asked_before and slip.kind is DocumentKind.SUPPLEMENT and slip.confirmed_by.casefold() in ("", clerk.casefold()):
        yield Problem("confirmed_by", "needs_second_person", "Hướng dẫn bổ sung lần hai cần một người khác xác nhận.")


def take_back_refusal(
    given_at: datetime, given_by: str, answered_by: str | None, *, clerk: str, now: datetime
) -> Refusal | None:
    """Why a slip cannot be taken back; a mistake may be within the minute, by who made it."""
    if answered_by:
        return Refusal("answered", f"Hồ sơ {answered_by} đã nhận theo phiếu này nên không hoàn lại được.")
    return obstacles.undo_window(given_by, given_at, clerk, now)


def qr_text(code: SlipCode, *, practice: bool) -> str:
    """The QR of a slip: any phone shows which paper it is, nothing tells whose.

    Words and digits that no Vietnamese keyboard program composes, and an M in front, so that a scanner that types is
    heard also where the cursor stands in a field.
    """
    text = f"MAU {FORMS[code.kind]} SO {code.number} NAM {code.year} {code.unit.upper()}"
    return f"{text} TAP HUAN" if practice else text


def read_qr(text: str) -> SlipCode | None:
    """What a scanned text says of a slip, None for any other text; a scanner's Caps Lock is forgiven."""
    found = _CODE.fullmatch(text.strip().upper()) if text.isascii() else None
    kind = next((kind for kind, form in FORMS.items() if found and form == found["form"]), None)
    return SlipCode(kind, int(found["year"]), int(found["number"]), found["unit"]) if found and kind else None


class Unanswered:
    """The slips that no dossier has followed yet, as events of the chain lead to: told of each in order."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[DocumentKind, IntakeForm]] = {}
        self._by_form: dict[str, set[int]] = {}
        self._by_matter: dict[tuple[str, str], set[int]] = {}

    def add(self, slip: int, kind: DocumentKind, form: IntakeForm) -> None:
        """A slip was given; ``slip`` is the number of its event."""
        self._open[slip] = (kind, form)
        self._by_form.setdefault(form.key, set()).add(slip)
        self._by_matter.setdefault(_matter(form), set()).add(slip)

    def drop(self, slip: int) -> None:
        """It was taken back, or a dossier followed it."""
        if slip in self._open:
            _, form = self._open.pop(slip)
            self._by_form[form.key].discard(slip)
            self._by_matter[_matter(form)].discard(slip)

    def of(self, form: IntakeForm) -> list[int]:
        """Those of this very form, or of this person for this procedure; oldest first."""
        found = set(self._by_form.get(form.key, ()))
        if all(_matter(form)):
            found |= self._by_matter.get(_matter(form), set())
        return sorted(found)

    def asked(self, form: IntakeForm) -> int:
        """How many of them asked for something that was missing."""
        return sum(self._open[slip][0] is DocumentKind.SUPPLEMENT for slip in self.of(form))


def _matter(form: IntakeForm) -> tuple[str, str]:
    return form.applicant.id_number, form.procedure
