"""A change set as ``procedures import`` and ``procedures accept`` print it, before and after it is applied."""

from collections.abc import Iterator
from typing import Any

from desktop.labels import PROCEDURE_FIELD_WORDS
from desktop.rules.change_sets import Change, ChangeSet
from desktop.rules.list_entries import Kind
from desktop.rules.reasons import limit_words

_DOES = {Kind.NEW: "Mới", Kind.AMENDED: "Sửa", Kind.REPLACED: "Thay thế", Kind.ABOLISHED: "Bãi bỏ"}


def change_set_json(found: ChangeSet) -> dict[str, Any]:
    """The promised counts; beside them every change field by field, and the limits that a person must decide."""
    return {
        "decision": found.decision.number,
        "effective_on": found.decision.effective_on.isoformat(),
        "new": len(found.new),
        "amended": len(found.amended),
        "replaced": len(found.replaced),
        "abolished": len(found.abolished),
        "unchanged": len(found.unchanged),
        "rejected": [{"row": each.row, "reason": each.reason} for each in found.rejected],
        "changes": [_change_json(change) for change in found.changes],
        "to_decide": [
            {
                "number": each.number,
                "row": each.row,
                "code": each.code,
                "name": each.name,
                "text": each.text,
                "why": each.why,
                "current": limit_words(each.current) if each.current else None,
            }
            for each in found.to_decide
        ],
        "other_levels": len(found.other_levels),
    }


def change_set_text(found: ChangeSet, *, applied: bool) -> str:
    """The same for people: the counts, rows that cannot be used, and each change in its own lines."""
    counts = ", ".join(
        f"{len(each)} {words}"
        for each, words in (
            (found.new, "mới"),
            (found.amended, "sửa"),
            (found.replaced, "thay thế"),
            (found.abolished, "bãi bỏ"),
            (found.unchanged, "như cũ"),
            (found.rejected, "không đọc được"),
        )
    )
    lines = [f"Dòng {each.row}: {each.reason}" for each in found.rejected]
    done = "Đã áp dụng" if applied else "Xem trước, chưa ghi gì"
    if found.other_levels:
        number = f"{len(found.other_levels):,}".replace(",", ".")
        lines.append(f"{number} thủ tục do cấp khác giải quyết: để tra cứu, không nhận ở quầy, không niêm yết.")
    return "\n".join([f"{done}: {counts}.", *lines, *_told(found)])


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "change": str(change.kind),
        "row": change.row,
        "sheet": change.sheet,
        "code": change.version.code,
        "name": change.version.name,
        "valid_from": change.version.valid_from.isoformat() if change.version.valid_from else None,
        "fields": [{"field": each.name, "old": each.old, "new": each.new} for each in change.fields],
        "warnings": list(change.warnings),
    }


def _told(found: ChangeSet) -> Iterator[str]:
    for change in found.changes:
        yield f"Dòng {change.row}: {_DOES[change.kind]} {change.version.code}  {change.version.name}"
        for field in change.fields:
            yield f"    {PROCEDURE_FIELD_WORDS[field.name]}: {_one_line(field.old)} → {_one_line(field.new)}"
        yield from (f"    {warning}" for warning in change.warnings)
    for question in found.to_decide:
        said = f"“{_one_line(question.text)}”: " if question.text else ""
        yield f"Dòng {question.row}: {question.code} cần người quyết định thời hạn – {said}{question.why}."


def _one_line(text: str) -> str:
    return "; ".join(text.splitlines())
