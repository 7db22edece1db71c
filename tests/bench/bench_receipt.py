"""A warm receipt against the same page drawn raw by reportlab without its QR, and against LibreOffice.

The raw side gets every text and line of our own page with its place, face and size, read back from the PDF: it only
draws and saves, with the same fonts. LibreOffice converts a filled document of the same texts, profile warm.
"""

import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from statistics import median

import msgspec

from desktop.documents import receipt
from desktop.office import counter, issuing, opening
from tests.bench import raw_pages, registers
from tests.bench.measuring import Row, in_turns, milliseconds

_SIZE: receipt.Size = "A5"


def measure(quick: bool) -> list[Row]:
    """One row against raw reportlab, and one against LibreOffice where it is installed."""
    content = _receipt()
    (page,) = pages = raw_pages.read_back(receipt.render(content, size=_SIZE))
    ours, peer = in_turns(
        lambda: receipt.render(content, size=_SIZE), lambda: raw_pages.draw(pages), rounds=3 if quick else 100
    )
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


def _converting(office: str, page: raw_pages.Page) -> float:
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
