"""Thousands of communes that send at the same moment: one connection for each request, opened before the first is sent.

The least that a client can do, so that what is measured is the hub. Each answer is one whole HTTP message with its
length told.
"""

import asyncio
import re
from collections.abc import Sequence

from desktop.sync import protocol

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"


def answers(address: tuple[str, int], path: str, packets: Sequence[bytes], *, at_once: int) -> list[tuple[int, bytes]]:
    """Status and body of the answer to each packet, in their order; so many are under way at any time."""
    return asyncio.run(_all(address, path, packets, at_once))


async def _all(address: tuple[str, int], path: str, packets: Sequence[bytes], at_once: int) -> list[tuple[int, bytes]]:
    places = asyncio.Semaphore(at_once)
    return await asyncio.gather(*(_one(address, _request(path, packet), places) for packet in packets))


async def _one(address: tuple[str, int], request: bytes, places: asyncio.Semaphore) -> tuple[int, bytes]:
    async with places:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(request)
        head = await reader.readuntil(_HEAD_END)
        length = _LENGTH.search(head)
        assert length, head
        body = await reader.readexactly(int(length[1]))
        writer.close()
        return int(head[9:12]), body


def _request(path: str, packet: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
        f"Content-Type: {protocol.CONTENT_TYPE}\r\nContent-Length: {len(packet)}\r\n\r\n"
    )
    return head.encode() + packet
