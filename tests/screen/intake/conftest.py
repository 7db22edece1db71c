"""The intake page as its tests meet it: shown, active, with the first focus."""

from collections.abc import Callable

import pytest

from desktop.gui.pages.intake import IntakePage
from tests.screen.intake_keys import shown


@pytest.fixture
def show_page(commands, qtbot) -> Callable[..., IntakePage]:
    """Open one more intake page on the same register, as after a new start of the program."""
    kept = []

    def show(width: int = 1182, height: int = 620) -> IntakePage:
        kept.append(shown(IntakePage(commands), qtbot, width, height))
        return kept[-1]

    return show


@pytest.fixture
def page(show_page) -> IntakePage:
    return show_page()
