"""The calibration page is measured with a ruler, so it is measured here."""

import pytest
from PIL import Image

from desktop.documents.calibration import ACROSS_MM, ZERO_MM, render_calibration
from desktop.documents.layout import SIZES
from desktop.documents.receipt import page_count

DPI = 508
DOTS = DPI / 25.4
SIDES = {"A4": (210, 297), "A5": (148, 210)}


@pytest.mark.parametrize("size", SIDES)
def test_rulers_and_frame_stand_where_the_page_says(rasters, size):
    pdf = render_calibration(size)
    assert page_count(pdf) == 1
    width, height = SIDES[size]
    page = rasters(pdf, DPI)[0].point(lambda grey: 255 if grey < 128 else 0)
    left, top, right, bottom = (edge / DOTS for edge in page.getbbox())
    assert (left, top, right, bottom) == pytest.approx((8, 8, width - 8, height - 8), abs=0.2)
    across = page.crop(tuple(round(at * DOTS) for at in (10, ZERO_MM - 3, width - 10, ZERO_MM - 2.6)))
    assert marks(across.width, across.tobytes()) == pytest.approx(range(ZERO_MM, ZERO_MM + ACROSS_MM + 1, 5), abs=0.15)
    down = page.crop(tuple(round(at * DOTS) for at in (ZERO_MM - 3, 10, ZERO_MM - 2.6, 12 + ACROSS_MM)))
    down = down.transpose(Image.Transpose.TRANSPOSE)
    assert marks(down.width, down.tobytes()) == pytest.approx(range(ZERO_MM, 10 + ACROSS_MM + 1, 5), abs=0.15)


def marks(width: int, dots: bytes) -> list[float]:
    """Where black begins along the first row of a strip that starts at 10 mm, in mm."""
    row = dots[:width]
    return [10 + at / DOTS for at in range(1, width) if row[at] and not row[at - 1]]


@pytest.mark.parametrize("size", SIDES)
def test_it_says_what_to_measure_and_where_to_write_it(pages_text, size):
    (text,) = pages_text(render_calibration(size))
    for words in (f"KHỔ {size}", "1. Tỉ lệ:", "2. Lệch ngang:", "3. Lệch dọc:", "Đúng là 100 mm", "Đúng là 20 mm"):
        assert words in text
    assert render_calibration(size) == render_calibration(size)


@pytest.mark.parametrize("size", SIDES)
def test_its_words_keep_inside_the_frame(inks, size):
    words = [ink for ink in inks(render_calibration(size))[0] if ink.kind == "text"]
    assert all(ink.right < SIZES[size].width - 8 * 72 / 25.4 for ink in words)
    assert any(ink.words == "100" for ink in words)
