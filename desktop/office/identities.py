"""Whether a table adds up, in words for its foot; one that does not names the dossiers behind the break.

The sums within the table, and what it carried over against what the day before left open. Called by everything that
prints figures; changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.connection import Register
from desktop.office import counting
from desktop.office.counting import Counted
from desktop.rules import identities
from desktop.rules.identities import number
from desktop.rules.statistics import Group, Line

_MOST_NAMED = 20
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``told`` is the line below the table; ``breaks`` says of each open sum whose it is and which dossiers."""

    told: str
    breaks: tuple[str, ...]


def reconcile(book: Register, counted: Counted, *, now: datetime) -> Reconciled:
    """Check a table as it was counted."""
    total = counted.table.total
    eve = counted.first - _A_DAY
    before = counting.counted(book, eve, eve, now=now).table
    same = total.carried_over == before.total.pending_total
    carried = f"(6) {total.carried_over} {'=' if same else '≠'} (11) kỳ trước {before.total.pending_total}"
    told = "; ".join((*(each.words(total) for each in identities.SUMS), carried))
    lines = counted.table.lines
    breaks = [_break(book, counted, group, line, now) for group, line in lines.items() if identities.broken(line)]
    left = {group: line.pending_total for group, line in before.lines.items()}
    came = {group: line.carried_over for group, line in lines.items()}
    breaks += _torn(book, counted, left, came, now)
    return Reconciled(f"Đối chiếu: {told}.", tuple(breaks))


def _break(book: Register, counted: Counted, group: Group, line: Line, now: datetime) -> str:
    sums = identities.broken(line)
    columns = dict.fromkeys(name for each in sums for name in each.columns)
    listed = {column: _behind(book, column, group, counted.first, counted.last, now) for column in columns}
    suspects: set[str] = set()
    for each in sums:
        suspects |= listed[each.whole].symmetric_difference(set().union(*(listed[name] for name in each.parts)))
    if not suspects:
        # Every dossier stands where it belongs, so it is a count that was not made from the list.
        suspects = {code for name, codes in listed.items() if len(codes) != getattr(line, name) for code in codes}
    return f"{_name(group)}: {'; '.join(each.words(line) for each in sums)}. {_named(suspects)}"


def _torn(
    book: Register, counted: Counted, left: dict[Group, int], came: dict[Group, int], now: datetime
) -> Iterator[str]:
    """Where the period does not carry over what was open when it began."""
    eve = counted.first - _A_DAY
    for group in sorted(left.keys() | came.keys()):
        one, other = left.get(group, 0), came.get(group, 0)
        if one != other:
            before = _behind(book, "pending_total", group, eve, eve, now)
            carried = _behind(book, "carried_over", group, counted.first, counted.last, now)
            suspects = (before ^ carried) or carried
            yield f"{_name(group)}: ({number('carried_over')}) {other} ≠ (11) kỳ trước {one}. {_named(suspects)}"


def _behind(book: Register, column: str, group: Group, first: date, last: date, now: datetime) -> set[str]:
    name, procedure = group
    return {row.code for row in counting.behind(book, column, first, last, now=now, field=name, procedure=procedure)}


def _name(group: Group) -> str:
    return " – ".join(part for part in group if part)


def _named(codes: Iterable[str]) -> str:
    found = sorted(codes)
    if not found:
        return "Không có hồ sơ nào sau các ô này."
    more = f" và {len(found) - _MOST_NAMED} hồ sơ khác" if len(found) > _MOST_NAMED else ""
    return f"Hồ sơ: {', '.join(found[:_MOST_NAMED])}{more}."
