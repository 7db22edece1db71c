"""The card of keys: one page in large type, made by the verb, keys bold and with their punctuation, nobody's data."""

import json

import pytest

from desktop.documents import card
from desktop.documents.layout import paper_faces
from desktop.documents.pages import page_count
from desktop.office import help_card, help_texts
from tests.architecture.source import CHECKOUT

SMALLEST = 12


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return help_card.pdf()


def test_the_card_is_one_page_and_says_all_that_it_is_told(pdf, pages_text):
    (said,) = pages_text(pdf)
    told = json.loads((CHECKOUT / "resources/help/card.json").read_text("utf-8"))
    for table in told["tables"]:
        for key, words in table["keys"]:
            assert f"{key} {words}" in said
    for listed in told["lists"]:
        for step in listed["steps"]:
            assert help_texts.plain(step) in said
    assert told["lead"] in said


def test_its_type_is_large_and_nothing_leaves_the_page(pdf, inks):
    (drawn,) = inks(pdf)
    assert min(ink.size for ink in drawn if ink.kind == "text") >= SMALLEST
    assert all(ink.left >= 28 and ink.right <= 595 - 28 and ink.bottom >= 28 for ink in drawn)


def test_the_same_card_is_the_same_bytes(pdf):
    assert help_card.pdf() == pdf


def test_a_longer_card_is_two_pages_and_would_be_seen(pdf):
    steps = card.StepList("Nhiều bước", ((("Một bước dài. " * 40, False),),) * 12)
    assert page_count(pdf) == 1
    assert page_count(card.render(card.Card("Tờ phím", "", (), (steps,), ""))) > 1


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("Bấm [F12].", ["F12."]),
        ("ngày hẹn ([Alt+V]: vì sao), rồi [F12]", ["(Alt+V:", "F12"]),
        ("[F7], [Alt+1], [F12] chốt", ["F7, Alt+1, F12"]),
        ("không phím nào", []),
        ("", []),
    ],
)
def test_keys_are_bold_with_what_touches_them(text, bold):
    faces = paper_faces()
    runs = card.runs(help_texts.spans(text), faces)
    assert [words for words, face in runs if face == faces.bold] == bold
    assert " ".join(words for words, _ in runs) == help_texts.plain(text)
