"""Which versions a decision adds: those it makes, and again those that already wait for a later day.

A waiting version was made from what spoke before it. When a decision comes between, the waiting one is added anew with
what that decision set, except where it has its own word: whatever the order in which decisions reach the commune, they
count in the order of their days. Used by ``decisions`` alone, inside its transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

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
    lines: dict[str, _Line] = {}
    for change in changes:
        version = _settled(change, decision)
        line = lines.get(version.code) or lines.setdefault(version.code, _Line(book, version.code))
        for each in line.with_(change, version):
            line.add(each)
            found.append(each)
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


class _Line:
    """The versions of one procedure that speak, in the order of their days, those of this decision among them."""

    def __init__(self, book: Register, code: str) -> None:
        self._book = book
        self._versions = list(procedures.catalogue(book).timeline(code))
        self._made: dict[date, Added] = {}

    def add(self, made: Added) -> None:
        """Let a version of this decision speak from its day on."""
        self._made[begun_on(made.version)] = made
        self._versions.append(made.version)
        self._versions.sort(key=begun_on)

    def with_(self, change: Change, version: ProcedureVersion) -> list[Added]:
        """``version``, and again what waits behind it; nothing when it says what is said already."""
        before = next((each for each in reversed(self._versions) if begun_on(each) <= begun_on(version)), None)
        fields = versions.changed(before, version)
        if fields is not None and not fields:
            return []
        that_day = fields
        if before and fields is not None and begun_on(before) == begun_on(version):
            earlier = self._fields(before)
            that_day = None if earlier is None else earlier | fields
        return [Added(change, version, that_day), *self._carried(change, version, fields)]

    def _carried(self, change: Change, version: ProcedureVersion, fields: frozenset[str] | None) -> Iterator[Added]:
        """The versions that wait behind ``version``, with what it sets and they do not."""
        last_of_day = {begun_on(each): each for each in self._versions if begun_on(each) > begun_on(version)}
        for waiting in last_of_day.values():
            own = self._fields(waiting)
            if fields is None or own is None:
                return  # whoever says everything takes nothing from before
            fields -= own
            if not fields:
                return
            told = {name: getattr(version, name) for name in fields}
            yield Added(change, replace(waiting, **told, version_id=0), own, carried=True)

    def _fields(self, version: ProcedureVersion) -> frozenset[str] | None:
        """What is set on the day of a version, by all that decided on that day."""
        made = self._made.get(begun_on(version))
        return made.fields if made else stored.fields(self._book, version.version_id)
