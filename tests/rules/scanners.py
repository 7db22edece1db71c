"""Cards of invented people, and models of what stands between a card and the program: scanners and Unikey.

Made apart from the rules that undo the damage, so that both cannot be wrong in the same way.
"""

import random
import re
import unicodedata
from collections.abc import Iterator

from desktop.rules.syllables import is_syllable

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
