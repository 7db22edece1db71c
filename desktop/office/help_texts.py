"""What the help says of each page: the texts of ``resources/help``, for the help page, the card and the manual.

A key within a text stands in square brackets (``[Alt+B]``); that it exists on its page is tested on the real program.
Knows no window: what keys a page has at the moment is asked from its acts.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "help"
_KEY = re.compile(r"\[([^][ ]+)\]")


class Span(NamedTuple):
    """A piece of a text; ``is_key`` when it names a key."""

    words: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page that has several, as the settings do."""

    title: str
    what: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """The help of one page (``key`` is its destination's) or of one general matter.

    ``troubles`` are pairs: what went wrong, what to do.
    """

    key: str
    title: str
    what: str
    steps: tuple[str, ...]
    troubles: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        return self.key

    def texts(self) -> tuple[str, ...]:
        """Every sentence in which a key may be named."""
        inside = [text for part in self.parts for text in (part.what, *part.steps)]
        return (self.what, *self.steps, *(text for _, text in self.troubles), *inside)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Topics that belong together, in the order in which one reads them."""

    title: str
    topics: tuple[Topic, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """The whole help in reading order."""
    listed = _read("contents")
    return tuple(Chapter(each["title"], tuple(_topic(key) for key in each["topics"])) for each in listed)


def topics() -> tuple[Topic, ...]:
    """Every topic in reading order."""
    return tuple(topic for chapter in chapters() for topic in chapter.topics)


def spans(text: str) -> tuple[Span, ...]:
    """The text cut at its keys: ``"Bấm [F12]."`` is words, a key, words."""
    pieces = _KEY.split(text)
    return tuple(Span(words, bool(place % 2)) for place, words in enumerate(pieces) if words)


def plain(text: str) -> str:
    """The text as it is read aloud, its keys without brackets."""
    return "".join(span.words for span in spans(text))


def keys(text: str) -> tuple[str, ...]:
    """The keys that a text names, in its order."""
    return tuple(_KEY.findall(text))


def card() -> dict[str, Any]:
    """What the one-page card says: ``tables`` of pairs, ``lists`` of steps on a ``page``, title, lead and foot."""
    told: dict[str, Any] = _read("card")
    return told


@cache
def exercise() -> dict[str, Any]:
    """What the exercise of the first receipt says: ``steps`` by name, what is said when it is ``done`` in ``{time}``.

    ``what`` begins the manual's chapter on it, ``manual`` are the steps told there.
    """
    told: dict[str, Any] = _read("exercise")
    return told


def _topic(key: str) -> Topic:
    told = _read(key)
    parts = tuple(Part(each["title"], each["what"], tuple(each["steps"])) for each in told.get("parts", ()))
    troubles = tuple((what, then) for what, then in told["troubles"])
    return Topic(key, told["title"], told["what"], tuple(told["steps"]), troubles, parts)


def _read(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
