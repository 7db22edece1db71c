"""Why an act on a dossier is not possible, in one sentence: asked by the office before it records, by screens before
they offer.

Pure. The numbers: a second supplement request needs another person, a third is blocked; one extension, proposed at
the latest one working day before the promise; undo within a minute by the same clerk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.vocabulary import DossierStatus, EventKind
from desktop.rules.calendar import WorkCalendar
from desktop.rules.lifecycle import ENDED, MOST_SUPPLEMENT_REQUESTS, TRANSITIONS, UNDO_WITHIN, UNDOABLE, State

S, E = DossierStatus, EventKind


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not possible now: a stable English word and one Vietnamese sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What an act is judged by beside the state: the promise that holds, the moment, who acts, the calendar."""

    due_at: datetime
    now: datetime
    clerk: str
    calendar: WorkCalendar
    #: Highest score of the commune's scale (3, 4 or 5).
    best_score: int = 5


#: Why an act does not fit the state, where "the dossier is …" would not help the clerk.
_WHY_NOT = {
    E.SUPPLEMENT: "vì không có yêu cầu bổ sung đang chờ",
    E.FULFIL_OBLIGATION: "vì không có nghĩa vụ tài chính đang chờ",
    E.HAND_BACK: "vì hồ sơ chưa được chuyển đi",
    E.HAND_OVER: "vì chưa có kết quả",
    E.RATE: "vì chưa có kết quả",
}
_AS_IT_IS = {
    S.WAITING_SUPPLEMENT: "vì đang chờ bổ sung",
    S.WAITING_OBLIGATION: "vì đang chờ nghĩa vụ tài chính",
    S.FINISHED: "vì đã có kết quả",
    S.HANDED_OVER: "vì đã trả kết quả",
    S.NOT_RECEIVED: "vì hồ sơ đã bị từ chối",
    S.WITHDRAWN: "vì hồ sơ đã được rút",
    S.STOPPED: "vì hồ sơ đã dừng",
}


def possible(state: State, event: EventKind, situation: Situation) -> Refusal | None:
    """Why ``event`` cannot be begun now, before anything is typed; None when it can."""
    if event is E.UNDO:
        return _undo_refusal(state, situation)
    transition = TRANSITIONS[event]
    if state.status not in transition.at:
        why = _AS_IT_IS.get(state.status)
        if why is None or (event in _WHY_NOT and state.status not in ENDED - {S.FINISHED}):
            why = _WHY_NOT.get(event, why or "vì trạng thái hồ sơ chưa cho phép")
        return Refusal("not_now", f"Chưa làm được {why}.")
    match event:
        case E.REQUEST_SUPPLEMENT if state.supplement_requests >= MOST_SUPPLEMENT_REQUESTS:
            return Refusal("third_supplement", "Không yêu cầu bổ sung quá hai lần (NĐ 63/2010 Điều 20 khoản 4).")
        case E.EXTEND:
            return _extension_refusal(state, situation)
        case E.APOLOGISE if state.apologised:
            return Refusal("already_apologised", "Chưa làm được vì đã gửi văn bản xin lỗi.")
        case E.APOLOGISE if (state.finished_at or situation.now) <= situation.due_at:
            return Refusal("not_late", "Chưa làm được vì hồ sơ chưa quá hạn; còn kịp thì gia hạn.")
        case E.RATE if state.rated:
            return Refusal("already_rated", "Chưa làm được vì hồ sơ đã có ý kiến đánh giá.")
        case E.FORWARD | E.FINISH if situation.now < (state.last.at if state.last else situation.now):
            return Refusal("before_last", "Chưa làm được vì sớm hơn việc trước của hồ sơ.")
    return None


def refusal(state: State, event: EventKind, facts: Mapping[str, object], situation: Situation) -> Refusal | None:
    """Why ``event`` with these ``facts`` cannot be recorded; None when it can."""
    if state.last is not None and situation.now < state.last.at:
        return Refusal("before_last", "Việc này sớm hơn việc trước của hồ sơ; chưa ghi gì.")
    if found := possible(state, event, situation):
        return found
    if event is E.UNDO:
        return None
    for name in TRANSITIONS[event].needs:
        if not str(facts.get(name) or "").strip():
            return Refusal("missing_fact", f"Còn thiếu {_NAMES[name]}.")
    match event:
        case E.REQUEST_SUPPLEMENT if state.supplement_requests == 1:
            second = str(facts.get("confirmed_by") or "")
            if not second or second == situation.clerk:
                return Refusal("needs_second_person", "Yêu cầu bổ sung lần hai cần một người khác xác nhận.")
        case E.EXTEND:
            return _appointment_refusal(str(facts["to"]), situation)
        case E.RATE:
            score = facts.get("score")
            if not isinstance(score, int) or not 1 <= score <= situation.best_score:
                return Refusal("bad_score", f"Điểm đánh giá từ 1 đến {situation.best_score}.")
    return None


_NAMES = {
    "note": "lý do hoặc nội dung (note)",
    "to": "nơi nhận hoặc ngày hẹn mới (to)",
    "official_code": "mã hồ sơ chính thức",
    "receipt_number": "số biên lai",
}


def last_day_to_extend(due_at: datetime, calendar: WorkCalendar) -> date:
    """The last day on which an extension may be proposed: one working day before the due day.

    NĐ 118/2025 Đ19; Lai Châu QĐ 88/2025/QĐ-UBND Đ3 k6: at the latest 01 day before expiry.
    """
    on = due_at.date() - timedelta(days=1)
    while not calendar.is_working_day(on):
        on -= timedelta(days=1)
    return on


def _extension_refusal(state: State, situation: Situation) -> Refusal | None:
    if state.extended_to is not None:
        return Refusal("second_extension", "Chỉ được hẹn lại một lần (NĐ 118/2025 Điều 19); lần này không ghi.")
    last = last_day_to_extend(situation.due_at, situation.calendar)
    if situation.now.date() > last:
        return Refusal("too_late_to_extend", f"Quá hạn gia hạn: phải xin trước hết ngày {last:%d/%m/%Y}.")
    return None


def _appointment_refusal(text: str, situation: Situation) -> Refusal | None:
    try:
        to = datetime.fromisoformat(text)
    except ValueError:
        return Refusal("bad_moment", f"“{text}” không phải ngày giờ dạng 2026-11-27T17:00.")
    if to.tzinfo is None or to <= situation.due_at:
        return Refusal("not_later", f"Ngày hẹn mới phải sau {situation.due_at:%H:%M %d/%m/%Y}.")
    if not situation.calendar.is_working_day(to.date()):
        return Refusal("day_off", f"Ngày {to:%d/%m/%Y} là ngày nghỉ; hãy hẹn vào ngày làm việc.")
    if not any(start <= to <= end for start, end in situation.calendar.intervals(to.date())):
        return Refusal("closed_hour", f"Lúc {to:%H:%M} quầy không mở; hãy hẹn trong giờ làm việc.")
    return None


def _undo_refusal(state: State, situation: Situation) -> Refusal | None:
    last = state.last
    if last is None or last.event not in UNDOABLE:
        return Refusal("nothing_to_undo", "Chưa làm được vì việc vừa rồi không phải việc có thể hoàn lại.")
    if last.clerk != situation.clerk:
        return Refusal("not_yours", "Chỉ người vừa ghi mới hoàn lại được.")
    if situation.now - last.at > UNDO_WITHIN:
        return Refusal("minute_over", "Đã quá một phút; hãy ghi một việc mới để sửa.")
    return None
