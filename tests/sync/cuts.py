"""One report over a line that is cut after every byte: ``python -m tests.sync.cuts`` tries every position there is.

A request that is cut never counts at the hub, an answer that is cut never turns a row green, and the report counts once
however often it was sent. The connection ends in an ordinary way and by a reset, in turns.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

from desktop.office import sending
from tests.sync.fault_proxy import Fault, FaultProxy
from tests.sync.hub_process import serving
from tests.sync.socket_world import SocketWorld


def in_request(world: SocketWorld, proxy: FaultProxy, stride: int) -> int:
    """Cut the request of a report that the hub has not; returns how many cuts were made."""
    world.work()
    world.close_day()
    tried = 0
    for position in _positions(_length_of_request(world, proxy), stride):
        proxy.faults.append(Fault(cut_request=position, reset=tried % 2 == 1))
        _try(world)
        assert world.standing() == {}, f"half a request counts, cut after {position} bytes"
        assert not world.green(), f"green, cut after {position} bytes"
        tried += 1
    assert _try(world).acknowledged == 1
    return tried


def in_answer(world: SocketWorld, proxy: FaultProxy, stride: int) -> int:
    """Cut the answer to a report; the hub has it from the first time on. Returns how many cuts were made."""
    world.next_day()
    world.work()
    day = world.close_day().day
    proxy.faults.append(Fault(cut_answer=0))
    assert not _try(world).acknowledged
    (told,) = world.hub.rows("SELECT count(*) FROM report WHERE unit = ?", (world.unit,))
    tried = 0
    for position in _positions(len(proxy.exchanges[-1].answer), stride):
        proxy.faults.append(Fault(cut_answer=position, reset=tried % 2 == 1))
        _try(world)
        assert day in world.standing()
        assert day not in {on for on, *_ in world.green()}, f"green by half an answer of {position} bytes"
        tried += 1
    assert _try(world).acknowledged == 1
    assert [told] == world.hub.rows("SELECT count(*) FROM report WHERE unit = ?", (world.unit,)), "counted twice"
    return tried


def _try(world: SocketWorld) -> sending.Round:
    """The next round, long after the one before: one exchange."""
    world.now += timedelta(hours=2)
    return sending.send(world.book, clock=world.clock, chance=world.chance.random)


def _length_of_request(world: SocketWorld, proxy: FaultProxy) -> int:
    """How long a request is, found by one that the hub never hears."""
    proxy.faults.append(Fault(unheard=True, cut_answer=0))
    _try(world)
    return len(proxy.exchanges[-1].request)


def _positions(length: int, stride: int) -> Iterable[int]:
    """Every position before the end, or some of them and the last ones."""
    return sorted({*range(0, length, stride), length - 2, length - 1})


def main() -> int:
    """Every position; prints how many cuts there were."""
    parser = argparse.ArgumentParser(prog="tests.sync.cuts")
    parser.add_argument("--stride", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "hub")
        with serving(home, "--practice") as process, FaultProxy(process.address) as proxy:
            world = SocketWorld(home, proxy, 1, Path(folder, "world"), Random(1))
            requests, answers = (each(world, proxy, asked.stride) for each in (in_request, in_answer))
            world.close()
    seconds = time.monotonic() - begun
    print(f"{requests} cuts in a request, {answers} in an answer, {seconds:.0f} s: nothing half, nothing falsely green")
    return 0


if __name__ == "__main__":
    sys.exit(main())
