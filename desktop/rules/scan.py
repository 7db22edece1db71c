"""What a scanner that types really read: a citizen's card whole, or nothing; and the code on our own receipt.

Hides Unikey (Telex, VNI), lost accents, wrong code pages and decomposed letters. Called with the keys of one burst.
A text is given back only when it is the card's own, letter by letter; where there are two ways to read it, or where a
letter may have been lost without a trace, it is refused. Never a guess, never a kept payload.
"""

import re
import unicodedata
from collections.abc import Iterator

from desktop.rules.codes import is_official_code, is_temporary_code
from desktop.rules.syllables import is_highland_syllable, is_syllable
from desktop.rules.text import nfc
from desktop.rules.typing_methods import METHODS, Method, keys_behind, readings

_ENDS = " \t\r\n\ufeff"
#: Code pages in which a scanner or its driver may show the bytes of UTF-8.
_CODE_PAGES = ("cp1252", "cp1258", "cp437")

_CARD = re.compile(
    r"\d{12}\|(?:\d{9}|\d{12})?\|(?P<name>[^|]+)\|(?:\d{4}|\d{6}|\d{8})\|(?:Nam|Nữ)?\|(?P<address>[^|]*)\|\d{8}\|*",
    re.ASCII,
)
#: What code pages lose first, precomposed letters of the last block and, decomposed, the marks of ă â ê ô ơ ư: a text
#: without one of each may have lost others without a trace.
_LAST_BLOCK = re.compile("[\u1ea0-\u1ef9]")
_MARKED_VOWELS = re.compile("[\u0302\u0306\u031b]")
_TOKEN = re.compile(r"[^\W_]+")
_HIGHLAND_PREFIX = re.compile(r"(?<![^\W_])[A-Z]['’](?=[^\W\d_])")
_NUMBER = re.compile(r"\d{1,6}[A-Za-zĐđ]{0,2}|[A-ZĐ]{1,4}\d{1,5}[A-Z]?", re.ASCII)
_INITIALS = re.compile(r"[A-ZĐ]{1,5}|T[ptx]")


class ScanMangled(ValueError):
    """A scan that cannot be read exactly; the message is the sentence for the clerk."""

    def __init__(self) -> None:
        super().__init__("Đọc thẻ không trọn. Quét lại.")


def recover(typed: str) -> str:
    """The card's payload in NFC behind the keys of one scan, without an end key; ScanMangled when it is not sure.

    ``typed`` holds each key in order and "\\b" for each Backspace: those are Unikey's, and without them what it
    composed out of two plain letters ("Moong", now "Mông") cannot be told from what the card says.
    """
    explanations = list(_keys(typed.strip(_ENDS)))
    answers = [{text for text in _texts(keys) if _is_whole(text)} for keys in explanations]
    # Where letters came as they are, the first must answer: Telex may have composed a foreign word ("AS") that is no
    # word to us, whereas the digit that VNI would have taken ("Mo6ng") stands in no word. Where all was keys, each
    # must.
    needed = answers if all(map(str.isascii, explanations)) else answers[:1]
    if not needed or not all(needed) or len(set().union(*answers)) != 1:
        raise ScanMangled
    return answers[0].pop()


def looks_like_card(text: str) -> bool:
    """Whether a scan is a card's, also a damaged or cut one: its first fields are numbers, or all seven are there."""
    fields = text.strip(_ENDS).split("|")
    if len(fields) > 1 and re.fullmatch(r"\d{11,13}", fields[0], re.ASCII):
        return True
    return len(fields) >= 7 and all(
        re.fullmatch(shape, fields[index], re.ASCII)
        for index, shape in ((0, r"\d{3,14}"), (3, r"\d{4,8}"), (6, r"\d{0,8}"))
    )


def receipt_code(text: str) -> str | None:
    """The dossier code in the scanned text of our receipt, or in a code scanned or typed alone; None in other texts.

    A caps lock that turned the letters does no harm: codes are written in capitals.
    """
    words = text.strip(_ENDS).upper().split(" ")
    code = words[3] if words[:3] == ["MA", "HO", "SO"] and len(words) > 3 else " ".join(words)
    return code if is_official_code(code) or is_temporary_code(code) else None


def _keys(typed: str) -> Iterator[str]:
    """The keys as the scanner sent them, under each method that can have composed them, Telex first."""
    if "\b" not in typed:
        yield typed
        return
    for method in METHODS:
        keys = keys_behind(typed, method)
        if keys is not None:
            yield keys


def _texts(keys: str) -> Iterator[str]:
    """Every payload that these keys can spell: as they are, as bytes in a code page, as keys of a typing method."""
    yield nfc(keys)
    for code_page in _CODE_PAGES:
        decoded = _from_code_page(keys, code_page)
        if decoded is not None:
            yield nfc(decoded)
    if keys.isascii():
        for method in METHODS:
            typed = _from_method(keys, method)
            if typed is not None:
                yield typed


def _from_code_page(text: str, code_page: str) -> str | None:
    """UTF-8 whose bytes were shown in that code page; unassigned bytes show as C1 controls."""
    data = bytearray()
    for char in text:
        try:
            data += char.encode(code_page)
        except UnicodeEncodeError:
            if not "\x80" <= char <= "\x9f":
                return None
            data.append(ord(char))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _from_method(keys: str, method: Method) -> str | None:
    """The payload whose letters were sent as keys of the method; None when a word has no reading or several.

    Every word is taken for a Vietnamese one ("Lee" for Lê); with an apostrophe it is none, and nothing is read.
    """
    fields = keys.split("|")
    if len(fields) < 7 or "'" in keys:
        return None
    for index in (2, 4, 5):
        words: list[str] = []
        for word in re.split(r"([^\W_]+)", fields[index]):
            spelt = {word} if not _TOKEN.fullmatch(word) else _spelt(word, method)
            if len(spelt) != 1:
                return None
            words += spelt
        fields[index] = "".join(words)
    return "|".join(fields)


def _spelt(word: str, method: Method) -> set[str]:
    """What one word of keys can say. In VNI "A1" may be itself or "Á": both are said."""
    literal = {word} if _NUMBER.fullmatch(word) or _INITIALS.fullmatch(word) else set()
    return literal | readings(word, method)


def _is_whole(text: str) -> bool:
    """Whether every field has its shape and every word can stand on a card, and the channel carried every letter."""
    card = _CARD.fullmatch(text)
    if card is None or not _LAST_BLOCK.search(text) or not _MARKED_VOWELS.search(unicodedata.normalize("NFD", text)):
        return False
    return _are_words(card["name"], r"[ '’.-]", is_name=True) and _are_words(
        card["address"], r"[ '’.,:;&()/–-]", is_name=False
    )


def _are_words(field: str, between: str, *, is_name: bool) -> bool:
    """Whether the field consists of sound words and nothing else than ``between`` them."""
    field = _HIGHLAND_PREFIX.sub("", field)
    if not re.fullmatch(rf"(?:{between}|[^\W_])*", field):
        return False
    is_upper = field.isupper()
    return all(_is_word(word, is_name=is_name, is_upper=is_upper) for word in _TOKEN.findall(field))


def _is_word(word: str, *, is_name: bool, is_upper: bool) -> bool:
    """A syllable in one of the three ways of capitals; numbers and initials in addresses only.

    A lone Ư is what Telex makes of W, without any Backspace.
    """
    if not is_name and (_NUMBER.fullmatch(word) or (_INITIALS.fullmatch(word) and not is_upper)):
        return True
    in_one_case = word.islower() or word.istitle() or (word.isupper() and is_upper)
    return in_one_case and word not in ("ư", "Ư") and (is_syllable(word, strict=False) or is_highland_syllable(word))
