"""The decisions on the catalogue judged again: each made what its event sealed, and none was taken back out of turn.

Used by ``checking`` alone. Changes nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db import catalogue, events
from db.catalogue import VersionRow
from db.connection import Register
from db.vocabulary import EventKind

E = EventKind


def faults(book: Register) -> Iterator[str]:
    """One sentence for every decision, taking back or row of the catalogue that cannot be as it stands."""
    made: dict[int | None, list[VersionRow]] = {}
    for row in catalogue.everything(book):
        made.setdefault(row.decision, []).append(row)
    table: dict[int, list[Any]] = {}
    for event in events.of_kinds(book, E.DECIDE_CATALOGUE, E.UNDO_DECISION):
        told = json.loads(event.payload)
        if event.kind == E.DECIDE_CATALOGUE:
            table[event.seq] = [told["decision"], told["decided_on"], told["effective_on"], None]
            why = _decision_fault(told, made.get(event.seq, []))
        else:
            why = _undo_fault(told["undoes"], table, made)
            if told["undoes"] in table:
                table[told["undoes"]][3] = event.seq
        if why:
            yield f"sự kiện {event.seq}: {why}"
    if made.keys() - table.keys() - {None}:
        yield "danh mục thủ tục: có dòng không do quyết định nào"
    if {seq: rest for seq, *rest in catalogue.decision_rows(book)} != table:
        yield "bảng quyết định: không khớp sự kiện"


def _decision_fault(told: Mapping[str, Any], rows: Sequence[VersionRow]) -> str:
    number = told["decision"]
    if (told["versions"], told["sha256"]) != (len(rows), catalogue.digest(rows)):
        return f"thủ tục của quyết định {number} không khớp sự kiện"
    if told["decided_on"] and told["effective_on"] < told["decided_on"]:
        return f"quyết định {number} có hiệu lực trước ngày ký"
    if any((row.valid_from or "") < told["effective_on"] for row in rows):
        return f"quyết định {number} có thủ tục áp dụng trước ngày hiệu lực"
    return ""


def _undo_fault(undone: int, table: Mapping[int, Sequence[Any]], made: Mapping[int | None, list[VersionRow]]) -> str:
    """Only a decision that holds and on which nothing later builds can be taken back."""
    if undone not in table or table[undone][3] is not None:
        return "không có quyết định nào để thôi áp dụng"
    codes = {row.code for row in made.get(undone, [])}
    later = (seq for seq, row in table.items() if seq > undone and row[3] is None)
    if any(codes & {row.code for row in made.get(seq, [])} for seq in later):
        return "thôi áp dụng một quyết định mà quyết định sau còn dựa vào"
    return ""
