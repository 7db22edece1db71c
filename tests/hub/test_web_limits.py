"""What a request may ask for: bytes, room, seconds and times, judged before anything is read whole."""

import asyncio

import pytest
from starlette.requests import Request

from desktop.hub.web import limits
from desktop.hub.web.limits import Rates, Room, body_of
from desktop.hub.web.problems import Problem


def _request(*pieces, length=None, then_silence=False):
    """A request whose body comes in these pieces."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting += [] if then_silence else [{"type": "http.request", "body": b"", "more_body": False}]
    asked = []

    async def receive():
        asked.append(len(waiting))
        if not waiting:
            await asyncio.sleep(3600)
        return waiting.pop(0)

    headers = [(b"content-length", str(length).encode())] if length is not None else []
    return Request({"type": "http", "method": "POST", "headers": headers}, receive), asked


def _body(request, room, most=100):
    async def read():
        with room.hold() as hold:
            return await body_of(request, hold, most=most)

    return asyncio.run(read())


def _refusal(request, room, most=100):
    with pytest.raises(Problem) as refused:
        _body(request, room, most)
    return refused.value.code


def test_a_body_comes_whole_and_its_room_is_free_again():
    room = Room(100)
    for _ in range(3):
        assert _body(_request(b"a" * 60, b"b" * 40)[0], room) == b"a" * 60 + b"b" * 40
        assert _body(_request(b"c" * 100, length=100)[0], room) == b"c" * 100


def test_what_is_too_large_is_refused_wherever_that_shows():
    room = Room(1000)
    assert _refusal(_request(length=101)[0], room) == "too_large"
    assert _refusal(_request(b"a" * 60, b"b" * 60)[0], room) == "too_large"
    assert _refusal(_request(b"a" * 101, length=3)[0], room) == "too_large"
    assert _body(_request(b"x")[0], room) == b"x"


def test_a_silent_line_is_given_up(monkeypatch):
    monkeypatch.setattr(limits, "_QUIET_SECONDS", 0.05)
    monkeypatch.setattr(limits, "_DRAIN_SECONDS", 0.05)
    room = Room(100)
    assert _refusal(_request(b"a", then_silence=True)[0], room) == "too_slow"
    assert _body(_request(b"a" * 100)[0], room) == b"a" * 100


def test_a_line_that_drips_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(limits, "_GRACE_SECONDS", 0.05)
    monkeypatch.setattr(limits, "_SLOWEST", 10**9)
    monkeypatch.setattr(limits, "_DRAIN_SECONDS", 0.05)

    async def receive():
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    assert _refusal(request, Room(10**6), most=10**6) == "too_slow"


def test_when_there_is_no_room_nothing_is_taken_and_one_is_told_to_come_back():
    room = Room(150)

    async def both():
        with room.hold() as first:
            assert await body_of(_request(b"a" * 100, length=100)[0], first, most=100)
            with room.hold() as second, pytest.raises(Problem) as refused:
                await body_of(_request(b"b" * 100, length=100)[0], second, most=100)
            assert (refused.value.status, refused.value.code) == (503, "busy")
            assert "Retry-After" in refused.value.headers

    asyncio.run(both())
    assert _body(_request(b"b" * 100)[0], room) == b"b" * 100


def test_a_rate_is_for_each_name_and_says_how_long_to_wait():
    rates = Rates(3, 60)
    assert [rates.wait("a") for _ in range(3)] == [0, 0, 0]
    assert 50 <= rates.wait("a") <= 61
    assert rates.is_full("a")
    assert not rates.is_full("b")
    assert rates.wait("b") == 0
    with pytest.raises(Problem) as refused:
        rates.check_open("a")
    assert refused.value.status == 429
    rates.check_open("b")


def test_names_that_came_long_ago_take_no_memory():
    rates = Rates(1, 60, names=2)
    for name in "abc":
        rates.wait(name)
    assert not rates.is_full("a")
    assert rates.is_full("c")
