"""Scans through a keyboard: whatever Unikey, drivers and code pages do, a card comes back exactly or not at all."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.scan import ScanMangled, looks_like_card, receipt_code, recover
from tests.rules.scanners import FOREIGN, Unikey, keys_for, nfc, payloads

THU = "012087000001|045000123|Lò Văn Thử|15031987|Nam|Bản Mẫu Một, Phúc Than, Than Uyên, Lai Châu|20082021"
SAMPLES = [
    THU,
    "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022",
    "012303000003||Giàng Thị Giả Định|01012003|Nữ|Bản Mẫu Ba, Mường Than, Than Uyên, Lai Châu|10102023",
    "012210000004||Nguyễn Văn Mẫu|30042010|Nam|Bản Mẫu Bốn, xã Mường Than, Lai Châu|04102024||||",
    "001187000005||Trần Thị Không Khớp|01011988|Nữ|Phường Mẫu, Hà Nội|11112021",
]


def answer(typed: str) -> str | None:
    """What the rules make of a scan; None when they refuse it."""
    try:
        return recover(typed)
    except ScanMangled:
        return None


def share_recovered(damage: Callable[[str], str], cards: list[str]) -> float:
    """The share of cards that come back; fails at the first that comes back as something else."""
    back = 0
    for card in cards:
        found = answer(damage(card))
        assert found in (card, None), f"{card}\n{damage(card)!r}\n{found}"
        back += found is not None
    return back / len(cards)


CARDS = payloads(1, 250)
HARD_CARDS = payloads(2, 250, hard=True)
IMES = [
    Unikey(method, checks_spelling=checks, restores=restores)
    for method in ("telex", "vni")
    for checks in (False, True)
    for restores in (False, True)
]


def test_the_model_composes_as_unikey_does() -> None:
    telex, vni = Unikey("telex", checks_spelling=False), Unikey("vni", checks_spelling=False)
    assert telex.type("Moong") == "Mo\bông"
    assert telex.type("toans") == "toan\b\bán"
    assert telex.type("hofan") == "ho\bòa\b\boàn"
    assert telex.type("Bass") == "Ba\bá\bas"
    assert telex.type("thuowng") == "thuo\b\bương"
    assert vni.type("D9ie6n5|A1 2") == "D\bĐie\bên\b\bện|A\bÁ 2"
    assert Unikey("telex", checks_spelling=True).type("Kpas") == "Kpas"


@pytest.mark.parametrize("card", SAMPLES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("\ufeff", "\r\n"), (" ", "\n")])
def test_a_card_typed_soundly_is_left_alone(card: str, form: str, before: str, after: str) -> None:
    assert recover(before + unicodedata.normalize(form, card) + after) == card


def test_sound_scans_of_many_cards() -> None:
    assert share_recovered(lambda card: card, CARDS) > 0.97
    assert share_recovered(lambda card: unicodedata.normalize("NFD", card), CARDS) > 0.97
    share_recovered(lambda card: card, HARD_CARDS)


@pytest.mark.parametrize("ime", IMES)
def test_letters_that_unikey_composes_again_are_undone(ime: Unikey) -> None:
    assert share_recovered(ime.type, CARDS) > 0.97
    share_recovered(ime.type, HARD_CARDS)


@pytest.mark.parametrize("ime", IMES)
def test_usual_cards_come_back_also_where_backspaces_are_not_seen(ime: Unikey) -> None:
    def seen(card: str) -> str:
        shown = ""
        for key in ime.type(card):
            shown = shown[:-1] if key == "\b" else shown + key
        return shown

    assert share_recovered(seen, CARDS) > 0.97


@pytest.mark.parametrize(("method", "least"), [("telex", 0.3), ("vni", 0.6)])
@pytest.mark.parametrize("tone_last", [False, True])
def test_cards_spelt_in_keys_are_read_or_refused(method: str, least: float, tone_last: bool) -> None:
    def spelt(card: str) -> str:
        return keys_for(card, method, tone_last=tone_last)

    assert share_recovered(spelt, CARDS) > least
    share_recovered(spelt, [card for card in HARD_CARDS if not FOREIGN.search(card)])
    for ime in IMES:
        share_recovered(lambda card, ime=ime: ime.type(spelt(card)), CARDS[:60])
        share_recovered(lambda card, ime=ime: ime.type(spelt(card)), [card for card in HARD_CARDS if "A1" in card])


@pytest.mark.parametrize("code_page", ["cp1252", "latin-1", "cp1258", "cp437"])
def test_utf8_shown_in_a_code_page_is_read_back(code_page: str) -> None:
    def shown(card: str) -> str:
        return "".join(shown_byte(byte, code_page) for byte in card.encode())

    assert share_recovered(shown, CARDS) > 0.97
    share_recovered(lambda card: shown(card).replace("\x90", "").replace("\x81", ""), CARDS)
    share_recovered(lambda card: nfc(shown(card)), CARDS)
    share_recovered(lambda card: unicodedata.normalize("NFD", shown(card)), CARDS)
    share_recovered(shown, HARD_CARDS)


def shown_byte(byte: int, code_page: str) -> str:
    """One byte in that code page; what the page leaves open shows as a C1 control, as Windows does."""
    try:
        return bytes([byte]).decode(code_page)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("code_page", ["ascii", "latin-1", "cp1252", "cp1258", "cp437", "cp850", "cp1250"])
@pytest.mark.parametrize("errors", ["ignore", "replace"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_lost_in_a_code_page_are_missed(code_page: str, errors: str, form: str) -> None:
    for card in CARDS + HARD_CARDS:
        typed = unicodedata.normalize(form, card).encode(code_page, errors).decode(code_page)
        assert answer(typed) in (card, None), typed


@pytest.mark.parametrize(
    "damage",
    [
        lambda card: card.swapcase(),
        lambda card: "".join(char.swapcase() if char.isascii() else char for char in card),
        lambda card: card.encode().decode("utf-8-sig").encode("utf-16-le").decode("latin-1"),
        lambda card: "".join(char if char.isascii() else "\ufffd" for char in card),
        lambda card: "".join(char if char.isascii() else "?" for char in card),
        lambda card: card.encode("cp1258", "ignore").decode("cp1252", "ignore"),
        lambda card: unicodedata.normalize("NFD", card).encode("cp1258", "ignore").decode("cp1252", "ignore"),
        lambda card: "".join(char for char in unicodedata.normalize("NFD", card) if not unicodedata.combining(char)),
        lambda card: card.replace("|", "~"),
        lambda card: card.replace("|", ""),
        lambda card: card[1:],
        lambda card: card + card,
    ],
)
def test_other_damage_is_refused(damage: Callable[[str], str]) -> None:
    for card in CARDS:
        assert answer(damage(card)) is None, damage(card)


@pytest.mark.parametrize("card", SAMPLES)
def test_a_cut_card_is_refused(card: str) -> None:
    whole = card.rstrip("|")
    for length in range(len(whole)):
        assert answer(card[:length]) is None
        assert length < 14 or looks_like_card(card[:length])


def test_digits_are_never_mended() -> None:
    for index in [index for index, char in enumerate(THU) if char.isdigit()]:
        for wrong in ("", "o", "٣", THU[index] * 2):
            assert answer(THU[:index] + wrong + THU[index + 1 :]) is None


@pytest.mark.parametrize(
    "address",
    [
        "Bản Nguyeexn, Phúc Than",
        "Bản Nguyênx, Phúc Than",
        "Bản Nguye6n, Phúc Than",
        "Bản Mộtt, Phúc Than",
        "Bản M, Mt, Phúc Than",
        "Bản Vn, Phúc Than",
        "Bản Mẫu\x07, Phúc Than",
        "Bản M\u202eẫu",
        "bẢN mẪU",
        "Bản [Mẫu]",
    ],
)
def test_words_that_cannot_stand_on_a_card_are_refused(address: str) -> None:
    assert answer(THU.replace("Bản Mẫu Một, Phúc Than", address)) is None


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("LÒ VĂN THỬ", "BẢN MẪU MỘT, PHÚC THAN"),
        ("Moong Văn Hợi", "Bản Noong Hẻo, Sìn Hồ"),
        ("H'Mông Thị Dở", "Buôn Krông Búk, Đắk Lắk"),
        ("Qúy Thị Mẫu", "Tổ 5, TDP số 4, Số 12A/3, khu A1, QL32, Tp. Sơn La"),
        ("Sùng A Páo", "Xã Pa Ủ (Mường Tè) – Lai Châu"),
        ("Ly Văn Mỷ", ""),
    ],
)
def test_sound_words_of_all_kinds_pass(name: str, address: str) -> None:
    fields = THU.split("|")
    fields[2], fields[5] = name, address
    assert recover("|".join(fields)) == "|".join(fields)


def test_plain_letters_composed_by_unikey_come_back_plain() -> None:
    card = THU.replace("Lò Văn Thử", "Moong Văn Hợi")
    assert recover(Unikey("telex", checks_spelling=True).type(card)) == card


def test_two_readings_are_one_too_many() -> None:
    spelt = keys_for(THU, "telex", tone_last=False)
    assert recover(spelt) == THU
    assert answer(keys_for(THU.replace("Một", "Sông"), "telex", tone_last=False)) is None
    assert answer(keys_for(THU.replace("Một", "Hòa"), "telex", tone_last=True)) is None
    assert answer(keys_for(THU.replace("Một", "A1"), "vni", tone_last=True)) is None


def test_the_refusal_is_the_sentence_of_the_screen() -> None:
    with pytest.raises(ScanMangled, match=r"^Đọc thẻ không trọn\. Quét lại\.$"):
        recover("Lò Văn Thử")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "||||||",
        "12345|Không Phải CCCD",
        "a|b|c|d|e|f|g",
        "https://vidu.vn/?q=1|2|3|4|5|6|7",
        "0912345678",
        "1|2|3|4|5|6|7",
    ],
)
def test_other_texts_do_not_look_like_a_card(text: str) -> None:
    assert not looks_like_card(text)
    assert answer(text) is None


@pytest.mark.parametrize(
    "text",
    [*SAMPLES, "87000001|045000123|L? V?n|15031987|Nam|B?n|20082021", "012087000001|045", "12087000001||Lò"],
)
def test_damaged_cards_still_look_like_one(text: str) -> None:
    assert looks_like_card(text)


RECEIPT = "MA HO SO TN-MT-261123-0015 TTHC 1.004859 HEN TRA 17:00 27/11/2026 BAN 1 MC1 12345678 " + "7" * 155


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RECEIPT, "TN-MT-261123-0015"),
        (RECEIPT.lower() + "\r\n", "TN-MT-261123-0015"),
        (RECEIPT.replace("TN-MT-261123-0015", "H35.17.28-261123-0001"), "H35.17.28-261123-0001"),
        (" tn-mt-261123-0015 ", "TN-MT-261123-0015"),
        ("000.28.17.H35-230615-0001", "000.28.17.H35-230615-0001"),
        ("MA HO SO", None),
        ("MA HO SO 12345 TTHC 1.004859", None),
        ("TTHC TN-MT-261123-0015", None),
        ("TN-MT-261123-0015 12", None),
        (THU, None),
        ("", None),
        ("Lò Văn Thử", None),
    ],
)
def test_the_code_of_a_receipt(text: str, code: str | None) -> None:
    assert receipt_code(text) == code


@pytest.mark.parametrize("ime", IMES)
@pytest.mark.parametrize("turn", [str, str.lower])
def test_unikey_does_nothing_to_a_receipt(ime: Unikey, turn: Callable[[str], str]) -> None:
    assert receipt_code(ime.type(turn(RECEIPT))) == "TN-MT-261123-0015"


@given(st.text(max_size=80), st.text(st.characters(codec="ascii"), max_size=10))
def test_any_text_is_answered(text: str, keys: str) -> None:
    fields = THU.split("|")
    for typed in (text, THU[:40] + text, "|".join([*fields[:2], fields[2] + keys, *fields[3:]])):
        found = answer(typed)
        assert found is None or found.count("|") >= 6
        looks_like_card(typed)
        receipt_code(typed)
