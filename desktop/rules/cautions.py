"""What the machine has to say before something goes wrong: sentences from plain facts, silent while all is well.

Each says what is the matter, what is safe and what to do. Sizes are bytes, moments aware.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop.rules.calendar import WorkCalendar

MB, GB = 1_000_000, 1_000_000_000
#: Below this a day's papers and backups no longer fit.
ALARM = 200 * MB
#: Below this somebody should clear up in time: a gigabyte, or a twentieth of a disk of up to 200 GB.
_WARN, _SHARE, _MOST = GB, 20, 10 * GB
#: Months after which the procedures are likely to have changed, and the setting that says another number (0: never).
LAW_MONTHS, LAW_MONTHS_SETTING = 6, "law_months"
#: The year in which this program was made: no clock that is right can say less.
FIRST_YEAR = 2026
#: Tones from the most urgent on.
_RANK = ("late", "soon")


class Caution(NamedTuple):
    """``words`` is a whole sentence, ``short`` what fits the status strip; ``page`` is where one acts."""

    icon: str
    tone: str
    words: str
    short: str
    page: str = "settings"
    on_home: bool = True


def most_urgent(cautions: Iterable[Caution]) -> list[Caution]:
    """Those of the first page, the most urgent first."""
    return sorted((one for one in cautions if one.on_home), key=lambda one: _RANK.index(one.tone))


def of_room(free: int, total: int, place: str) -> Caution | None:
    """A disk that runs full; ``place`` names it ("Ổ đĩa chứa sổ", "USB đỏ")."""
    left = size_words(free)
    if free < ALARM:
        words = (
            f"{place} sắp đầy, chỉ còn {left}: sắp không ghi thêm được hồ sơ và bản sao lưu. Xóa bớt tệp không phải "
            "của chương trình, dọn thùng rác ngay; những gì đã ghi vẫn nguyên."
        )
        return Caution("harddisk", "late", words, f"{place} còn {left}")
    if free < max(_WARN, min(total // _SHARE, _MOST)):
        words = f"{place} còn {left}. Dọn bớt tệp không phải của chương trình trong tuần này."
        return Caution("harddisk", "soon", words, f"{place} còn {left}")
    return None


def of_clock_back(now: datetime, last: datetime) -> Caution | None:
    """A clock before the last event: nothing more enters a live register until it is put right."""
    if now >= last:
        return None
    words = (
        f"Đồng hồ máy đang chỉ {now:%H:%M %d/%m/%Y}, sớm hơn việc cuối đã ghi lúc {last:%H:%M %d/%m/%Y}: chưa ghi thêm "
        "được gì. Hãy chỉnh ngày giờ của máy; xem, tìm và in thì vẫn được."
    )
    return Caution("clock-alert-outline", "late", words, "Đồng hồ máy sai")


def skipped_days(now: datetime, last: datetime, calendar: WorkCalendar) -> int:
    """Whole working days between the last event and today, at most 60: nobody was at this counter on any of them."""
    days, day = 0, last.date() + timedelta(days=1)
    while day < now.date() and days < 60:
        days += calendar.is_working_day(day)
        day += timedelta(days=1)
    return days


def of_next_year(today: date, calendar: WorkCalendar) -> Caution | None:
    """From the first of December on next year's days off are asked for: promises already reach into it."""
    year = today.year + 1
    if today.month < 12 or calendar.is_confirmed(year):
        return None
    words = (
        f"Lịch nghỉ năm {year} chưa xác nhận: ngày hẹn rơi vào năm {year} có thể sai. Có thông báo lịch nghỉ thì vào "
        "Cài đặt, Lịch nghỉ để xem lại từng ngày rồi xác nhận."
    )
    return Caution("calendar-alert", "soon", words, f"Lịch {year} chưa xác nhận")


def of_law(today: date, source_on: date | None, months: int = LAW_MONTHS) -> Caution | None:
    """A catalogue of procedures whose newest source is older than so many months; 0 asks for no reminder."""
    if source_on is None or not months or today < _months_on(source_on, months):
        return None
    words = (
        f"Danh mục thủ tục lấy theo nguồn ngày {source_on:%d/%m/%Y}, đã quá {months} tháng. Hỏi tỉnh các quyết định "
        "công bố mới hoặc xem Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), rồi mở tệp ở Niêm yết (F6)."
    )
    return Caution("book-clock-outline", "soon", words, f"Danh mục từ {source_on:%m/%Y}", page="posting")


def of_disk(is_off: bool, practice: bool) -> Caution | None:
    """A live register on a disk that anybody can read who takes it away: said calmly, every day."""
    if practice or not is_off:
        return None
    words = "Ổ đĩa chứa sổ chưa được mã hóa: ai lấy được ổ đĩa là đọc được sổ. Ba việc phải làm ở Cài đặt, Máy này."
    return Caution("lock-open-alert-outline", "soon", words, "Ổ đĩa chưa mã hóa", on_home=False)


def of_open_copies(are_open: bool, words: str) -> Caution | None:
    """Passwords on a register whose backups nobody has locked: whoever takes such a file needs none of them."""
    return Caution("lock-open-alert-outline", "soon", words, "Bản sao lưu chưa khóa") if are_open else None


def of_replaced(words: str) -> Caution | None:
    """A register with passwords gave way to a backup; said on the first page too, for this one may ask nobody."""
    return Caution("key-alert", "late", words, "Sổ đã bị thay") if words else None


def of_renumbered(words: str) -> Caution | None:
    """Numbers that jumped after a restore, so that nobody takes the gap for lost dossiers."""
    return Caution("backup-restore", "soon", words, "Số mới sau khôi phục") if words else None


def of_printer(name: str, known: Iterable[str]) -> Caution | None:
    """A printer that is chosen and gone, or none at all."""
    names = tuple(known)
    if names and (not name or name in names):
        return None
    lost = f"Không còn thấy máy in “{name}”" if name and names else "Máy này chưa cài máy in nào"
    words = f"{lost}. Bật máy in, xem dây nối, hoặc chọn máy khác ở Cài đặt, Máy in; hồ sơ vẫn ghi được, in sau."
    return Caution("printer-alert", "late", words, "Không thấy máy in", on_home=False)


def size_words(size: int) -> str:
    """A size as a clerk reads it: "180 MB", "1,4 GB"."""
    if size < GB:
        return f"{size // MB} MB"
    return f"{size / GB:.1f}".replace(".", ",") + " GB"


def _months_on(day: date, months: int) -> date:
    """The first day that is more than so many months after ``day``; the first of the next month at the end of one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return _months_on(day.replace(day=1), months + 1)
