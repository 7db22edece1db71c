"""How each act on a dossier is named, drawn and keyed on the dossier page, and which one is likely next.

Data only; whether an act may be done is asked of the office. Undo has its own strip, and a rating is the citizen's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from db.vocabulary import DossierStatus, EventKind
from desktop.office.acts import Offer
from desktop.rules import obstacles
from desktop.rules.calendar import WorkCalendar
from desktop.rules.lifecycle import State

E, S = EventKind, DossierStatus


class ActLook(NamedTuple):
    """The words of an act, its key, its icon, and the verb on the button that records it."""

    words: str
    key: str
    icon: str
    verb: str


LOOKS = {
    E.FINISH: ActLook("Ghi đã có kết quả", "Alt+K", "check-decagram-outline", "Ghi có kết quả"),
    E.FORWARD: ActLook("Chuyển nơi giải quyết", "Alt+H", "arrow-right-circle-outline", "Chuyển hồ sơ"),
    E.HAND_BACK: ActLook("Nhận lại từ nơi giải quyết", "Alt+L", "arrow-left-circle-outline", "Nhận lại"),
    E.SUPPLEMENT: ActLook("Nhận bổ sung", "Alt+N", "play-circle-outline", "Nhận bổ sung"),
    E.FULFIL_OBLIGATION: ActLook("Đã xong nghĩa vụ tài chính", "Alt+X", "cash-check", "Ghi đã xong"),
    E.HAND_OVER: ActLook("Trả kết quả", "Alt+T", "hand-extended-outline", "Trả kết quả"),
    E.APOLOGISE: ActLook("Gửi văn bản xin lỗi (Mẫu 04)", "Alt+I", "email-alert-outline", "Ghi văn bản xin lỗi"),
    E.EXTEND: ActLook("Xin lỗi và gia hạn (Mẫu 04)", "Alt+G", "calendar-clock", "Gia hạn"),
    E.REQUEST_SUPPLEMENT: ActLook("Yêu cầu bổ sung (Mẫu 02)", "Alt+B", "file-edit-outline", "Yêu cầu bổ sung"),
    E.REQUEST_OBLIGATION: ActLook("Yêu cầu nghĩa vụ tài chính", "Alt+Q", "cash-clock", "Yêu cầu nộp"),
    E.STOP: ActLook("Dừng theo yêu cầu (Mẫu 05)", "Alt+D", "stop-circle-outline", "Dừng hồ sơ"),
    E.WITHDRAW: ActLook("Người nộp rút hồ sơ", "Alt+R", "undo-variant", "Ghi rút hồ sơ"),
    E.REFUSE: ActLook("Từ chối tiếp nhận (Mẫu 03)", "Alt+U", "close-circle-outline", "Từ chối"),
    E.CORRECT: ActLook("Đính chính", "Alt+C", "pencil-outline", "Đính chính"),
    E.FEE_PAID: ActLook("Ghi thu phí", "Alt+E", "cash", "Ghi thu phí"),
    E.ATTACH_OFFICIAL_CODE: ActLook("Gắn mã hồ sơ chính thức", "Alt+S", "tag-outline", "Gắn mã"),
}
#: Acts that issue a paper, which can be looked at before.
WITH_PAPER = frozenset({E.REQUEST_SUPPLEMENT, E.REFUSE, E.EXTEND, E.APOLOGISE, E.STOP, E.CORRECT})
#: What usually follows; it comes first and has the focus.
_LIKELY = {
    S.RECEIVED: E.FORWARD,
    S.PROCESSING: E.FINISH,
    S.WAITING_SUPPLEMENT: E.SUPPLEMENT,
    S.WAITING_OBLIGATION: E.FULFIL_OBLIGATION,
    S.FINISHED: E.HAND_OVER,
}
_LEAD = "Chưa làm được "


class ActLine(NamedTuple):
    """An act as a row says it: possible with its condition, or locked with its reason."""

    event: EventKind
    words: str
    note: str
    locked: bool


def lines(offers: Sequence[Offer], state: State, due_at: datetime, calendar: WorkCalendar | None) -> list[ActLine]:
    """Every act: the likely one first, then the other possible ones, then those that are not with their reasons."""
    why_not = {offer.event: offer.why_not for offer in offers}
    told = [
        ActLine(
            event,
            _words(event, state),
            why_not[event].removeprefix(_LEAD) or _condition(event, state, due_at, calendar),
            bool(why_not[event]),
        )
        for event in LOOKS
        if event in why_not
    ]
    return sorted(told, key=lambda line: (line.locked, line.event is not _LIKELY.get(state.status)))


def _words(event: EventKind, state: State) -> str:
    if event is E.REQUEST_SUPPLEMENT and state.supplement_requests == 1:
        return "Yêu cầu bổ sung lần 2 (Mẫu 02)"
    return LOOKS[event].words


def _condition(event: EventKind, state: State, due_at: datetime, calendar: WorkCalendar | None) -> str:
    """What must be known before a possible act is begun."""
    if event is E.EXTEND and calendar is not None:
        return f"được một lần, chậm nhất hết {obstacles.last_day_to_extend(due_at, calendar):%d/%m/%Y}"
    if event is E.REQUEST_SUPPLEMENT and state.supplement_requests:
        return "cần lý do và một người khác xác nhận"
    if event is E.HAND_BACK:
        return f"đang ở {state.holder}"
    if event is E.CORRECT:
        return "ngày giờ đã ghi thì không sửa được"
    return ""
