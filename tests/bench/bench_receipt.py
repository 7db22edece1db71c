"""A warm receipt against the same page drawn raw by reportlab without its QR, and against LibreOffice.

The raw side gets every text and line of our own page with its place, face and size, read back from the PDF: it only
draws and saves, with the same fonts. LibreOffice converts a filled document of the same texts, profile warm.
"""

import ctypes
import shutil
import subprocess
import tempfile
from dataclasses import astuple, dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from statistics import median

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import layout, receipt
from desktop.office import counter, issuing, opening
from tests.bench import registers
from tests.bench.measuring import Row, in_turns, milliseconds

_SIZE: receipt.Size = "A5"


@dataclass(frozen=True)
class _Text:
    x: float
    y: float
    face: str
    size: float
    words: str


@dataclass(frozen=True)
class _Page:
    width: float
    height: float
    texts: tuple[_Text, ...]
    lines: tuple[tuple[float, float, float, float], ...]


def measure(quick: bool) -> list[Row]:
    """One row against raw reportlab, and one against LibreOffice where it is installed."""
    content = _receipt()
    page = _read_back(receipt.render(content, size=_SIZE))
    ours, peer = in_turns(lambda: receipt.render(content, size=_SIZE), lambda: _raw(page), rounds=3 if quick else 100)
    rows = [Row("Receipt as PDF, warm", ours, peer, 1.5, "the same page raw by reportlab, no QR")]
    office = shutil.which("soffice")
    if office and not quick:
        times = _converting(office, page)
        rows.append(Row("Receipt as PDF, warm", ours, times, None, "LibreOffice converting a filled document"))
    return rows


def _receipt() -> receipt.ReceiptContent:
    """The frozen content of a dossier that was really taken in."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opening.init(Path(folder, "data"), registers.UNIT, now=registers.NOW) as book,
    ):
        taken = counter.register(book, next(registers.forms(seed=1)), clerk=None, now=registers.NOW)
        return msgspec.convert(issuing.current_receipt(book, taken.code).content, receipt.ReceiptContent)


def _raw(page: _Page) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(page.width, page.height), pageCompression=1, invariant=1)
    for text in page.texts:
        canvas.setFont(text.face, text.size)
        canvas.drawString(text.x, text.y, text.words)
    for line in page.lines:
        canvas.line(*line)
    canvas.save()
    return buffer.getvalue()


def _read_back(pdf: bytes) -> _Page:
    faces = _faces()
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words_of = page.get_textpage()
        drawn = list(page.get_objects(max_depth=1))
        texts = tuple(_text(thing, words_of, faces) for thing in drawn if thing.type == pdfium.FPDF_PAGEOBJ_TEXT)
        lines = tuple(thing.get_bounds() for thing in drawn if thing.type == pdfium.FPDF_PAGEOBJ_PATH)
        width, height = page.get_size()
        return _Page(width, height, texts, lines)


def _faces() -> dict[str, str]:
    """What reportlab calls the faces of the paper font, by the names that stand in a PDF."""
    registered = astuple(layout.paper_faces())
    return {pdfmetrics.getFont(name).face.name.decode(): name for name in registered}


def _text(thing: pypdfium2.PdfObject, words_of: pypdfium2.PdfTextPage, faces: dict[str, str]) -> _Text:
    size, place = ctypes.c_float(), thing.get_matrix()
    pdfium.FPDFTextObj_GetFontSize(thing, size)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(thing), name, len(name))
    # Subsets are named AAAAAA+Face.
    face = faces[name.value.decode().split("+")[-1]]
    length = pdfium.FPDFTextObj_GetText(thing, words_of, None, 0)
    words = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(thing, words_of, ctypes.cast(words, ctypes.POINTER(ctypes.c_ushort)), length)
    return _Text(place.e, place.f, face, size.value, words.raw.decode("utf-16-le").rstrip("\0"))


def _converting(office: str, page: _Page) -> float:
    """Median milliseconds of one conversion; the first makes the profile and is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder, "receipt.html")
        filled.write_text("".join(f"<p>{escape(text.words)}</p>" for text in page.texts), "utf-8")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(filled)]
        times = [milliseconds(_run, command) for _ in range(6)]
        assert filled.with_suffix(".pdf").stat().st_size
    return median(times[1:])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
