"""Columns in which dossiers are listed, the same on every page."""

from collections.abc import Callable
from datetime import datetime

from db.records import DossierRow
from desktop import labels
from desktop.gui import icons
from desktop.gui.tables import Column

Marker = Callable[[DossierRow], icons.Mark]
Clock = Callable[[], datetime]


def time_left_column(mark: Marker) -> Column:
    """The pill that says what somebody must know first."""
    return Column("Còn lại", mark=mark, width=196)


def person_column() -> Column:
    """Who, and for what."""
    return Column(
        "Người nộp, thủ tục",
        lambda row: row.applicant,
        note=lambda row: labels.procedure_words(row.procedure_name),
        strong=True,
    )


def code_column(clock: Clock) -> Column:
    """The code and when it was received."""
    return Column(
        "Mã hồ sơ",
        lambda row: row.official_code or row.code,
        note=lambda row: f"nhận {labels.when_words(row.received_at, clock())}",
        width=184,
    )


def due_column() -> Column:
    """The promised moment."""
    return Column(
        "Hẹn trả",
        lambda row: labels.day_words(row.due_at.date()),
        note=lambda row: f"trước {row.due_at:%H:%M}",
        width=164,
        least=1000,
    )


def holder_column() -> Column:
    """Where the dossier is, and how it stands there."""
    return Column(
        "Đang ở",
        lambda row: row.holder or "Quầy",
        note=lambda row: _uncapitalised(labels.STATUS_WORDS[row.status]),
        width=164,
        least=640,
    )


def print_column() -> Column:
    """What is known of the receipt."""
    return Column("Giấy hẹn", mark=icons.print_mark, bare=True, width=140, least=640)


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]
