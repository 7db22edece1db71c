"""Written Vietnamese syllables: which are legal, and where their tone stands.

Hides the tables of onsets and rimes. Called where damaged typing must be told from sound text; knows nothing of cards.
A legal syllable need not be a word: what is legal is only what the writing allows.
"""

import re
import unicodedata

#: Tone marks: huyền, hỏi, ngã, sắc, nặng.
TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHARP_OR_HEAVY = ("\u0301", "\u0323")
_STOPS = ("c", "ch", "p", "t")
_VOWELS = "aăâeêioôơuưy"

# fmt: off
_ONSETS = frozenset((
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
    "qu", "r", "s", "t", "th", "tr", "v", "x",
))
# fmt: on
#: What may follow each vowel group; "-" is nothing.
_FINALS = {
    "a": "- c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- a ch m n nh p t u",
    "iê": "c m n ng p t u",
    "o": "- c i m n ng p t",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": "- m n o t",
    "oo": "c ng",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- a c i m n ng p t",
    "uâ": "n ng t y",
    "uê": "- ch n nh",
    "uô": "c i m n ng p t",
    "uơ": "-",
    "uy": "- a ch n nh p t u",
    "uyê": "n t",
    "ư": "- a c i m n ng t u",
    "ươ": "c i m n ng p t u",
    "y": "-",
    "yê": "m n ng t u",
}
_RIMES = frozenset(group + final.strip("-") for group, finals in _FINALS.items() for final in finals.split())
#: After "qu" the u is silent and y takes the finals that it has in "uynh", "uyt".
_AFTER_QU = frozenset(rime for rime in _RIMES if rime[0] in "aăâeêiơy") | {"ôc", "ych", "yn", "ynh", "yp", "yt"}
_EITHER_STYLE = ("oa", "oe", "uy")


def is_syllable(word: str, *, strict: bool = True) -> bool:
    """Whether ``word`` (any case, NFC) is a legal syllable.

    Strictly, a final stop (c, ch, p, t) has one of its two tones and the tone stands on the letter where it belongs;
    otherwise "Pac" and "Qúy" pass too, as they do occur in names.
    """
    plain, tone, at = _split_tone(word.lower())
    found = _parse(plain)
    if found is None or len(tone) > 1:
        return False
    onset, rime = found
    if not strict:
        return not tone or plain[at] in _VOWELS
    if rime.endswith(_STOPS) and tone not in _SHARP_OR_HEAVY:
        return False
    return not tone or at - len(onset) in _tone_places(rime)


def is_highland_syllable(word: str) -> bool:
    """Whether ``word`` is written like Đắk, Krông, Blôk: a syllable but for a final k or a second consonant."""
    simple = re.sub(r"^([bcdđgkmpst])[hlr]", r"\1", word.lower())
    return is_syllable(re.sub("k$", "c", simple), strict=False)


def with_tone(letters: str, tone: str, typed_after: int) -> tuple[str, ...]:
    """Every legal syllable of these toneless letters (case kept) and that tone, "" for none.

    Two only where old and new style differ (hòa, hoà) and the tone was typed after both vowels;
    ``typed_after`` is how many of the letters stood there when it was typed.
    """
    found = _parse(letters.lower())
    if found is None:
        return ()
    onset, rime = found
    places = [len(onset) + place for place in _tone_places(rime)] if tone else [0]
    if len(places) == 2 and typed_after <= places[0] + 1:
        places = places[:1]
    words = (unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :]) for at in places)
    return tuple(word for word in words if is_syllable(word))


def _parse(plain: str) -> tuple[str, str] | None:
    """Onset and rime of a toneless lower-case word; the longest onset wins, so that "gia" is gi + a."""
    for length in (3, 2, 1, 0):
        onset, rime = plain[:length], plain[length:]
        if onset in _ONSETS and len(onset) == length and rime in (_AFTER_QU if onset == "qu" else _RIMES):
            return onset, rime
    return None


def _tone_places(rime: str) -> tuple[int, ...]:
    """Indexes in the rime where the tone may stand: one, or two for open oa, oe, uy."""
    marked = [index for index, char in enumerate(rime) if char in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    if rime in _EITHER_STYLE:
        return (0, 1)
    vowels = len(rime) - len(rime.lstrip("aeiouy"))
    if vowels < len(rime):
        return (vowels - 1,)
    return (1,) if vowels == 3 else (0,)


def _split_tone(word: str) -> tuple[str, str, int]:
    """The word without tones, its tone marks, and the index of the letter that bears the last."""
    plain, tones, at = "", "", 0
    for index, char in enumerate(word):
        parts = unicodedata.normalize("NFD", char)
        if found := "".join(mark for mark in parts if mark in TONES):
            tones, at = tones + found, index
        plain += unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    return plain, tones, at
