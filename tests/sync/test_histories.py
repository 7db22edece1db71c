"""A commune restored from an old backup meets the hub again: its other history is shown and takes no place unasked."""

from random import Random

import pytest

from tests.sync.world import Templates, World


@pytest.fixture
def world(tmp_path):
    world = World(Templates(tmp_path / "made"), tmp_path / "world", Random(3))
    yield world
    world.close()


def close_days(world, count):
    for _ in range(count):
        world.work()
        world.close_day()
        world.send("good", manual=True)
        world.next_day()


def test_a_day_closed_twice_before_the_line_is_back_hides_no_second_history(world):
    close_days(world, 1)
    world.back_up("commune")
    close_days(world, 3)
    held = world.standing()
    world.restore("commune")
    # So much that no event stands where one of the lost history stood.
    for _ in range(12):
        world.work()
    world.close_day()
    world.work()
    world.close_day()
    told = world.send("good", manual=True)
    assert told.acknowledged == 0 and told.rejected
    assert world.standing() == held and world.waiting_forks()
