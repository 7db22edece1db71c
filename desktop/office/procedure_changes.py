"""What a change does to one procedure, field by field in words: beside what is in use, and on the wall.

Read by the preview of an import. Changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from db.connection import Register
from db.records import ProcedureVersion
from desktop import labels
from desktop.office import postings, procedure_facts, procedures
from desktop.rules.change_sets import Change, Decision
from desktop.rules.list_entries import Kind
from desktop.rules.procedure_words import MISSING


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison; ``old`` and ``new`` alike mean that it stays, ``plain`` that neither is a change."""

    caption: str
    old: str
    new: str
    plain: bool = False


_NOTHING = "–"
_LIMIT = labels.PROCEDURE_FIELD_WORDS["limit"]


def compared(
    book: Register, code: str, change: Change | None, decision: Decision, *, decided: str = ""
) -> tuple[Compared, ...]:
    """What changes, then where its sheet hangs; of a procedure that stays, everything. ``decided`` is a limit in words.

    That limit is what a person made of the one that the decision left unclear.
    """
    on = decision.effective_on
    before = procedures.catalogue(book).begun(on).get(code)
    lines = _lines(book, before, change, decision)
    return tuple(replace(one, new=decided) if decided and one.caption == _LIMIT else one for one in lines)


def _lines(
    book: Register, before: ProcedureVersion | None, change: Change | None, decision: Decision
) -> Iterator[Compared]:
    on = decision.effective_on
    if change is not None and change.kind is Kind.NEW:
        version = change.version
        yield Compared("Tên", _NOTHING, version.name)
        yield Compared(labels.PROCEDURE_FIELD_WORDS["field"], _NOTHING, version.field)
        for caption, words in procedure_facts.told(book, version, on):
            if not words.startswith(MISSING):
                yield Compared(caption, _NOTHING, words)
        return
    if change is not None:
        for field in change.fields:
            yield Compared(labels.PROCEDURE_FIELD_WORDS.get(field.name, field.name), field.old, field.new)
        places = "; ".join(
            f"{one.board or 'tường'}{f', ô {one.slot}' if one.slot else ''}"
            for one in postings.hanging(book)
            if one.name == change.version.code
        )
        if places:
            yield Compared(
                f"Tờ phải {_ACTS[change.kind]}",
                f"{places} – từ {on:%d/%m/%Y}",
                "hồ sơ đang giải quyết giữ bản cũ",
                plain=True,
            )
    elif before is not None:
        for caption, words in procedure_facts.told(book, before, on):
            yield Compared(caption, words, words)


_ACTS = {Kind.AMENDED: "thay", Kind.REPLACED: "gỡ", Kind.ABOLISHED: "gỡ"}
