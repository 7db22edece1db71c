"""As a new user would: a hub and a practice commune from nothing, thirty days that reach it by network and by stick.

Every step is a command in a process of its own. The cable is the proxy between commune and hub, pulled by closing it.
"""

import json
import re
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest

from desktop.rules.calendar import VN_TZ
from tests.hub.served import Served
from tests.journeys.telling import MONTH, Teller
from tests.sync.fault_proxy import FaultProxy
from tests.sync.hub_process import CHECKOUT, serving

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PASSWORD = "mùa lúa chín vàng 2026"


def motcua(data, *words):
    """One command's answer; what it refuses is an answer, too."""
    command = [sys.executable, "-m", "desktop", *map(str, words), "--data", str(data), "--json"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, timeout=120)
    assert done.returncode in (0, 2), done.stderr.decode()
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def days():
    """Thirty days that are over, the first of them a Monday."""
    today = datetime.now(VN_TZ).date()
    weeks = (today - (MONTH.date() + timedelta(days=30))).days // 7
    return [MONTH.date() + timedelta(weeks=weeks, days=number) for number in range(30)]


@pytest.fixture(scope="module")
def commune(tmp_path_factory, days):
    """A practice commune that lived through these days: the month of ``telling``, moved to them."""
    folder = tmp_path_factory.mktemp("commune")
    home, told = folder / "data", folder / "month.jsonl"
    moved = days[0] - MONTH.date()
    lines = (json.dumps(line, ensure_ascii=False) for line in Teller(7).lines(250))
    told.write_text("\n".join(_DAY.sub(lambda found: str(date.fromisoformat(found[0]) + moved), one) for one in lines))
    motcua(home, "init", "--practice", "--unit-code", "MT", "--unit-name", "xã Mường Than")
    assert motcua(home, "replay", told)["dossiers"] > 200
    return home


@pytest.fixture(scope="module")
def hub_home(tmp_path_factory):
    return tmp_path_factory.mktemp("hub") / "data"


@pytest.fixture(scope="module")
def process(hub_home):
    """The hub, begun by the one command that serves it."""
    with serving(hub_home, "--practice") as process:
        yield process


def close(commune, days):
    """Close days, answering for whatever is overdue without an apology."""
    for day in days:
        told = motcua(commune, "close-day", day)
        if told.get("error", {}).get("code") == "unanswered":
            answers = [word for code in told["error"]["dossiers"] for word in ("--answer", f"{code}=chờ xác minh")]
            told = motcua(commune, "close-day", day, *answers)
        assert told["day"] == str(day), told


def official(process):
    """The first administrator, signed in with a password of his own."""
    browser = Served(None, process.url)
    first = re.search(r"Mật khẩu lần đầu ([0-9A-Z-]+)", process.said)[1]
    browser.sign_in("quantri", first)
    token = browser.token("/password")
    assert browser.post("/password", old=first, new=_PASSWORD, again=_PASSWORD, token=token).status == 303
    return browser


def test_thirty_days_reach_the_hub_and_agree_cell_by_cell(commune, days, process, hub_home, tmp_path):
    code = motcua(hub_home, "hub", "add-unit", "--code", "MT", "--name", "xã Mường Than")["enrolment_code"]

    with FaultProxy(process.address) as cable:
        assert motcua(commune, "enrol", "--url", cable.url, "--code", code)["practice"] is True
        close(commune, days[:15])
        assert motcua(commune, "sync", "--once")["waiting"] == 0
    close(commune, days[15:25])
    assert motcua(commune, "sync", "--once") == {
        "sent": 0, "acknowledged": 0, "waiting": 10, "rejected": [], "offline": True,
    }  # fmt: skip

    stick = tmp_path / "stick"
    stick.mkdir()
    for day in days[15:20]:
        motcua(commune, "export", "--date", day, "-o", stick)
    assert motcua(commune, "outbox")["counts"]["copied"] == 5
    taken = motcua(hub_home, "hub", "import", stick)
    assert (taken["reports"]["accepted"], taken["bad"]) == (5, [])
    assert motcua(commune, "outbox", "read", stick)["acknowledged"] == 5

    close(commune, days[25:])
    with cable:
        told = motcua(commune, "sync", "--once")
        assert (told["acknowledged"], told["waiting"], told["offline"]) == (10, 0, False)
    rows = motcua(commune, "outbox")["rows"]
    assert [(row["date"], row["state"]) for row in reversed(rows)] == [(str(day), "acknowledged") for day in days]

    ours = motcua(commune, "stats", "--from", days[0], "--to", days[-1])
    (unit,) = motcua(hub_home, "hub", "status")["units"]
    assert (unit["missing"], unit["forks"]) == ([], 0)
    assert_told_alike(ours, official(process), days)
    assert motcua(hub_home, "hub", "check")["verdict"] == "intact"
    assert motcua(commune, "verify-chain")["verdict"] == "intact"


def assert_told_alike(ours, browser, days):
    """The overview's own data, cell by cell the commune's table."""
    period = f"kind=free&from={days[0]}&to={days[-1]}"
    overview, fields = (browser.get(f"/api/v1/{name}?{period}").json for name in ("overview", "fields"))
    (unit,) = overview["units"]
    assert (unit["missing"], unit["as_of"]) == ([], str(days[-1]))
    assert unit["total"] == overview["total"] == ours["total"]
    assert unit["on_time"] == overview["on_time"] == ours["on_time"]
    assert {row["field"]: row["total"] for row in fields["rows"]} == {
        row.pop("field"): row for row in map(dict, ours["rows"])
    }
    assert ours["total"]["resolved_total"] > 100
