"""The wall's history judged again by the rules: only what hung came down, only the last act was undone, and in time.

``db.postings`` compares the rows with the events; this tells of events that the acts would not have let be. Used by
``checking`` alone. Changes nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind
from desktop.office.history import payload_of
from desktop.rules.lifecycle import UNDO_WITHIN

E = EventKind
_Places = frozenset[tuple[str, str, str]]


def faults(book: Register) -> Iterator[str]:
    """One sentence for every event of the wall that could not have been recorded."""
    hanging: _Places = frozenset()
    before: tuple[StoredEvent | None, _Places] = (None, hanging)
    for event in events.of_kinds(book, E.POST_SHEETS, E.TAKE_DOWN, E.UNDO_POSTING):
        payload = payload_of(event)
        if event.kind == E.UNDO_POSTING:
            if why := _undo_fault(event, payload, before[0]):
                yield f"sự kiện {event.seq}: {why}"
            hanging, before = before[1], (None, before[1])
            continue
        places = frozenset((sheet["name"], sheet["board"], sheet["slot"]) for sheet in payload["sheets"])
        if why := _act_fault(event, payload, places, hanging):
            yield f"sự kiện {event.seq}: {why}"
        before = event, hanging
        hanging = hanging | places if event.kind == E.POST_SHEETS else hanging - places


def _act_fault(event: StoredEvent, payload: Mapping[str, Any], places: _Places, hanging: _Places) -> str:
    if not places or len(places) < len(payload["sheets"]):
        return "một tờ được ghi hai lần, hoặc không có tờ nào"
    if event.kind == E.TAKE_DOWN:
        return "" if places <= hanging else "gỡ một tờ không có trên tường"
    over = date.fromisoformat(payload["on"]) < datetime.fromisoformat(event.at).date()
    return "dán tờ của một ngày đã qua" if over else ""


def _undo_fault(event: StoredEvent, payload: Mapping[str, Any], last: StoredEvent | None) -> str:
    if last is None or last.seq != payload["undoes"]:
        return "hoàn lại một lần ghi không phải lần cuối"
    if last.clerk != event.clerk:
        return "hoàn lại việc của người khác"
    late = datetime.fromisoformat(event.at) - datetime.fromisoformat(last.at) > UNDO_WITHIN
    return "hoàn lại quá một phút" if late else ""
