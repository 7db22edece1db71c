"""The line of ``fault_proxy`` without sockets: what happens to a packet and its answer, thousands of times a second.

It stands where ``desktop.sync.client.Wire`` stands and raises what that raises. A fault is one function of the line and
the request; each says in a line what it is. Nothing reaches the hub but the bytes that it lets through.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from desktop.sync import client, protocol
from desktop.sync.client import Busy, Cut, Offline, Refused

#: What the hub says to a packet that arrives, at whichever path.
Hub = Callable[[bytes], bytes]


@dataclass
class SimulatedLine:
    """``fault`` is the next exchange's, ``faults`` of every other one are drawn from ``drawn``; ``hub`` may change."""

    hub: Hub
    chance: Random
    #: Names of ``FAULTS``; one is drawn for each exchange.
    drawn: list[str] = field(default_factory=lambda: ["good"])
    late: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    #: What happened, for whoever must explain a run.
    told: list[str] = field(default_factory=list)

    def exchange(self, path: str, body: bytes) -> bytes:
        """As ``client.Wire.exchange``."""
        fault = self.chance.choice(self.drawn)
        self.told.append(f"{path.rpartition('/')[2]}: {fault}")
        late, self.late = self.late, []
        try:
            return _judged(FAULTS[fault](self, body))
        finally:
            self.deliver(late)

    def deliver(self, late: list[bytes]) -> None:
        """Let the hub hear what was on its way for long, in any order."""
        self.chance.shuffle(late)
        for body in late:
            self.heard(body)

    def heard(self, body: bytes) -> bytes:
        """The hub's answer, which may be seen again."""
        answer = self.hub(body)
        self.answers.append(answer)
        return answer

    @contextmanager
    def in_place_of_the_network(self) -> Any:
        """Whatever this process sends meanwhile goes over this line."""
        real = client.Wire
        client.Wire = lambda *_, **__: _Connected(self)  # type: ignore[assignment,misc]
        try:
            yield self
        finally:
            client.Wire = real  # type: ignore[misc]


@dataclass
class _Connected:
    line: SimulatedLine

    def __enter__(self) -> SimulatedLine:
        return self.line

    def __exit__(self, *_: object) -> None:
        return None


def _judged(answer: bytes) -> bytes:
    """The answer of a hub over HTTP: what refuses a packet has a status of its own."""
    try:
        documents = protocol.read_packet(answer)
    except protocol.ProtocolError:
        return answer
    if documents[0].kind == protocol.Kind.REFUSAL:
        raise Refused(422, documents[0])
    return answer


def mangled(chance: Random, data: bytes) -> bytes:
    """The bytes with one bit turned, cut short, or with a few more at the end."""
    match chance.randrange(3):
        case 0:
            at = chance.randrange(len(data))
            return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[: chance.randrange(len(data))]
    return data + chance.randbytes(chance.randint(1, 20))


def _good(line: SimulatedLine, body: bytes) -> bytes:
    return line.heard(body)


def _offline(line: SimulatedLine, body: bytes) -> bytes:
    raise Offline("không nối được")


def _request_lost(line: SimulatedLine, body: bytes) -> bytes:
    raise Cut("mất trên đường đi")


def _answer_lost(line: SimulatedLine, body: bytes) -> bytes:
    line.heard(body)
    raise Cut("mất trên đường về")


def _twice(line: SimulatedLine, body: bytes) -> bytes:
    return line.chance.choice([line.heard(body), line.heard(body)])


def _late(line: SimulatedLine, body: bytes) -> bytes:
    line.late.append(body)
    raise Cut("đến muộn")


def _old_answer(line: SimulatedLine, body: bytes) -> bytes:
    line.heard(body)
    return line.chance.choice(line.answers)


def _old_answer_unheard(line: SimulatedLine, body: bytes) -> bytes:
    return line.chance.choice(line.answers) if line.answers else b""


def _garbage(line: SimulatedLine, body: bytes) -> bytes:
    line.heard(body)
    return line.chance.randbytes(line.chance.randrange(300))


def _mangled_answer(line: SimulatedLine, body: bytes) -> bytes:
    return mangled(line.chance, line.heard(body))


def _mangled_request(line: SimulatedLine, body: bytes) -> bytes:
    return line.heard(mangled(line.chance, body))


def _error_unheard(line: SimulatedLine, body: bytes) -> bytes:
    raise Refused(502, None)


def _error_heard(line: SimulatedLine, body: bytes) -> bytes:
    line.heard(body)
    raise Refused(500, None)


def _busy(line: SimulatedLine, body: bytes) -> bytes:
    raise Busy(line.chance.randint(1, 3600))


FAULTS: dict[str, Callable[[SimulatedLine, bytes], bytes]] = {
    "good": _good,
    "offline": _offline,
    "request lost": _request_lost,
    "answer lost": _answer_lost,
    "twice": _twice,
    "late": _late,
    "old answer": _old_answer,
    "old answer, unheard": _old_answer_unheard,
    "garbage": _garbage,
    "mangled answer": _mangled_answer,
    "mangled request": _mangled_request,
    "error, unheard": _error_unheard,
    "error, heard": _error_heard,
    "busy": _busy,
}
