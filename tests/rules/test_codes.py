"""Codes of dossiers and procedures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Unit
from desktop.rules.codes import dossier_code, is_official_code, is_temporary_code, procedure_code

DAY = date(2026, 11, 23)
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_without_an_agency_code_the_code_is_visibly_temporary() -> None:
    code = dossier_code(Unit("MT", "Xã Mường Than"), DAY, 15)
    assert code == "TN-MT-261123-0015"
    assert is_temporary_code(code)
    assert not is_official_code(code)


def test_with_an_agency_code_the_code_has_the_official_shape() -> None:
    code = dossier_code(Unit("MT", "Xã Mường Than", agency_code="H35.17.28"), DAY, 1)
    assert code == "H35.17.28-261123-0001"
    assert is_official_code(code)
    assert not is_temporary_code(code)


@pytest.mark.parametrize(
    ("unit_code", "expected"),
    [("03618", "TN-03618-261123-0001"), ("mường-than", "TN-MUONGTHAN-261123-0001"), ("Đ.K", "TN-DK-261123-0001")],
)
def test_any_unit_code_gives_a_code_that_a_scanner_can_type(unit_code: str, expected: str) -> None:
    assert dossier_code(Unit(unit_code, "Xã"), DAY, 1) == expected


def test_a_day_with_more_than_9999_dossiers_keeps_counting() -> None:
    code = dossier_code(Unit("MT", "Xã"), DAY, 10_000)
    assert code == "TN-MT-261123-10000"
    assert is_temporary_code(code)


@pytest.mark.parametrize(
    ("unit", "number"),
    [(Unit("MT", "Xã"), 0), (Unit("–", "Xã"), 1), (Unit("MT", "Xã", agency_code="35.17"), 1)],
)
def test_codes_that_cannot_be_made_are_refused(unit: Unit, number: int) -> None:
    with pytest.raises(ValueError):
        dossier_code(unit, DAY, number)


@given(st.text(min_size=1, max_size=40), st.integers(1, 99_999), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_temporary_code_is_recognised_and_fits_the_qr(unit_code: str, number: int, on: date) -> None:
    try:
        code = dossier_code(Unit(unit_code, "Xã"), on, number)
    except ValueError:
        return
    assert is_temporary_code(code)
    assert set(code) <= QR_ALPHANUMERIC


@pytest.mark.parametrize(
    "code",
    [
        "000.28.17.H35-230615-0001",
        "H35.17.28-250701-0001",
        "H15.50.05.13-261008-0975",
        "H35-261123-0001",
        "G09.01.002-261123-150001",
        "H35.17.28-261123-1512345",
    ],
)
def test_official_codes_of_both_orders_are_accepted(code: str) -> None:
    assert is_official_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "TN-MT-261123-0015",
        "H35.17.28-261123-001",
        "H35.17.28-261123-12345678",
        "h35.17.28-261123-0001",
        "H35.17.28-26112-0001",
        "H35.17.28–261123–0001",
        "H35.17.28-261123-0001\n",
        "28.17.H35-261123-0001",
        "H35.17.28-261123-٠٠٠١",
    ],
)
def test_other_shapes_are_not_official(code: str) -> None:
    assert not is_official_code(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        ("1.012753.H19", "1.012753"),
        ("2.000815.000.00.00.H55", "2.000815"),
        ("2.001009.000.00.00.H 61", "2.001009"),
        ("1.000594. H42", "1.000594"),
        ("1.013.788.H42", "1.013788"),
        ("2.000815.01", "2.000815"),
        ("(1.004122)", "1.004122"),
        ("'1.004122", "1.004122"),
        (" 1.004122\u00a0\n", "1.004122"),
        ("1.014459.h35", "1.014459"),
        ("\ufeff1.014459", "1.014459"),
    ],
)
def test_written_variants_of_a_procedure_code_become_one(text: str, code: str) -> None:
    assert procedure_code(text) == code


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.00119", "thiếu chữ số"),
        ("2.0", "thiếu chữ số"),
        ("", "1.001193"),
        ("Khai sinh", "1.001193"),
        ("1.0011934", "1.001193"),
        ("11.001193", "1.001193"),
        ("1.001193 2.000815", "1.001193"),
        ("١.٠٠١١٩٣", "1.001193"),
    ],
)
def test_other_procedure_codes_are_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        procedure_code(text)
    assert str(refused.value).endswith(".")


@given(st.text(max_size=30))
def test_normalising_a_procedure_code_twice_changes_nothing_more(text: str) -> None:
    try:
        once = procedure_code(text)
    except ValueError:
        return
    assert procedure_code(once) == once
