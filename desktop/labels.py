"""Words said in more than one place: states, units, days of the week, time left. Vietnamese, NFC.

Pure functions of records and a given moment, used by windows, documents and the command line.
Captions that are said once stay where they are used.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import groupby
from typing import NamedTuple, Protocol

from db.records import DossierRow
from db.vocabulary import (
    OPEN_STATUSES,
    Channel,
    DayKind,
    DocumentKind,
    DossierStatus,
    EventKind,
    FiledBy,
    OutboxState,
    Outcome,
    PaidBy,
    ResultBy,
    Role,
)

STATUS_WORDS = {
    DossierStatus.DRAFT: "Nháp",
    DossierStatus.NEW: "Mới đăng ký",
    DossierStatus.RECEIVED: "Đã tiếp nhận",
    DossierStatus.NOT_RECEIVED: "Không được tiếp nhận",
    DossierStatus.PROCESSING: "Đang xử lý",
    DossierStatus.WAITING_SUPPLEMENT: "Chờ bổ sung",
    DossierStatus.WAITING_OBLIGATION: "Chờ nghĩa vụ tài chính",
    DossierStatus.WITHDRAWN: "Người dân rút hồ sơ",
    DossierStatus.STOPPED: "Dừng xử lý",
    DossierStatus.FINISHED: "Chờ trả kết quả",
    DossierStatus.HANDED_OVER: "Đã trả kết quả",
}

#: The exercise that a practice register offers, on its first page and in the help.
FIRST_RECEIPT = "Bài tập: giấy hẹn đầu tiên"

CHANNEL_WORDS = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính"}

FILED_BY_WORDS = {
    FiledBy.SELF: "Người dân tự nộp",
    FiledBy.HELPED: "Được hỗ trợ tại quầy",
    FiledBy.ON_BEHALF: "Nộp hộ",
}

PAID_BY_WORDS = {PaidBy.CASH: "Tiền mặt", PaidBy.TRANSFER: "Chuyển khoản", PaidBy.ONLINE: "Trực tuyến"}

RESULT_BY_WORDS = {ResultBy.COUNTER: "Tại quầy", ResultBy.POST: "Gửi bưu chính", ResultBy.ONLINE: "Trực tuyến"}

DAY_KIND_WORDS = {DayKind.HOLIDAY: "Nghỉ lễ", DayKind.SWAP_OFF: "Nghỉ hoán đổi", DayKind.MAKE_UP: "Làm bù"}

EVENT_WORDS = {
    EventKind.OPEN_REGISTER: "Lập sổ",
    EventKind.GIVE_SLIP: "Lập phiếu tại quầy",
    EventKind.REGISTER: "Tiếp nhận",
    EventKind.FORWARD: "Chuyển nơi giải quyết",
    EventKind.HAND_BACK: "Nơi giải quyết chuyển lại",
    EventKind.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung hồ sơ",
    EventKind.SUPPLEMENT: "Đã nộp bổ sung",
    EventKind.REQUEST_OBLIGATION: "Yêu cầu thực hiện nghĩa vụ tài chính",
    EventKind.FULFIL_OBLIGATION: "Đã xong nghĩa vụ tài chính",
    EventKind.REFUSE: "Từ chối tiếp nhận",
    EventKind.EXTEND: "Gia hạn",
    EventKind.APOLOGISE: "Xin lỗi người nộp",
    EventKind.STOP: "Dừng giải quyết",
    EventKind.WITHDRAW: "Người nộp rút hồ sơ",
    EventKind.FINISH: "Đã có kết quả",
    EventKind.HAND_OVER: "Trả kết quả",
    EventKind.RATE: "Ý kiến của người dân",
    EventKind.COUNT_BALLOTS: "Kiểm phiếu ý kiến không ghi tên",
    EventKind.CLOSE_DAY: "Chốt số liệu ngày",
    EventKind.CORRECT: "Đính chính",
    EventKind.UNDO: "Sửa nhầm",
    EventKind.FEE_PAID: "Đã thu phí, lệ phí",
    EventKind.ATTACH_OFFICIAL_CODE: "Gắn mã hồ sơ chính thức",
    EventKind.PRINT: "In giấy tiếp nhận",
    EventKind.SET_CALENDAR_DAY: "Sửa lịch nghỉ",
    EventKind.CONFIRM_YEAR: "Xác nhận lịch nghỉ năm",
    EventKind.CHANGE_SETTING: "Đổi cài đặt",
    EventKind.ADD_PERSON: "Thêm công chức",
    EventKind.DECIDE_CATALOGUE: "Áp dụng quyết định công bố",
    EventKind.UNDO_DECISION: "Thôi áp dụng quyết định",
    EventKind.PROPOSE: "Ghi kiến nghị về thủ tục",
    EventKind.POST_SHEETS: "Dán niêm yết",
    EventKind.TAKE_DOWN: "Gỡ niêm yết",
    EventKind.UNDO_POSTING: "Sửa nhầm khi ghi đã dán, đã gỡ",
    EventKind.ILLUSTRATE: "Thêm tiếng dân tộc, hình, âm thanh cho thủ tục",
    EventKind.ENROL: "Nối với nơi nhận báo cáo",
    EventKind.WRITE_PACKET: "Chép báo cáo ra tệp",
    EventKind.CHANGE_PERSON: "Đổi vai trò, lĩnh vực của công chức",
    EventKind.SET_PASSWORD: "Đặt mật khẩu",
    EventKind.RESET_PASSWORD: "Cấp lại mật khẩu cho người khác",
    EventKind.MAKE_RECOVERY_CODE: "Lập tờ khôi phục quyền quản trị",
    EventKind.USE_RECOVERY_CODE: "Lấy lại quyền quản trị bằng tờ khôi phục",
    EventKind.SIGN_IN: "Đăng nhập",
    EventKind.FAIL_SIGN_IN: "Đăng nhập sai",
    EventKind.VIEW: "Xem hồ sơ",
    EventKind.SEARCH: "Tìm theo người",
    EventKind.REVEAL: "Hiện đủ số định danh",
    EventKind.EXPORT: "Xuất, in dữ liệu có tên người",
    EventKind.IMPORT_BOOK: "Nhập sổ năm trước",
    EventKind.UNDO_IMPORT: "Rút lại sổ năm trước đã nhập",
    EventKind.DESTROY: "Hủy dữ liệu hết hạn lưu",
}

ROLE_WORDS = {
    Role.RECEPTION: "Tiếp nhận",
    Role.PROCESSING: "Xử lý",
    Role.LEAD: "Lãnh đạo",
    Role.ADMINISTER: "Quản trị",
    Role.INSPECT: "Chỉ xem, thanh tra",
}

OUTBOX_WORDS = {
    OutboxState.WAITING: "Chờ gửi",
    OutboxState.SENDING: "Đang gửi",
    OutboxState.COPIED: "Đã chép ra USB",
    OutboxState.ACKNOWLEDGED: "Tuyến trên đã xác nhận",
    OutboxState.REVIEW: "Cần xem lại",
    OutboxState.SUPERSEDED: "Đã có bản mới",
}

#: The fields of a procedure as a change to them is told.
PROCEDURE_FIELD_WORDS = {
    "name": "Tên",
    "field": "Lĩnh vực",
    "limit": "Thời hạn giải quyết",
    "fee": "Phí, lệ phí",
    "papers": "Thành phần hồ sơ",
    "result": "Kết quả",
    "legal_basis": "Căn cứ pháp lý",
    "authority": "Cơ quan thực hiện",
    "channels": "Cách thức thực hiện",
    "status": "Hiệu lực",
    "steps": "Trình tự thực hiện",
    "place": "Địa điểm thực hiện",
    "subjects": "Đối tượng thực hiện",
    "conditions": "Yêu cầu, điều kiện",
    "forms": "Mẫu đơn, tờ khai",
    "units": "Đơn vị thực hiện",
    "levels": "Cấp thực hiện",
    "link": "Đường dẫn",
    "sets": "Số bộ hồ sơ",
}

OUTCOME_WORDS = {Outcome.EARLY: "Trước hạn", Outcome.ON_TIME: "Đúng hạn", Outcome.LATE: "Quá hạn"}

DOCUMENT_WORDS = {
    DocumentKind.RECEIPT: "Mẫu 01 – giấy hẹn",
    DocumentKind.SUPPLEMENT: "Mẫu 02 – phiếu yêu cầu bổ sung",
    DocumentKind.REFUSAL: "Mẫu 03 – phiếu từ chối",
    DocumentKind.APOLOGY: "Mẫu 04 – phiếu xin lỗi và gia hạn",
    DocumentKind.STOP: "Mẫu 05 – thông báo dừng giải quyết",
    DocumentKind.CONTROL: "Mẫu 06 – phiếu kiểm soát",
    DocumentKind.REGISTER_BOOK: "Mẫu 07 – sổ theo dõi hồ sơ",
    DocumentKind.HANDOVER_LIST: "Phiếu bàn giao hồ sơ",
    DocumentKind.FEE_SLIP: "Phiếu thông báo phí",
    DocumentKind.HANDOVER_RECEIPT: "Giấy biên nhận trả kết quả",
}

#: States in which days pass while a citizen is waited for.
_WAITED_FOR = {
    DossierStatus.WAITING_SUPPLEMENT: "Chờ bổ sung",
    DossierStatus.WAITING_OBLIGATION: "Chờ nộp tiền",
    DossierStatus.FINISHED: "Chờ trả",
}

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_WORKING_WEEKDAYS = 5

#: Beyond this a count of working days says less than the date itself.
_COUNTED_DAYS = 60


class Urgency(Enum):
    """How soon somebody must act on a promise."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    CALM = "calm"


class TimeLeft(NamedTuple):
    """The time left until a promise, as words and as urgency."""

    urgency: Urgency
    words: str


class Standing(NamedTuple):
    """What must be known of a dossier first; no urgency where its clock does not run."""

    urgency: Urgency | None
    words: str


class WorkingDays(Protocol):
    """What ``time_left`` needs to know of a calendar."""

    def is_working_day(self, on: date) -> bool: ...


class Week(Protocol):
    """What ``hours_words`` needs to know of opening hours: the intervals of a weekday, Monday 0."""

    def on_weekday(self, weekday: int) -> tuple[tuple[time, time], ...]: ...


def day_words(on: date, *, year: bool = True) -> str:
    """``Thứ Hai 23/11/2026``, or without the year."""
    return f"{_WEEKDAYS[on.weekday()]} {on:%d/%m/%Y}" if year else f"{_WEEKDAYS[on.weekday()]} {on:%d/%m}"


def short_day(on: date) -> str:
    """``T2 23/11``, for rows of an explanation."""
    return f"{_SHORT_WEEKDAYS[on.weekday()]} {on:%d/%m}"


def moment_words(at: datetime) -> str:
    """``17:00 Thứ Sáu 27/11/2026``."""
    return f"{at:%H:%M} {day_words(at.date())}"


def hours_words(week: Week) -> list[str]:
    """Opening hours, days alike together: ``Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00``."""
    lines = []
    for hours, alike in groupby(range(_WORKING_WEEKDAYS), key=week.on_weekday):
        days = list(alike)
        named = _WEEKDAYS[days[0]] + (f" – {_WEEKDAYS[days[-1]]}" if len(days) > 1 else "")
        lines.append(f"{named}: " + ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours))
    return lines


#: Of a receipt that this commune sealed, whose dossier a restore lost.
LOST_DOSSIER = (
    "Giấy thật của xã, nhưng hồ sơ không có trong sổ: mất khi sổ khôi phục từ bản sao lưu cũ hơn. Tiếp nhận lại từ "
    "giấy này (F3), ghi mã cũ vào ghi chú."
)


def when_words(at: datetime, now: datetime) -> str:
    """``07:48 hôm nay``, ``18/11 08:05``, or with the year when it is another one."""
    if at.date() == now.date():
        return f"{at:%H:%M} hôm nay"
    return f"{at:%d/%m %H:%M}" if at.year == now.year else f"{at:%d/%m/%Y %H:%M}"


def time_left(due_at: datetime, now: datetime, calendar: WorkingDays) -> TimeLeft:
    """How much working time separates ``now`` from ``due_at``; neither the first day nor days off count.

    Late is what is late by dates, as lists and outcomes count it (domain.md 4.1): on the day itself only the hour
    has passed.
    """
    today, due_on = now.date(), due_at.date()
    if today > due_on:
        return TimeLeft(Urgency.LATE, _lateness(due_at, now, calendar))
    if due_on == today:
        told = f"Hạn {due_at:%H:%M} hôm nay" if now <= due_at else f"Hôm nay, đã qua {due_at:%H:%M}"
        return TimeLeft(Urgency.TODAY, told)
    if (due_on - today).days > _COUNTED_DAYS:
        return TimeLeft(Urgency.CALM, f"Hạn {due_on:%d/%m/%Y}")
    days = _working_days(today, due_on, calendar)
    return TimeLeft(Urgency.SOON if days <= 2 else Urgency.CALM, f"Còn {days} ngày làm việc")


def _lateness(due_at: datetime, now: datetime, calendar: WorkingDays) -> str:
    days = (now.date() - due_at.date()).days
    if days > _COUNTED_DAYS:
        return f"Quá hạn từ {due_at:%d/%m/%Y}"
    worked = _working_days(due_at.date(), now.date(), calendar)
    return f"Quá hạn, trễ {worked} ngày" if worked else f"Quá hạn từ {due_at:%H:%M %d/%m}"


def standing(row: DossierRow, now: datetime, calendar: WorkingDays) -> Standing:
    """The time left while the clock of a dossier runs, else how it stands and since how many days."""
    if row.status in _WAITED_FOR:
        since = row.paused_since or row.finished_at
        days = (now.date() - since.date()).days if since else 0
        return Standing(None, f"{_WAITED_FOR[row.status]} {days} ngày" if days > 0 else _WAITED_FOR[row.status])
    if row.status in OPEN_STATUSES:
        return Standing(*time_left(row.due_at, now, calendar))
    return Standing(None, STATUS_WORDS[row.status])


def owed_apology(row: DossierRow, now: datetime, calendar: WorkingDays) -> TimeLeft:
    """How late a dossier is, or was when it ended or its clock was stopped: what the apology is owed for."""
    return time_left(row.due_at, row.finished_at or row.paused_since or now, calendar)


def working_days_between(one: date, other: date, calendar: WorkingDays) -> int:
    """Working days from one date to the other, whichever comes first; the earlier date itself does not count."""
    return _working_days(min(one, other), max(one, other), calendar)


def _working_days(after: date, until: date, calendar: WorkingDays) -> int:
    span = (until - after).days
    return sum(calendar.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))


def procedure_words(name: str) -> str:
    """A procedure's name without the "Thủ tục" that says nothing in a list of procedures."""
    bare = name.removeprefix("Thủ tục ")
    return bare[:1].upper() + bare[1:]


def money(amount: int) -> str:
    """Whole đồng with Vietnamese thousands: ``15.000 đồng``."""
    return f"{amount:,} đồng".replace(",", ".")


def count_words(number: int) -> str:
    """A number with Vietnamese thousands: ``100.000``."""
    return f"{number:,}".replace(",", ".")


def grouped_id(id_number: str) -> str:
    """A 12-digit number in fours for reading aloud: ``0121 9500 0002``; anything else unchanged."""
    if len(id_number) != 12:
        return id_number
    return f"{id_number[:4]} {id_number[4:8]} {id_number[8:]}"


def grouped_phone(phone: str) -> str:
    """A ten-digit phone number in groups for reading aloud: ``0987 000 001``; anything else unchanged."""
    if len(phone) != 10 or not phone.isdigit():
        return phone
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}"


def code_in_two_lines(code: str) -> str:
    """A dossier code for a narrow column: the unit, then date and number."""
    parts = code.rsplit("-", 2)
    return f"{parts[0]}-\n{parts[1]}-{parts[2]}" if len(parts) == 3 else code


def unconfirmed_note(years: Iterable[int]) -> str:
    """The warning that a promise reaches years whose holidays are not confirmed; empty when there are none."""
    told = ", ".join(str(year) for year in sorted(years))
    return f"Lịch nghỉ {told} chưa xác nhận, ngày hẹn có thể đổi." if told else ""


def sentence_start(words: str) -> str:
    """The same words with a capital first letter: ``Xã Mường Than``."""
    return words[:1].upper() + words[1:]
