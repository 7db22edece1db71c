"""Vietnamese text: one shape for storage, one key for searching, one for sorting.

Hides Unicode: composed and decomposed letters, odd spaces, invisible marks. Called at every edge where text
comes in (typed, scanned, imported). Never guesses at letters: text that is damaged is refused.
"""

import re
import unicodedata

#: Marks that turn the direction of writing: they can make a name read as another one.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REPLACEMENT = "\ufffd"

#: Tone marks in the order of Vietnamese dictionaries: (ngang), huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
#: Breve, circumflex and horn make a letter of its own that follows the plain one; "~" is above every ASCII letter.
_LETTER_MARKS = {"\u0306": "~", "\u0302": "~~", "\u031b": "~~~"}


class TextError(ValueError):
    """Text that cannot be kept. ``code`` is a stable English word, ``message`` one Vietnamese sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def nfc(text: str) -> str:
    """``text`` with every letter composed: ``e`` + circumflex + tilde becomes ``ễ``."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """``text`` as it is stored: NFC, every run of white space one space, no invisible characters, no space at the ends.

    Raises TextError for control characters, marks that turn the direction of writing and characters that
    are already damaged (U+FFFD, lone surrogates, private use): they are signs of something else gone wrong.
    """
    if not text:
        return text  # most fields of a form
    composed = nfc(text)
    if not composed.isprintable() or _REPLACEMENT in composed:
        composed = nfc("".join(map(_kept, text)))
    return " ".join(composed.split())


def _kept(char: str) -> str:
    """What remains of one character of typed text; TextError when it may not occur at all."""
    if char.isspace() and char not in "\x1c\x1d\x1e\x1f":
        return " "
    category = unicodedata.category(char)
    if category[0] != "C" and char != _REPLACEMENT:
        return char
    if char in _BIDI:
        raise TextError("bidi_mark", f"Có ký tự đảo chiều chữ (U+{ord(char):04X}). Xóa đi và gõ lại.")
    if category == "Cc":
        raise TextError("control_character", f"Có ký tự điều khiển (U+{ord(char):04X}). Xóa đi và gõ lại.")
    if category == "Cf":
        return ""
    raise TextError("damaged_character", f"Có ký tự hỏng (U+{ord(char):04X}). Xóa đi và gõ lại.")


#: The letters eth and African d look like đ, and old typing put them in its place.
_AS_D = str.maketrans(dict.fromkeys("đĐðÐɖƉ", "d"))
#: Anything that is neither ASCII nor one of the combining marks that folding removes.
_OTHER_SCRIPT = re.compile("[^\x00-\x7f\u0300-\u036f]")


def fold(text: str) -> str:
    """The search key: no marks, ``đ`` as ``d``, lower case, single spaces. ``fold(fold(s)) == fold(s)``.

    Runs at every keystroke and over whole imports, hence the short way for what is Vietnamese through and through.
    """
    key = unicodedata.normalize("NFD", text).lower().replace("đ", "d")
    if _OTHER_SCRIPT.search(key):
        key = _fold_any(key)
    else:
        key = key.encode("ascii", "ignore").decode("ascii")
    return " ".join(key.split())


def _fold_any(text: str) -> str:
    """Decomposed lower-case text of any script without its marks and invisible characters."""
    plain = unicodedata.normalize("NFD", text).translate(_AS_D)
    return "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Cf"))


#: Open oa, oe, uy with the tone on the second letter, as the old school writes it; after q the u belongs to the onset.
_OLD_STYLE = re.compile(r"(?i)(o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)")


def modern_spelling(text: str) -> str:
    """``text`` (NFC) with every tone where the younger style puts it: ``hoà`` is ``hòa``, ``Uỷ`` is ``Ủy``."""
    return _OLD_STYLE.sub(_tone_forward, text)


def _tone_forward(found: re.Match[str]) -> str:
    first, second = found[1][0], unicodedata.normalize("NFD", found[1][1])
    return nfc(first + second[1] + second[0])


def sort_key(text: str) -> str:
    """Key of Vietnamese alphabetical order: a ă â b c d đ e ê … first, then tones ngang huyền hỏi ngã sắc nặng.

    Letters of the whole text weigh before any tone, as in the collation tables of operating systems; case never weighs.
    Keys are plain strings that compare as stored text does.
    """
    letters: list[str] = []
    tones: list[str] = []
    decomposed = unicodedata.normalize("NFD", " ".join(text.lower().split()))
    for char in decomposed:
        if char in _TONES:
            if tones:
                tones[-1] = _TONES[char]
        elif char in _LETTER_MARKS:
            letters.append(_LETTER_MARKS[char])
        else:
            letters.append("d~" if char == "đ" else char)
            tones.append("0")
    return "".join(letters) + "\x01" + "".join(tones)
