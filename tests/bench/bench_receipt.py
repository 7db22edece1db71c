"""A warm receipt against the same page drawn raw by reportlab without its QR, and against LibreOffice.

Every round draws the receipt of another citizen, and only once: nothing remembered of a receipt can help. The raw side
gets every text and line of that page with its place, face and size, read back from the PDF: it only draws and saves,
with the same fonts. LibreOffice converts a filled document of the same texts, profile warm.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from pathlib import Path
from statistics import median

import msgspec

from desktop.documents import receipt
from desktop.office import counter, issuing, opening
from desktop.rules import practice
from tests.bench import raw_pages, registers
from tests.bench.measuring import Row, milliseconds

#: So many of the procedures that are asked for most take turns.
_PROCEDURES = 20


def measure(quick: bool) -> list[Row]:
    """One row against raw reportlab, and one against LibreOffice where it is installed."""
    rounds, warm = (3, 1) if quick else (200, _PROCEDURES)
    contents = list(islice(_receipts(), warm + rounds))
    turns = [_turn(content) for content in contents]
    ours, peer = (median(times[warm:]) for times in zip(*turns, strict=True))
    rows = [Row("Receipt as PDF, warm", ours, peer, 1.5, "the same page raw by reportlab, no QR")]
    office = shutil.which("soffice")
    if office and not quick:
        times = _converting(office, raw_pages.read_back(_render(contents[0])))
        rows.append(Row("Receipt as PDF, warm", ours, times, None, "LibreOffice converting a filled document"))
    return rows


def _receipts() -> Iterator[receipt.ReceiptContent]:
    """The frozen contents of dossiers that were really taken in."""
    usual = islice(practice.load_profile().weights, _PROCEDURES)
    with (
        tempfile.TemporaryDirectory() as folder,
        opening.init(Path(folder, "data"), registers.UNIT, now=registers.NOW) as book,
    ):
        for form in registers.forms(seed=1, codes=usual):
            taken = counter.register(book, form, clerk=None, now=registers.NOW)
            yield msgspec.convert(issuing.current_receipt(book, taken.code).content, receipt.ReceiptContent)


def _turn(content: receipt.ReceiptContent) -> tuple[float, float]:
    """Milliseconds of the receipt, and of its pages drawn raw."""
    made: list[bytes] = []
    ours = milliseconds(lambda: made.append(_render(content)))
    return ours, milliseconds(raw_pages.draw, raw_pages.read_back(made[0]))


def _render(content: receipt.ReceiptContent) -> bytes:
    return receipt.render(content, size="A5")


def _converting(office: str, pages: Iterable[raw_pages.Page]) -> float:
    """Median milliseconds of one conversion; the first makes the profile and is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder, "receipt.html")
        filled.write_text("".join(f"<p>{escape(text.words)}</p>" for page in pages for text in page.texts), "utf-8")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(filled)]
        times = [milliseconds(_run, command) for _ in range(6)]
        assert filled.with_suffix(".pdf").stat().st_size
    return median(times[1:])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
