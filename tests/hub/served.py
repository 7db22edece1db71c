"""A hub that really listens: a process of its own on a port of loopback, asked over HTTP, ended by SIGTERM.

``python -m tests.hub.served FOLDER [--cert C --key K] [--behind-proxy]`` is that process; the clock stands still at a
given moment, so that what a page says does not depend on the day of the test.
"""

import argparse
import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from desktop.sync.protocol import CONTENT_TYPE
from tests.architecture.source import CHECKOUT

_WAIT_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Served:
    """A running hub. ``cookies`` are those of one browser without a mind of its own, ``told`` what it always says."""

    process: subprocess.Popen
    url: str

    def __post_init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.told: dict[str, str] = {}

    def from_address(self, address: str) -> "Served":
        """The same hub, behind a proxy that says who asks."""
        other = Served(self.process, self.url)
        other.told = {"x-forwarded-for": address}
        return other

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own; nothing is followed."""
        where = urlsplit(self.url)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_WAIT_SECONDS)
        sent = self.told | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body, sent)
            got = line.getresponse()
            answer = Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
            self._keep(got.headers.get_all("set-cookie") or [])
            return answer
        finally:
            line.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def send(self, path: str, packet: bytes, **headers: str) -> Answer:
        """A packet, as a commune sends it."""
        return self.ask("POST", path, packet, content_type=CONTENT_TYPE, **headers)

    def post(self, path: str, **typed: str) -> Answer:
        """A form, as a browser sends it."""
        body = urlencode(typed).encode()
        return self.ask("POST", path, body, content_type="application/x-www-form-urlencoded")

    def token(self, path: str) -> str:
        """What the forms of a page send back."""
        found = re.search(r'name="token" value="([^"]+)"', self.get(path).text)
        assert found, path
        return found[1]

    def sign_in(self, name: str, password: str) -> Answer:
        self.cookies.clear()
        return self.post("/sign-in", name=name, password=password, next="/", token=self.token("/sign-in"))

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_WAIT_SECONDS)

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.split(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


@contextmanager
def serve(home: Path, *options: str) -> Iterator[Served]:
    """A hub that listens, for as long as the block runs."""
    command = [sys.executable, "-m", "tests.hub.served", str(home), *options]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"https?://\S+", said)
        assert found, f"it says where it listens: {said!r}"
        yield Served(process, found[0])
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(_WAIT_SECONDS)
        process.stdout.close()  # type: ignore[union-attr]


def main() -> None:
    from desktop.hub import founding, serving

    words = argparse.ArgumentParser()
    words.add_argument("home", type=Path)
    words.add_argument("--at", type=datetime.fromisoformat, default="2026-11-23T09:14:00+07:00")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=0)
    words.add_argument("--cert", type=Path)
    words.add_argument("--key", type=Path)
    words.add_argument("--behind-proxy", action="store_true")
    told = vars(words.parse_args())
    home, at = told.pop("home"), told.pop("at")
    with founding.open_founded(home) as hub:
        serving.serve(hub, serving.Listening(**told), tell=lambda line: print(line, flush=True), now=lambda: at)


if __name__ == "__main__":
    main()
