"""The QR of a sheet: read back exactly, by a scanner that types through Unikey as well, and nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import sheet_codes
from desktop.rules.sheet_codes import ScannedSheet
from tests.rules.scanners import Unikey

NAMES = (
    *("1.001193", sheet_codes.COVER, sheet_codes.CONTENTS, sheet_codes.NOTICE, sheet_codes.DOOR),
    *(sheet_codes.list_name(22, 3), sheet_codes.fee_name(10), sheet_codes.link_name(1), sheet_codes.desk_name(12)),
)
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_read_back_also_through_unikey(name, practice):
    text = sheet_codes.sheet_text(name, "048210937551", practice=practice)
    assert set(text) <= QR_ALPHANUMERIC
    expected = ScannedSheet(name, "048210937551", practice)
    assert sheet_codes.read(text) == sheet_codes.read(f" {text.lower()}\r\n") == expected
    for method in ("telex", "vni"):
        for checks in (False, True):
            typed = Unikey(method, checks_spelling=checks).type(text + " ")
            assert sheet_codes.read(typed) == expected, (method, checks)


def test_the_names_are_those_promised():
    assert sheet_codes.sheet_text("1.001193", "048210937551", practice=False) == "NIEM YET 1.001193 BAN 048210937551"
    assert sheet_codes.list_name(22, 3) == "DANH MUC 22 TO 3"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NIEM YET 1.001193 BAN 04821093755",
        "NIEM YET 1.001193 BAN 0482109375510",
        "NIEM YET 1.00119 BAN 048210937551",
        "NIEM YET BAN 048210937551",
        "MA HO SO TN-MT-261123-0001",
        "NIÊM YẾT 1.001193 BAN 048210937551",
        "NIEM YET 1.001193 BAN ０48210937551",
        "NIEM YET 1.001193 BAN 048210937551 TAP",
    ],
)
def test_anything_else_is_no_sheet(text):
    assert sheet_codes.read(text) is None


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert sheet_codes.read(text) is None or text.isascii()


@pytest.mark.parametrize(("name", "version"), [("bia", "048210937551"), ("1.001193", "48"), ("", "048210937551")])
def test_what_could_not_be_read_back_is_not_written(name, version):
    with pytest.raises(ValueError, match="not a sheet"):
        sheet_codes.sheet_text(name, version, practice=False)


def test_versions_have_twelve_digits_whatever_the_hash():
    assert sheet_codes.version_digits("0" * 64) == "000000000000"
    assert sheet_codes.version_digits("f" * 64).isdigit() and len(sheet_codes.version_digits("f" * 64)) == 12
