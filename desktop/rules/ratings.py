"""How satisfied a citizen may say to be: the words of each scale and what may stand behind a bad mark (domain.md 9).

Pure. Asked by the rating window; what is stored is the score together with its scale, so that the words of an old
rating stay readable after the commune changed the scale.
"""

from collections.abc import Mapping
from types import MappingProxyType

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


def words(score: int, scale: int) -> str:
    """What ``score`` means on ``scale``. Raises KeyError or IndexError for what no scale has."""
    if score < 1:
        raise IndexError(score)
    return SCALES[scale][score - 1]


def is_dissatisfied(score: int, scale: int) -> bool:
    """Whether this score says "không hài lòng", so that the citizen may be asked why."""
    return "không hài lòng" in words(score, scale).lower()
