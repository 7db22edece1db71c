"""The printed QR is read back by a scanner from pages of any quality this office prints."""

import random
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
import zxingcpp
from PIL import ImageFilter
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.qr import QUIET, SMALLEST_MODULE, Symbol
from desktop.documents.receipt import render
from desktop.rules import seal
from desktop.rules.calendar import VN_TZ

CODES = ("TN-MT-261123-0015", "H35.17.28-261123-0001", "000.28.17.H35-230615-000151")


def read_one(picture) -> str:
    (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return code.text


@pytest.mark.parametrize("dpi", [100, 150, 300])
@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("practice", [False, True])
def test_the_qr_of_both_copies_is_read_from_the_page(content, seal_text, rasters, dpi, size, practice):
    text = seal_text(content.code, practice=practice)
    pages = rasters(render(replace(content, practice=practice, qr_text=text), size=size, copies=2), dpi)
    assert [read_one(page) for page in pages] == [text, text]
    assert seal.read(text).practice is practice


@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize(
    "worsen",
    [
        lambda page: page.rotate(90, expand=True),
        lambda page: page.rotate(7, expand=True, fillcolor=255),
        lambda page: page.filter(ImageFilter.GaussianBlur(1.5)),
        lambda page: page.convert("1"),
        lambda page: page.point(lambda grey: 120 + grey * 90 // 255),
    ],
    ids=["turned", "askew", "blurred", "faxed", "pale"],
)
def test_a_poor_copy_is_still_read(content, rasters, size, worsen):
    (page,) = rasters(render(content, size=size), 200)
    assert read_one(worsen(page).convert("L")) == content.qr_text


@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("code", CODES)
def test_modules_are_wide_enough_and_stand_on_white(content, seal_text, inks, rasters, size, code):
    text = seal_text(code, practice=True)
    pdf = render(replace(content, code=code, qr_text=text, practice=True), size=size)
    (drawn,) = (ink for ink in inks(pdf)[0] if ink.kind == "qr")
    module = (drawn.right - drawn.left) / Symbol(text).modules
    assert module >= 0.45 * mm
    dots = 4
    (page,) = rasters(pdf, 72 * dots)
    symbol = (drawn.left, page.height / dots - drawn.top, drawn.right, page.height / dots - drawn.bottom)
    quiet = (QUIET * module - 0.5) * dots
    left, top, right, bottom = (edge * dots for edge in symbol)
    around = page.crop((round(left - quiet), round(top - quiet), round(right + quiet), round(bottom + quiet)))
    assert around.getextrema() == (0, 255)
    around.paste(255, (int(quiet) - 1, int(quiet) - 1, around.width - int(quiet) + 1, around.height - int(quiet) + 1))
    assert around.getextrema() == (255, 255)


def test_a_longer_text_grows_the_symbol_and_not_its_fineness():
    symbol = Symbol("A" * 600)
    assert symbol.modules > 57
    assert symbol.module_size(28 * mm) == SMALLEST_MODULE
    assert Symbol("A" * 20).module_size(28 * mm) > 0.8 * mm


def test_the_fixed_mask_reads_back_for_every_kind_of_text(rasters):
    chance = random.Random(7)
    private = bytes(32)
    for _ in range(60):
        code = f"TN-MT-{chance.randrange(10**6):06d}-{chance.randrange(10**4):04d}"
        due_at = datetime(2026, 11, chance.randint(1, 30), chance.randrange(24), tzinfo=VN_TZ)
        text = seal.seal(seal.receipt_text(code, "1.004859", due_at, chance.randint(1, 9999)), private)
        drawn = BytesIO()
        canvas = Canvas(drawn, pagesize=(100, 100), invariant=1)
        canvas.translate(10, 10)
        canvas.scale(80 / Symbol(text).modules, 80 / Symbol(text).modules)
        Symbol(text).draw(canvas)
        canvas.save()
        (page,) = rasters(drawn.getvalue(), 150)
        assert read_one(page) == text
