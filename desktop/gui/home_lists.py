"""The lists of the day as home shows them: their words, their shape, and the pages that the register gives.

Pure data and two questions to the office; counts and lists come from the same place, so they cannot differ.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from db.records import DossierRow
from db.vocabulary import WorkingList
from desktop import labels
from desktop.gui import icons
from desktop.gui.commands import Commands
from desktop.office import lists, lookup, settings
from desktop.office.lookup import DayList


class HomeList(NamedTuple):
    """A list and what is said of it: ``fact`` under its count, ``nothing`` in place of an empty list."""

    name: WorkingList | DayList
    title: str
    nothing: str
    icon: str = ""
    tone: str = ""
    fact: str = ""

    @property
    def order(self) -> str:
        """How its rows are sorted, in words."""
        return "ngày giờ hẹn" if isinstance(self.name, WorkingList) else "mới nhận trước"


#: By urgency; the last one is shown only when it holds something.
WORK = (
    HomeList(
        WorkingList.OVERDUE, "Quá hạn", "Không có hồ sơ nào quá hạn", "alert-octagon", "late", "đã qua ngày hẹn trả"
    ),
    HomeList(
        WorkingList.TO_APOLOGISE,
        "Cần xin lỗi",
        "Không còn hồ sơ nào phải xin lỗi",
        "email-alert-outline",
        "late",
        "chưa gửi văn bản",
    ),
    HomeList(
        WorkingList.DUE_TODAY,
        "Đến hạn hôm nay",
        "Không có hồ sơ nào đến hạn hôm nay",
        "clock-alert-outline",
        "soon",
        "trả trong hôm nay",
    ),
    HomeList(
        WorkingList.DUE_SOON,
        "Sắp đến hạn",
        f"Không có hồ sơ nào đến hạn trong {lists.SOON_WORKING_DAYS} ngày làm việc tới",
        "clock-outline",
        "soon",
        f"trong {lists.SOON_WORKING_DAYS} ngày làm việc",
    ),
    HomeList(
        WorkingList.WAITING_SUPPLEMENT,
        "Chờ bổ sung",
        "Không có hồ sơ nào chờ bổ sung",
        "pause-circle-outline",
        "wait",
        "đồng hồ đang dừng",
    ),
    HomeList(WorkingList.READY, "Chờ trả", "Không có kết quả nào chờ trả", "tray-arrow-up", "accent", "đã có kết quả"),
    HomeList(
        WorkingList.PAUSED, "Tạm dừng", "Không có hồ sơ nào tạm dừng", "cash-clock", "wait", "chờ nghĩa vụ tài chính"
    ),
)
DAY = (
    HomeList(DayList.RECEIVED, "Tiếp nhận hôm nay", "Hôm nay chưa tiếp nhận hồ sơ nào"),
    HomeList(DayList.HANDED_OVER, "Đã trả hôm nay", "Hôm nay chưa trả kết quả nào"),
    HomeList(DayList.AT_ONCE, "Giải quyết ngay hôm nay", "Hôm nay chưa giải quyết ngay hồ sơ nào"),
)
NOT_PRINTED = HomeList(DayList.NOT_PRINTED, "Chưa in được giấy hẹn", "Không còn giấy hẹn nào chưa in được")


def page(commands: Commands, name: WorkingList | DayList, *, limit: int, offset: int = 0) -> Sequence[DossierRow]:
    """One page of a list as it is now; empty when it cannot be read."""
    now = commands.now()
    if isinstance(name, WorkingList):
        return commands.see(lists.rows, name, now=now, limit=limit, offset=offset) or ()
    return commands.see(lookup.day_rows, name, now.date(), limit=limit, offset=offset) or ()


def mark(commands: Commands, listed: Callable[[], HomeList]) -> Callable[[DossierRow], icons.Mark]:
    """What a row of the list that ``listed()`` names must say first, judged at the present moment."""

    def marked(row: DossierRow) -> icons.Mark:
        calendar = commands.ask(settings.calendar)
        if calendar is None:
            return icons.status_mark(row.status)
        judge = icons.apology_mark if listed().name is WorkingList.TO_APOLOGISE else icons.dossier_mark
        return judge(row, commands.now(), calendar)

    return marked


def lateness(row: DossierRow, now: datetime, calendar: labels.WorkingDays) -> str:
    """How long the longest overdue dossier waits: ``lâu nhất 3 ngày``, counted in working days."""
    words = labels.time_left(row.due_at, now, calendar).words
    return words.replace("Quá hạn, trễ", "lâu nhất").replace("Quá hạn từ", "lâu nhất từ")
