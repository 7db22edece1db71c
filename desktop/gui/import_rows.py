"""The rows of an import as a list shows them: every change, every procedure left as it is, every row not read.

Pure functions of a ``ChangeSet``. Decides nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from db.records import Limit
from desktop import labels
from desktop.gui.icons import Mark
from desktop.gui.wall_words import CERTAIN, DECIDED, KIND_MARKS, REJECTED, UNCHANGED, UNREADABLE, WAITS, WARNED
from desktop.rules.change_sets import Change, ChangeSet, Question


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row; ``kind`` is a name of ``KIND_MARKS``. ``what`` says in a few words what changes, or why it is left."""

    id: tuple[str, str, int, str]
    kind: str
    row: int
    code: str
    name: str
    what: str
    mark: Mark
    change: Change | None = None
    question: Question | None = None


def rows(found: ChangeSet, answers: Mapping[int, Limit | None], name_of: Callable[[str], str]) -> tuple[ImportRow, ...]:
    """All rows, those that wait for a person first, then by the rows of the file."""
    told = sorted(_rows(found, answers, name_of), key=lambda row: (row.mark is not WAITS, row.id[1], row.row))
    return tuple(told)


def counts(found: ChangeSet) -> dict[str, int]:
    """How many rows each name of ``KIND_MARKS`` has."""
    lists = (found.new, found.amended, found.replaced, found.abolished, found.unchanged, found.rejected)
    return {name: len(rows) for name, rows in zip(KIND_MARKS, lists, strict=True)}


def _rows(found: ChangeSet, answers: Mapping[int, Limit | None], name_of: Callable[[str], str]) -> Iterator[ImportRow]:
    asked = {(question.sheet, question.row, question.code): question for question in found.to_decide}
    for change in found.changes:
        kind, code = str(change.kind), change.version.code
        question = asked.get((change.sheet, change.row, code))
        name, what = labels.procedure_words(change.version.name), _what(change)
        mark = _mark(change, question, answers)
        yield ImportRow(
            (kind, change.sheet, change.row, code), kind, change.row, code, name, what, mark, change, question
        )
    for code in found.unchanged:
        yield ImportRow((UNCHANGED, "", 0, code), UNCHANGED, 0, code, name_of(code), "không đổi", CERTAIN)
    for number, each in enumerate(found.rejected):
        row = (REJECTED, each.sheet, each.row, str(number))
        yield ImportRow(row, REJECTED, each.row, "", each.reason, "", UNREADABLE)


def _what(change: Change) -> str:
    told = [labels.PROCEDURE_FIELD_WORDS.get(field.name, field.name) for field in change.fields]
    if told == [labels.PROCEDURE_FIELD_WORDS["status"]]:
        return change.fields[0].new
    return labels.sentence_start(", ".join(told).lower()) if told else "Thủ tục mới"


def _mark(change: Change, question: Question | None, answers: Mapping[int, Limit | None]) -> Mark:
    if question is not None:
        return DECIDED if question.number in answers else WAITS
    return WARNED if change.warnings else CERTAIN
