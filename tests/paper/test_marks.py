"""What kind of copy a paper is stands on every page of it, in black."""

from dataclasses import replace

import pytest

from desktop.documents.calibration import render_calibration
from desktop.documents.receipt import ReceiptPaper, page_count, render

MANY = tuple(ReceiptPaper(f"Giấy tờ thứ {n} về việc ghi trong tờ khai", originals=1) for n in range(30))


@pytest.fixture(scope="module")
def practice(content, seal_text):
    return replace(content, practice=True, papers=MANY, qr_text=seal_text(content.code, practice=True))


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_every_page_of_a_practice_receipt_says_so(practice, pages_text, size):
    pdf = render(practice, size=size, copies=2)
    assert page_count(pdf) >= 4
    assert all("BẢN TẬP HUẤN" in page for page in pages_text(pdf))


def test_a_live_receipt_says_nothing_of_practice(content, pages_text):
    assert not any("TẬP HUẤN" in page for page in pages_text(render(content, copies=2)))


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_every_page_of_a_reprint_says_which_one_it_is(practice, pages_text, size):
    pages = pages_text(render(replace(practice, practice=False), size=size, copies=2, reprint=2))
    assert len(pages) >= 4
    assert all("Bản in lại lần 2" in page for page in pages)
    assert not any("Bản in lại" in page for page in pages_text(render(practice, size=size, copies=2)))


def test_a_replacement_names_the_receipt_it_replaces(content, pages_text):
    (text,) = pages_text(render(replace(content, version=3)))
    assert "Thay bản số 2" in text
    assert "Thay bản" not in pages_text(render(content))[0]


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_paper_is_black_only(practice, inks, size):
    for pdf in (render(practice, size=size, copies=2, reprint=1), render_calibration(size)):
        colours = {colour for page in inks(pdf) for ink in page for colour in ink.colours}
        assert colours == {(0, 0, 0, 255)}


def test_the_practice_mark_is_an_outline_that_leaves_the_text_readable(practice, rasters):
    """Filled letters of that size would blacken several times more of the page than the text does."""
    plain, marked = (rasters(render(replace(practice, practice=on)), 100)[0] for on in (False, True))
    ink = [sum(255 - grey for grey in page.tobytes()) for page in (plain, marked)]
    assert 1.01 * ink[0] < ink[1] < 1.25 * ink[0]
