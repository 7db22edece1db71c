"""What decisions did to the catalogue, and how one procedure came to be what it is. Changes nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import catalogue as stored
from db import events
from db.connection import Register
from db.records import DecisionRow, ProcedureVersion
from desktop.office import procedures
from desktop.office.procedures import begun_on
from desktop.rules import versions


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One version of a procedure with the decision that made it, ``None`` for what the register began with.

    ``differs`` names the fields in which it is not what spoke before it; none for the first. A version ``speaks`` from
    its day on unless its decision was taken back or another one of the same day came after it.
    """

    version: ProcedureVersion
    decision: DecisionRow | None
    differs: tuple[str, ...]
    speaks: bool


def history(book: Register, code: str | None = None) -> tuple[DecisionRow, ...]:
    """Every decision, or those that changed one procedure, the latest first; those taken back say by which event."""
    return tuple(_row(book, seq, undone_by) for seq, undone_by in reversed(stored.decisions(book, code).items()))


def versions_of(book: Register, code: str) -> tuple[PastVersion, ...]:
    """Every version of one procedure in the order of their days, those of decisions taken back included.

    UserError ``unknown_procedure``.
    """
    code = procedures.catalogue(book).find(code).code
    decisions = {row.seq: row for row in history(book, code)}
    told = []
    for row in stored.of_code(book, code):
        version = procedures.version(book, row.id)
        told.append((version, decisions[row.decision] if row.decision is not None else None))
    told.sort(key=lambda each: (begun_on(each[0]), each[0].version_id))
    last_of_day = {begun_on(version): version.version_id for version, decision in told if _holds(decision)}
    found: list[PastVersion] = []
    before: ProcedureVersion | None = None
    for version, decision in told:
        differs = versions.changed(before, version) or frozenset()
        speaks = _holds(decision) and last_of_day[begun_on(version)] == version.version_id
        found.append(PastVersion(version, decision, tuple(sorted(differs, key=versions.SAID.index)), speaks))
        before = version if _holds(decision) else before
    return tuple(found)


def _holds(decision: DecisionRow | None) -> bool:
    return decision is None or decision.undone_by is None


def _row(book: Register, seq: int, undone_by: int | None) -> DecisionRow:
    event = events.by_seq(book, seq)
    assert event is not None, "the table of decisions names events"
    told: Mapping[str, Any] = json.loads(event.payload)
    return DecisionRow(
        seq=seq,
        number=told["decision"],
        decided_on=date.fromisoformat(told["decided_on"]) if told["decided_on"] else None,
        effective_on=date.fromisoformat(told["effective_on"]),
        title=told["title"],
        source=told["source"],
        at=datetime.fromisoformat(event.at),
        clerk=event.clerk,
        counts=told["counts"],
        attachment=told["attachment"],
        content=told["content"],
        undone_by=undone_by,
    )
