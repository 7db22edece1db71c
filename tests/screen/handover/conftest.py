"""The hand-over page as its tests meet it, and results that lie ready."""

from functools import partial

import pytest

from tests.screen.handover_counter import finished, hand_over_page


@pytest.fixture
def page(commands, qtbot, tmp_path):
    with hand_over_page(commands, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def ready(commands, take_in):
    """Take a dossier in and finish it; its code."""
    return partial(finished, commands, take_in)
