"""Tables for other programs: text stays text, numbers numbers, and a file that could not be written is not there."""

import csv
import io
import json

import openpyxl
import pytest

from desktop.errors import EnvironmentProblem
from desktop.office.table_files import Column, Table, write
from tests.office.deciding import refused

TABLE = Table(
    ("DANH MỤC", "Xã Mường Than"),
    (Column("STT", 5), Column("Mã TTHC", 12), Column("Tên", 40)),
    ((1, "1.004870", "Cấp bản sao\nhai dòng"), (2, "2.000815", "=1+1"), (3, "1.000001", "- Trực tiếp")),
    {"procedures": [{"code": "1.004870"}]},
)


def test_a_spreadsheet_keeps_codes_and_formulas_as_text(tmp_path, monday):
    path = tmp_path / "danh-muc.XLSX"
    write(path, TABLE, now=monday)
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [rows[0][0], rows[1][0]] == ["DANH MỤC", "Xã Mường Than"]
    assert rows[2:] == [("STT", "Mã TTHC", "Tên"), *TABLE.rows]
    assert sheet["C5"].data_type == "s" and sheet.freeze_panes == "A4"
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$3:$3"


def test_a_csv_opens_in_excel_with_its_letters_and_computes_nothing(tmp_path, monday):
    path = tmp_path / "danh-muc.csv"
    write(path, TABLE, now=monday)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["STT", "Mã TTHC", "Tên"]
    assert [row[2] for row in rows[1:]] == ["Cấp bản sao\nhai dòng", " =1+1", " - Trực tiếp"]


def test_json_holds_the_records(tmp_path, monday):
    write(tmp_path / "a.json", TABLE, now=monday)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == TABLE.records


@pytest.mark.parametrize("name", ["danh-muc.xls", "danh-muc", "danh-muc.pdf"])
def test_another_ending_is_refused(tmp_path, monday, name):
    assert refused(lambda: write(tmp_path / name, TABLE, now=monday)).code == "unknown_format"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path, monday):
    with pytest.raises(EnvironmentProblem) as problem:
        write(tmp_path / "none" / "a.csv", TABLE, now=monday)
    assert problem.value.code == "file_not_stored"
    assert list(tmp_path.iterdir()) == []
