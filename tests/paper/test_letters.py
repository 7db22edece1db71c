"""All 146 Vietnamese letters reach the paper whole, in every face, from any form of input."""

import re
import unicodedata
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop.documents.fonts import VIETNAMESE_LETTERS, find_paper_font
from desktop.documents.receipt import render

WORDS = " ".join(re.findall(".{1,7}", VIETNAMESE_LETTERS))


def test_there_are_146_of_them_composed():
    assert len(set(VIETNAMESE_LETTERS)) == len(VIETNAMESE_LETTERS) == 146
    assert unicodedata.is_normalized("NFC", VIETNAMESE_LETTERS)
    assert {"ẫ", "Ẫ", "ợ", "Ữ", "đ", "Đ", "ỵ", "a", "Y"} <= set(VIETNAMESE_LETTERS)


@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_is_read_back_from_every_face(content, pages_text, size, form):
    words = unicodedata.normalize(form, WORDS)
    pdf = render(
        replace(
            content,
            applicant=replace(content.applicant, name=words, address=words),
            why=words,
            clerk_name=words,
            centre_lines=(words,),
        ),
        size=size,
    )
    text = " ".join(pages_text(pdf))
    assert unicodedata.is_normalized("NFC", text)
    assert text.count(WORDS) == 5


def test_decomposed_input_gives_the_same_page(content):
    words = unicodedata.normalize("NFD", WORDS)
    assert words != WORDS
    assert render(replace(content, request=words, foot=words)) == render(replace(content, request=WORDS, foot=WORDS))


@pytest.mark.parametrize("face", ["regular", "bold", "italic", "bold_italic"])
def test_every_letter_has_an_outline_of_its_own(face):
    """A box or a blank would be the same drawing for several letters."""
    font = ImageFont.truetype(str(getattr(find_paper_font(), face)), 40)
    seen = {}
    for letter in VIETNAMESE_LETTERS + "₫":
        picture = Image.new("L", (80, 80))
        ImageDraw.Draw(picture).text((20, 15), letter, font=font, fill=255)
        assert picture.getbbox() is not None, letter
        assert seen.setdefault(picture.tobytes(), letter) == letter
