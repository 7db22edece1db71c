"""What differs between two versions of a sheet: which parts of it, and of which procedures.

Pure functions of what sheets say. Called to tell why a sheet must be replaced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.documents.posting_sheet import Row, SheetContent, SheetKind

ADDED, DROPPED = "thêm thủ tục", "bớt thủ tục"
#: Parts of a sheet beside its table, as a person calls them.
_PARTS = {
    "title": "tên",
    "decisions": "quyết định công bố",
    "box": "nơi nộp, giờ tiếp nhận, nơi nhận phản ánh",
    "unit": "tên đơn vị",
    "superior_lines": "tên đơn vị",
    "centre_lines": "tên đơn vị",
    "lead": "giờ tiếp nhận",
    "mark": "số tờ",
    "place": "lĩnh vực",
}


#: Kinds whose rows are known by their label.
_LABELLED = (SheetKind.PROCEDURE, SheetKind.NOTICE)


@dataclass(frozen=True, slots=True)
class Differences:
    """``fields`` names the parts that differ, each once; ``rows`` are the keys of the rows that do."""

    fields: tuple[str, ...]
    rows: tuple[str, ...]


def differences(before: SheetContent, after: SheetContent) -> Differences:
    """What a reader would see changed, in the order of the sheet."""
    fields = [words for part, words in _PARTS.items() if getattr(before, part) != getattr(after, part)]
    old, new = ({row.key: row for row in sheet.rows} for sheet in (before, after))
    rows = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    for key in rows:
        if before.kind in _LABELLED:
            fields.append(key)
        elif key not in new:
            fields.append(DROPPED)
        elif key not in old:
            fields.append(ADDED)
        else:
            fields += _changed(old[key], new[key], after.columns)
    return Differences(tuple(dict.fromkeys(field.lower().replace("\u00a0", " ") for field in fields)), tuple(rows))


def _changed(old: Row, new: Row, captions: Sequence[str]) -> Iterator[str]:
    """The captions of the cells that differ, and what leads the words below them that do."""
    for caption, one, other in zip(captions, old.cells, new.cells, strict=False):
        if one != other:
            yield caption
    told, tells = ({para.strong: para for para in row.below} for row in (old, new))
    yield from (label.rstrip(":") for label, para in tells.items() if told.get(label) != para)
