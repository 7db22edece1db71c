"""A line that fails: stands on loopback between a commune and its hub and does to each exchange what it is told.

An exchange is one HTTP request with its answer. It may be cut after any byte, slowed, answered by a stranger, heard
twice, or heard after the next one. Lost segments are simulated, for a program cannot drop those of its own kernel: what
a loss costs is waited for (a doubling retransmission timeout, and a lossy line has one segment under way at a time),
and after six losses in a row the connection is dropped. It knows where an HTTP message ends and reads no packets.
"""

import asyncio
import random
import re
import socket
import struct
import threading
from asyncio import StreamReader, StreamWriter
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

#: What one TCP segment carries, and the losses in a row that a connection does not survive.
_SEGMENT, _GIVE_UP = 1_400, 6
#: Small, so that a slow line is slow for who sends and not a tank that swallows the whole request at once.
_WINDOW = 8_192
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Line:
    """What every byte pays, both ways: bits a second, seconds one way, and the share of segments that get lost."""

    bits_per_second: float = float("inf")
    latency: float = 0.0
    loss: float = 0.0
    retransmitted_after: float = 1.0


GOOD = Line()
MODEM = Line(bits_per_second=9_600, latency=0.15)
MOUNTAIN = Line(latency=0.3, loss=0.3)


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one exchange; what is left out happens as on a good line.

    ``cut_request`` and ``cut_answer``: so many bytes still arrive. ``answer`` is given in place of the hub's;
    ``unheard``: the hub hears nothing. ``old_answer`` gives the first answer that ever passed. The hub hears the
    request ``copies`` times at once. ``late``: the commune is cut off, and the hub hears it after the next request.
    ``pause``: seconds before the answer.
    """

    cut_request: int | None = None
    cut_answer: int | None = None
    reset: bool = False
    answer: bytes | None = None
    unheard: bool = False
    old_answer: bool = False
    copies: int = 1
    late: bool = False
    pause: float = 0.0


@dataclass(slots=True)
class Exchange:
    """What has passed: all that the commune said as far as it was listened to, and all that the hub said."""

    fault: Fault
    request: bytes = b""
    answer: bytes = b""


class _Cut(Exception):
    """This connection is dead from here on."""


@dataclass
class FaultProxy:
    """The line; a context manager. ``faults`` are for the next exchanges, one each; after them nothing goes wrong.

    ``line`` is paid by every exchange, ``seed`` decides which segments are lost, ``exchanges`` is what has passed.
    """

    hub: tuple[str, int]
    line: Line = GOOD
    seed: int = 0
    faults: deque[Fault] = field(default_factory=deque)
    exchanges: list[Exchange] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> "FaultProxy":
        self._chance = random.Random(self.seed)
        self._late: list[bytes] = []
        self._connections: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._done(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._done(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def deliver_late(self) -> None:
        """Let the hub hear what is still on its way."""
        self._done(self._deliver_late())

    def _done(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _listen(self) -> asyncio.Server:
        listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _WINDOW)
        self.port = listener.getsockname()[1]
        return await asyncio.start_server(self._connected, sock=listener, limit=_WINDOW)

    async def _stop(self) -> None:
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        fault = Fault()
        try:
            await self._wait_for(0)
            while head := await _head(reader):
                fault = self.faults.popleft() if self.faults else Fault()
                await self._exchange(fault, head, reader, writer)
        except (_Cut, ConnectionError, asyncio.IncompleteReadError):
            if fault.reset:
                _reset_when_closed(writer)
        except asyncio.CancelledError:
            # The proxy is going; what was waited for does not matter any more.
            pass
        finally:
            writer.close()

    async def _exchange(self, fault: Fault, head: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        passed = Exchange(fault)
        self.exchanges.append(passed)
        pieces = _message(head, reader)
        if fault.late or fault.unheard or fault.copies > 1:
            passed.request = b"".join([piece async for piece in pieces])
            passed.answer = await self._heard_apart(fault, passed.request)
        else:
            passed.answer = await self._heard(fault, pieces, passed)
        await self._deliver_late()
        if fault.late:
            self._late.append(passed.request)
            raise _Cut
        await self._answer(fault, passed.answer, writer)

    async def _heard(self, fault: Fault, pieces: AsyncIterator[bytes], passed: Exchange) -> bytes:
        """Pass the request on as it comes and return the hub's answer."""
        reader, writer = await asyncio.open_connection(*self.hub, limit=_WINDOW)
        try:
            left = fault.cut_request
            async for piece in pieces:
                await self._wait_for(len(piece), first=not passed.request)
                passed.request += piece
                writer.write(piece if left is None else piece[:left])
                await writer.drain()
                if left is not None and (left := left - len(piece)) <= 0:
                    raise _Cut
            return await _whole_answer(reader)
        finally:
            if fault.reset:
                _reset_when_closed(writer)
            writer.close()

    async def _heard_apart(self, fault: Fault, request: bytes) -> bytes:
        """What the hub says to a request that it hears on connections of their own; nothing if it hears none now."""
        await self._wait_for(len(request))
        if fault.late or fault.unheard:
            return b""
        return (await asyncio.gather(*(self._told(request) for _ in range(fault.copies))))[0]

    async def _told(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(*self.hub, limit=_WINDOW)
        try:
            writer.write(request)
            return await _whole_answer(reader)
        finally:
            writer.close()

    async def _deliver_late(self) -> None:
        late, self._late = self._late, []
        for request in late:
            await self._told(request)

    async def _answer(self, fault: Fault, answer: bytes, writer: StreamWriter) -> None:
        await asyncio.sleep(fault.pause)
        if fault.old_answer:
            answer = self.exchanges[0].answer
        if fault.answer is not None:
            answer = fault.answer
        arrives = answer if fault.cut_answer is None else answer[: fault.cut_answer]
        for start in range(0, len(arrives), _SEGMENT):
            piece = arrives[start : start + _SEGMENT]
            await self._wait_for(len(piece), first=start == 0)
            writer.write(piece)
            await writer.drain()
        if fault.cut_answer is not None:
            raise _Cut

    async def _wait_for(self, size: int, *, first: bool = True) -> None:
        """As long as a segment takes one way; those of a line without loss follow each other closely."""
        line, lost = self.line, 0
        again = line.retransmitted_after
        while self._chance.random() < line.loss:
            lost += 1
            if lost == _GIVE_UP:
                raise _Cut
            await asyncio.sleep(again)
            again *= 2
        latency = line.latency if first or line.loss else 0
        await asyncio.sleep(latency + size * 8 / line.bits_per_second)


async def _head(reader: StreamReader) -> bytes:
    """The head of the next message; nothing where the other side has no more to say."""
    try:
        return await reader.readuntil(_HEAD_END)
    except asyncio.IncompleteReadError as ended:
        if ended.partial:
            raise
        return b""


async def _message(head: bytes, reader: StreamReader) -> AsyncIterator[bytes]:
    """A message in segments as they come, whose head is already there."""
    length = _LENGTH.search(head)
    left = int(length[1]) if length else 0
    yield head
    while left:
        piece = await reader.read(min(left, _SEGMENT))
        if not piece:
            raise _Cut
        left -= len(piece)
        yield piece


async def _whole_answer(reader: StreamReader) -> bytes:
    head = await _head(reader)
    if not head:
        raise _Cut
    return b"".join([piece async for piece in _message(head, reader)])


def _reset_when_closed(writer: StreamWriter) -> None:
    """Closing sends RST instead of FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
