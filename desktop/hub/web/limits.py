"""How much a request may ask for: bytes in memory, seconds on the line, times in a while.

Hides pyrate-limiter and how a body is read piece by piece. Used by the packet routes and the sign-in. It never reads a
whole body before it knows that it may, and never lets one address use up what another one needs.
"""

import asyncio
import math
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from pyrate_limiter import InMemoryBucket, Rate, RateItem
from starlette.requests import ClientDisconnect, Request

from desktop.hub.web.problems import Problem, busy, too_large, too_often, too_slow

#: A packet of 400 reports has some 700 KB; a month's backlog 50 KB.
LARGEST_BODY = 4 * 1024 * 1024
#: Of all requests together: the day reports of 3,321 communes are 7 MB.
_ROOM = 64 * 1024 * 1024
#: Without one more byte for so long the line is dead; communes give up after the same time.
_QUIET_SECONDS = 60.0
#: The slowest line that is served, in bytes a second, and what every request may take beside it.
_SLOWEST, _GRACE_SECONDS = 200, 120.0
#: Of a body that is refused so much is still read, so that the answer arrives instead of a broken line.
_DRAINED, _DRAIN_SECONDS = 2 * LARGEST_BODY, 10.0


class Rates:
    """At most ``limit`` times in ``seconds`` for each name, over a sliding window, forgetting who came longest ago."""

    def __init__(self, limit: int, seconds: int, *, names: int = 20_000) -> None:
        self._rate, self._names = Rate(limit, seconds * 1000), names
        self._buckets: OrderedDict[str, InMemoryBucket] = OrderedDict()
        # Pages are answered by several threads.
        self._lock = threading.Lock()

    def wait(self, name: str) -> int:
        """0 when it may, which then counts; else the seconds until it may again."""
        with self._lock:
            bucket = self._buckets.pop(name, None) or InMemoryBucket([self._rate])
            self._buckets[name] = bucket
            if len(self._buckets) > self._names:
                self._buckets.popitem(last=False)
            item = RateItem(name, bucket.now())
            bucket.leak(item.timestamp)
            return 0 if bucket.put(item) else max(1, math.ceil(int(bucket.waiting(item)) / 1000))  # type: ignore[arg-type]

    def is_full(self, name: str) -> bool:
        """Whether it may not now; counts nothing."""
        with self._lock:
            bucket = self._buckets.get(name)
            if bucket is None:
                return False
            bucket.leak(bucket.now())
            return int(bucket.count()) >= self._rate.limit

    def check_open(self, name: str) -> None:
        """Problem ``too_often`` where it may not now; counts nothing."""
        if self.is_full(name):
            self.check(name)

    def check(self, name: str) -> None:
        """Count one time; Problem ``too_often``."""
        if seconds := self.wait(name):
            raise too_often(seconds)


class Room:
    """The bytes of bodies that are in memory at one time, read or waiting to be written."""

    def __init__(self, size: int = _ROOM) -> None:
        self._left = size

    @contextmanager
    def hold(self) -> Iterator["Hold"]:
        """A place to grow in; what it took is free again afterwards."""
        hold = Hold(self)
        try:
            yield hold
        finally:
            self._left += hold.size

    def take(self, size: int) -> None:
        if size > self._left:
            raise busy()
        self._left -= size


class Hold:
    """What one request takes of a room."""

    def __init__(self, room: Room) -> None:
        self._room, self.size = room, 0

    def grow(self, size: int) -> None:
        """Be at least so large; Problem ``busy``."""
        if size > self.size:
            self._room.take(size - self.size)
            self.size = size


async def body_of(request: Request, hold: Hold, *, most: int = LARGEST_BODY) -> bytes:
    """The whole body, of at most ``most`` bytes; Problem ``too_large``, ``too_slow``, ``busy``.

    A length that is announced is judged before anything is read.
    """
    announced = request.headers.get("content-length", "")
    length = int(announced) if announced.isascii() and announced.isdigit() else 0
    try:
        if length > most:
            raise too_large()
        hold.grow(length)
        return await _read(request, hold, most)
    except TimeoutError:
        raise too_slow() from None
    except Problem:
        await _drain(request)
        raise


async def _read(request: Request, hold: Hold, most: int) -> bytes:
    clock = asyncio.get_running_loop().time
    last = clock() + _GRACE_SECONDS + most / _SLOWEST
    found = bytearray()
    more = True
    async with asyncio.timeout_at(min(last, clock() + _QUIET_SECONDS)) as patience:
        while more:
            message = await request.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            found += message.get("body", b"")
            if len(found) > most:
                raise too_large()
            hold.grow(len(found))
            if more := message.get("more_body", False):
                patience.reschedule(min(last, clock() + _QUIET_SECONDS))
    return bytes(found)


async def _drain(request: Request) -> None:
    left, more = _DRAINED, True
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while more and left > 0:
                message = await request.receive()
                left -= len(message.get("body", b""))
                more = message.get("more_body", False)
    except TimeoutError:
        return
