"""The line that fails does just what it was told, before anything else is judged over it."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.sync.fault_proxy import Fault, FaultProxy, Line

BODY = bytes(range(256)) * 20


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was told, and keeps it."""

    protocol_version = "HTTP/1.1"
    heard: list[bytes]

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):
            return
        self.heard.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Silent."""


@pytest.fixture
def hub():
    handler = type("Handler", (Echo,), {"heard": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def line(hub):
    with FaultProxy(hub.server_address) as line:
        yield line


def ask(line, body=BODY):
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=10)
    try:
        connection.request("POST", "/", body)
        return connection.getresponse().read()
    finally:
        connection.close()


def heard(hub):
    return hub.RequestHandlerClass.heard


def cut_off(line, body=BODY):
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        ask(line, body)


def test_a_line_with_no_fault_carries_everything(line, hub):
    assert [ask(line), ask(line, b"second")] == [BODY, b"second"] == heard(hub)
    assert line.exchanges[0].request.endswith(BODY) and line.exchanges[0].answer.endswith(BODY)


@pytest.mark.parametrize("reset", [False, True])
def test_a_request_is_cut_after_the_very_byte(line, hub, reset):
    assert ask(line) == BODY
    length = len(line.exchanges[0].request)
    for position in (0, 1, 50, length - 1):
        line.faults.append(Fault(cut_request=position, reset=reset))
        cut_off(line)
    assert len(heard(hub)) == 1
    line.faults.append(Fault(cut_request=length))
    cut_off(line)
    assert ask(line, b"after it") == b"after it"
    assert heard(hub) == [BODY, BODY, b"after it"]


@pytest.mark.parametrize("reset", [False, True])
def test_an_answer_is_cut_after_the_very_byte(line, hub, reset):
    ask(line)
    length = len(line.exchanges[0].answer)
    for position in (0, 1, length - 1):
        line.faults.append(Fault(cut_answer=position, reset=reset))
        cut_off(line)
    line.faults.append(Fault(cut_answer=length))
    assert ask(line) == BODY
    assert heard(hub) == [BODY] * 5


def test_somebody_else_answers(line, hub):
    stranger = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nbusy"
    line.faults.extend([Fault(answer=stranger), Fault(answer=stranger, unheard=True)])
    assert ask(line, b"heard") == ask(line, b"unheard") == b"busy"
    assert heard(hub) == [b"heard"]


def test_an_old_answer_comes_once_more(line, hub):
    ask(line, b"first")
    line.faults.append(Fault(old_answer=True))
    assert ask(line, b"second") == b"first"
    assert heard(hub) == [b"first", b"second"]


def test_the_hub_hears_a_request_twice_or_after_the_next(line, hub):
    line.faults.extend([Fault(copies=3), Fault(late=True)])
    assert ask(line, b"thrice") == b"thrice"
    cut_off(line, b"late")
    assert ask(line, b"next") == b"next"
    assert heard(hub) == [b"thrice"] * 3 + [b"next", b"late"]
    line.faults.append(Fault(late=True))
    cut_off(line, b"last")
    line.deliver_late()
    assert heard(hub)[-1] == b"last"


def seconds(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def test_a_slow_line_takes_its_time_both_ways(hub):
    with FaultProxy(hub.server_address, Line(bits_per_second=400_000, latency=0.02)) as line:
        assert 0.2 + 0.06 < seconds(lambda: ask(line)) < 2


def test_what_is_lost_is_waited_for_and_too_much_of_it_is_the_end(hub):
    with FaultProxy(hub.server_address, Line(loss=0.3, retransmitted_after=0.01), seed=1) as line:
        assert ask(line) == BODY
    with FaultProxy(hub.server_address, Line(loss=1, retransmitted_after=0.001)) as line:
        cut_off(line)
    assert heard(hub) == [BODY]
