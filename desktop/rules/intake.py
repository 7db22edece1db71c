"""What must be right before a dossier is taken in (tiếp nhận hồ sơ, NĐ 118/2025/NĐ-CP Điều 17).

Hides every check of the intake form, typed, scanned or sent as JSON. The intake window asks at every edit, the
office once more inside the act. Never raises for bad input: each problem is a field and one Vietnamese sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from db.records import Limit, ProcedureVersion, RequiredPaper
from db.vocabulary import AfterCutoff, Channel, FiledBy, LimitUnit, ProcedureStatus, ResultBy
from desktop.rules import fees, limits
from desktop.rules import person as people
from desktop.rules.codes import procedure_code
from desktop.rules.person import Person, Principal, Problem, text_problem, tidy
from desktop.rules.text import fold

__all__ = [
    "IntakeForm",
    "Person",
    "Principal",
    "Problem",
    "SubmittedPaper",
    "TypedLimit",
    "limit_for",
    "missing_papers",
    "needs_typed_limit",
    "normalised",
    "papers_for",
    "problems",
    "problems_of_normalised",
]

_MOST_SETS = 99
_MOST_SHEETS = 999
_HIGHEST_FEE = 1_000_000_000
_CHANNELS, _FILED_BY = frozenset(Channel), frozenset(FiledBy)
_RESULT_BY, _UNITS = frozenset(ResultBy), frozenset(LimitUnit)

#: The same papers are asked for all day.
_folded = lru_cache(maxsize=1024)(fold)

#: Texts of the form beside the persons: what sentences call them and how many characters they may have.
_TEXTS = {
    "key": ("Khóa tiếp nhận", 200),
    "receiving_unit": ("Nơi tiếp nhận", 200),
    "solving_unit": ("Cơ quan giải quyết", 200),
    "note": ("Ghi chú", 2000),
    "fee_exemption": ("Lý do miễn, giảm phí", 500),
    "duplicate_reason": ("Lý do tiếp nhận hồ sơ trùng", 500),
}


@dataclass(frozen=True, slots=True)
class SubmittedPaper:
    """A paper handed in (thành phần hồ sơ nộp): how many originals and copies, or only shown (xuất trình)."""

    name: str
    originals: int = 0
    copies: int = 0
    shown: bool = False


@dataclass(frozen=True, slots=True)
class TypedLimit:
    """A time limit typed by the clerk where the catalogue's is unclear; the value counts nothing for same_day."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """Everything reception asks. ``key`` is made by the caller once per dossier, so that asking twice is safe.

    ``channel``, ``result_by`` and the limit's unit are words of ``db.vocabulary``; unknown ones are a problem.
    ``fee_amount`` is in đồng, ``None`` when the catalogue's amount holds. ``filed_by`` says who typed an online dossier
    (a word of ``FiledBy``), "" where nobody asked.
    """

    procedure: str
    channel: str
    key: str
    applicant: Person
    principal: Principal | None = None
    papers: tuple[SubmittedPaper, ...] = ()
    sets: int = 1
    receiving_unit: str | None = None
    solving_unit: str | None = None
    result_by: str = ResultBy.COUNTER
    note: str = ""
    case: str | None = None
    limit: TypedLimit | None = None
    fee_amount: int | None = None
    fee_exemption: str = ""
    duplicate_reason: str = ""
    filed_by: str = ""


def normalised(form: IntakeForm) -> IntakeForm:
    """The form in the shape that is stored; what cannot be read stays as typed for ``problems`` to name."""
    try:
        code = procedure_code(form.procedure)
    except ValueError:
        code = tidy(form.procedure)
    return replace(
        form,
        procedure=code,
        key=tidy(form.key),
        applicant=people.normalised(form.applicant),
        principal=people.normalised(form.principal) if form.principal else None,
        papers=tuple(_tidied(paper) for paper in form.papers),
        receiving_unit=tidy(form.receiving_unit or "") or None,
        solving_unit=tidy(form.solving_unit or "") or None,
        note=tidy(form.note),
        case=tidy(form.case or "") or None,
        fee_exemption=tidy(form.fee_exemption),
        duplicate_reason=tidy(form.duplicate_reason),
    )


def _tidied(paper: SubmittedPaper) -> SubmittedPaper:
    name = tidy(paper.name)
    return paper if name == paper.name else replace(paper, name=name)


def problems(
    form: IntakeForm, procedure: ProcedureVersion | None, *, today: date, checklist: bool = False
) -> tuple[Problem, ...]:
    """Everything that stops reception or deserves a look, in the order of the clerk's eyes.

    ``procedure`` is the version in the catalogue, ``None`` when there is none of that code; ``checklist``
    demands every required paper. Any form may be given, also one that is not normalised.
    """
    return problems_of_normalised(normalised(form), procedure, today=today, checklist=checklist)


def problems_of_normalised(
    form: IntakeForm, procedure: ProcedureVersion | None, *, today: date, checklist: bool = False
) -> tuple[Problem, ...]:
    """:func:`problems` of a form that :func:`normalised` gave: at a keystroke or a reception once is enough."""
    found = list(people.problems(form.applicant, "applicant", "người nộp", today=today))
    if form.principal:
        found += people.problems(form.principal, "principal", "người ủy quyền", today=today)
        if not form.principal.authority_paper:
            found.append(Problem("principal.authority_paper", "missing", "Còn thiếu giấy tờ ủy quyền."))
    found += _procedure_problems(form, procedure)
    found += _paper_problems(form)
    if procedure and checklist and (missing := missing_papers(form, procedure)):
        names = "; ".join(paper.name for paper in missing)
        found.append(Problem("papers", "missing", f"Còn thiếu giấy tờ: {names}."))
    found += _other_problems(form, procedure, today)
    return tuple(found)


def limit_for(form: IntakeForm, procedure: ProcedureVersion) -> Limit | None:
    """The time limit that holds for this form: of its case, typed, or of the procedure; None while it is not known."""
    if needs_typed_limit(procedure):
        return _typed(form.limit) if form.limit and not _limit_problem(form.limit) else None
    if procedure.cases:
        return next((case.limit for case in procedure.cases if case.label == form.case), None)
    return procedure.limit


def papers_for(procedure: ProcedureVersion, case: str | None) -> tuple[RequiredPaper, ...]:
    """The papers of the procedure in that case (thành phần hồ sơ).

    A paper bound to a circumstance that is none of the selectable cases is listed, but nobody can demand it
    without knowing the circumstance: it is not required.
    """
    labels = {case.label for case in procedure.cases}
    return tuple(
        replace(paper, required=False) if paper.case and paper.case not in labels else paper
        for paper in procedure.papers
        if paper.case in (None, "", case) or paper.case not in labels
    )


def missing_papers(form: IntakeForm, procedure: ProcedureVersion) -> tuple[RequiredPaper, ...]:
    """Required papers of the form's case that were neither handed in nor, where that is enough, shown."""
    handed_in = {_folded(paper.name): paper for paper in form.papers}
    return tuple(
        paper
        for paper in papers_for(procedure, form.case)
        if paper.required and not _satisfies(handed_in.get(_folded(paper.name)), paper)
    )


def _satisfies(handed_in: SubmittedPaper | None, wanted: RequiredPaper) -> bool:
    """Original *or* copy where both are listed; an original also serves where a copy is asked for."""
    if handed_in is None:
        return False
    if wanted.shown_only and handed_in.shown:
        return True
    if wanted.copies and not wanted.originals:
        return handed_in.originals + handed_in.copies >= wanted.copies
    by_copies = wanted.copies > 0 and handed_in.copies >= wanted.copies
    return handed_in.originals >= max(wanted.originals, 1) or by_copies


def needs_typed_limit(procedure: ProcedureVersion) -> bool:
    """Whether the clerk must type the limit: the catalogue marks it "cần rà soát" or has none."""
    return procedure.needs_review or (procedure.limit is None and not procedure.cases)


def _typed(limit: TypedLimit) -> Limit:
    """Same-day limits follow the 15:00 rule: received later, the result is due the next working day (domain.md 6.1)."""
    unit = LimitUnit(limit.unit)
    if unit in limits.UNCOUNTED:
        return Limit(Decimal(0), unit, AfterCutoff.RETURN_NEXT_DAY)
    return Limit(limit.value, unit)


def _limit_problem(limit: TypedLimit) -> Problem | None:
    if limit.unit not in _UNITS:
        return Problem("limit", "unknown", f"Không có đơn vị thời hạn “{limit.unit}”.")
    why = limits.why_not(limit.value, LimitUnit(limit.unit))
    return Problem("limit", "out_of_range", why) if why else None


def _procedure_problems(form: IntakeForm, procedure: ProcedureVersion | None) -> Iterator[Problem]:
    """The procedure itself, its case and its limit."""
    if procedure is None:
        yield (
            Problem("procedure", "unknown", f"Không có thủ tục mã “{form.procedure[:40]}” trong danh mục.")
            if form.procedure
            else Problem("procedure", "missing", "Còn thiếu thủ tục.")
        )
        return
    if sentence := _not_in_force(procedure):
        yield Problem("procedure", procedure.status, sentence)
    yield from _case_problems(form.case, procedure)
    if needs_typed_limit(procedure):
        if form.limit is None:
            yield Problem("limit", "missing", "Còn thiếu thời hạn: danh mục chưa ghi rõ, công chức nhập.")
        elif problem := _limit_problem(form.limit):
            yield problem
    elif form.limit is not None:
        yield Problem("limit", "not_allowed", "Thời hạn của thủ tục này lấy theo danh mục, không nhập tay.")


def _not_in_force(procedure: ProcedureVersion) -> str | None:
    match procedure.status:
        case ProcedureStatus.ABOLISHED:
            return f"Thủ tục {procedure.code} đã bãi bỏ."
        case ProcedureStatus.REPLACED:
            return f"Thủ tục {procedure.code} đã được thay bằng {procedure.replaced_by or 'thủ tục khác'}."
        case ProcedureStatus.FUTURE:
            since = f" từ {procedure.valid_from:%d/%m/%Y}" if procedure.valid_from else " sau này"
            return f"Thủ tục {procedure.code} có hiệu lực{since}."
    return None


def _case_problems(case: str | None, procedure: ProcedureVersion) -> Iterator[Problem]:
    labels = "; ".join(known.label for known in procedure.cases)
    if case and not procedure.cases:
        yield Problem("case", "not_allowed", "Thủ tục này không chia trường hợp.")
    elif procedure.cases and not case:
        yield Problem("case", "missing", f"Chọn trường hợp: {labels}.")
    elif case and case not in {known.label for known in procedure.cases}:
        yield Problem("case", "unknown", f"Không có trường hợp “{case[:80]}”. Chọn một trong: {labels}.")


def _paper_problems(form: IntakeForm) -> Iterator[Problem]:
    """Papers handed in; their fields are ``papers.0``, ``papers.1`` … in the order of the form."""
    for index, paper in enumerate(form.papers):
        at = f"papers.{index}"
        if not paper.name:
            yield Problem(at, "missing", "Còn thiếu tên giấy tờ.")
        elif problem := text_problem(at, "Tên giấy tờ", paper.name, 1000):
            yield problem
        elif not (0 <= paper.originals <= _MOST_SHEETS and 0 <= paper.copies <= _MOST_SHEETS):
            yield Problem(at, "out_of_range", f"Số bản của “{paper.name}” phải từ 0 đến {_MOST_SHEETS}.")


def _other_problems(form: IntakeForm, procedure: ProcedureVersion | None, today: date) -> Iterator[Problem]:
    """How it came and goes back, how many sets, money and remarks."""
    if form.channel not in _CHANNELS:
        yield Problem("channel", "unknown", f"Không có kênh nộp “{form.channel[:40]}”.")
    if form.filed_by and form.filed_by not in _FILED_BY:
        yield Problem("filed_by", "unknown", f"Không có cách nộp trực tuyến “{form.filed_by[:40]}”.")
    elif form.filed_by and form.channel != Channel.ONLINE:
        yield Problem("filed_by", "not_allowed", "Chỉ hồ sơ nộp trực tuyến mới ghi ai đã nộp trên mạng.")
    if form.result_by not in _RESULT_BY:
        yield Problem("result_by", "unknown", f"Không có cách nhận kết quả “{form.result_by[:40]}”.")
    if not 1 <= form.sets <= _MOST_SETS:
        yield Problem("sets", "out_of_range", f"Số bộ hồ sơ phải từ 1 đến {_MOST_SETS}.")
    if form.fee_amount is not None and not 0 <= form.fee_amount <= _HIGHEST_FEE:
        yield Problem("fee_amount", "out_of_range", "Mức phí phải từ 0 đến 1.000.000.000 đồng.")
    elif procedure and _is_reduced(form, procedure, today) and not form.fee_exemption:
        yield Problem("fee_exemption", "missing", "Còn thiếu lý do miễn, giảm phí.")
    for field, (label, longest) in _TEXTS.items():
        if problem := text_problem(field, label, getattr(form, field) or "", longest):
            yield problem


def _is_reduced(form: IntakeForm, procedure: ProcedureVersion, today: date) -> bool:
    """Whether the fee typed is below the catalogue's; what a formula gives depends on pages and is not compared."""
    if form.fee_amount is None:
        return False
    full = fees.fee_for(procedure, on=today, channel=form.channel)
    return full is not None and form.fee_amount < full
