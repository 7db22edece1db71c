"""Which number and which sheet every procedure has on the wall, for good.

Derived from the rows of the catalogue alone, which are never rewritten: a procedure takes the next place of its field
when it first appears and keeps it, so that a change replaces its own sheets and no others. An abolished one leaves its
place empty. How full a sheet is, is judged by what its procedures said when they took their places; later text that
is longer flows onto a second page. The constants are therefore frozen: other ones would part every list anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.records import ProcedureVersion
from db.vocabulary import LimitUnit, ProcedureStatus
from desktop.rules.text import sort_key

#: Lines of the body type that a sheet of the list holds below its head, and a line for what the row's frame takes.
_LIST_LINES, _FRAME = 25.5, 0.4
#: Letters that a line of a column holds.
_NAME, _LIMIT, _FEE, _BELOW, _BASES = 27, 17, 17, 72, 86
#: Letters that the fee column holds before its text goes below the row.
FEE_IN_COLUMN = 60
#: Lines that the limit of a case takes below its name.
_CASE = {LimitUnit.SAME_DAY: 4, LimitUnit.IMMEDIATE: 1}
#: Rows of the fee table and of the QR index.
_FEE_LINES, _FEE_NAME, _FEE_TEXT = 31.0, 31, 40
_LINKS_ON_A_SHEET = 5

_NEVER_OFFERED = (ProcedureStatus.ABOLISHED, ProcedureStatus.REPLACED)


class Slot(NamedTuple):
    """A procedure's place: the number of its field, its own number in it, and the sheet of the field's list."""

    field: int
    number: int
    sheet: int


@dataclass(frozen=True, slots=True)
class PostingPlan:
    """``fields`` in the order of their numbers from 1; places by field and code.

    ``fee_sheets`` and ``link_sheets`` are the sheets of the fee table and of the QR index by code, in their order.
    """

    fields: tuple[str, ...]
    slots: Mapping[tuple[str, str], Slot]
    fee_sheets: Mapping[str, int]
    link_sheets: Mapping[str, int]


def planned(founding: Iterable[ProcedureVersion], later: Iterable[ProcedureVersion]) -> PostingPlan:
    """The plan of what the register began with and of every version stored since, in the order of storing.

    Versions of decisions that were taken back keep their places.
    """
    first, since = _offered(founding), _offered(later)
    offered = [*first, *since]
    fields = _fields(first, since)
    numbers = {name: number for number, name in enumerate(fields, start=1)}
    slots: dict[tuple[str, str], Slot] = {}
    for name in fields:
        own = _once(row for row in offered if row.field == name)
        for number, (row, sheet) in enumerate(_parted(own, _list_lines, _LIST_LINES), start=1):
            slots[name, row.code] = Slot(numbers[name], number, sheet)
    ordered = [*sorted(first, key=lambda row: slots[row.field, row.code]), *since]
    return PostingPlan(
        fields,
        slots,
        _sheets(_once(row for row in ordered if costs(row)), _fee_lines, _FEE_LINES),
        _sheets(_once(row for row in ordered if row.link), lambda _: 1, _LINKS_ON_A_SHEET),
    )


def costs(version: ProcedureVersion) -> bool:
    """Whether the fee table has something to say of it: not where nothing is paid, and not where nothing is known."""
    fee = version.fee
    return bool(version.fees or fee.amount or (fee.amount is None and fee.text))


def _offered(rows: Iterable[ProcedureVersion]) -> list[ProcedureVersion]:
    return [row for row in rows if row.valid_to or row.status not in _NEVER_OFFERED]


def _fields(first: Iterable[ProcedureVersion], since: Iterable[ProcedureVersion]) -> tuple[str, ...]:
    """Those of the founding catalogue in alphabetical order, then those that decisions brought."""
    founding = sorted({row.field for row in first}, key=sort_key)
    return tuple(dict.fromkeys([*founding, *(row.field for row in since)]))


def _once(rows: Iterable[ProcedureVersion]) -> list[ProcedureVersion]:
    """The first row of each code."""
    found: dict[str, ProcedureVersion] = {}
    for row in rows:
        found.setdefault(row.code, row)
    return list(found.values())


def _sheets(
    rows: Sequence[ProcedureVersion], lines: Callable[[ProcedureVersion], float], room: float
) -> dict[str, int]:
    return {row.code: sheet for row, sheet in _parted(rows, lines, room)}


def _parted(
    rows: Sequence[ProcedureVersion], lines: Callable[[ProcedureVersion], float], room: float
) -> list[tuple[ProcedureVersion, int]]:
    """Each row with its sheet from 1; a row alone may be taller than its sheet."""
    placed, sheet, used = [], 1, 0.0
    for row in rows:
        taken = lines(row)
        if used and used + taken > room:
            sheet, used = sheet + 1, 0.0
        used += taken
        placed.append((row, sheet))
    return placed


def _list_lines(row: ProcedureVersion) -> float:
    fee = "; ".join(rule.text for rule in row.fees) or row.fee.text
    tallest = max(
        _lines(row.name, _NAME) + 1,
        sum(_lines(case.label, _LIMIT) + _CASE.get(case.limit.unit, 1) for case in row.cases) or 3,
        _lines(fee, _FEE) if len(fee) <= FEE_IN_COLUMN else _lines(fee, _BELOW),
    )
    return tallest + 0.85 * _lines("; ".join(row.legal_basis), _BASES) + _FRAME


def _fee_lines(row: ProcedureVersion) -> float:
    text = sum(_lines(rule.text, _FEE_TEXT) for rule in row.fees) or _lines(row.fee.text, _FEE_TEXT)
    return max(_lines(row.name, _FEE_NAME) + 1, text) + _FRAME


def _lines(text: str, letters: int) -> int:
    return max(1, -(-len(text) // letters))
