"""Legal Vietnamese syllables, and what Telex and VNI keys mean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.syllables import is_highland_syllable, is_syllable, with_tone
from desktop.rules.typing_methods import TELEX, VNI, keys_behind, readings

NAMES = (
    "Lò|Vàng|Giàng|Sùng|Tẩn|Lù|Chảo|Nguyễn|Quàng|Quỳnh|Quý|Quốc|Quyết|Thủy|Thuỷ|Hòa|Hoà|Gì|Giêng|Giếng|Yên|Huỳnh|Khuya|"
    "Thuở|Ngoằn|Moong|Noong|Khuỷu|Người|Được|Mỷ|Vừ|Páo|Khoen|Sì|Lầu|Pa|Ủ|Hoàng|Thoải|Nghiêm|Ghế|Kỳ|Ươm|Yếu|Oanh|Giữ|Tuýp"
)


@pytest.mark.parametrize("word", NAMES.split("|"))
def test_syllables_of_names_and_places_are_legal(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize(
    "word",
    [
        "",
        "Nguyeexn",
        "Nguyênx",
        "Bas",
        "Th",
        "Hoàg",
        "Tac",
        "Gìa",
        "Qúy",
        "Hơng",
        "Wang",
        "Tiếnn",
        "Hoáà",
        "Số5",
        "H'Mông",
    ],
)
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_names_are_written_with_a_little_more_freedom() -> None:
    assert is_syllable("Pac", strict=False)
    assert is_syllable("Qúy", strict=False)
    assert not is_syllable("Nguyênx", strict=False)
    assert not is_syllable("Ho\u0301àng", strict=False)


def test_words_of_the_central_highlands() -> None:
    assert all(map(is_highland_syllable, ("Đắk", "Lắk", "Krông", "Blôk", "Búk")))
    assert not any(map(is_highland_syllable, ("Nguyeexn", "Bas", "Krg", "")))


@pytest.mark.parametrize("word", NAMES.split("|"))
def test_a_tone_is_put_back_where_it_stood(word: str) -> None:
    tones = "\u0300\u0309\u0303\u0301\u0323"
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(char for char in decomposed if char in tones)
    letters = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in tones))
    assert word in with_tone(letters, tone, len(letters))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("Nguyeexn", {"Nguyễn"}),
        ("Nguyeenx", {"Nguyễn"}),
        ("Ddawngj", {"Đặng"}),
        ("DDAWNGJ", {"ĐẶNG"}),
        ("Nuwx", {"Nữ"}),
        ("Nwx", {"Nữ"}),
        ("Muwowngf", {"Mường"}),
        ("Muowngf", {"Mường"}),
        ("Thuowr", {"Thuở"}),
        ("Lai", {"Lai"}),
        ("Soong", {"Sông", "Soong"}),
        ("Hoaf", {"Hòa", "Hoà"}),
        ("Hofa", {"Hòa"}),
        ("Quocs", set()),
        ("Krong", set()),
        ("Nguye6n4", set()),
        ("sss", set()),
        ("", set()),
    ],
)
def test_readings_of_telex_keys(keys: str, words: set[str]) -> None:
    assert readings(keys, TELEX) == words


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("Nguye6n4", {"Nguyễn"}),
        ("Nguye64n", {"Nguyễn"}),
        ("D9a8ng5", {"Đặng"}),
        ("Nu74", {"Nữ"}),
        ("Mu7o72ng", {"Mường"}),
        ("So6ng", {"Sông"}),
        ("Soong", {"Soong"}),
        ("Hoa2", {"Hòa", "Hoà"}),
        ("A1", {"Á"}),
        ("K9", set()),
        ("5", set()),
    ],
)
def test_readings_of_vni_keys(keys: str, words: set[str]) -> None:
    assert readings(keys, VNI) == words


@pytest.mark.parametrize(
    ("burst", "telex", "vni"),
    [
        ("Moong", "Moong", "Moong"),
        ("Mo\bông", "Moong", "Mo6ng"),
        ("ho\bòa\b\boàn", "hofan", "ho2an"),
        ("thuo\b\bương", "thuowng", "thuo7ng"),
        ("D\bĐan", "Ddan", "D9an"),
        ("BA\bÁ", "BAS", "BA1"),
        ("Ba\bá\bas", None, None),
        ("Ba\bô", None, None),
        ("Ba\b", None, None),
        ("\b\bá", None, None),
        ("Ba\ba", None, None),
    ],
)
def test_keys_behind_what_a_method_composed(burst: str, telex: str | None, vni: str | None) -> None:
    assert keys_behind(burst, TELEX) == telex
    assert keys_behind(burst, VNI) == vni


@given(st.text("\bABDOaeosfwd16ôĐ ", max_size=30), st.sampled_from([TELEX, VNI]))
def test_any_burst_and_any_keys_are_answered(text: str, method: object) -> None:
    keys = keys_behind(text, method)
    assert keys is None or "\b" not in keys
    assert all(map(is_syllable, readings(text, method)))
