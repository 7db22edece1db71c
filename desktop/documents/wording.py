"""Dates, moments and counts as official papers write them (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from datetime import date, datetime


def date_words(on: date) -> str:
    """``ngày 05 tháng 02 năm 2026``: days below 10 and the months 1 and 2 carry a leading zero."""
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def moment_words(at: datetime) -> str:
    """``09 giờ 14 phút, ngày 23 tháng 11 năm 2026``, in the moment's own zone."""
    return f"{at:%H} giờ {at:%M} phút, {date_words(at)}"


def count_words(count: int) -> str:
    """A count with the leading zero that keeps a digit from being written before it: ``01``, ``12``."""
    return f"{count:02d}"
