"""A province's whole list of 2,046 procedures: read, compared field by field and applied; then searched while typing.

The list names the shipped procedures, each third with another limit, and new ones made of their words, in the columns
of Lai Châu. Every keystroke of a name is searched as the chooser of procedures does it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from db.connection import Register
from desktop.office import decisions, opening, procedures, published_files
from desktop.rules.change_sets import Decision
from tests.bench.measuring import Row, milliseconds, percentile_95
from tests.bench.registers import NOW, UNIT

_LISTED = 2046
_HEADING = (
    "STT",
    "Mã TTHC",
    "Tên thủ tục hành chính",
    "Lĩnh vực",
    "Thời hạn giải quyết",
    "Địa điểm, thời gian, cách thức thực hiện TTHC",
    "Phí, lệ phí (nếu có)",
    "Căn cứ pháp lý",
)
_PLACE = "Trực tiếp tại Trung tâm Phục vụ hành chính công các cấp; 07h30–11h30, 13h30–17h00"


def measure(quick: bool) -> list[Row]:
    """The whole import against the promised 3 s and against merely opening the file; a keystroke against 10 ms."""
    listed, names = (40, 2) if quick else (_LISTED, 60)
    with tempfile.TemporaryDirectory() as folder:
        path = _list(Path(folder, "danh-muc.xlsx"), listed)
        with opening.init(Path(folder, "data"), UNIT, now=NOW) as book:
            whole = milliseconds(_import, book, path)
            opened = milliseconds(_merely_opened, path)
            searched = list(_keystrokes(book, names))
    claim = f"Import of {listed:,} rows: read, compared, applied"
    return [
        Row(claim, whole, 3000.0, 1.0, "promised 3 s"),
        Row(claim, whole, opened, None, "openpyxl's load_workbook of the same file"),
        Row(
            f"Search at each keystroke, {listed:,} procedures, p95",
            percentile_95(searched),
            10.0,
            1.0,
            "promised 10 ms",
        ),
        Row(f"Search at each keystroke, {listed:,} procedures, slowest", max(searched), 10.0, 1.0, "promised 10 ms"),
    ]


def _import(book: Register, path: Path) -> None:
    decision = Decision("3120/QĐ-UBND", None, NOW.date())
    found = decisions.prepare(book, published_files.read(path), decision, now=NOW)
    decisions.accept(book, found, clerk=None, now=NOW)
    procedures.catalogue(book)


def _merely_opened(path: Path) -> None:
    import openpyxl

    for row in openpyxl.load_workbook(path, read_only=True).active.rows:
        tuple(cell.value for cell in row)


def _keystrokes(book: Register, names: int) -> Iterator[float]:
    catalogue, rng = procedures.catalogue(book), Random(3)
    listed = catalogue.listed(on=NOW.date())
    for version in (rng.choice(listed) for _ in range(names)):
        name = version.name[: rng.randrange(4, 40)]
        for length in range(1, len(name) + 1):
            yield milliseconds(lambda typed=name[:length]: catalogue.search(typed, on=NOW.date()))


def _list(path: Path, listed: int) -> Path:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh mục TTHC")
    sheet.append(_HEADING)
    shipped = procedures.shipped()
    for number in range(listed):
        version = shipped[number % len(shipped)]
        again = number // len(shipped)
        limit = "05 ngày làm việc" if number % 3 == 0 else version.limit_text or "Trong thời hạn 03 ngày làm việc"
        code = version.code if not again else f"4.{number:06d}"
        name = version.name if not again else f"{version.name}, hình thức {again}"
        told = (version.field, limit, _PLACE, version.fee.text or "Không", "\n".join(version.legal_basis))
        sheet.append((number + 1, code, name, *told))
    book.save(path)
    return path
