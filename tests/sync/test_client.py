"""The commune's end of the wire over real sockets: what is an answer, what is not, and how long it waits."""

import socket
import threading
import time
from contextlib import closing
from datetime import datetime

import pytest

from desktop.errors import UserError
from desktop.rules.calendar import VN_TZ
from desktop.sync import client, protocol
from desktop.sync.client import Busy, Cut, Line, Offline, Refused, Wire
from tests.sync.listening import BODY, exchange, heard, listening
from tests.sync.little_hub import LittleHub, serving


def test_a_packet_goes_up_and_the_answer_comes_back():
    seen = []

    def answer(path, body):
        seen.append((path, body))
        return 200, b"answer" * 1000

    with serving(answer) as url:
        assert exchange(url) == b"answer" * 1000
    assert seen == [("/api/v1/reports", BODY)]


def test_what_is_told_of_the_sender_is_no_more_than_needed():
    heads = []

    def talk(connection):
        heads.append(heard(connection)[0])
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with listening(talk) as (place, _):
        exchange(f"http://{place}/mot-cua/")
    lines = heads[0].split("\r\n")
    assert lines[0] == "POST /mot-cua/api/v1/reports HTTP/1.1"
    names = {line.split(":")[0].lower() for line in lines[1:]}
    assert names == {"host", "content-type", "content-length", "accept", "accept-encoding", "user-agent"}
    assert "User-Agent: motcua" in lines and "Accept-Encoding: identity" in lines


def test_a_round_uses_one_connection():
    def talk(connection):
        while True:
            heard(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with listening(talk) as (place, callers), Wire(Line(f"http://{place}")) as wire:
        assert [wire.exchange(client.REPORTS, BODY) for _ in range(3)] == [b"ok"] * 3
        assert len(callers) == 1


def test_a_connection_that_the_hub_closed_meanwhile_is_opened_anew():
    def talk(connection):
        heard(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with listening(talk) as (place, callers), Wire(Line(f"http://{place}")) as wire:
        for _ in range(3):
            assert wire.exchange(client.REPORTS, BODY) == b"ok"
            _until_closed(callers[-1])
        assert len(callers) == 3


def _until_closed(connection):
    deadline = time.monotonic() + 5
    while connection.fileno() != -1 and time.monotonic() < deadline:
        time.sleep(0.005)


def test_nobody_there_is_offline():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(Offline) as trouble:
        exchange(url)
    assert trouble.value.reason == "không nối được tới nơi nhận"


def test_a_name_that_nobody_has_is_offline():
    with pytest.raises(Offline):
        exchange("https://hub.invalid")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"x" * 99,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"\x16\x03\x01 what is this",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (5 * 1024 * 1024),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"4000\r\n" + b"x" * 0x4000 + b"\r\n") * 300,
    ],
    ids=range(10),
)
def test_an_answer_that_is_not_whole_is_a_cut(answer):
    with serving(lambda *_: answer) as url, pytest.raises(Cut):
        exchange(url)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 403, 404, 407, 413, 500, 502, 503])
def test_another_status_is_refused_and_nothing_is_followed(status):
    asked = []

    def answer(path, body):
        asked.append(path)
        return status, {"Location": "/api/v1/elsewhere"}, b"<html>"

    with serving(answer) as url, pytest.raises(Refused) as trouble:
        exchange(url)
    assert (trouble.value.status, trouble.value.document) == (status, None) and asked == [client.REPORTS]


def test_the_hubs_own_refusal_comes_with_it():
    hub = LittleHub()
    commune = protocol.HoldingsWanted(unit="MT", practice=False, at=datetime(2026, 11, 23, tzinfo=VN_TZ))
    packet = protocol.packet([protocol.sign(protocol.Kind.HOLDINGS_WANTED, commune, bytes(32))])
    with serving(hub.answer) as url, pytest.raises(Refused) as trouble:
        exchange(url, packet)
    assert trouble.value.status == 403
    assert protocol.content_as(protocol.Refusal, trouble.value.document).code == "not_enrolled"


@pytest.mark.parametrize(("told", "seconds"), [("120", 120), ("0", 1), ("999999999999", 3600)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_hub_says_when_to_come_back(status, told, seconds):
    with serving(lambda *_: (status, {"Retry-After": told}, b"")) as url, pytest.raises(Busy) as trouble:
        exchange(url)
    assert trouble.value.retry_after == seconds


def test_silence_ends_an_exchange(monkeypatch):
    monkeypatch.setattr(client, "_SILENT_SECONDS", 0.2)
    done = threading.Event()

    def talk(connection):
        heard(connection)
        done.wait(10)

    with listening(talk) as (place, _), pytest.raises(Cut):
        exchange(f"http://{place}")
    done.set()


def test_a_trickle_without_end_ends_by_the_deadline(monkeypatch):
    """Never silent, never finished: a byte now and then."""
    monkeypatch.setattr(client, "_PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(client, "_SLOWEST_BYTES_PER_SECOND", 1e6)

    def talk(connection):
        heard(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    with listening(talk) as (place, _), pytest.raises(Cut) as trouble:
        exchange(f"http://{place}")
    assert trouble.value.reason == "đường truyền quá chậm"


def test_whoever_stops_waiting_is_heard_between_two_pieces():
    ends = iter([True, True, False])
    with (
        serving(lambda *_: (200, b"ok")) as url,
        Wire(Line(url), going_on=lambda: next(ends)) as wire,
        pytest.raises(Cut),
    ):
        wire.exchange(client.REPORTS, BODY)


def test_a_proxy_of_the_environment_is_not_ours(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(lambda *_: (200, b"ok")) as url:
        assert exchange(url) == b"ok"


def test_the_proxy_of_the_settings_is_asked():
    heads = []

    def talk(connection):
        heads.append(heard(connection)[0])
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with listening(talk) as (place, _):
        assert exchange("http://127.0.0.1:1", proxy=f"http://{place}") == b"ok"
    assert heads[0].startswith("POST http://127.0.0.1:1/api/v1/reports HTTP/1.1")


def test_a_proxy_that_is_down_is_offline():
    with pytest.raises(Offline):
        exchange("https://hub.example", proxy="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Line("ftp://hub"), "bad_address"),
        (Line("hub.example"), "bad_address"),
        (Line("https://"), "bad_address"),
        (Line("https://hub:0"), "bad_address"),
        (Line("https://hub:99999"), "bad_address"),
        (Line("https://hub/?x=1"), "bad_address"),
        (Line("https://ai:bi@hub"), "bad_address"),
        (Line("https://hub\n.example"), "bad_address"),
        (Line("http://10.0.0.1"), "plain_http"),
        (Line("http://127.0.0.1.example"), "plain_http"),
        (Line("https://a..b"), "bad_address"),
        (Line(f"https://{'a' * 80}.vn"), "bad_address"),
        (Line("https://hub", proxy="socks5://x:1"), "bad_proxy"),
        (Line("https://hub", proxy="http://xa:matkhau@10.0.0.1:3128"), "bad_proxy"),
        (Line("https://hub", proxy="http://xa@10.0.0.1:3128"), "bad_proxy"),
        (Line("https://hub", ca="không phải chứng chỉ"), "bad_ca"),
        (Line("https://hub", ca="-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), "bad_ca"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_line_that_cannot_be_is_refused(line, code):
    with pytest.raises(UserError) as refusal:
        line.checked()
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        (Line(" https://Hub.example/ "), "https://hub.example"),
        (Line("https://hub:8600/mot-cua/"), "https://hub:8600/mot-cua"),
        (Line("http://localhost:8600"), "http://localhost:8600"),
        (Line("http://[::1]:8600"), "http://[::1]:8600"),
        (Line("http://127.0.0.2:1"), "http://127.0.0.2:1"),
        (Line("http://10.0.0.1", allow_plain=True), "http://10.0.0.1"),
        (Line(), ""),
    ],
    ids=range(7),
)
def test_an_address_is_kept_in_one_shape(given, tidied):
    assert given.checked().url == tidied
