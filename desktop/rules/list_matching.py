"""Which procedure each entry of a list is about, and one entry for each procedure.

Hides codes that lost figures, lists without codes, names in several spellings, and one procedure over several rows.
A list that contradicts itself is refused as a whole. Called by ``change_sets``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from db.records import ProcedureVersion
from db.vocabulary import ProcedureStatus
from desktop.rules.list_entries import Entry, Kind, ListError, Rejected
from desktop.rules.text import modern_spelling

_PREFIX = re.compile(r"^(?:thủ tục hành chính|thủ tục|tthc)\s+")
_BY_ABBREVIATION = re.compile(r"\bubnd\b")
_AROUND_SIGNS = re.compile(r"\s*([^\w\s])\s*")
_ENDS = (Kind.REPLACED, Kind.ABOLISHED)
#: What joining two rows of one procedure leaves to the first of them.
_OF_THE_ROW = ("row", "sheet", "code", "name", "doubt", "kind", "whole", "successor_name")


@dataclass(frozen=True, slots=True)
class Matched:
    """Entries with certain codes, one for each, in the order of the list, and the rows that could not be matched."""

    entries: tuple[Entry, ...]
    rejected: tuple[Rejected, ...]


@lru_cache(maxsize=4000)
def said_alike(text: str) -> str:
    """The same key for texts that say the same: case, spaces, signs' spaces, tone places and "UBND" do not count."""
    plain = _BY_ABBREVIATION.sub("ủy ban nhân dân", modern_spelling(" ".join(text.split())).lower())
    return _AROUND_SIGNS.sub(r"\1", plain).strip(" .,;:")


def name_key(name: str) -> str:
    """The key of a procedure's name; whether "Thủ tục" stands before it does not count either."""
    return _PREFIX.sub("", said_alike(name))


def matched(entries: Iterable[Entry], current: Mapping[str, ProcedureVersion], decided_on: date | None) -> Matched:
    """One entry for each procedure; ListError with the row where the list contradicts itself or the decision."""
    names = _Names(current)
    by_code: dict[str, Entry] = {}
    rejected = []
    for each in entries:
        entry, reason = _with_code(each, current, names)
        if reason:
            rejected.append(Rejected(each.row, reason, each.sheet))
            continue
        _refuse_days(entry, decided_on)
        known = by_code.get(entry.code)
        by_code[entry.code] = _joined(known, entry) if known else entry
    _refuse_circles(by_code)
    return Matched(tuple(by_code.values()), tuple(rejected))


class _Names:
    """The codes of a catalogue by name, those in force first."""

    def __init__(self, current: Mapping[str, ProcedureVersion]) -> None:
        self._current = current
        self._codes: dict[str, list[str]] = {}
        for code, version in current.items():
            self._codes.setdefault(name_key(version.name), []).append(code)

    def find(self, name: str) -> list[str]:
        codes = self._codes.get(name_key(name), [])
        in_force = [code for code in codes if self._current[code].status is ProcedureStatus.IN_FORCE]
        return in_force or codes


def _with_code(entry: Entry, current: Mapping[str, ProcedureVersion], names: _Names) -> tuple[Entry, str]:
    """The entry with a code that is certain, or the reason why there is none."""
    if entry.doubt:
        known = current.get(entry.code)
        if known and entry.name and name_key(known.name) == name_key(entry.name):
            return replace(entry, doubt=""), ""
        return entry, f"{entry.doubt}; hãy ghi lại mã đủ 6 chữ số sau dấu chấm, ở dạng chữ."
    if entry.code:
        return (entry, "") if entry.name or entry.code in current else (entry, f"Thủ tục {entry.code} thiếu tên.")
    codes = names.find(entry.name)
    if len(codes) == 1:
        return replace(entry, code=codes[0]), ""
    if codes:
        return entry, f"Không ghi mã, mà tên này là của {len(codes)} thủ tục: {', '.join(sorted(codes))}."
    return entry, "Không ghi mã, và tên không khớp thủ tục nào trong danh mục."


def _joined(first: Entry, second: Entry) -> Entry:
    """One procedure told in two rows: what differs stands together, so that a person sees both."""
    if first.name and second.name and name_key(first.name) != name_key(second.name):
        raise ListError(
            "same_code",
            f"Dòng {second.row} và dòng {first.row} cùng mã {first.code} nhưng khác tên thủ tục; chưa ghi gì.",
            second.row,
        )
    kinds = {first.kind, second.kind} - {Kind.LISTED}
    if len(kinds) > 1 and kinds & set(_ENDS):
        raise ListError(
            "contradiction",
            f"Dòng {second.row} và dòng {first.row} nói khác nhau về thủ tục {first.code} (bãi bỏ, thay thế hay còn"
            " hiệu lực); chưa ghi gì.",
            second.row,
        )
    told: dict[str, Any] = {
        each.name: _both(getattr(first, each.name), getattr(second, each.name)) for each in fields(Entry)
    }
    told |= {name: getattr(first, name) or getattr(second, name) for name in _OF_THE_ROW}
    return replace(first, **told | {"kind": kinds.pop() if len(kinds) == 1 else Kind.LISTED})


def _both(first: object, second: object) -> object:
    if first in (None, "", ()) or first == second:
        return second
    if isinstance(first, str) and isinstance(second, str):
        return first if said_alike(second) in said_alike(first) else f"{first}\n{second}"
    if isinstance(first, tuple) and isinstance(second, tuple):
        return tuple(dict.fromkeys(first + second))
    return first


def _refuse_days(entry: Entry, decided_on: date | None) -> None:
    for day in (entry.valid_from, entry.valid_to):
        if day and decided_on and day < decided_on:
            raise ListError(
                "effective_before_decided",
                f"Dòng {entry.row}: ngày {day:%d/%m/%Y} sớm hơn ngày ký quyết định {decided_on:%d/%m/%Y}; chưa ghi gì.",
                entry.row,
            )


def _refuse_circles(by_code: Mapping[str, Entry]) -> None:
    """No procedure replaces itself, at once or by way of others."""
    successors = {code: entry.replaced_by for code, entry in by_code.items() if entry.replaced_by}
    for entry in by_code.values():
        successors |= {old: entry.code for old in entry.replaces if old not in successors}
    for code, entry in by_code.items():
        seen, following = {code}, successors.get(code)
        while following and following not in seen:
            seen.add(following)
            following = successors.get(following)
        if following == code:
            raise ListError(
                "replaced_by_itself", f"Dòng {entry.row}: thủ tục {code} tự thay thế chính nó; chưa ghi gì.", entry.row
            )
