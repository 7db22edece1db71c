"""Ratings without a name: into the box of their question, out of it as a count, and the figures that both leave.

A box is locked by a key that lies on this disk and in no copy of the register; its sums go into the chain once they
are fit to be read (``rules.ballots``). Every ballot's event carries the digest of the box after it, so that neither a
box nor a count can be changed unnoticed. Called by ``acts``, ``checking`` and the statistics; shows no open box.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import msgspec

from db import ballots as stored
from db import events
from db.ballots import StoredBox
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind
from desktop.office import rights, sealing
from desktop.office.history import payload_of
from desktop.rules import ballots, ratings
from desktop.rules.ballots import Box, Question

E = EventKind

#: Why ballots could not be counted: the register came back from a copy, or somebody changed the box.
_OTHER_KEY, _ALTERED = "other_key", "altered"


@dataclass(frozen=True, slots=True)
class Tally:
    """What citizens said in a period: ``scores`` of each question, worst first.

    ``answered`` counts every rating given in it, named or not. A count stands in the period of its last ballot's day;
    ballots that still lie in a box, and the ``lost`` ones, are answered and have no score.
    """

    answered: int
    scores: Mapping[Question, tuple[int, ...]]
    reasons: Mapping[str, int]
    lost: int


def cast(book: Register, facts: Mapping[str, Any], *, clerk: str, now: datetime) -> str:
    """Put a rating without a name into its box; returns what its event, the very next one, carries as ``box``.

    Only inside the transaction of the act. Boxes whose time has come are counted before.
    """
    count(book, clerk=clerk, now=now)
    question = Question(facts["scale"], facts["source"])
    before = stored.boxes(book).get(question.key)
    box = ballots.added(_opened(book, before) if before else None, question, facts, now.date())
    key = sealing.box_key(book)
    seq = events.head(book)[0] + 1
    locked = ballots.locked(box, question, key)
    stored.put(book, StoredBox(question.key, box.ballots, seq, ballots.name_of(key), locked))
    return box.digest()


def count(book: Register, *, clerk: str, now: datetime) -> None:
    """Count every box that is fit to be read, each in an event of its own; inside ``Register.write``.

    A box that this disk cannot read ends as well: its ballots are told as lost.
    """
    for box in stored.boxes(book).values():
        if not box.ballots:
            continue
        opened = _opened(book, box)
        if opened is None:
            foreign = box.key_id != ballots.name_of(sealing.box_key(book))
            told: dict[str, Any] = {"lost": _OTHER_KEY if foreign else _ALTERED}
        elif opened.is_ripe(now.date()):
            told = {"counted": msgspec.to_builtins(opened)}
        else:
            continue
        rights.by_itself(book, E.COUNT_BALLOTS, clerk=clerk)
        payload = told | {"question": box.question, "ballots": box.ballots}
        events.append(book, E.COUNT_BALLOTS, payload, at=now, clerk=clerk, key=str(uuid4()))
        stored.put(book, replace(box, ballots=0, key_id="", locked=b""))


def tally(book: Register, first: date, last: date) -> Tally:
    """What was answered from ``first`` to ``last``, as far as it may be told."""
    answered = lost = 0
    scores: dict[Question, Counter[int]] = {}
    reasons: Counter[str] = Counter()
    for event in events.of_kinds(book, E.RATE, E.COUNT_BALLOTS, since=first, until=last):
        told = payload_of(event)
        if event.kind == E.RATE:
            answered += 1
            facts = ratings.complete(told["facts"], ratings.DEFAULT_SCALE)
            if not ratings.is_ballot(facts):
                scores.setdefault(Question(facts["scale"], facts["source"]), Counter())[facts["score"]] += 1
                reasons.update([facts["reason"]] if "reason" in facts else [])
        elif "lost" in told:
            lost += told["ballots"]
    for event in events.of_kinds(book, E.RATE, E.COUNT_BALLOTS, since=first, only=E.COUNT_BALLOTS):
        told = payload_of(event)
        if "counted" in told and first <= (box := msgspec.convert(told["counted"], Box)).last <= last:
            sums = dict(enumerate(box.scores, start=1))
            scores.setdefault(Question.of(told["question"]), Counter()).update(sums)
            reasons.update(box.reasons)
    each = {question: tuple(sums[n] for n in range(1, question.scale + 1)) for question, sums in scores.items()}
    return Tally(answered, each, reasons, lost)


@dataclass(slots=True)
class _Cast:
    """What the chain tells of one question since its last count: ballots, the last one's event and digest."""

    ballots: int = 0
    seq: int = 0
    digest: str = ""


@dataclass(slots=True)
class _Chain:
    """Ratings and counts as they are told, question by question."""

    cast: dict[str, _Cast] = field(default_factory=dict)

    def hear(self, event: StoredEvent) -> str:
        """What is wrong with the event, if anything."""
        payload = payload_of(event)
        if event.kind == E.COUNT_BALLOTS:
            return _count_fault(event, payload, self.cast.pop(payload["question"], _Cast()))
        facts = payload["facts"]
        if ratings.is_ballot(facts):
            question = Question(facts.get("scale", 0), facts.get("source", "")).key
            before = self.cast.get(question, _Cast())
            self.cast[question] = _Cast(before.ballots + 1, event.seq, payload.get("box", ""))
        return ""


def faults(book: Register) -> Iterator[str]:
    """One sentence for every count and every box that is not what the ballots' events say."""
    chain, boxes = _Chain(), stored.boxes(book)
    for event in events.of_kinds(book, E.RATE, E.COUNT_BALLOTS):
        if why := chain.hear(event):
            yield f"sự kiện {event.seq}: {why}"
    for question in sorted(chain.cast.keys() | boxes.keys()):
        cast, box = chain.cast.get(question, _Cast()), boxes.get(question)
        if (box.ballots if box else 0) != cast.ballots or (box and cast.ballots and box.seq != cast.seq):
            yield f"hòm phiếu {question}: không khớp số ý kiến đã nhận"
        elif box and box.ballots and box.key_id == ballots.name_of(sealing.box_key(book)) and not _opened(book, box):
            yield f"hòm phiếu {question}: phiếu bên trong đã bị sửa"


def _count_fault(event: StoredEvent, payload: Mapping[str, Any], cast: _Cast) -> str:
    if payload["ballots"] != cast.ballots:
        return "số phiếu kiểm không bằng số ý kiến đã nhận"
    if "lost" in payload:
        return "" if payload["lost"] == _OTHER_KEY else "hòm phiếu bị sửa trước khi kiểm"
    try:
        box = msgspec.convert(payload["counted"], Box)
    except msgspec.ValidationError:
        return "kết quả kiểm phiếu không đọc được"
    if (box.digest(), box.ballots) != (cast.digest, cast.ballots):
        return "kết quả kiểm không phải phiếu trong hòm"
    return "" if box.is_ripe(date.fromisoformat(event.at[:10])) else "kiểm phiếu khi hòm chưa được mở"


def _opened(book: Register, box: StoredBox) -> Box | None:
    """What lies in a box; None when it is empty, locked by another disk, or not as its last ballot left it."""
    opened = ballots.unlocked(box.locked, Question.of(box.question), sealing.box_key(book)) if box.ballots else None
    last = events.by_seq(book, box.seq)
    if opened is None or last is None or opened.digest() != payload_of(last).get("box"):
        return None
    return opened
