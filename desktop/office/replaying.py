"""A history told line by line into a practice register; what is not allowed is rejected, the rest goes on.

Hides how lines name dossiers and facts. A file told twice is recorded once; a later file may go on with the
dossiers of an earlier one, by the same ``ref`` or by their codes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.office import acts, counter, lookup, requests
from desktop.rules.lifecycle import TRANSITIONS

#: Lines in one transaction: each commit waits for the disk.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line (from 1) that was not taken, and why."""

    line: int
    ref: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many dossiers and events were recorded, and the lines that were not."""

    dossiers: int
    events: int
    rejected: tuple[Rejected, ...]


class _Line(msgspec.Struct):
    ref: str
    event: str
    at: str
    clerk: str | None = None


_OWN = frozenset(_Line.__struct_fields__)


@dataclass(slots=True)
class _Telling:
    """One file as it is told: which dossier each ``ref`` is, and how often each act was told at its moment."""

    book: Register
    codes: dict[str, str] = field(default_factory=dict)
    told: Counter = field(default_factory=Counter)
    events: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def tell(self, number: int, text: bytes) -> None:
        ref = None
        try:
            line, facts = _decode(text)
            ref = line.ref
            with self.book.write():
                self.codes[ref] = self._perform(line, facts)
            self.events += 1
        except UserError as error:
            self.rejected.append(Rejected(number, ref, error.message))

    def _perform(self, line: _Line, facts: dict[str, Any]) -> str:
        if line.event == EventKind.REGISTER:
            return self._register(line, facts)
        event, at = event_of(line.event), requests.moment(line.at)
        if facts.get("dossier") is None:
            facts.pop("dossier", None)
        said = f"replay:{line.ref}:{line.at}:{event}"
        self.told[said] += 1
        key = f"{said}:{self.told[said]}"
        return acts.perform(self.book, self._code(line.ref), event, facts, clerk=line.clerk, now=at, key=key).code

    def _register(self, line: _Line, facts: dict[str, Any]) -> str:
        at = requests.moment(line.at)
        key = f"replay:{line.ref}:{line.at}"
        earlier = self._reception(line.ref)
        if line.ref in self.codes or (earlier and earlier.key != key):
            raise UserError("already_registered", f"Hồ sơ {line.ref} đã được tiếp nhận ở dòng trước.")
        request = requests.dossier(facts.get("dossier"))
        if request.received_at is not None:
            raise UserError("time_twice", "Trong tệp sự kiện, giờ nhận là “at”; bỏ mục received_at.")
        form = request.form(key=key)
        return counter.register(self.book, form, clerk=request.clerk or line.clerk, now=at).code

    def _code(self, ref: str) -> str:
        if ref in self.codes:
            return self.codes[ref]
        earlier = self._reception(ref)
        try:
            return earlier.dossier if earlier and earlier.dossier else lookup.row(self.book, ref).code
        except UserError as error:
            raise UserError("unknown_ref", f"Chưa có dòng tiếp nhận nào của hồ sơ “{ref[:60]}”.") from error

    def _reception(self, ref: str) -> StoredEvent | None:
        """How an earlier file registered this ``ref``."""
        return events.first_with_key(self.book, f"replay:{ref}:")


def replay(book: Register, lines: Iterable[bytes]) -> Replayed:
    """Record each line as its own act. Practice registers only; a line told twice is recorded once."""
    if not book.practice:
        raise UserError("practice_only", "Chỉ sổ tập huấn nhận việc từ tệp; sổ thật lấy giờ của máy.")
    telling = _Telling(book)
    numbered = ((number, text) for number, text in enumerate(lines, start=1) if text.strip())
    for batch in _batches(numbered):
        with book.write():
            for number, text in batch:
                telling.tell(number, text)
    return Replayed(len(telling.codes), telling.events, tuple(telling.rejected))


def event_of(word: str) -> EventKind:
    """The act that a word names; UserError ``unknown_event``."""
    if word in TRANSITIONS or word == EventKind.UNDO:
        return EventKind(word)
    raise UserError("unknown_event", f"Không có việc “{word[:40]}” trên hồ sơ.", event=word[:40])


def _batches(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    while batch := list(islice(lines, _AT_ONCE)):
        yield batch


def _decode(text: bytes) -> tuple[_Line, dict[str, Any]]:
    try:
        whole = msgspec.json.decode(text)
        line = msgspec.convert(whole, _Line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("bad_line", "Dòng không đúng mẫu: cần ref, event và at.") from error
    return line, {name: value for name, value in whole.items() if name not in _OWN}
