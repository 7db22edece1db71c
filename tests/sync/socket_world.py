"""The same commune, with a hub that is a process of its own behind a proxy that fails: sockets instead of memory.

One hub serves many such communes, each a unit of its own. Its clock is the machine's, so it is a practice hub; it is
not put back to a backup. What happens to an exchange has the names of ``simulated_line``.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from desktop.hub import founding, units
from desktop.office import opening
from tests.sync.fault_proxy import Fault, FaultProxy
from tests.sync.world import MONDAY, NAME, World

_PAGE = b"HTTP/1.1 %s\r\nContent-Length: 6\r\nConnection: close\r\n%s\r\n<html>"
_BROKEN, _GATEWAY = _PAGE % (b"500 Internal Server Error", b""), _PAGE % (b"502 Bad Gateway", b"")
_LATER = _PAGE % (b"429 Too Many Requests", b"Retry-After: 40\r\n")
_FALSE = _PAGE % (b"200 OK", b"")


def fault(name: str, chance: Random) -> Fault:
    """The fault of that name, as a proxy does it."""
    match name:
        case "offline" | "mangled request":
            return Fault(cut_request=0 if name == "offline" else chance.randrange(2_000), reset=chance.random() < 0.5)
        case "mangled answer":
            return Fault(cut_answer=chance.randrange(1_000), reset=chance.random() < 0.5)
    return _FAULTS[name]


_FAULTS = {
    "good": Fault(),
    "request lost": Fault(unheard=True, cut_answer=0),
    "answer lost": Fault(cut_answer=0),
    "twice": Fault(copies=2),
    "late": Fault(late=True),
    "old answer": Fault(old_answer=True),
    "old answer, unheard": Fault(old_answer=True, unheard=True),
    "garbage": Fault(answer=_FALSE),
    "error, unheard": Fault(answer=_GATEWAY, unheard=True),
    "error, heard": Fault(answer=_BROKEN),
    "busy": Fault(answer=_LATER, unheard=True),
}


#: More exchanges than any round has.
_ENOUGH = 60


@dataclass
class SocketLine:
    """What a world asks of its line, done by a proxy."""

    proxy: FaultProxy
    chance: Random
    drawn: list[str] = field(default_factory=lambda: ["good"])
    told: list[str] = field(default_factory=list)
    late: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    def deliver(self, _: list[bytes]) -> None:
        """What is on its way is known to the proxy."""
        self.proxy.deliver_late()

    @contextmanager
    def in_place_of_the_network(self) -> Iterator[None]:
        """The faults drawn are those of the exchanges to come."""
        names = self.chance.choices(self.drawn, k=_ENOUGH)
        self.proxy.faults = deque(fault(name, self.chance) for name in names)
        yield
        self.told += names[: _ENOUGH - len(self.proxy.faults)]
        self.proxy.faults.clear()


class SocketWorld(World):
    """One unit of a hub that many share."""

    def __init__(self, hub_home: Path, proxy: FaultProxy, number: int, folder: Path, chance: Random) -> None:
        self.unit, self._hub_home = f"S{number}", hub_home
        self.line = SocketLine(proxy, chance)  # type: ignore[assignment]
        self.url = proxy.url
        self.begin(folder, chance, practice=True)
        units.add(self.hub, self.unit, NAME, who="admin", now=MONDAY)
        self.enrol()

    def _make(self) -> None:
        unit = opening.unit_as_printed(self.unit, NAME, practice=True)
        opening.init(self.folder / "commune", unit, now=MONDAY).close()

    def _open_hub(self) -> None:
        self.hub = founding.open_founded(self._hub_home)
