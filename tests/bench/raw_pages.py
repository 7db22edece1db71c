"""Pages drawn raw by reportlab, as yardsticks: every text and line of ours read back from the PDF, the same fonts.

The raw side gets each text with its place, face and size: it only draws and saves.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import astuple
from io import BytesIO
from sys import intern
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import layout


class Text(NamedTuple):
    """Words as drawn, from the lower left corner of the page."""

    x: float
    y: float
    face: str
    size: float
    words: str


class Page(NamedTuple):
    """All that stands on one page."""

    width: float
    height: float
    texts: tuple[Text, ...]
    lines: tuple[tuple[float, float, float, float], ...]


def read_back(pdf: bytes) -> list[Page]:
    """What our own pages hold."""
    faces = _faces()
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(page, faces) for page in document]


def draw(pages: Sequence[Page]) -> bytes:
    """The same pages by the shortest reportlab program there is."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(pages[0].width, pages[0].height), pageCompression=1, invariant=1)
    for page in pages:
        for text in page.texts:
            canvas.setFont(text.face, text.size)
            canvas.drawString(text.x, text.y, text.words)
        for line in page.lines:
            canvas.line(*line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _page(page: pypdfium2.PdfPage, faces: dict[str, str]) -> Page:
    words_of = page.get_textpage()
    drawn = list(page.get_objects(max_depth=2))
    texts = tuple(_text(thing, words_of, faces) for thing in drawn if thing.type == pdfium.FPDF_PAGEOBJ_TEXT)
    lines = tuple(thing.get_bounds() for thing in drawn if thing.type == pdfium.FPDF_PAGEOBJ_PATH)
    width, height = page.get_size()
    return Page(width, height, texts, lines)


def _faces() -> dict[str, str]:
    """What reportlab calls the faces of the paper font, by the names that stand in a PDF."""
    registered = astuple(layout.paper_faces())
    return {pdfmetrics.getFont(name).face.name.decode(): name for name in registered}


def _text(thing: pypdfium2.PdfObject, words_of: pypdfium2.PdfTextPage, faces: dict[str, str]) -> Text:
    size, place = ctypes.c_float(), thing.get_matrix()
    if thing.container is not None:
        place = place.multiply(thing.container.get_matrix())
    pdfium.FPDFTextObj_GetFontSize(thing, size)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(thing), name, len(name))
    # Subsets are named AAAAAA+Face.
    face = faces[name.value.decode().split("+")[-1]]
    length = pdfium.FPDFTextObj_GetText(thing, words_of, None, 0)
    words = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(thing, words_of, ctypes.cast(words, ctypes.POINTER(ctypes.c_ushort)), length)
    return Text(place.e, place.f, face, size.value, intern(words.raw.decode("utf-16-le").rstrip("\0")))
