"""Lines of the access log as the windows tell them; pure functions of what the office read."""

from collections.abc import Iterable, Mapping

from desktop import labels
from desktop.office.access_log import Look


def look_lines(looks: Iterable[Look], clerks: Mapping[str, str]) -> str:
    """A line for each look: when, who, what, where."""
    return "\n".join(_line(look, clerks) for look in looks) or "Chưa ai mở hồ sơ này từ khi có nhật ký."


def _line(look: Look, clerks: Mapping[str, str]) -> str:
    words = labels.EVENT_WORDS[look.kind]
    told = f"{look.at:%d/%m/%Y %H:%M}  {clerks.get(look.clerk, look.clerk)}: {words[0].lower()}{words[1:]}"
    return f"{told} ({look.why})" if look.why else told
