"""What must hold of a procedure version before the catalogue takes it, and in what two versions differ.

Called when a person edits a procedure, when a packet of the tier above is read and when a decision is applied. Knows
nothing of lists and files.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from operator import is_
from typing import Any, TypeVar

from db.records import FeeRule, Limit, ProcedureVersion
from db.vocabulary import ProcedureStatus
from desktop.rules import limits
from desktop.rules.change_sets import Decision
from desktop.rules.codes import is_agency_code, is_unit_code, procedure_code
from desktop.rules.person import Problem, text_problem, tidy

#: Who said it and from when: known of every version and never a difference by itself.
PROVENANCE = frozenset({"decision", "decided_on", "valid_from", "source", "source_on", "version_id"})
#: Every field that a decision may set, in the order of the record.
SAID = tuple(field.name for field in fields(ProcedureVersion) if field.name not in PROVENANCE | {"code"})

_LONGEST_NAME, _LONGEST_TEXT = 2_000, 20_000
_MOST_SHEETS, _MOST_SETS, _HIGHEST_FEE = 999, 99, 1_000_000_000

T = TypeVar("T")


def decision_problem(decision: Decision) -> Problem | None:
    """What is wrong with the decision itself, a missing number last; a tidy one is asked for."""
    for name, label in (("number", "Số quyết định"), ("title", "Trích yếu")):
        if problem := text_problem(name, label, getattr(decision, name), 500):
            return problem
    if decision.decided_on and decision.effective_on < decision.decided_on:
        return Problem(
            "effective_on",
            "effective_before_decided",
            f"Ngày hiệu lực {decision.effective_on:%d/%m/%Y} sớm hơn ngày ký {decision.decided_on:%d/%m/%Y}.",
        )
    return None if decision.number else Problem("decision", "missing", "Còn thiếu số quyết định công bố.")


def tidied(value: T) -> T:
    """A record with all its text in the shape that is stored: NFC, single spaces, paragraphs kept apart.

    What is tidy already is given back as it is: a decision brings hundreds of records, most of them so.
    """
    return _tidied(value)


def _tidied(value: Any) -> Any:
    if type(value) is str:
        text = "\n".join(filter(None, map(tidy, value.splitlines())))
        return value if text == value else text
    if type(value) is tuple:
        told = tuple(map(_tidied, value))
        return value if all(map(is_, told, value)) else told
    if is_dataclass(value) and not isinstance(value, type):
        parts = {name: _tidied(part) for name, part in _parts(value)}
        untidy = {name: part for name, part in parts.items() if part is not getattr(value, name)}
        return replace(value, **untidy) if untidy else value
    return value


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a record that may hold text."""
    for name in value.__slots__:
        part = getattr(value, name)
        if part and not isinstance(part, int | date | Enum):
            yield name, part


#: Fields that make sense only together: whoever sets one of them sets all.
_TOGETHER = (
    frozenset({"limit", "statutory", "cases", "limit_text", "needs_review", "review_note"}),
    frozenset({"status", "replaced_by", "valid_to"}),
    frozenset({"fee", "fees"}),
)


def changed(before: ProcedureVersion | None, after: ProcedureVersion) -> frozenset[str] | None:
    """The fields in which two versions of a procedure differ, ``None`` for all where there was none before."""
    if before is None:
        return None
    differing = frozenset(name for name in SAID if getattr(before, name) != getattr(after, name))
    return differing.union(*(group for group in _TOGETHER if group & differing))


def problems(version: ProcedureVersion) -> Iterator[Problem]:
    """Everything for which the catalogue refuses a version; its texts are expected tidy."""
    yield from _identity_problems(version)
    yield from _text_problems(version)
    for limit in (version.limit, version.statutory):
        yield from _limit_problems(limit)
    yield from _case_problems(version)
    for paper in version.papers:
        if not (0 <= paper.originals <= _MOST_SHEETS and 0 <= paper.copies <= _MOST_SHEETS):
            yield Problem("papers", "out_of_range", f"Số bản của “{paper.name[:80]}” phải từ 0 đến {_MOST_SHEETS}.")
    if version.sets is not None and not 1 <= version.sets <= _MOST_SETS:
        yield Problem("sets", "out_of_range", f"Số bộ hồ sơ phải từ 1 đến {_MOST_SETS}.")
    if not _may_cost(version.fee.amount) or not all(map(_is_fee_line, version.fees)):
        yield Problem("fees", "out_of_range", "Mức phí phải từ 0 đến 1.000.000.000 đồng, ngày đầu không sau ngày cuối.")
    for unit in version.units:
        if not (is_unit_code(unit) or is_agency_code(unit)):
            yield Problem("units", "unknown", f"“{unit[:40]}” không phải mã đơn vị.")


def _identity_problems(version: ProcedureVersion) -> Iterator[Problem]:
    """The code, what took the procedure's place, and the days between which it is in force."""
    for name, code in (("code", version.code), ("replaced_by", version.replaced_by)):
        if code is not None and not _is_code(code):
            yield Problem(name, "bad_code", f"Mã thủ tục “{code[:40]}” không đúng dạng 1.001193.")
    if version.replaced_by == version.code:
        yield Problem("replaced_by", "replaced_by_itself", f"Thủ tục {version.code} không thể thay thế chính nó.")
    if version.status is ProcedureStatus.REPLACED and not version.replaced_by:
        yield Problem("replaced_by", "missing", "Còn thiếu mã thủ tục thay thế.")
    if version.valid_from and version.valid_to and version.valid_to < version.valid_from:
        yield Problem("valid_to", "out_of_range", "Ngày hết hiệu lực sớm hơn ngày có hiệu lực.")


def _is_code(code: str) -> bool:
    try:
        return procedure_code(code) == code
    except ValueError:
        return False


def _text_problems(version: ProcedureVersion) -> Iterator[Problem]:
    for name, label in (("name", "tên thủ tục"), ("field", "lĩnh vực")):
        if not getattr(version, name):
            yield Problem(name, "missing", f"Còn thiếu {label}.")
    for name, text in _texts(version):
        longest = _LONGEST_NAME if name in ("name", "field") else _LONGEST_TEXT
        # Its lines were cleaned one by one; the break between them is no character of the text.
        if problem := text_problem(name, f"Mục “{name}”", text.replace("\n", " "), longest):
            yield problem


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with the name of the field that it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, name)
    elif is_dataclass(value):
        for part_name, part in _parts(value):
            yield from _texts(part, name or part_name)


def _limit_problems(limit: Limit | None) -> Iterator[Problem]:
    if limit is None:
        return
    if why := limits.why_not(limit.value, limit.unit):
        yield Problem("limit", "out_of_range", why)
    if limit.unit in limits.UNCOUNTED and limit.value:
        yield Problem("limit", "out_of_range", "Thời hạn trong ngày không có số ngày.")


def _case_problems(version: ProcedureVersion) -> Iterator[Problem]:
    labels = [case.label for case in version.cases]
    if "" in labels or len(set(labels)) < len(labels):
        yield Problem("cases", "repeated", "Mỗi trường hợp cần một tên riêng.")
    if version.cases and version.limit is not None:
        yield Problem("cases", "both_limits", "Thủ tục chia trường hợp thì thời hạn ghi ở từng trường hợp.")
    if version.limit is None and not version.cases and not version.needs_review:
        yield Problem("limit", "missing", "Còn thiếu thời hạn; chưa rõ thì đánh dấu cần rà soát.")
    for case in version.cases:
        for limit in (case.limit, case.statutory):
            yield from _limit_problems(limit)
    if not all(paper.name for paper in version.papers):
        yield Problem("papers", "missing", "Còn thiếu tên giấy tờ.")


def _is_fee_line(rule: FeeRule) -> bool:
    in_order = rule.valid_from is None or rule.valid_to is None or rule.valid_from <= rule.valid_to
    return in_order and _may_cost(rule.amount)


def _may_cost(amount: int | None) -> bool:
    return amount is None or 0 <= amount <= _HIGHEST_FEE
