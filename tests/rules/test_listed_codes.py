"""Codes as lists of the provinces carry them: every decoration seen is taken off, every damage is told."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import listed_codes
from desktop.rules.listed_codes import ListedCode


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.012753.H19", "1.012753"),
        ("2.000815.000.00.00.H55", "2.000815"),
        ("2.001009.000.00.00.H 61", "2.001009"),
        ("1.000594. H42", "1.000594"),
        ("1.013.788.H42", "1.013788"),
        ("1.115547.H35", "1.115547"),
        ("(1.004122)", "1.004122"),
        ("'1.004122", "1.004122"),
        ("“1.004122”", "1.004122"),
        ('="1.001190"', "1.001190"),
        ("\u00a01.004122 \u200b", "1.004122"),
        ("1.004122\n(H35)", "1.004122"),
        ("1,004122", "1.004122"),
        ("1004122", "1.004122"),
        (1004122, "1.004122"),
        (1.004122, "1.004122"),
        (1.0041220000000002, "1.004122"),
    ],
)
def test_decorations_are_taken_off(cell, code):
    found = listed_codes.in_cell(cell)
    assert (found.code, found.doubt) == (code, "")


@pytest.mark.parametrize(("cell", "code"), [(1.00119, "1.001190"), ("1.00119", "1.001190"), (3.0, "3.000000")])
def test_a_lost_zero_is_a_doubt_and_not_a_code(cell, code):
    found = listed_codes.in_cell(cell)
    assert found.code == code
    assert found.doubt.startswith("Mã “") and "thiếu chữ số" in found.doubt


def test_the_number_of_a_case_is_kept_apart():
    assert listed_codes.in_cell("2.000815.01") == ListedCode("2.000815", "01")


@pytest.mark.parametrize("cell", [None, "", " - ", "\u00a0", "'"])
def test_an_empty_cell_has_no_code(cell):
    assert listed_codes.in_cell(cell) == ListedCode()


@pytest.mark.parametrize(
    "cell",
    [
        "abc",
        "1.00119312",
        "12.001193",
        12.5,
        1.00412211,
        -1.004122,
        math.inf,
        math.nan,
        True,
        date(2026, 1, 1),
        "1.001776\n1.001731",
        "x1.004122",
    ],
)
def test_anything_else_is_refused_in_one_sentence(cell):
    with pytest.raises(ValueError, match=r"^(Ô|Mã) .*\.$"):
        listed_codes.in_cell(cell)


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("Cấp giấy phép xây dựng (1.004122)", "1.004122", "Cấp giấy phép xây dựng"),
        ("Cấp giấy phép; 1.013401.H50", "1.013401", "Cấp giấy phép"),
        ("1.004122 - Cấp giấy phép", "1.004122", "Cấp giấy phép"),
        ("Đăng ký khai sinh\nMã TTHC: 1.001193.000.00.00.H35", "1.001193", "Đăng ký khai sinh"),
        ("Cấp (Mã số TTHC: 2.000815) bản sao", "2.000815", "Cấp bản sao"),
        ("Vay trên 1.500.000 đồng", "", "Vay trên 1.500.000 đồng"),
        ("Theo mục 1.2.3 của NĐ 22/2025", "", "Theo mục 1.2.3 của NĐ 22/2025"),
    ],
)
def test_a_code_inside_a_name_is_taken_out_of_it(text, code, rest):
    found = listed_codes.in_text(text)
    assert (found.code, found.rest) == (code, rest)


def test_two_codes_in_one_name_are_refused_with_both():
    with pytest.raises(ValueError, match=r"1\.001776, 1\.116909"):
        listed_codes.in_text("Thay 1.001776 bằng 1.116909")
    assert listed_codes.all_in("Thay 1.116909 bằng 1.001776.H35") == ("1.116909", "1.001776")


@given(st.integers(0, 999_999), st.sampled_from("12345"))
def test_a_number_is_certain_exactly_when_no_zero_could_be_lost(figures, first):
    code = f"{first}.{figures:06d}"
    found = listed_codes.in_cell(float(code))
    assert found.code == code
    assert bool(found.doubt) == code.endswith("0")


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    try:
        found = listed_codes.in_cell(text)
    except ValueError:
        return
    assert not found.code or len(found.code) == 8
