"""Vietnamese text: what is kept, what is refused, how it is searched and sorted."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.text import TextError, clean, fold, modern_spelling, nfc, sort_key

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
ANY_TEXT = st.text(max_size=60)


@pytest.mark.parametrize("letter", LETTERS + LETTERS.upper())
def test_every_letter_survives_decomposition(letter: str) -> None:
    assert clean(unicodedata.normalize("NFD", letter)) == letter
    assert nfc(unicodedata.normalize("NFD", letter)) == letter


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lò  Văn\u00a0Thử ", "Lò Văn Thử"),
        ("\ufeffLò Văn Thử\r\n", "Lò Văn Thử"),
        ("Bản Mẫu\tMột\u2028Phúc\u3000Than", "Bản Mẫu Một Phúc Than"),
        ("V\u200bàng\u00ad Thị\u2060", "Vàng Thị"),
        ("a\u200b\u0301", "á"),
        ("", ""),
        (" \u00a0\ufeff ", ""),
        ("H'Mông – “số 5”", "H'Mông – “số 5”"),
    ],
)
def test_odd_spaces_and_invisible_marks_are_folded(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Lò\x00Văn", "control_character"),
        ("Lò\x1bVăn", "control_character"),
        ("Lò\x1dVăn", "control_character"),
        ("Lò\x7fVăn", "control_character"),
        ("Lò \u202eVăn", "bidi_mark"),
        ("\u200fLò", "bidi_mark"),
        ("Lò\u2066", "bidi_mark"),
        ("L\ufffd Văn", "damaged_character"),
        ("L\ud800 Văn", "damaged_character"),
        ("L\ue000 Văn", "damaged_character"),
    ],
)
def test_marks_that_hide_something_are_refused_with_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(TextError) as refused:
        clean(typed)
    assert refused.value.code == code
    assert refused.value.message.endswith("Xóa đi và gõ lại.")
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NGUYỄN Thị  Ánh Đào", "nguyen thi anh dao"),
        ("đường Ðoàn Kết", "duong doan ket"),
        (unicodedata.normalize("NFD", "Hưởng trợ cấp"), "huong tro cap"),
        ("Tẩn\u00a0A\u200b Chảo", "tan a chao"),
        ("1.001193.H35", "1.001193.h35"),
        ("“Bản” – số 5", "“ban” – so 5"),
        ("Straße 中文", "straße 中文"),
        ("", ""),
    ],
)
def test_search_key_ignores_marks_case_and_spacing(text: str, key: str) -> None:
    assert fold(text) == key


def test_every_vietnamese_letter_folds_to_one_plain_letter() -> None:
    assert {fold(letter) for letter in LETTERS + LETTERS.upper()} == set("abcdeghiklmnopqrstuvxy")


IN_ORDER = [
    "",
    "1 tờ khai",
    "an",
    "àn",
    "ản",
    "ãn",
    "án",
    "ạn",
    "az",
    "ăn",
    "ặn",
    "ân",
    "ấn",
    "ba",
    "bá",
    "Bà Rịa",
    "Chảo A Pao",
    "dao",
    "đao",
    "Đặng",
    "em",
    "êm",
    "Giàng",
    "Lò Văn Ân",
    "Lò Văn Ấn",
    "Lù A Páo",
    "Nguyễn",
    "ong",
    "ông",
    "ơn",
    "Sùng",
    "Tẩn",
    "tuyên",
    "tư",
    "từ",
    "xã",
    "ý",
]


def test_vietnamese_alphabetical_order() -> None:
    shuffled = list(IN_ORDER)
    random.Random(2).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == IN_ORDER
    assert sorted(map(str, map(sort_key, shuffled))) == [sort_key(text) for text in IN_ORDER]


def test_order_of_the_letters_with_their_tones() -> None:
    shuffled = list(LETTERS)
    random.Random(3).shuffle(shuffled)
    assert "".join(sorted(shuffled, key=sort_key)) == LETTERS


def test_order_does_not_depend_on_case_or_composition() -> None:
    assert sort_key("NGUYỄN  Thị") == sort_key(unicodedata.normalize("NFD", "nguyễn thị"))


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    try:
        once = clean(text)
    except TextError:
        return
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) == fold(unicodedata.normalize("NFD", text))


@given(ANY_TEXT)
def test_sort_key_of_any_text_exists(text: str) -> None:
    assert sort_key(text) == sort_key(nfc(text))


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("hoà giải, thoả thuận", "hòa giải, thỏa thuận"),
        ("khoẻ", "khỏe"),
        ("quý, quỹ, hoàn, khoản, thuỷ", "quý, quỹ, hoàn, khoản, thủy"),
    ],
)
def test_both_schools_of_tone_marks_are_spelt_alike(old, modern):
    assert modern_spelling(old) == modern == modern_spelling(modern)
