"""Fees that a formula decides (phí chứng thực bản sao) and what a procedure costs as the catalogue has it.

Called when a form is looked at. Amounts set by the province are data of the catalogue, never numbers here.
"""

from dataclasses import dataclass

from db.records import ProcedureVersion

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


def fee_for(procedure: ProcedureVersion, *, pages: int | None = None, copies: int | None = None) -> int | None:
    """What this procedure costs in đồng; ``None`` when the clerk must type it.

    A fee by formula is known only once the pages are; copies count as one until they are.
    """
    if procedure.fee.rule is None:
        return procedure.fee.amount
    rule = _RULES.get(procedure.fee.rule)
    return rule(pages, copies or 1) if rule and pages else None
