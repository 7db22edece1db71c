"""A published list against the catalogue: what it makes new, amended, replaced, abolished, and what a person decides.

Called by the office before anything is written. Pure; never reads the clock and never drops an entry without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.records import Limit, ProcedureVersion
from desktop.rules.list_entries import Kind, Reading, Rejected


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that publishes procedures (quyết định công bố): its number, its day and the day it takes effect."""

    number: str
    decided_on: date | None
    effective_on: date
    title: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a procedure before and after, both in words; ``name`` is the field of ``ProcedureVersion``."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one procedure: the ``version`` to append, and field by field what differs.

    ``warnings`` are sentences that a person should see before accepting.
    """

    kind: Kind
    row: int
    version: ProcedureVersion
    fields: tuple[FieldChange, ...] = ()
    sheet: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A limit that only a person can turn into a rule. ``number`` counts from 1 and is the key of the answer.

    Its change carries a version without a limit that is marked for review: what stays unanswered stays so.
    ``current`` is the limit that the catalogue has today.
    """

    number: int
    row: int
    code: str
    name: str
    text: str
    why: str
    current: Limit | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that one decision does to the catalogue; ``unchanged`` are codes.

    The office adds ``base``, the state of the catalogue that the list was compared with, and ``content``, the digest
    of what the list says: a change set is applied to that catalogue or not at all, and a list once. ``other_levels``
    are the codes of the list that other levels than the register's own handle.
    """

    decision: Decision
    new: tuple[Change, ...] = ()
    amended: tuple[Change, ...] = ()
    replaced: tuple[Change, ...] = ()
    abolished: tuple[Change, ...] = ()
    unchanged: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    to_decide: tuple[Question, ...] = ()
    base: int = 0
    content: str = ""
    other_levels: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in the order in which the versions are appended."""
        return self.new + self.amended + self.replaced + self.abolished


def compare(reading: Reading, current: Mapping[str, ProcedureVersion], decision: Decision) -> ChangeSet:
    """What the list does to the catalogue of the day from which it counts; ``current`` is what speaks then, by code.

    ListError with its row where the list contradicts itself or the decision.
    """
    # Here, because its patterns take as long to compile as a window to open, and a start-up needs none of them.
    from desktop.rules.comparison import compared

    return compared(reading, current, decision)
