"""What a person changes in a procedure by hand, put into the version as it stood: nothing else moves.

Pure. Called by the page of a procedure before the office takes the edit as a decision with one change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.records import Limit, ProcedureVersion, RequiredPaper
from desktop.rules import fee_texts


@dataclass(frozen=True, slots=True)
class HandEdit:
    """The fields of the form. ``limit`` of None leaves limits as they are; ``papers`` are names, one a line."""

    name: str
    limit: Limit | None
    statutory: Limit | None
    fee_text: str
    papers: Sequence[str]


def edited(version: ProcedureVersion, edit: HandEdit) -> ProcedureVersion:
    """The version with what differs set; a paper that keeps its name keeps how many copies it asks for."""
    told = replace(version, name=edit.name)
    if edit.limit is not None and (edit.limit, edit.statutory) != (version.limit, version.statutory):
        told = replace(
            told,
            limit=edit.limit,
            statutory=edit.statutory,
            cases=(),
            limit_text="",
            needs_review=False,
            review_note="",
        )
    if edit.fee_text != version.fee.text:
        reading = fee_texts.read(edit.fee_text)
        told = replace(told, fee=reading.fee, fees=reading.fees)
    if list(edit.papers) != [paper.name for paper in version.papers]:
        known = {paper.name: paper for paper in version.papers}
        told = replace(told, papers=tuple(known.get(name) or RequiredPaper(name, 1, 0) for name in edit.papers))
    return told
