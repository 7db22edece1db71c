"""The command line as a script meets it: words and bytes in, exit code and text out, and what it left on the disk."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop import cli
from tests.conftest import MONDAY

CHECKOUT = Path(__file__).resolve().parents[2]
PASSPHRASE = "Chè Shan tuyết đầu mùa"


@dataclass(frozen=True)
class Told:
    """What one run said."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self):
        """The one object on stdout; fails when there is anything else, there or on stderr."""
        assert self.err == ""
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told

    @property
    def error(self):
        """The refusal: one sentence, its code and the facts beside it."""
        assert list(self.json) == ["error"]
        error = self.json["error"]
        assert error["code"].isidentifier() and error["code"].isascii()
        assert_sentence(error["message"])
        return error


def assert_sentence(message):
    """One line that a clerk can read: no Python, no English apology, an end."""
    assert message and message.isprintable() and len(message) < 6000, message
    assert message[0].isupper() or message[0] in "“", message
    assert "Traceback" not in message and "Error" not in message and "argument" not in message, message
    assert not any("\ud800" <= char <= "\udfff" for char in message)


class Clock:
    """The machine's clock, which a test may set."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """Shows Monday 23/11/2026, 09:14."""
    clock = Clock(MONDAY)
    monkeypatch.setattr(cli, "now", clock)
    return clock


@pytest.fixture
def passphrase(monkeypatch):
    """The variable from which scripts give the passphrase of backups; call it with another one."""
    monkeypatch.setenv("MOTCUA_PASSPHRASE", PASSPHRASE)
    return lambda said: monkeypatch.setenv("MOTCUA_PASSPHRASE", said)


@pytest.fixture
def motcua(clock, monkeypatch, capsys):
    """Run one command line in this process; ``stdin`` is bytes, or anything else as JSON."""

    def run(*words, stdin=b"", data=None):
        text = stdin if isinstance(stdin, bytes) else json.dumps(stdin).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))
        named = [] if data is None else ["--data", str(data)]
        capsys.readouterr()
        try:
            exit_code = cli.main([*map(str, words), *named])
        except SystemExit as left:
            exit_code = left.code
        told = capsys.readouterr()
        return Told(exit_code, told.out, told.err)

    return run


@pytest.fixture
def ask(motcua):
    """The same with ``--json``."""
    return lambda *words, **given: motcua(*words, "--json", **given)


@pytest.fixture
def process():
    """Start one command line as a program of its own; returns the running process."""

    def start(*words, data=None, **options):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
        named = [] if data is None else ["--data", str(data)]
        return subprocess.Popen(
            [sys.executable, "-m", "desktop", *map(str, words), *named],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment | options.pop("env", {}),
            **options,
        )

    return start


@pytest.fixture
def run(process):
    """Run one command line as a program of its own, to its end."""

    def finish(*words, stdin=b"", **given):
        with process(*words, **given) as started:
            out, err = started.communicate(stdin, timeout=60)
        return Told(started.returncode, out.decode(), err.decode())

    return finish


def stored(home):
    """Everything that a refusal must leave alone: events and the head of their chain, dossiers, clerks, papers."""
    if not (home / "register.sqlite3").is_file():
        return sorted(path.name for path in home.iterdir()) if home.is_dir() else None
    with closing(sqlite3.connect(f"{(home / 'register.sqlite3').as_uri()}?mode=ro", uri=True)) as file:
        rows = {
            table: file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("event", "dossier", "person", "issued_document", "rendered_file", "setting")
        }
        head = file.execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    papers = sorted(path.relative_to(home).as_posix() for path in home.glob("documents/**/*") if path.is_file())
    return rows, head, papers


@pytest.fixture
def unchanged():
    """A block after which the register is what it was before."""

    @contextmanager
    def watch(home):
        before = stored(home)
        yield
        assert stored(home) == before

    return watch


@pytest.fixture
def dossier():
    """The JSON of a dossier that nothing is wrong with; arguments replace keys, ``...`` takes one away."""

    def make(**changes):
        whole = {
            "procedure": "1.004859",
            "channel": "direct",
            "key": "khoa-1",
            "applicant": {
                "name": "Vàng Thị Ví Dụ",
                "id_number": "012195000002",
                "birth_date": "1995-11-02",
                "gender": "Nữ",
                "address": "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
                "phone": "0987000001",
            },
            "papers": [{"name": "Tờ khai", "originals": 1}],
            "case": "Thay đổi, cải chính, xác định lại dân tộc",
        }
        return {name: value for name, value in (whole | changes).items() if value is not ...}

    return make


@pytest.fixture
def registered(ask, dossier):
    """Take one dossier in at ``home`` and return its code."""

    def register(home, **changes):
        told = ask("register", "-", data=home, stdin=dossier(**changes))
        assert told.exit_code == 0, told
        return told.json["code"]

    return register


def told(ref, event, at, **more):
    """One line for ``replay``."""
    return json.dumps({"ref": ref, "event": event, "at": at} | more)


def taken(ref, at, procedure="1.001193", channel="direct"):
    """A reception for ``replay``."""
    person = {"name": "Lò Văn Mẫu", "birth_date": "1990-01-01"}
    dossier = {"procedure": procedure, "channel": channel, "key": ref, "applicant": person}
    return told(ref, "register", at, dossier=dossier)


@pytest.fixture
def month(motcua, practice_home, tmp_path):
    """Three dossiers of one field: on time, late, and still open and overdue."""
    lines = [
        taken("a", "2026-11-02T08:00:00"),
        taken("b", "2026-11-02T09:00:00", channel="online"),
        taken("c", "2026-11-03T09:00:00"),
        told("a", "finish", "2026-11-02T16:00:00"),
        told("b", "finish", "2026-11-04T10:00:00"),
    ]
    path = tmp_path / "month.jsonl"
    path.write_text("\n".join(sorted(lines, key=lambda line: json.loads(line)["at"])), encoding="utf-8")
    replayed = motcua("replay", path, "--json", data=practice_home).json
    assert (replayed["dossiers"], replayed["rejected"]) == (3, [])
    return practice_home
