"""Files made to do harm or grown by mistake: each is refused quickly and in little memory, in a process of its own."""

import pytest

from tests.office.list_files import CSV, heading_row, package, reading_cost


def test_a_picture_of_200_mb_is_looked_at_and_not_read(tmp_path):
    path = tmp_path / "a.xlsx"
    for start, code in ((b"\x89PNG\r\n\x1a\n", "not_a_list"), (b"PK\x03\x04", "too_large"), (b"STT,", "too_large")):
        with path.open("wb") as file:
            file.write(start + b" " * 5000)
            file.truncate(200_000_000)
        told, seconds, megabytes = reading_cost(path)
        assert told == code
        assert seconds < 1 and megabytes < 5


def _million(cells):
    yield heading_row()
    for start in range(2, 1_000_002, 1000):
        yield "".join(f'<row r="{row}">{cells}</row>' for row in range(start, start + 1000))


def _row(number, cells):
    return [heading_row(), f'<row r="{number}">{cells}</row>']


def _inline(text):
    return ['<row><c t="inlineStr"><is><t>', *text, "</t></is></c></row>"]


def _texts(content):
    return f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{content}</sst>'


def _laughs():
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "haha">{levels}]><workbook>&l9;</workbook>'


#: What is made → pieces of its sheet and other parts, and how it is refused.
HARMFUL = {
    "a million rows with borders": (_million('<c s="1"/><c s="1"/><c s="1"/>'), {}, "empty_rows"),
    "a cell in the far corner": (_row(1_048_576, '<c r="XFD1048576"><v>1</v></c>'), {}, "empty_rows"),
    "a cell far to the right": (_row(2, '<c r="XFD2"><v>1</v></c>'), {}, "too_wide"),
    "a gigabyte in one cell": (_inline([b" " * 1_000_000] * 1000), {}, "swollen_file"),
    "a row of endless cells": (["<row>", *["<c/>" * 250_000] * 50, "</row>"], {}, "swollen_file"),
    "rows and rows of cells": ([f"<row>{'<c><v>1</v></c>' * 150}</row>" * 100] * 400, {}, "swollen_file"),
    "endless texts": ([], {"sharedStrings": _texts("<si/>" * 3_000_000)}, "swollen_file"),
    "one endless text": ([], {"sharedStrings": _texts(f"<si><t>{' ' * 60_000_000}</t></si>")}, "swollen_file"),
    "endless styles": ([heading_row()], {"styles": " " * 9_000_000}, "swollen_file"),
    "a billion laughs": ([], {"workbook": _laughs()}, "damaged_file"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_file_made_to_do_harm_costs_little(tmp_path, kind):
    pieces, parts, code = HARMFUL[kind]
    told, seconds, megabytes = reading_cost(package(tmp_path / "a.xlsx", pieces, **parts))
    assert told == code
    assert seconds < 15 and megabytes < 130


def test_a_million_empty_lines_of_text_cost_little(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV.encode() + b",,,,\n" * 1_000_000)
    told, seconds, megabytes = reading_cost(path)
    assert told == "empty_rows"
    assert seconds < 3 and megabytes < 60
