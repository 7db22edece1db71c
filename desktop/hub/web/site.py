"""What all routes of one running hub share: the open hub, the clock, the writer, and what may be asked how often.

Made once by ``application``; nothing in it belongs to one request.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request

from db.hub import Hub
from desktop.hub import founding, receiver
from desktop.hub.founding import Identity
from desktop.hub.receiver import Answered, Opened
from desktop.hub.web.limits import Rates, Room
from desktop.hub.web.writer import Writer

#: Threads that read packets; pages have those of the framework.
_READERS = 2
_MINUTE = 60


@dataclass(slots=True)
class Site:
    """One running hub."""

    hub: Hub
    now: Callable[[], datetime]
    #: A unit that proved who it is: a year's backlog is eight packets.
    units: Rates = field(default_factory=lambda: Rates(240, _MINUTE))
    #: Packets of an address that nobody proved anything with.
    failures: Rates = field(default_factory=lambda: Rates(60, _MINUTE))
    #: Wrong passwords of an address, behind which a whole office may sit, and of one name there.
    sign_ins: Rates = field(default_factory=lambda: Rates(60, _MINUTE))
    names: Rates = field(default_factory=lambda: Rates(10, 5 * _MINUTE))
    room: Room = field(default_factory=Room)
    identity: Identity = field(init=False)
    #: There while the hub is served.
    writer: "Writer[Opened, Answered, asyncio.Future[Answered]]" = field(init=False)
    readers: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.identity = founding.identity(self.hub)
        self.readers = ThreadPoolExecutor(_READERS, "hub-reader")

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take packets, and answer them on this loop."""
        self.writer = Writer(self._write, loop.create_future, loop.call_soon_threadsafe)
        self.writer.start()

    def stop(self) -> None:
        """Finish what was accepted."""
        self.writer.stop()
        self.readers.shutdown()

    def _write(self, packets: Sequence[Opened]) -> list[Answered]:
        with self.hub.session():
            return receiver.take_opened(self.hub, packets, now=self.now(), carrier=receiver.NETWORK)


def site_of(request: Request) -> Site:
    return request.app.state.site
