"""The one-page card of keys as PDF: the same for every commune, with nobody's data on it."""

from pathlib import Path

from desktop.documents import card
from desktop.office import help_texts
from desktop.whole_files import hand_out

FILE_NAME = "to-phim-mot-cua.pdf"


def pdf() -> bytes:
    """The card as ``resources/help/card.json`` says it. Raises ``EnvironmentProblem("no_font")``."""
    told = help_texts.card()
    tables = tuple(card.KeyTable(each["title"], _pairs(each["keys"])) for each in told["tables"])
    lists = tuple(
        card.StepList(each["title"], tuple(help_texts.spans(step) for step in each["steps"])) for each in told["lists"]
    )
    return card.render(card.Card(told["title"], told["lead"], tables, lists, told["foot"]))


def write(path: Path) -> None:
    """The card into a file. Raises ``EnvironmentProblem`` when the disk does not take it."""
    hand_out(path, pdf())


def _pairs(keys: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, words) for key, words in keys)
