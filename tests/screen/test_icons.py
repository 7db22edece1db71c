"""Every icon name written anywhere in the windows exists, and every state has colour, shape and word."""

import ast
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from db.records import DossierRow
from db.vocabulary import Channel, DossierStatus
from desktop.gui import icons, theme

ICT = timezone(timedelta(hours=7), "ICT")
GUI = Path(icons.__file__).parent


class WeekdaysOnly:
    """A calendar without holidays, enough for counting in words."""

    def is_working_day(self, on: date) -> bool:
        return on.weekday() < 5


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ICT)


ROW = DossierRow(
    id=1, code="TN-MT-261123-0001", official_code=None, procedure="1.004859", procedure_name="Đăng ký khai sinh",
    applicant="Lò Văn Thử", id_number="012087000001", phone="", received_at=at(16, 8), due_at=at(27),
    status=DossierStatus.RECEIVED, channel=Channel.DIRECT, clerk="truc",
)  # fmt: skip


KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
DRAWING_CALLS = {"Icon", "ActButton", "Tile", "EmptyState", "Mark", "show_icon", "paint", "glyph"}
NOT_ICONS = {"utf-8"}


def icon_names_in_source() -> set[str]:
    """Every string with the shape of an icon name, and every one-word string where an icon is drawn."""
    names = set()
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEBAB.fullmatch(node.value):
                names.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in DRAWING_CALLS:
                names |= {word for word in map(_constant, node.args) if re.fullmatch(r"[a-z]{4,}", word)}
    return names - NOT_ICONS - set(theme.TONES) - {"text", "text2", "hint", "rail"}


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_drawn(name: str) -> bool:
    try:
        return len(icons.glyph(name)) == 1
    except KeyError:
        return False


def test_every_icon_named_in_the_windows_exists():
    names = icon_names_in_source()
    assert {"alert-octagon", "chevron-down"} <= names
    assert sorted(name for name in names if not _is_drawn(name)) == []


@pytest.mark.parametrize("status", DossierStatus)
def test_every_state_has_a_tone_a_shape_and_a_word(status):
    mark = icons.status_mark(status)
    assert mark.tone in theme.TONES
    assert icons.glyph(mark.icon)
    assert 1 <= len(mark.word.split()) <= 5


@pytest.mark.parametrize(
    ("due_at", "tone", "icon", "word"),
    [
        (at(19), "late", "alert-octagon", "Quá hạn, trễ 2 ngày"),
        (at(23, 11), "soon", "clock-alert-outline", "Hôm nay, đã qua 11:00"),
        (at(23), "soon", "clock-alert-outline", "Hạn 17:00 hôm nay"),
        (at(25), "soon", "clock-outline", "Còn 2 ngày làm việc"),
        (at(27), "accent", "progress-clock", "Còn 4 ngày làm việc"),
        (datetime(2027, 6, 1, 17, tzinfo=ICT), "accent", "progress-clock", "Hạn 01/06/2027"),
        (datetime(2026, 6, 1, 17, tzinfo=ICT), "late", "alert-octagon", "Quá hạn từ 01/06/2026"),
    ],
)  # fmt: skip
def test_an_open_dossier_says_the_time_left(due_at, tone, icon, word):
    assert icons.dossier_mark(ROW._replace(due_at=due_at), at(23, 12), WeekdaysOnly()) == (tone, icon, word)


def test_a_stopped_clock_says_so_and_counts_nothing():
    waiting = ROW._replace(status=DossierStatus.WAITING_SUPPLEMENT, due_at=at(2))
    assert icons.dossier_mark(waiting, at(23), WeekdaysOnly()).word == "Chờ bổ sung"


def test_a_print_is_never_called_more_than_sent():
    assert icons.print_mark(ROW).word == "chưa in"
    assert icons.print_mark(ROW._replace(printed=1)).word == "đã gửi in"
    assert icons.print_mark(ROW._replace(printed=1, print_failed=True)).tone == "late"
