"""Module for module the symbol is the one that the qrcode library makes."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from desktop.documents.qr_modules import dark_modules
from desktop.rules import seal
from desktop.rules.calendar import VN_TZ

MASK = 3
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CODE = st.from_regex(r"[0-9A-Z][0-9A-Z.\-]{0,46}[0-9A-Z]", fullmatch=True)


@st.composite
def sealed_texts(draw) -> str:
    due_at = datetime(2026, 1, 2, tzinfo=VN_TZ) + timedelta(minutes=draw(st.integers(0, 10**6)))
    signed = seal.receipt_text(
        draw(CODE), draw(CODE), due_at, version=draw(st.integers(1, 9999)), practice=draw(st.booleans())
    )
    return seal.seal(signed, draw(st.binary(min_size=32, max_size=32)))


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts of one kind, or of pieces of several: the library begins a segment where 20 of a kind stand together."""
    kinds = st.one_of(
        st.text(letters, max_size=longest) for letters in ("0123456789", ALPHANUMERIC, st.characters(codec="utf-8"))
    )
    return kinds | st.lists(kinds, max_size=4).map("".join)


def of_the_library(text: str, version: int) -> list[str]:
    code = QRCode(version, ERROR_CORRECT_M, mask_pattern=MASK)
    code.add_data(text)
    try:
        code.make(fit=False)
    except DataOverflowError:
        code.make(fit=True)
    return ["".join("01"[dark] for dark in row) for row in code.modules]


@settings(deadline=None)
@given(sealed_texts())
def test_sealed_texts_of_every_code_have_the_librarys_modules(text):
    assert dark_modules(text, 8) == of_the_library(text, 8)


@settings(deadline=None)
@given(texts(longest=120), st.integers(1, 12))
def test_texts_of_every_kind_have_the_librarys_modules(text, version):
    assert dark_modules(text, version) == of_the_library(text, version)


@pytest.mark.parametrize("version", range(1, 41))
def test_every_version_has_the_librarys_patterns_blocks_and_padding(version):
    text = "Mã hồ sơ TN-MT"[:version] + f"{version:03}" * version
    assert dark_modules(text, version) == of_the_library(text, version)


@pytest.mark.parametrize(("kind", "most"), [("1", 5596), ("A", 3391), ("a", 2331)])
def test_a_text_fills_the_largest_symbol_and_one_letter_more_is_refused(kind, most):
    """What version 40 holds with correction M (ISO/IEC 18004, table 7)."""
    assert dark_modules(kind * most, 1) == of_the_library(kind * most, 1)
    with pytest.raises(DataOverflowError):
        dark_modules(kind * (most + 1), 1)
