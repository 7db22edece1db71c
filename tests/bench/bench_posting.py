"""The whole wall of a commune, every procedure in force, from the register to the PDF, against other means.

Ours reads the catalogue, words every sheet, computes versions and QRs, breaks lines and pages. The raw side is handed
our texts and lines with their places; Platypus, LibreOffice and typst get the same words and lay them out. typst is
measured where its package is installed, LibreOffice where the program is.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from db.connection import Register
from desktop.documents import posting_pages
from desktop.documents.posting_pages import Printing, QrSheet
from desktop.documents.posting_sheet import SheetContent
from desktop.office import illustrations, opening
from desktop.office.posting_sheets import wall
from desktop.rules import sheet_codes
from desktop.rules.sheet_codes import version_digits
from tests.bench import posting_peers, raw_pages, registers
from tests.bench.measuring import Row, in_turns, milliseconds

_UNIT = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
_PROMISED_MB = 150.0
_A_DOCUMENT = 60


def measure(quick: bool) -> list[Row]:
    """Rows against raw reportlab, Platypus, LibreOffice and typst, and the memory of a process that prints it all."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "data")
        with opening.init(home, _UNIT, now=registers.NOW) as book:
            shown = wall(book, registers.NOW.date())
            names = list(shown.names)[:30] if quick else list(shown.names)
            pages = raw_pages.read_back(_printed(book, names))
            sheets = [shown.sheet(name) for name in names]
            procedures = sum(sheet.kind == "procedure" for sheet in sheets)
            claim = f"The wall of {procedures} procedures, {len(pages)} pages"
            rounds = 1 if quick else 7
            ours, raw = in_turns(lambda: _printed(book, names), lambda: raw_pages.draw(pages), rounds=rounds, warm=1)
            rows = [Row(claim, ours, raw, 1.3, "the same texts and lines raw by reportlab")]
            platypus = milliseconds(posting_peers.platypus, sheets)
            rows.append(Row(claim, ours, platypus, 1 / 3, "Platypus laying out the same words"))
            rows += [] if quick else _others(claim, ours, sheets, Path(folder))
        memory = _memory(home, names if quick else ())
    return [*rows, Row(f"{claim}, memory", memory, _PROMISED_MB, 1.0, f"promised {_PROMISED_MB:.0f} MB", "MB")]


def _printed(book: Register, names: Sequence[str]) -> bytes:
    """The sheets from scratch: nothing is known of the catalogue yet."""
    book.derived.clear()
    shown = wall(book, registers.NOW.date())
    sheets = (
        QrSheet(shown.sheet(name), sheet_codes.sheet_text(name, version_digits(shown.sha256(name)), practice=False))
        for name in names
    )
    printing = Printing(registers.NOW.date())
    pdf = posting_pages.render(
        sheets, len(names), printing, title="", author="", picture=lambda sha256: illustrations.picture(book, sha256)
    )
    assert pdf is not None, "nobody stops this work"
    return pdf


def _others(claim: str, ours: float, sheets: Sequence[SheetContent], folder: Path) -> Iterator[Row]:
    office = shutil.which("soffice")
    if office:
        yield Row(claim, ours, _converting(office, sheets, folder), 1 / 8, "LibreOffice converting the same words")
    else:
        yield Row(claim, ours, None, 1 / 8, "LibreOffice: not installed here")
    if importlib.util.find_spec("typst"):
        yield Row(claim, ours, _typesetting(sheets), None, "typst, its first run")
    else:
        yield Row(claim, ours, None, None, "typst: not installed here")


def _converting(office: str, sheets: Sequence[SheetContent], folder: Path) -> float:
    """One run over all sheets, in documents of sixty: in one of hundreds of tables LibreOffice takes minutes.

    The profile was made by a run before.
    """
    parts = [sheets[at : at + _A_DOCUMENT] for at in range(0, len(sheets), _A_DOCUMENT)]
    files = [folder / f"wall-{number}.html" for number in range(len(parts))]
    for file, part in zip(files, parts, strict=True):
        file.write_text(posting_peers.html(part), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    _run([*command, str(files[-1])])
    taken = milliseconds(_run, [*command, *map(str, files)])
    assert all(file.with_suffix(".pdf").stat().st_size for file in files)
    return taken


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _typesetting(sheets: Sequence[SheetContent]) -> float:
    typst = importlib.import_module("typst")
    return milliseconds(typst.compile, posting_peers.typst(sheets).encode())


def _memory(home: Path, names: Sequence[str]) -> float:
    """Resident megabytes, at the most, of a process of its own that prints the sheets; all of them for no names."""
    command = [sys.executable, "-m", "tests.bench.posting_child", str(home), *names]
    done = subprocess.run(command, env=dict(os.environ), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return float(done.stdout)
