"""Every date a dossier was promised for, in order, with the steps of each: the first, and those after clock stops.

Reads what the events froze and computes nothing; a promise whose act was taken back is not among them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from db.records import EventRow
from db.vocabulary import EventKind
from desktop import labels
from desktop.gui.dossier_events import undone
from desktop.gui.explain import full_text, recorded_steps
from desktop.rules.trail import Step

_WHY = {
    EventKind.SUPPLEMENT: "Sau khi nộp bổ sung",
    EventKind.FULFIL_OBLIGATION: "Sau khi xong nghĩa vụ tài chính",
    EventKind.EXTEND: "Sau khi gia hạn",
}


class Promised(NamedTuple):
    """One promise: what made it, when, for which moment, and how it was counted."""

    why: str
    at: datetime
    due_at: datetime
    steps: tuple[Step, ...]


def promises(events: Sequence[EventRow]) -> list[Promised]:
    """The promises in the order they were made; the last one holds."""
    taken_back, made = undone(events), []
    for event in events:
        payload = event.payload
        if "explanation" not in payload or event.seq in taken_back:
            continue
        due_at = datetime.fromisoformat(payload.get("after", payload)["due_at"])
        why = _WHY.get(event.event, "Hẹn ban đầu")
        made.append(Promised(why, event.at, due_at, recorded_steps(payload["explanation"])))
    return made


def full_texts(made: Sequence[Promised]) -> str:
    """Every promise with its steps and sources, the first one first, as lines to read or copy."""
    parts = []
    for promised in made:
        head = f"{promised.why} ({promised.at:%d/%m/%Y %H:%M}): hẹn {labels.moment_words(promised.due_at)}"
        parts.append(f"{head}\n{full_text(promised.steps)}")
    return "\n\n".join(parts)
