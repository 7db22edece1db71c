"""Scans through a keyboard: whatever Unikey, drivers and code pages do, a card comes back exactly or not at all."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.scan import ScanMangled, looks_like_card, receipt_code, recover
from desktop.rules.syllables import is_syllable

THU = "012087000001|045000123|Lò Văn Thử|15031987|Nam|Bản Mẫu Một, Phúc Than, Than Uyên, Lai Châu|20082021"
SAMPLES = [
    THU,
    "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022",
    "012303000003||Giàng Thị Giả Định|01012003|Nữ|Bản Mẫu Ba, Mường Than, Than Uyên, Lai Châu|10102023",
    "012210000004||Nguyễn Văn Mẫu|30042010|Nam|Bản Mẫu Bốn, xã Mường Than, Lai Châu|04102024||||",
    "001187000005||Trần Thị Không Khớp|01011988|Nữ|Phường Mẫu, Hà Nội|11112021",
]

FAMILIES, MIDDLES, GIVEN, PLACES, PROVINCES = (
    line.split("|")
    for line in (
        "Lò|Vàng|Giàng|Sùng|Tẩn|Lù|Chảo|Nguyễn|Trần|Hoàng|Hờ|Mùa|Vừ|Lường|Quàng|Tòng|Phàn|Má|Cứ|Sìn|Lý|Tao|Đèo|Điêu|"
        "Hà|Hạng|Thào|Chang|Ly|Pờ|Khoàng|Bùi|Đặng|Phạm|Lê|Vũ|Phùng",
        "Văn|Thị|A|Sử|Láo|Mý|Ngọc|Hồng|Minh|Đức|Thu|Quốc|Kim|Xuân|Tả|Seo",
        "Thử|Páo|Mỷ|Dơ|Chống|Sình|Lử|Páo|Dinh|Pao|Phủ|Sáng|Mẩy|San|Chiêm|Nguyệt|Hợi|Pỏm|Hặc|Inh|Yêu|Ươm|Khoa|Hòa|"
        "Thuỷ|Thúy|Huệ|Tuấn|Duyên|Khuyên|Công|Đông|Sơn|Quý|Quyên|Oanh|Giang|Gió|Dở|Chứ|Ín|Ọi|Thoại|Cường|Lan|Thắng",
        "Phúc Than|Mường Mít|Than Uyên|Tân Uyên|Pắc Ta|Hố Mít|Tam Đường|Bản Bo|Khun Há|Sìn Hồ|Tủa Sín Chải|Pa Ủ|"
        "Tà Tổng|Mường Tè|Thu Lũm|Ka Lăng|Phong Thổ|Sì Lở Lầu|Dào San|Khổng Lào|Nậm Nhùn|Hua Bum|Trung Đồng|Nà Tăm",
        "Lai Châu|Lai Châu|Lai Châu|Điện Biên|Sơn La|Lào Cai|Hà Nội|Thanh Hóa|Hòa Bình|Gia Lai|Nghệ An",
    )
)
STREETS = ("Bản {}", "Bản {} 2", "Tổ 5, {}", "Số 12A, khu {}", "Thôn {}", "TDP số 4, {}", "Bản Nà {}", "Đội 7 {}", "{}")
#: Words that are not written as Vietnamese is, or that a typing method makes something else of.
HARD_NAMES = ["Moong Văn Hợi", "H'Mông Thị Dở", "Krông Bas Thị", "Lò Der Sor", "Noong Văn Moos", "Ly W Thử", "Lò As"]
HARD_PLACES = [
    "Noong Hẻo",
    "Đắk Lắk",
    "Krông Búk",
    "Tổ A1",
    "Khu AS",
    "Xoong Wăn",
    "Bản Loong 4B",
    "Tổ5",
    "Ea H'leo",
    "TW",
]
#: Words that are no syllables of Vietnamese although their letters can be the keys of one.
FOREIGN = re.compile(r"\b(Bas|Der|Sor|Moos|W|As|AS|TW|Wăn)\b")


def payloads(seed: int, number: int, *, hard: bool = False) -> list[str]:
    """Cards of invented people; with ``hard`` each holds at least one word that invites damage."""
    dice = random.Random(seed)
    made = []
    for _ in range(number):
        sex = dice.choice(["Nam", "Nữ"])
        name = f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES)} {dice.choice(GIVEN)}"
        street = dice.choice(STREETS).format(dice.choice(PLACES))
        if hard and dice.random() < 0.5:
            name = dice.choice(HARD_NAMES)
        elif hard:
            street = dice.choice(HARD_PLACES)
        address = f"{street}, {dice.choice(PLACES)}, {dice.choice(PROVINCES)}" if hard or dice.random() < 0.97 else ""
        year = dice.randint(1935, 2012)
        born = dice.choice([f"{dice.randint(1, 28):02}{dice.randint(1, 12):02}{year}"] * 9 + [f"0000{year}"])
        number12 = f"012{(sex == 'Nữ') + 2 * (year >= 2000)}{year % 100:02}{dice.randint(0, 999_999):06}"
        old = dice.choice(["", f"045{dice.randint(0, 999_999):06}"])
        tail = dice.choice(["", "||||"])
        made.append(f"{number12}|{old}|{name}|{born}|{sex}|{address}|{dice.randint(1, 28):02}082021{tail}")
    return made


TELEX = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j", "\u0306": "w", "\u031b": "w"}
VNI = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "1", "\u0323": "5", "\u0306": "8", "\u031b": "7"}
TONES = "\u0300\u0309\u0303\u0301\u0323"


def keys_for(text: str, method: str, *, tone_last: bool) -> str:
    """The keys that spell ``text``: each letter's marks after the letter, or the tone after the word."""
    table = TELEX if method == "telex" else VNI
    typed, tone = "", ""
    for char in text + " ":
        if not char.isalpha():
            typed, tone = typed + tone, ""
        base, *marks = unicodedata.normalize("NFD", char)
        if base in "đĐ":
            base, marks = ("d" if base == "đ" else "D"), ["stroke"]
        typed += base
        for mark in marks:
            if mark == "stroke":
                typed += base if method == "telex" else "9"
            elif mark == "\u0302":
                typed += base.lower() if method == "telex" else "6"
            elif mark in TONES and tone_last:
                tone = table[mark]
            else:
                typed += table[mark]
    return typed[:-1]


class Unikey:
    """A model of Unikey made apart from the rules: composes ASCII keys within a word, sends Backspaces to rewrite."""

    def __init__(self, method: str, *, checks_spelling: bool, restores: bool = False) -> None:
        self.keys = {key: mark for mark, key in (TELEX if method == "telex" else VNI).items() if mark in TONES}
        self.is_telex = method == "telex"
        self.checks_spelling = checks_spelling
        self.restores = restores

    def type(self, keys: str) -> str:
        """What the program in front receives: letters, and Backspace as "\\b"."""
        sent, word, raw = "", "", ""
        for key in keys:
            if not (key.isascii() and key.isalnum()):
                if self.restores and word != raw and not is_syllable(word):
                    sent += "\b" * len(word) + raw
                sent, word, raw = sent + key, "", ""
                continue
            after = self.press(word, key)
            same = next(
                (i for i, (a, b) in enumerate(zip(word, after, strict=False)) if a != b), min(len(word), len(after))
            )
            sent += "\b" * (len(word) - same) + after[same:]
            word, raw = after, raw + key
        return sent

    def press(self, word: str, key: str) -> str:
        """The word after one more key."""
        for composed in self.composed(word, key.lower(), key.isupper()):
            if not self.checks_spelling or is_syllable(composed, strict=False):
                return composed
        return self.placed(word + key)

    def composed(self, word: str, key: str, upper: bool) -> Iterator[str]:
        plain = unicodedata.normalize("NFD", word)
        if key in self.keys and any(char in "aeiouyAEIOUYăâêôơưĂÂÊÔƠƯ" for char in nfc(without_tone(word))):
            if self.keys[key] in plain:
                yield nfc(without_tone(word)) + (key.upper() if upper else key)
            else:
                yield self.placed(nfc(without_tone(word)), self.keys[key])
        for letters, mark, trigger in (("aeo", "\u0302", "6"), ("a", "\u0306", "w8"), ("uo", "\u031b", "w7")):
            if key in trigger or (mark == "\u0302" and key in "aeo"):
                wanted = key if key in "aeo" else letters
                if self.is_telex == key.isalpha():
                    yield from self.marked(word, wanted, mark)
        if key == ("d" if self.is_telex else "9") and word[:1] in ("d", "D"):
            yield ("đ" if word[0] == "d" else "Đ") + word[1:]
        if key == "w" and self.is_telex:
            yield word + ("Ư" if upper else "ư")

    def marked(self, word: str, letters: str, mark: str) -> Iterator[str]:
        places = [i for i, char in enumerate(word) if nfc(without_tone(char)).lower() in letters]
        if not places:
            return
        chosen = places[-2:] if mark == "\u031b" and len(places) > 1 else places[-1:]
        yield self.placed("".join(nfc(c + mark) if i in chosen else c for i, c in enumerate(word)))

    def placed(self, word: str, tone: str = "") -> str:
        """The word with its tone, or the one given, where the old style writes it."""
        tone = tone or next((mark for mark in unicodedata.normalize("NFD", word) if mark in TONES), "")
        bare = nfc(without_tone(word))
        start = 2 if bare[:2].lower() in ("qu", "gi") and len(bare) > 2 else 0
        vowels = [i for i, char in enumerate(bare) if i >= start and char.lower() in "aăâeêioôơuưy"]
        if not tone or not vowels:
            return bare if tone else word
        marked = [i for i in vowels if bare[i].lower() in "ăâêôơư"]
        ends_open = vowels[-1] == len(bare) - 1
        at = marked[-1] if marked else vowels[-2] if ends_open and len(vowels) > 1 else vowels[-1]
        return "".join(nfc(c + tone) if i == at else c for i, c in enumerate(bare))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def without_tone(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if char not in TONES)


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
        share_recovered(lambda card, ime=ime: ime.type(spelt(card)), CARDS[:100])


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
