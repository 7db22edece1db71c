"""The one import function of the hub: a packet in, a signed answer out, for the network and for files alike.

Whatever the bytes are, the answer is a packet: an acknowledgement with a verdict for each report, an ``enrolled``, or a
``refusal`` of the whole. It is signed after everything in it is committed. Called by the serving process, many packets
at a time, and by ``hub import``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import hub_reports, hub_units
from db.hub import Hub
from db.hub_units import HubUnit
from desktop.hub import enrolment, holdings, keys
from desktop.hub.founding import identity
from desktop.hub.holdings import Holdings
from desktop.hub.refusals import Refused, refused
from desktop.hub.taking import Batch, Told
from desktop.sync import protocol
from desktop.sync.protocol import (
    AckItem,
    DayReport,
    HoldingsWanted,
    Kind,
    ProtocolError,
    Proved,
)

#: How a packet came.
NETWORK, FILE = "network", "file"
_MOST_MISSING, _LONGEST_MESSAGE = 4000, 1000


def take(hub: Hub, packet: bytes, *, now: datetime, carrier: str) -> bytes:
    """Take one packet and give the signed answer; the same packet again changes nothing."""
    return take_many(hub, [packet], now=now, carrier=carrier)[0]


def take_many(hub: Hub, packets: Sequence[bytes], *, now: datetime, carrier: str) -> list[bytes]:
    """Take packets in one transaction and give their answers in the same order.

    One that is refused takes no other with it. RegisterProblem when nothing could be written.
    """
    return [one.packet for one in take_opened(hub, [opened(data) for data in packets], now=now, carrier=carrier)]


def take_opened(hub: Hub, asked: Sequence["Opened"], *, now: datetime, carrier: str) -> list["Answered"]:
    """The same for packets that were opened before, on other threads."""
    with hub.write():
        bodies = _Desk(hub, asked, now=now, carrier=carrier).answers()
    private = keys.private_key(hub)
    return [Answered(protocol.packet_of_one(kind, body, private), getattr(body, "code", "")) for kind, body in bodies]


def refuse(hub: Hub, packet: bytes, code: str, message: str, *, now: datetime) -> bytes:
    """The signed refusal of a packet that is not even looked at (too large, too often)."""
    body = _refusal(hub, protocol.packet_sha256(packet), code, message, now)
    return protocol.packet_of_one(Kind.REFUSAL, body, keys.private_key(hub))


@dataclass(frozen=True, slots=True)
class Answered:
    """The signed answer to a packet; ``refused`` is the word of a refusal of the whole, empty for any other answer."""

    packet: bytes
    refused: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A packet that was opened, or why it could not be; ``reports`` are in the order of the packet."""

    sha256: str
    documents: tuple[Proved, ...] = ()
    unit: str = ""
    practice: bool = False
    reports: tuple[Told, ...] = ()
    wants_holdings: bool = False
    problem: ProtocolError | Refused | None = None


def opened(data: bytes, *, limit: int = protocol.LARGEST_TEXT) -> Opened:
    """What a packet says, proved; it never raises, and asks no database. A text over ``limit`` is ``too_large``."""
    sha256 = protocol.packet_sha256(data)
    try:
        documents = protocol.opened_packet(data, limit=limit)
        return _sorted_out(sha256, documents)
    except (ProtocolError, Refused) as problem:
        return Opened(sha256, problem=problem)


def _sorted_out(sha256: str, documents: tuple[Proved, ...]) -> Opened:
    kinds = {document.kind for document in documents}
    if not kinds <= {Kind.DAY_REPORT, Kind.HOLDINGS_WANTED, Kind.ENROLMENT}:
        raise refused("not_for_hub")
    contents = [document.content for document in documents]
    codes = {one.unit.code if isinstance(one, DayReport) else one.unit for one in contents}  # type: ignore[attr-defined]
    told = {one.practice for one in contents}  # type: ignore[attr-defined]
    one_only = max(len(codes), len(told), len({document.key for document in documents})) == 1
    if not one_only or (Kind.ENROLMENT in kinds and len(documents) > 1):
        raise refused("mixed")
    reports = tuple(Told.of(one.content, one) for one in documents if isinstance(one.content, DayReport))
    wants = any(isinstance(one, HoldingsWanted) for one in contents)
    return Opened(sha256, documents, codes.pop(), told.pop(), reports, wants)


#: Kind and body of an answer.
_Answer = tuple[str, dict[str, Any] | protocol.Body]


class _Desk:
    """Answers to packets that are taken together, inside one transaction."""

    def __init__(self, hub: Hub, asked: Sequence[Opened], *, now: datetime, carrier: str) -> None:
        self._hub, self._asked, self._now, self._carrier = hub, asked, now, carrier
        named = sorted({one.unit for one in asked if one.unit})
        self._units = hub_units.of_codes(hub, named)
        self._keys = hub_units.keys_now(hub, named)
        self._batch = Batch(hub, named, now=now, carrier=carrier)

    def answers(self) -> list[_Answer]:
        """Kinds and bodies, in the order of the packets."""
        taken = [self._take(one) for one in self._asked]
        self._batch.flush()
        reported = {one.unit for one, done in zip(self._asked, taken, strict=True) if isinstance(done, list)}
        held = holdings.of_units(self._hub, [self._units[code] for code in sorted(reported)], now=self._now)
        return [
            self._acknowledgement(one, done, held[one.unit]) if isinstance(done, list) else done
            for one, done in zip(self._asked, taken, strict=True)
        ]

    def _take(self, asked: Opened) -> _Answer | list[AckItem]:
        """The verdicts on a packet's reports, or its whole answer where it is not about reports."""
        try:
            if asked.problem is not None:
                raise asked.problem
            if asked.documents[0].kind == Kind.ENROLMENT:
                return self._enrol(asked)
            return self._batch.take(self._sender(asked), asked.reports)
        except (ProtocolError, Refused) as problem:
            day = self._now.date().isoformat()
            at = self._now.isoformat(timespec="seconds")
            # A name that nobody proved is not written down: whoever sends noise must not fill the disk.
            hub_reports.count_refusal(self._hub, "", day, self._carrier, problem.code, problem.message, at)
            return Kind.REFUSAL, _refusal(self._hub, asked.sha256, problem.code, problem.message, self._now)

    def _sender(self, asked: Opened) -> HubUnit:
        """The unit whose key signed a packet; Refused."""
        unit = self._units.get(asked.unit)
        if unit is None:
            raise refused("unknown_unit", asked.unit)
        if self._keys.get(asked.unit) != asked.documents[0].key.hex():
            raise refused("not_enrolled", asked.unit)
        is_practice = identity(self._hub).practice
        if asked.practice != is_practice:
            raise refused("practice_here" if is_practice else "practice_there")
        return unit

    def _enrol(self, asked: Opened) -> _Answer:
        (document,) = asked.documents
        body = enrolment.enrol(self._hub, document.document, now=self._now)
        self._keys[asked.unit] = document.key.hex()
        return Kind.ENROLLED, body

    def _acknowledgement(self, asked: Opened, items: list[AckItem], held: Holdings) -> _Answer:
        me, wants = identity(self._hub), asked.wants_holdings or self._carrier == FILE
        return Kind.ACKNOWLEDGEMENT, protocol.Acknowledgement(
            unit=asked.unit,
            hub=protocol.Hub(code=me.code, name=me.name),
            practice=me.practice,
            at=self._now,
            answers=asked.sha256,
            items=tuple(items),
            missing=held.missing[-_MOST_MISSING:],
            held=held.held,
            holdings=held.holdings if wants else None,
        )


def _refusal(hub: Hub, sha256: str, code: str, message: str, now: datetime) -> protocol.Refusal:
    me = identity(hub)
    return protocol.Refusal(
        hub=protocol.Hub(code=me.code, name=me.name),
        practice=me.practice,
        at=now,
        answers=sha256,
        code=code,
        message=message[:_LONGEST_MESSAGE],
    )
