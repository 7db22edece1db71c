"""How satisfied a citizen may say to be: the words of each scale and what may stand behind a bad mark (domain.md 9).

Pure. Asked by the rating window and by the office; a score is stored together with its scale, so that the words of an
old rating stay readable after the commune changed the scale. What a dossier keeps of a rating is said here as well.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

#: Settings: the scale in use, whether a second screen is the citizen's, whether it has keys of its own.
SCALE_SETTING = "rating_scale"
SCREEN_SETTING = "rating_screen"
KEYPAD_SETTING = "rating_keypad"
#: The scale of a register that never chose one.
DEFAULT_SCALE = 5

#: Scale → the words of its scores, worst first.
SCALES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        3: ("Không hài lòng", "Hài lòng", "Rất hài lòng"),
        4: ("Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"),
        5: ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"),
    }
)

REASONS = (
    "Thái độ phục vụ",
    "Chờ lâu",
    "Phải đi lại nhiều lần",
    "Hướng dẫn chưa rõ",
    "Thu sai phí, lệ phí",
    "Lý do khác",
)

#: Where an answer was given: on the citizen's own screen, or with the clerk's keyboard or screen.
CITIZENS_SCREEN, CLERKS_KEYBOARD = "second_screen", "clerk_keyboard"
#: What an answer says; without the citizen's agreement it goes into the box and never into the dossier.
_ANSWER = frozenset({"score", "reason"})


def words(score: int, scale: int) -> str:
    """What ``score`` means on ``scale``. Raises KeyError or IndexError for what no scale has."""
    if score < 1:
        raise IndexError(score)
    return SCALES[scale][score - 1]


def is_dissatisfied(score: int, scale: int) -> bool:
    """Whether this score says "không hài lòng", so that the citizen may be asked why."""
    return "không hài lòng" in words(score, scale).lower()


def is_satisfied(score: int, scale: int) -> bool:
    """Whether this score counts as satisfied: "hài lòng" or "rất hài lòng" (domain.md 9)."""
    return words(score, scale) in ("Hài lòng", "Rất hài lòng")


def complete(facts: Mapping[str, Any], scale: int) -> dict[str, Any]:
    """The facts of a rating with what goes without saying: no name, the commune's ``scale``, the clerk's keyboard."""
    return {"anonymous": True, "scale": scale, "source": CLERKS_KEYBOARD} | dict(facts)


def is_unnamed(facts: Mapping[str, Any]) -> bool:
    """Whether the citizen did not agree to stand with what was said."""
    return bool(facts.get("anonymous", True))


def is_ballot(facts: Mapping[str, Any]) -> bool:
    """Whether the answer of a recorded rating lies in the box.

    Registers of before the box have ratings without a name whose score stands in the event; those are no ballots.
    """
    return is_unnamed(facts) and "score" not in facts


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the dossier's event keeps of a rating: all of it where the citizen agreed, else that there was one."""
    return {name: value for name, value in facts.items() if name not in _ANSWER or not is_unnamed(facts)}


def has_own_words(facts: Mapping[str, Any]) -> bool:
    """Whether a rating without a name gives a reason that is not of the list: its words could tell whose it is."""
    return is_unnamed(facts) and facts.get("reason", REASONS[0]) not in REASONS
