"""Files for the tests of importing: workbooks as people make them, and packages made to do harm."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

CHECKOUT = Path(__file__).resolve().parents[2]
HEADING = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Thời hạn giải quyết")
CSV = (
    "STT,Mã TTHC,Tên thủ tục hành chính,Lĩnh vực,Thời hạn giải quyết\n"
    "1,1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,Trong ngày\n"
)
ROW = (1, "1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", "Trong ngày")

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Danh mục" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>',
}
_MAIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END = "</sheetData></worksheet>"


def workbook(path, *rows, heading=HEADING, merged=(), title="Danh mục"):
    """A workbook of one sheet as Excel would save it; ``rows`` below ``heading``."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in (heading, *rows):
        sheet.append(row)
    for reference in merged:
        sheet.merge_cells(reference)
    book.save(path)
    return path


def heading_row():
    """The heading as a row of a raw sheet, texts inline."""
    cells = (f'<c r="{"ABCDE"[at]}1" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(HEADING))
    return f'<row r="1">{"".join(cells)}</row>'


def package(path, pieces, **parts):
    """A package whose sheet is written piece by piece, however large; ``parts`` replace others, such as ``styles``."""
    named = {f"xl/{name}.xml": text for name, text in parts.items()}
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in (_PARTS | named).items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in (_MAIN, *pieces, _END):
                part.write(piece.encode() if isinstance(piece, str) else piece)
    return path


def reading_cost(path):
    """Read a file in a process of its own: what it said, seconds and megabytes above those of an idle program."""
    child = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "import openpyxl.reader.excel, openpyxl.worksheet._reader\n"
        "from desktop.errors import UserError\n"
        "from desktop.office import published_files\n"
        "def most():\n"
        "    return int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "idle, start = most(), time.perf_counter()\n"
        "try:\n"
        "    told = len(published_files.read(Path(sys.argv[1])).entries)\n"
        "except UserError as error:\n"
        "    told = error.code\n"
        "print(told, time.perf_counter() - start, (most() - idle) / 1024)\n"
    )
    command = [sys.executable, "-c", child, str(path)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=120)
    told, seconds, megabytes = done.stdout.split()
    return told, float(seconds), float(megabytes)
