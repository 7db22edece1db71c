"""Detail records of the national portal (Cổng DVCQG, JSON): one procedure with its papers, limits and fees.

Hides the portal's shape and its traps (domain.md 8.2): empty top lists, units "OTHER", limits borrowed from channels,
papers without copies that are remarks, codes with spaces. Called for imported files.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from db.records import RequiredPaper
from db.vocabulary import Channel
from desktop.rules import levels, listed_codes
from desktop.rules.list_cells import RowError
from desktop.rules.list_entries import Entry
from desktop.rules.text import clean

_CHANNELS = {"DIRECT": Channel.DIRECT, "ONLINE": Channel.ONLINE, "POSTAL": Channel.POST}
_WORDS = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Dịch vụ bưu chính"}
_UNITS = {"WORKING_DAY": "ngày làm việc", "DAY": "ngày", "HOUR": "giờ", "MONTH": "tháng", "YEAR": "năm"}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PAGE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"
_OPTIONAL = re.compile(r"nếu có|trường hợp|đối với", re.IGNORECASE)
_DOCUMENT = re.compile(r"\d+(?:\.\d+)?/\d{4}/[A-ZĐ][\w-]*")
_MOST_SHEETS = 999

Record = Mapping[str, Any]


def is_detail(record: Record) -> bool:
    """Whether a JSON object is a detail record of the portal."""
    return "code" in record and bool({"executionMethods", "executionSteps", "executionCases"} & record.keys())


def entry(record: Record, row: int) -> Entry:
    """What the record says of its procedure; RowError when it cannot be used."""
    try:
        code = listed_codes.in_cell(record.get("code"))
        return Entry(
            row=row,
            code=code.code,
            doubt=code.doubt,
            name=_text(record.get("name")).rstrip(" ."),
            field=_names(record, "categoriesDetails") or None,
            levels=levels.of_flags(record) or None,
            authority=_names(record, "departmentsExecuting") or _text(record.get("executingAgencies")) or None,
            limit_text=_limits(record),
            fee_text=_fees(record),
            legal_basis=tuple(_documents(record)) or None,
            place=_lines(record.get("dossierReceivingAddresses")) or None,
            channels=tuple(dict.fromkeys(channel for channel, _ in _methods(record))) or None,
            papers=tuple(_papers(record)) or None,
            result=_names(record, "resultsDetails") or None,
            steps=_steps(record) or None,
            subjects=_names(record, "subjectTypesDetails") or None,
            conditions=_lines(record.get("requirementsAndConditions")) or None,
            link=_link(record),
            decision=_decision(record),
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        known = isinstance(error, RowError) or (isinstance(error, ValueError) and str(error).endswith("."))
        raise RowError(str(error) if known else "Bản ghi không đúng mẫu của Cổng Dịch vụ công quốc gia.") from error


def _methods(record: Record) -> Iterator[tuple[Channel, Record]]:
    """The ways of handing in, each with its channel."""
    for method in record.get("executionMethods") or ():
        if method.get("submissionMethod") in _CHANNELS:
            yield _CHANNELS[method["submissionMethod"]], method


def _limits(record: Record) -> str | None:
    """The limits in words, channel by channel; whatever contradicts them stands behind and so asks for a person."""
    by_channel = []
    for channel, method in _methods(record):
        if method.get("processingTime") is not None:
            by_channel.append((channel, _span(method["processingTime"], method.get("processingTimeUnit"))))
    cases = []
    for case in record.get("cases") or ():
        day = case.get("processingDay") or {}
        if day.get("qty"):
            cases.append((_text(case.get("name")), _span(day["qty"], day.get("type"))))
    known = {span for _, span in by_channel} | {span for _, span in cases}
    parts = [f"{_WORDS[channel]}: {span}" for channel, span in by_channel]
    if len(known) > 1 or not parts:
        parts += [f"Trường hợp {name}: {span}" if name else span for name, span in cases]
    parts += [said for said in _said_of_time(record) if len(known) != 1 or _contradicts(said, known)]
    return "; ".join(dict.fromkeys(parts)) or None


def _span(quantity: Any, unit: Any) -> str:
    words = _UNITS.get(str(unit))
    return f"{quantity:g} {words}" if words else f"{quantity:g} (đơn vị “Khác”)"


def _said_of_time(record: Record) -> Iterator[str]:
    for _, method in _methods(record):
        if text := _text(method.get("description")):
            yield text


def _contradicts(said: str, known: set[str]) -> bool:
    """Whether a remark names any other number of days than the record's figure."""
    figures = {int(figure) for figure in re.findall(r"(\d{1,4})\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng)", said)}
    return bool(figures - {int(figure) for span in known for figure in re.findall(r"^\d+", span)})


def _fees(record: Record) -> str | None:
    """The fees in words: one sentence where every channel costs the same, else one for each."""
    costs = [(channel, _costs(method.get("fees") or ())) for channel, method in _methods(record)]
    told = [(channel, cost) for channel, cost in costs if cost]
    if not told:
        return None
    if len({cost for _, cost in told}) == 1 and len(told) == len(costs):
        return told[0][1]
    return "; ".join(f"{_WORDS[channel]}: {cost}" for channel, cost in told)


def _costs(fees: Any) -> str:
    """Every fee of a channel; a zero with a remark is no zero: the remark says who sets the fee."""
    parts = []
    for fee in fees:
        value, remark = fee.get("value"), _text(fee.get("description"))
        currency = {"VND": "đồng", "VNĐ": "đồng", None: "đồng"}.get(fee.get("currencyName"), fee.get("currencyName"))
        figure = f"{value:,.0f} {currency}".replace(",", ".") if value else ("" if remark else "Không")
        parts.append(" ".join(filter(None, (figure, f"({remark})" if remark and figure else remark))))
    return ", ".join(dict.fromkeys(parts))


def _papers(record: Record) -> Iterator[RequiredPaper]:
    """The papers of every case; whether one is needed is told by its name only, the portal's own flag never is set."""
    for case in record.get("executionCases") or ():
        condition = _text(case.get("name"))
        for paper in case.get("profileComponents") or ():
            name = _text(paper.get("name")).rstrip(" .;,")
            originals, copies = (_sheets(paper.get(kind)) for kind in ("originalQty", "copyQty"))
            if name and (originals or copies):
                named = f"{name} ({condition})" if condition else name
                yield RequiredPaper(named, originals, copies, required=not (condition or _OPTIONAL.search(name)))


def _sheets(quantity: Any) -> int:
    number = int(quantity or 0)
    if not 0 <= number <= _MOST_SHEETS:
        raise RowError(f"Số bản giấy tờ {number} không dùng được.")
    return number


def _steps(record: Record) -> str:
    steps = record.get("executionSteps") or ()
    return "\n".join(filter(None, (_lines(step.get(part)) for step in steps for part in ("name", "description"))))


def _documents(record: Record) -> Iterator[str]:
    """The legal texts by their numbers, by name where there is no number."""
    for basis in record.get("legalBasisesDetails") or ():
        code = _text(basis.get("code"))
        number = _DOCUMENT.search(code)
        if said := number[0] if number else code or _text(basis.get("name")):
            yield said


def _decision(record: Record) -> str | None:
    proposal = record.get("procedureProposal") or {}
    return _text(record.get("decisionNo")) or _text(proposal.get("proposalNumber")) or None


def _link(record: Record) -> str | None:
    """The portal's page is named by the record's id; an address is never made of anything else (domain.md 8.3)."""
    key = str(record.get("id") or "")
    return _PAGE + key if _UUID.fullmatch(key) else None


def _names(record: Record, part: str) -> str:
    return "; ".join(filter(None, (_text(each.get("name")) for each in record.get(part) or ())))


def _lines(text: Any) -> str:
    return "\n".join(filter(None, map(clean, str(text or "").splitlines())))


def _text(value: Any) -> str:
    return clean(str(value)) if value is not None else ""
