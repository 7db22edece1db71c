"""The one writer: many at once in one transaction, each answered after it, none lost, none failing for another."""

import threading
from concurrent.futures import Future

import pytest

from desktop.hub.web.writer import QueueFull, Writer


class Ledger:
    """Writes numbers; a group with a negative one fails as a whole. ``gate`` lets it begin."""

    def __init__(self):
        self.groups, self.gate = [], threading.Event()

    def write(self, works):
        self.gate.wait(10)
        if any(work < 0 for work in works):
            raise ValueError("cannot be written")
        self.groups.append(list(works))
        return [work * 10 for work in works]


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def writer(ledger):
    made = Writer(ledger.write, Future)
    made.start()
    yield made
    ledger.gate.set()
    made.stop()


def test_what_queued_meanwhile_is_written_together_and_in_order(writer, ledger):
    futures = [writer.submit(number) for number in range(200)]
    ledger.gate.set()
    assert [one.result(10) for one in futures] == [number * 10 for number in range(200)]
    assert [number for group in ledger.groups for number in group] == list(range(200))
    assert len(ledger.groups) <= 3


def test_those_of_a_group_hear_their_answers_in_one_turn_of_the_thread_where_they_wait(ledger):
    turns = []
    writer = Writer(ledger.write, Future, turns.append)
    writer.start()
    futures = [writer.submit(number) for number in range(200)]
    ledger.gate.set()
    writer.stop()
    assert len(turns) == len(ledger.groups) <= 3 and not any(one.done() for one in futures)
    left = futures[7]
    assert left.cancel()
    for turn in turns:
        turn()
    assert [one.result(0) for one in futures if one is not left] == [n * 10 for n in range(200) if n != 7]


def test_one_that_cannot_be_written_fails_alone(writer, ledger):
    futures = [writer.submit(number) for number in (1, -1, 2)]
    ledger.gate.set()
    assert (futures[0].result(10), futures[2].result(10)) == (10, 20)
    with pytest.raises(ValueError, match="cannot be written"):
        futures[1].result(10)


def test_whoever_left_before_his_turn_is_not_written(writer, ledger):
    writer.submit(1)
    left, stayed = writer.submit(2), writer.submit(3)
    if left.cancel():
        ledger.gate.set()
        assert stayed.result(10) == 30
        assert 2 not in [number for group in ledger.groups for number in group]


def test_what_was_accepted_is_finished_when_it_stops_and_nothing_is_accepted_then(ledger):
    writer = Writer(ledger.write, Future)
    writer.start()
    futures = [writer.submit(number) for number in range(5)]
    ledger.gate.set()
    writer.stop()
    assert [one.result(0) for one in futures] == [0, 10, 20, 30, 40]
    with pytest.raises(QueueFull):
        writer.submit(6)


def test_a_full_queue_says_so_and_loses_nothing(writer, ledger):
    futures = []
    with pytest.raises(QueueFull):
        for number in range(20_000):
            futures.append(writer.submit(number))
    assert len(futures) >= 3_321
    ledger.gate.set()
    assert [one.result(30) for one in futures] == [number * 10 for number in range(len(futures))]
