"""Days go up through a line that fails in every way there is, to a real hub process, and all of them arrive once."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random

import pytest

from desktop.office import sending
from tests.sync import campaign, cuts
from tests.sync.fault_proxy import MOUNTAIN, Fault, FaultProxy, Line
from tests.sync.hub_process import serving
from tests.sync.socket_world import SocketWorld, fault

_NUMBERS = count(1_000)


@pytest.fixture(scope="module")
def hub_home(tmp_path_factory):
    return tmp_path_factory.mktemp("hub") / "data"


@pytest.fixture(scope="module")
def process(hub_home):
    with serving(hub_home, "--practice") as process:
        yield process


@pytest.fixture
def proxy(process):
    with FaultProxy(process.address) as proxy:
        yield proxy


@pytest.fixture
def world(hub_home, proxy, tmp_path):
    number = next(_NUMBERS)
    world = SocketWorld(hub_home, proxy, number, tmp_path / "world", Random(number))
    yield world
    world.close()


def close_days(world, count):
    for _ in range(count):
        world.work()
        world.close_day()
        world.next_day()


def send(world):
    """A round over the line as it is, whatever comes of it."""
    world.now += timedelta(hours=2)
    return sending.send(world.book, clock=world.clock, chance=world.chance.random)


def arrived(world):
    """Whether everything is green and the hub says what the commune says."""
    truth = {day.isoformat(): one.hash for day, one in world.truth().items()}
    return world.standing_closings() == truth and {day.isoformat() for day, *_ in world.green()} == truth.keys()


@pytest.mark.parametrize("part", [cuts.in_request, cuts.in_answer])
def test_a_line_cut_at_any_byte_leaves_nothing_half_and_nothing_falsely_green(world, proxy, part):
    assert part(world, proxy, 53) > 15


FAULTS = {
    "heard three times at once": [Fault(copies=3)] * 3,
    "heard after the next one": [Fault(late=True), Fault(), Fault(late=True)],
    "somebody between answers": [fault(name, Random(1)) for name in ("error, heard", "error, unheard", "garbage")],
    "half an answer": [Fault(cut_answer=200, reset=True), Fault(cut_answer=30)],
    "an old answer": [Fault(), Fault(old_answer=True), Fault(old_answer=True, unheard=True)],
    "a busy hub": [fault("busy", Random(1))] * 2,
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS)
def test_every_day_arrives_once_whatever_happened_on_the_way(world, proxy, faults):
    close_days(world, 4)
    proxy.faults.extend(faults)
    for _ in faults:
        send(world)
    proxy.faults.clear()
    proxy.deliver_late()
    world.send(manual=True)
    assert arrived(world)


LINES = {
    # A fifth of the times, the same shares: a test must not take minutes.
    "300 ms and 30 % lost": replace(MOUNTAIN, latency=0.06, retransmitted_after=0.2),
    "a slow trickle": Line(bits_per_second=200_000, latency=0.05),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_every_day_arrives_over_a_bad_line(world, proxy, line):
    close_days(world, 6)
    proxy.line = line
    for _ in range(20):
        world.send(manual=True)
        if arrived(world):
            return
    pytest.fail("twenty rounds did not bring it over")


@pytest.mark.parametrize("first", range(1, 13, 4))
def test_random_lives_with_a_real_hub_process(hub_home, proxy, tmp_path, first):
    for seed in range(first, first + 4):
        campaign.live_by_sockets(seed, hub_home, proxy, tmp_path / "world")
