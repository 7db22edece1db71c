"""A practice register with a busy November behind it, looked at in January."""

import shutil

import pytest

from desktop.office import opening
from tests.office import reported, upward
from tests.sync import little_hub


@pytest.fixture(scope="session")
def november_template(practice_template, tmp_path_factory):
    """Its folder, closed, with every figure counted."""
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("november") / "data")
    with opening.open_register(home, now=reported.AFTERWARDS) as book:
        reported.live_through_november(book)
    return home


@pytest.fixture(scope="module")
def november(november_template, tmp_path_factory):
    """The register, open and shared by the tests of a file, which leave it as it is."""
    home = shutil.copytree(november_template, tmp_path_factory.mktemp("shared") / "data")
    with opening.open_register(home, now=reported.AFTERWARDS) as book:
        yield book


@pytest.fixture
def november_of_mine(november_template, tmp_path):
    """A register of the test's own, open."""
    home = shutil.copytree(november_template, tmp_path / "november")
    with opening.open_register(home, now=reported.AFTERWARDS) as book:
        yield book


@pytest.fixture
def wire(practice_home, monday):
    """An enrolled commune; of a practice register the days may be told in any order."""
    with opening.open_register(practice_home, now=monday) as book:
        wire = upward.Wire(book, little_hub.LittleHub(practice=True))
        with little_hub.serving(wire.answer) as wire.url:
            wire.enrol()
            wire.hub.packets.clear()
            yield wire


@pytest.fixture
def days(wire, correction_form):
    """Five closed days that wait."""
    return upward.live_through(wire.book, correction_form, 5)
