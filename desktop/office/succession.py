"""Which versions a decision adds: those it makes, and again those that already wait for a later day.

A waiting version was made from what spoke before it. When a decision comes between, the waiting one is added anew with
what that decision set, except where it has its own word: whatever the order in which decisions reach the commune, they
count in the order of their days. Used by ``decisions`` alone, inside its transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db import catalogue as stored
from db.catalogue import VersionRow
from db.connection import Register
from db.records import ProcedureVersion
from desktop.errors import UserError
from desktop.office import procedures
from desktop.office.procedures import begun_on
from desktop.rules import limits, versions
from desktop.rules.change_sets import Change, Decision


@dataclass(frozen=True, slots=True)
class Added:
    """A version to store and the fields set on its day, ``None`` for all; ``carried`` when it waited before."""

    change: Change
    version: ProcedureVersion
    fields: frozenset[str] | None
    carried: bool = False


def added(book: Register, decision: Decision, changes: Sequence[Change]) -> list[Added]:
    """The versions in the order in which they are stored; nothing for a change that changes nothing.

    UserError with the row for a version that the catalogue cannot have.
    """
    found: list[Added] = []
    for change in changes:
        version = _settled(change, decision)
        line = procedures.catalogue(book).timeline(version.code)
        before = next((each for each in reversed(line) if begun_on(each) <= begun_on(version)), None)
        fields = versions.changed(before, version)
        if fields is None or fields:
            found.append(Added(change, version, _set_on_that_day(book, before, version, fields)))
            found += _carried(book, change, version, fields, line)
    return found


def rows(found: Sequence[Added], first_id: int) -> list[VersionRow]:
    """The versions as ``db.catalogue`` stores them, without the decision, which has no number yet."""
    plain = procedures.rows(each.version for each in found)
    return [
        VersionRow(id, *row, fields=None if each.fields is None else stored.told(each.fields))
        for id, (each, row) in enumerate(zip(found, plain, strict=True), start=first_id)
    ]


def _settled(change: Change, decision: Decision) -> ProcedureVersion:
    """The version as it is stored: clean, dated, with the shorter of its limits as the one that counts."""
    version = limits.both_kept(versions.tidied(change.version))
    version = replace(
        version,
        valid_from=version.valid_from or decision.effective_on,
        decided_on=version.decided_on or decision.decided_on,
        decision=version.decision or decision.number,
        version_id=0,
    )
    for problem in versions.problems(version):
        where = f"Dòng {change.row}, thủ tục {version.code or '(chưa có mã)'}: "
        raise UserError(
            problem.code, where + problem.message[0].lower() + problem.message[1:], row=change.row, field=problem.field
        )
    return version


def _set_on_that_day(
    book: Register, before: ProcedureVersion | None, version: ProcedureVersion, fields: frozenset[str] | None
) -> frozenset[str] | None:
    """What is set on the day of ``version``, by this decision and by others of the same day before it."""
    if before is None or fields is None or begun_on(before) != begun_on(version):
        return fields
    earlier = stored.fields(book, before.version_id)
    return None if earlier is None else earlier | fields


def _carried(
    book: Register,
    change: Change,
    version: ProcedureVersion,
    fields: frozenset[str] | None,
    line: Sequence[ProcedureVersion],
) -> Iterator[Added]:
    """The versions that wait behind ``version``, with what it sets and they do not."""
    last_of_day = {begun_on(each): each for each in line if begun_on(each) > begun_on(version)}
    for waiting in last_of_day.values():
        own = stored.fields(book, waiting.version_id)
        if fields is None or own is None:
            return  # whoever says everything takes nothing from before
        fields -= own
        if not fields:
            return
        told = {name: getattr(version, name) for name in fields}
        yield Added(change, replace(waiting, **told), own, carried=True)
