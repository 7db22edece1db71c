"""Fees that a formula decides (phí chứng thực bản sao) and what a procedure costs as the catalogue has it.

Called when a form is looked at. Amounts set by the province are data of the catalogue, never numbers here.
"""

from dataclasses import dataclass
from datetime import date

from db.records import Fee, FeeRule, ProcedureVersion
from desktop.rules.text import fold

_FIRST_PAGES = 2
_PER_FIRST_PAGE = 2_000
_PER_FURTHER_PAGE = 1_000
_MOST_PER_COPY = 200_000


def certified_copy_fee(pages: int, copies: int) -> int:
    """Đồng for ``copies`` certified copies of an original of ``pages`` pages (TT 226/2016/TT-BTC, Điều 4).

    Raises ValueError for less than one page or copy.
    """
    if pages < 1 or copies < 1:
        raise ValueError(f"a certified copy has at least one page, got {pages} pages and {copies} copies")
    further = max(pages - _FIRST_PAGES, 0)
    per_copy = _PER_FIRST_PAGE * (pages - further) + _PER_FURTHER_PAGE * further
    return min(per_copy, _MOST_PER_COPY) * copies


@dataclass(frozen=True, slots=True)
class CertifiedCopies:
    """What a citizen wants certified: so many originals of so many pages each, so many copies of each."""

    originals: int
    pages: int
    copies: int

    @property
    def fee(self) -> int:
        """Đồng for all of it; ValueError for less than one original, page or copy."""
        if self.originals < 1:
            raise ValueError("there is at least one original to certify a copy of")
        return self.originals * certified_copy_fee(self.pages, self.copies)


#: Formulas by the name that a procedure's fee carries.
CERTIFIED_COPY = "certified_copy"
_RULES = {CERTIFIED_COPY: certified_copy_fee}


def by_formula(fee: Fee, *, pages: int, copies: int) -> int | None:
    """Đồng by the formula that a fee names; ``None`` when it names none that is known here."""
    rule = _RULES.get(fee.rule or "")
    return rule(pages, copies) if rule else None


def fee_for(procedure: ProcedureVersion, *, on: date, channel: str, exemption: str = "") -> int | None:
    """What a dossier of that day and channel costs in đồng; ``None`` when the clerk must type it.

    ``exemption`` is the reason written on the form. A fee by formula is not known before the pages are.
    """
    found = counting(procedure, on=on, channel=channel, exemption=exemption)
    return None if isinstance(found, Fee) and found.rule else found.amount


def counting(procedure: ProcedureVersion, *, on: date, channel: str, exemption: str = "") -> Fee | FeeRule:
    """The line of the fee table that counts: for this exemption, else for everybody; the procedure's fee else.

    A line for the channel goes before one for every channel, then the one that began last, then the one listed last.
    """
    wanted = fold(exemption)
    best: tuple[tuple[bool, bool, date], FeeRule] | None = None
    for rule in procedure.fees:
        if not applies(rule, on=on, channel=channel) or fold(rule.exemption) not in ("", wanted):
            continue
        rank = (bool(rule.exemption), rule.channel is not None, rule.valid_from or date.min)
        if best is None or rank >= best[0]:
            best = rank, rule
    return best[1] if best else procedure.fee


def applies(rule: FeeRule, *, on: date, channel: str) -> bool:
    """Whether a line of the fee table is for that channel and in its period on that day."""
    return (
        rule.channel in (None, channel)
        and (rule.valid_from is None or rule.valid_from <= on)
        and (rule.valid_to is None or on <= rule.valid_to)
    )
