"""What the typing methods Telex and VNI (Unikey) do to keys: read their keys as syllables, undo what they composed.

Called by ``rules.scan`` for texts that a scanner typed. Answers every reading that there is; the caller refuses where
there is more than one. Never guesses.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.rules.syllables import TONES, with_tone

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_MOST_READINGS = 500
_VOWEL = re.compile("[aăâeêioôơuưy]", re.IGNORECASE)

#: Letters of a word being typed, its tone, and how many letters stood there when the tone was typed.
_State = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Method:
    """Which key adds which mark; ``circumflex`` says it by vowel, ``alone`` is the key that types ư by itself."""

    tones: dict[str, str]
    circumflex: dict[str, str]
    breve: str
    horn: str
    stroke: str
    alone: str = ""


TELEX = Method(
    {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"},
    {"a": "a", "e": "e", "o": "o"},
    breve="w",
    horn="w",
    stroke="d",
    alone="w",
)
VNI = Method(
    {"2": "\u0300", "3": "\u0309", "4": "\u0303", "1": "\u0301", "5": "\u0323"},
    {"a": "6", "e": "6", "o": "6"},
    breve="8",
    horn="7",
    stroke="9",
)
METHODS = (TELEX, VNI)


def readings(keys: str, method: Method) -> set[str]:
    """Every legal syllable that these keys can mean, each key being a letter or a mark; a mark may follow late.

    "Nguyeexn" has one reading in Telex, "Soong" two (sông, soong), "Bas" one in Telex and none in VNI.
    """
    states: set[_State] = {("", "", 0)}
    for key in keys:
        states = {after for state in states for after in _press(state, key, method)}
        if len(states) > _MOST_READINGS:
            return set()
    return {word for letters, tone, at in states for word in with_tone(letters, tone, at)}


def _press(state: _State, key: str, method: Method) -> Iterator[_State]:
    """Every state that ``key`` can lead to."""
    letters, tone, at = state
    low = key.lower()
    if key.isascii() and key.isalpha():
        yield letters + key, tone, at
    if low == method.alone:
        yield letters + ("Ư" if key.isupper() else "ư"), tone, at
    if low in method.tones and not tone and _VOWEL.search(letters):
        yield letters, method.tones[low], len(letters)
    for marked in _marked(letters, low, method):
        yield marked, tone, at


def _marked(letters: str, key: str, method: Method) -> Iterator[str]:
    """The letters with the mark of ``key`` on each letter that can bear it."""
    low = letters.lower()
    for vowel in "aeo":
        if method.circumflex[vowel] == key and vowel in low:
            yield _with_mark(letters, (low.rindex(vowel),), _CIRCUMFLEX)
    if key == method.breve and "a" in low:
        yield _with_mark(letters, (low.rindex("a"),), _BREVE)
    if key == method.horn:
        for places in [(low.rfind("u"),), (low.rfind("o"),), (low.rfind("uo"), low.rfind("uo") + 1)]:
            if places[0] >= 0:
                yield _with_mark(letters, places, _HORN)
    if key == method.stroke and low[:1] == "d":
        yield ("Đ" if letters[0] == "D" else "đ") + letters[1:]


def _with_mark(letters: str, places: tuple[int, ...], mark: str) -> str:
    return "".join(
        unicodedata.normalize("NFC", char + mark) if index in places else char for index, char in enumerate(letters)
    )


def keys_behind(burst: str, method: Method) -> str | None:
    """The keys that gave ``burst`` while the method composed; every "\\b" in it is a Backspace that it sent.

    The method swallows a key that marks a letter, wipes that letter and what follows, and types them again. None when
    some rewriting is neither the work of exactly one key nor a tone that moved to its place. The case of a swallowed
    key is that of the letter before it, lower after a first capital; a wrong one leaves a word that nobody writes.
    """
    screen, keys, rest = "", "", burst
    while rest:
        wiped = len(rest) - len(rest.lstrip("\b"))
        if wiped == 0:
            screen, keys, rest = screen + rest[0], keys + rest[0], rest[1:]
            continue
        before, after, rest = screen[-wiped:], rest[wiped : 2 * wiped], rest[2 * wiped :]
        if not _is_moved_tone(before, after):
            key = next((key for key, result in _rewritings(before, method) if result == after), None)
            if key is None:
                return None
            keys += key.upper() if re.search(r"[^\W\d_][A-ZĐ]$", keys) else key
        screen = screen[:-wiped] + after
    return keys


def _is_moved_tone(before: str, after: str) -> bool:
    """Whether only the tone went to another letter: what "hòa" does when an n follows."""
    old, new = (unicodedata.normalize("NFD", word) for word in (before, after))
    without_tones = str.maketrans("", "", TONES)
    return old != new and sorted(old) == sorted(new) and old.translate(without_tones) == new.translate(without_tones)


def _rewritings(word: str, method: Method) -> Iterator[tuple[str, str]]:
    """Every key of the method with what it can make of ``word``."""
    for key, tone in method.tones.items():
        for index in range(len(word)):
            yield key, _with_mark(word, (index,), tone)
    for key in {*method.circumflex.values(), method.breve, method.horn, method.stroke}:
        for marked in _marked(word, key, method):
            yield key, marked
