"""Files of lists: every format and encoding that arrives is read, every bad file gets one sentence and costs little."""

import codecs
import json
import unicodedata
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.vocabulary import LimitUnit
from desktop.errors import UserError
from desktop.office import procedures, published_files
from desktop.rules.syllables import TONES
from tests.cli.conftest import assert_sentence
from tests.office.list_files import CSV, HEADING, ROW, heading_row, package, workbook

PNG = b"\x89PNG\r\n\x1a\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path):
    with pytest.raises(UserError) as caught:
        published_files.read(path)
    assert caught.value.exit_code == 2
    assert_sentence(caught.value.message)
    return caught.value


def only(path):
    reading = published_files.read(path)
    assert not reading.rejected
    (entry,) = reading.entries
    return entry


def is_birth(entry):
    return (entry.code, entry.name, entry.field, entry.limit_text) == (
        "1.001193",
        "Thủ tục đăng ký khai sinh",
        "Hộ tịch",
        "Trong ngày",
    )


def test_a_workbook_with_a_cell_merged_over_many_rows(tmp_path):
    rows = [ROW, (2, "1.000656", "Thủ tục đăng ký khai tử", None, None), (3, 1.004873, "Xác nhận", None, "3 ngày")]
    path = workbook(tmp_path / "a.xlsx", *rows, merged=["D2:D4", "E2:E3"])
    entries = published_files.read(path).entries
    assert [(entry.row, entry.code, entry.field, entry.limit_text) for entry in entries] == [
        (2, "1.001193", "Hộ tịch", "Trong ngày"),
        (3, "1.000656", "Hộ tịch", "Trong ngày"),
        (4, "1.004873", "Hộ tịch", "3 ngày"),
    ]
    assert entries[0].sheet == "Danh mục"


def test_numbers_dates_and_hidden_sheets_of_a_workbook(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ("1", 1.00119, "Khai sinh", date(2026, 12, 1), 8000),
        heading=("STT", "Mã TTHC", "Tên TTHC", "Ngày hiệu lực", "Phí"),
    )
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("Cũ")
    hidden.append(HEADING)
    hidden.append(ROW)
    hidden.sheet_state = "hidden"
    book.create_chartsheet("Biểu đồ")
    book.save(path)
    entry = only(path)
    assert (entry.code, bool(entry.doubt), entry.valid_from) == ("1.001190", True, date(2026, 12, 1))
    assert entry.fee_text == "8.000 đồng"


def test_a_workbook_with_styles_that_nobody_understands_is_read(tmp_path):
    row = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ROW)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    styles = f'<styleSheet xmlns="{main}"><fills><fill><x/></fill></fills></styleSheet>'
    path = package(tmp_path / "a.xlsx", [heading_row(), f"<row>{row}</row>"], styles=styles)
    assert is_birth(only(path))


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
    ],
)
def test_delimited_text_in_every_encoding(tmp_path, delimiter, mark, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(mark + CSV.replace(",", delimiter).encode(encoding))
    assert is_birth(only(path))


def test_the_code_page_of_windows_is_told_by_its_words(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("".join(map(_tone_behind, CSV)).encode("cp1258"))
    assert is_birth(only(path))
    # TCVN3 (font .VnTime) is another code with the same bytes.
    path.write_bytes("STT,M· TTHC,Tªn thñ tôc hµnh chÝnh\n1,1.001193,§¨ng ký khai sinh\n".encode("latin-1"))
    assert refused(path).code == "unknown_encoding"


def _tone_behind(char):
    """A letter as windows-1258 writes it: with its own mark, the tone behind it."""
    tones = [mark for mark in unicodedata.normalize("NFD", char) if mark in TONES]
    letter = "".join(mark for mark in unicodedata.normalize("NFD", char) if mark not in TONES)
    return unicodedata.normalize("NFC", letter) + "".join(tones)


def test_quoted_breaks_a_separator_line_and_text_kept_from_being_a_number(tmp_path):
    path = tmp_path / "a.csv"
    row = '="1.001190";"Khai ""sinh""";"- Luật A;\n- Luật B"'
    path.write_text(f"sep=;\nMã TTHC;Tên TTHC;Căn cứ pháp lý\n{row}\n", "utf-8")
    entry = only(path)
    assert (entry.row, entry.code, entry.doubt) == (3, "1.001190", "")
    assert (entry.name, entry.legal_basis) == ('Khai "sinh"', ("Luật A", "Luật B"))


def test_rows_of_json_with_keys_for_headings(tmp_path):
    path = tmp_path / "a.json"
    one, three = ({"value": value, "unit": "working_days", "raw": "tùy"} for value in (1, 3))
    rows = [
        {"ma_thu_tuc": "1.001193", "ten_thu_tuc": "Khai sinh", "linh_vuc": "Hộ tịch", "time_limit": three},
        {"ma_thu_tuc": "1.000656", "ten_thu_tuc": "Khai tử", "time_limit": one | {"variants": [1]}},
        {"ma_thu_tuc": "1.000657", "ten_thu_tuc": "Khác", "time_limit": {"raw": "tùy trường hợp"}},
    ]
    path.write_text(json.dumps({"rows": rows}), "utf-8")
    first, second, third = published_files.read(path).entries
    assert (first.row, first.field, first.limit.value, first.limit.unit) == (1, "Hộ tịch", 3, LimitUnit.WORKING_DAYS)
    assert (second.limit, second.limit_text) == (None, None)
    assert (third.limit, third.limit_text) == (None, "tùy trường hợp")


def test_our_own_records_say_everything(tmp_path):
    path = tmp_path / "a.json"
    versions = procedures.shipped()[:3]
    records = [procedures.to_json(version) for version in versions]
    path.write_text(json.dumps({"procedures": [*records, records[0] | {"limit": "ba"}]}), "utf-8")
    reading = published_files.read(path)
    assert tuple(entry.whole for entry in reading.entries) == versions
    (rejected,) = reading.rejected
    assert rejected.row == 4 and "không đúng mẫu" in rejected.reason


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", PNG, "not_a_list"),
        ("a.csv", b"%PDF-1.7\n", "not_a_list"),
        ("a.json", b"\xff\xd8\xff\xe0", "not_a_list"),
        ("a.xlsx", b"MZ\x90\x00", "not_a_list"),
        ("a.xlsx", b"<html><table>", "not_a_list"),
        ("a.csv", codecs.BOM_UTF8 + b"\n<?xml version='1.0'?>", "not_a_list"),
        ("a.csv", b"{\\rtf1", "not_a_list"),
        ("a.csv", bytes(range(256)), "not_a_list"),
        ("a.xlsx", OLE + bytes(600) + "Workbook".encode("utf-16-le"), "not_a_list"),
        ("a.xlsx", OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "not_a_list"),
        ("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        ("a.xlsx", CSV.encode(), "wrong_name"),
        ("a.json", CSV.encode(), "wrong_name"),
        ("a.xls", CSV.encode(), "wrong_name"),
        ("a.csv", b'[{"a": 1}]', "wrong_name"),
        ("a.xlsx", b"PK\x03\x04 and no end", "swollen_file"),
        ("a.xlsx", b"", "empty_file"),
        ("a.csv", b"\n \n", "empty_file"),
        ("a.csv", CSV.splitlines()[0].encode(), "empty_list"),
        ("a.csv", b"a,b\n1,2\n", "no_heading"),
        ("a.csv", b"M\xe3,T\xean", "unknown_encoding"),
        ("a.csv", b'Ma TTHC,Ten TTHC\n1.001193,Khai sinh\n1.000656,"Khai', "bad_quotes"),
        ("a.csv", b"Ma TTHC,Ten TTHC\n1.001193,=1+1\n", "formula"),
        ("a.csv", b"Ma TTHC,Ten TTHC\n1.001193," + b"a" * 200_000 + b"\n", "bad_quotes"),
        ("a.json", b"{", "bad_json"),
        ("a.json", b"[" * 100_000, "bad_json"),
        ("a.json", b"[" * 500_000, "too_many_rows"),
        ("a.json", b"[1]", "bad_json"),
        ("a.json", b"[]", "empty_list"),
        ("a.json", b'{"rows": []}', "empty_list"),
        ("a.json", b'[{"x": 1}]', "no_heading"),
    ],
    ids=lambda given: ascii(given)[:40],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    problem = refused(path)
    assert problem.code == code
    assert "ưa ghi gì" in problem.message


def test_the_sentence_names_the_row(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ROW, (2, "1.000656", "Khai tử", "Hộ tịch", "=E2"))
    problem = refused(path)
    assert (problem.code, problem.facts) == ("formula", {"row": 3})
    assert problem.message.startswith("Dòng 3 có công thức ở cột E;")


def test_a_package_of_another_kind_is_named(tmp_path):
    for part, words in (("word/document.xml", "tệp Word"), ("a.txt", "tệp nén ZIP")):
        with ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr(part, "x")
        assert words in refused(tmp_path / "a.xlsx").message


def test_a_workbook_under_another_name_is_told_apart(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ROW)
    for name, right in (("b.csv", ".xlsx"), ("b.json", ".xlsx"), ("b.pdf", ".xlsx")):
        problem = refused(path.rename(tmp_path / name))
        (tmp_path / name).rename(path)
        assert problem.code == "wrong_name" and right in problem.message
    assert is_birth(only(path.rename(tmp_path / "b.bak")))


def test_what_is_no_file_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "none.xlsx"):
        assert refused(path).code == "no_file"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.csv", "a.json", "a"]))
def test_no_bytes_break_it(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    refused(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path, data):
    path = workbook(tmp_path / "a.xlsx", ROW)
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, 1_000_000)) % len(whole)] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(whole))
    try:
        published_files.read(path)
    except UserError as error:
        assert_sentence(error.message)
