"""Three hundred of the random lives that ``python -m tests.sync.campaign`` lives ten thousand of."""

import pytest

from tests.sync import campaign
from tests.sync.world import Templates


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    return [Templates(tmp_path_factory.mktemp(name), practice=name == "practice") for name in ("live", "practice")]


@pytest.mark.parametrize("first", range(0, 300, 30))
def test_the_hub_ends_up_with_what_the_commune_says_and_nothing_is_falsely_green(templates, tmp_path, first):
    for seed in range(first, first + 30):
        campaign.live(seed, templates, tmp_path / "world")
