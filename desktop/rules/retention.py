"""How long what the register keeps beside its chain is kept: kinds, months, and why so long. Data and two questions.

The chain itself, what acts froze and what came with them are archive and are never due (Luật Lưu trữ 33/2024/QH15).
What is listed here can be made again or was never registered; a commune may keep any of it longer (domain.md 12).
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

#: Months that mean: for as long as the archive law asks, so never by this program.
FOR_EVER = 0
LONGEST = 600


class Kind(StrEnum):
    """What may be due."""

    DRAFTS = "drafts"
    SLIPS = "slips"
    PAPERS = "papers"
    LISTS = "lists"
    OPEN_BACKUPS = "open_backups"
    OLD_ENTRIES = "old_entries"


class Rule(NamedTuple):
    """The words of a kind, how many months it is kept unless a setting says otherwise, and the reason."""

    words: str
    months: int
    basis: str


_LAW = "Luật 91/2025/QH15 Điều 3: chỉ lưu trong thời gian cần cho mục đích"
RULES: Mapping[Kind, Rule] = {
    Kind.DRAFTS: Rule("Bản nháp chưa tiếp nhận", 1, f"{_LAW}; chưa thành hồ sơ"),
    Kind.SLIPS: Rule("Tệp PDF phiếu tại quầy chưa thành hồ sơ", 12, f"{_LAW}; in lại được từ nội dung trong sổ"),
    Kind.PAPERS: Rule("Tệp PDF giấy của hồ sơ", 24, "In lại được từ nội dung đã khóa trong sổ; bản giấy theo hồ sơ"),
    Kind.LISTS: Rule("Tệp PDF danh sách, sổ, bàn giao đã lập", 12, "Lập lại được từ sổ; bản giấy đã ký là bản lưu"),
    Kind.OPEN_BACKUPS: Rule("Bản sao lưu không khóa ở máy này", 3, f"{_LAW}; bản có khóa xoay vòng theo lịch riêng"),
    Kind.OLD_ENTRIES: Rule("Sổ năm trước nhập từ tệp", FOR_EVER, "Luật Lưu trữ 33/2024/QH15: sổ là tài liệu lưu trữ"),
}


def months_problem(kind: Kind, months: int) -> tuple[str, str] | None:
    """Code and sentence of why a kind cannot be kept so long; None when it can."""
    if FOR_EVER <= months <= LONGEST and (months or kind is Kind.OLD_ENTRIES):
        return None
    least = "0 (giữ mãi)" if kind is Kind.OLD_ENTRIES else "1"
    return "bad_months", f"{RULES[kind].words}: số tháng giữ phải từ {least} đến {LONGEST}."


def last_kept(today: date, months: int) -> date:
    """The day so many months before ``today``: what is of that day or later stays."""
    counted = today.year * 12 + today.month - 1 - months
    year, month = divmod(counted, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
