"""Why an act on a dossier is not possible, in one sentence: asked by the office before it records, by screens before
they offer.

Pure. The numbers: a second supplement request needs another person, a third is blocked; one extension, proposed at
the latest one working day before the promise; undo within a minute by the same clerk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from db.records import Limit
from db.vocabulary import DossierStatus, EventKind, LimitUnit
from desktop.rules import codes, deadlines
from desktop.rules.calendar import WorkCalendar
from desktop.rules.facts import said
from desktop.rules.lifecycle import MOST_SUPPLEMENT_REQUESTS, TRANSITIONS, UNDO_WITHIN, UNDOABLE, State

S, E = DossierStatus, EventKind


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not possible now: a stable English word and one Vietnamese sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What an act is judged by beside the state: the promise that holds, the moment, who acts, the calendar."""

    received_at: datetime
    #: The promise of reception, before any clock stop.
    first_due_at: datetime
    due_at: datetime
    now: datetime
    clerk: str
    calendar: WorkCalendar
    #: Highest score of the commune's scale (3, 4 or 5).
    best_score: int = 5


#: Why an act that needs something before it does not fit the state.
_LACKS = {
    E.SUPPLEMENT: "không có yêu cầu bổ sung đang chờ",
    E.FULFIL_OBLIGATION: "không có nghĩa vụ tài chính đang chờ",
    E.HAND_BACK: "hồ sơ đang ở quầy",
    E.HAND_OVER: "chưa có kết quả",
    E.RATE: "chưa có kết quả",
}
_AS_IT_IS = {
    S.WAITING_SUPPLEMENT: "hồ sơ đang chờ bổ sung",
    S.WAITING_OBLIGATION: "hồ sơ đang chờ nghĩa vụ tài chính",
    S.FINISHED: "hồ sơ đã có kết quả",
    S.HANDED_OVER: "hồ sơ đã trả kết quả",
    S.NOT_RECEIVED: "hồ sơ đã bị từ chối",
    S.WITHDRAWN: "hồ sơ đã được rút",
    S.STOPPED: "hồ sơ đã dừng",
}


def possible(state: State, event: EventKind, situation: Situation) -> Refusal | None:
    """Why ``event`` cannot be begun now, before anything is typed; None when it can."""
    if state.last is not None and situation.now < state.last.at:
        return Refusal("before_last", "Việc này sớm hơn việc trước của hồ sơ; hãy kiểm tra đồng hồ.")
    if event is E.UNDO:
        return _undo_refusal(state, situation)
    if state.status not in TRANSITIONS[event].at:
        return Refusal("not_now", f"Chưa làm được vì {_why_not(state, event)}.")
    match event:
        case E.HAND_BACK if not state.holder:
            return Refusal("not_now", f"Chưa làm được vì {_LACKS[event]}.")
        case E.REQUEST_SUPPLEMENT if state.supplement_requests >= MOST_SUPPLEMENT_REQUESTS:
            return Refusal("third_supplement", "Không yêu cầu bổ sung quá hai lần (NĐ 63/2010 Điều 20 khoản 4).")
        case E.EXTEND:
            return _extension_refusal(state, situation)
        case E.APOLOGISE if state.apologised:
            return Refusal("already_apologised", "Chưa làm được vì đã gửi văn bản xin lỗi.")
        case E.APOLOGISE if not state.is_late(situation.due_at, situation.now):
            return Refusal("not_late", "Chưa làm được vì hồ sơ không quá hạn; nếu sẽ chậm thì gia hạn.")
        case E.RATE if state.rated:
            return Refusal("already_rated", "Chưa làm được vì hồ sơ đã có ý kiến đánh giá.")
    return None


def refusal(state: State, event: EventKind, facts: Mapping[str, object], situation: Situation) -> Refusal | None:
    """Why ``event`` with these ``facts`` (as ``rules.facts`` read them) cannot be recorded; None when it can."""
    if found := possible(state, event, situation):
        return found
    if event is E.UNDO:
        return None
    for name in TRANSITIONS[event].needs:
        if name not in facts:
            return Refusal("missing_fact", f"Còn thiếu: {said(name)}.")
    match event:
        case E.FORWARD:
            return _leg_refusal(state, facts, situation)
        case E.REQUEST_SUPPLEMENT if state.supplement_requests:
            if str(facts.get("confirmed_by", situation.clerk)).casefold() == situation.clerk.casefold():
                return Refusal("needs_second_person", "Yêu cầu bổ sung lần hai cần một người khác xác nhận.")
        case E.HAND_OVER if facts.get("receipt") == "missing" and "note" not in facts:
            return Refusal("needs_reason", "Trả không có giấy hẹn thì phải ghi lý do (note).")
        case E.EXTEND:
            return _appointment_refusal(datetime.fromisoformat(str(facts["to"])), situation)
        case E.APOLOGISE if "to" in facts:
            return _return_refusal(datetime.fromisoformat(str(facts["to"])), situation)
        case E.RATE:
            best = min(situation.best_score, int(str(facts.get("scale", situation.best_score))))
            if not 1 <= int(str(facts["score"])) <= best:
                return Refusal("bad_score", f"Điểm đánh giá từ 1 đến {best}.")
        case E.ATTACH_OFFICIAL_CODE if not codes.is_official_code(str(facts["official_code"])):
            given = str(facts["official_code"])[:40]
            return Refusal("bad_official_code", f"“{given}” không đúng mẫu mã hồ sơ, ví dụ H35.17.28-261123-0001.")
    return None


def last_day_to_extend(due_at: datetime, calendar: WorkCalendar) -> date:
    """The last day on which an extension may be proposed: one working day before the due day.

    NĐ 118/2025 Đ19; Lai Châu QĐ 88/2025/QĐ-UBND Đ3 k6: at the latest 01 day before expiry.
    """
    on = due_at.date() - timedelta(days=1)
    while not calendar.is_working_day(on):
        on -= timedelta(days=1)
    return on


def leg_due(days: Decimal, situation: Situation) -> datetime:
    """When a place that gets ``days`` working days gives the dossier back, within a promise that still runs."""
    counted = deadlines.promise(situation.now, Limit(days, LimitUnit.WORKING_DAYS), situation.calendar).due_at
    return min(counted, situation.due_at) if situation.now < situation.due_at else counted


def undo_window(recorded_by: str, recorded_at: datetime, clerk: str, now: datetime) -> Refusal | None:
    """Why what ``recorded_by`` recorded cannot be taken back by ``clerk`` now: it is another's, or too old."""
    if recorded_by != clerk:
        return Refusal("not_yours", "Chỉ người vừa ghi mới hoàn lại được.")
    if now - recorded_at > UNDO_WITHIN:
        return Refusal("minute_over", "Đã quá một phút; hãy ghi một việc mới để sửa.")
    return None


def _why_not(state: State, event: EventKind) -> str:
    """What the act lacks says more than the state; but of an ended dossier the state says it all."""
    if state.has_ended or (state.is_paused and event is E.HAND_BACK):
        return _AS_IT_IS[state.status]
    return _LACKS.get(event) or _AS_IT_IS[state.status]


def _extension_refusal(state: State, situation: Situation) -> Refusal | None:
    if state.extended_to is not None:
        return Refusal("second_extension", "Chỉ được hẹn lại một lần (NĐ 118/2025 Điều 19); lần này không ghi.")
    last = last_day_to_extend(situation.due_at, situation.calendar)
    if situation.now.date() > last:
        return Refusal("too_late_to_extend", f"Không gia hạn được nữa: phải xin chậm nhất ngày {last:%d/%m/%Y}.")
    return None


def _appointment_refusal(to: datetime, situation: Situation) -> Refusal | None:
    # The same day at a later hour would be no new date of return.
    if to.date() <= situation.due_at.date():
        return Refusal("not_later", f"Ngày hẹn mới phải sau ngày {situation.due_at:%d/%m/%Y}.")
    return _closed_refusal(to, situation)


def _return_refusal(to: datetime, situation: Situation) -> Refusal | None:
    """The day that a letter of apology names is promised on paper (Mẫu 04), though the appointment stays as it was."""
    if to <= situation.now:
        return Refusal("not_later", "Ngày dự kiến trả phải ở phía trước.")
    return _closed_refusal(to, situation)


def _closed_refusal(to: datetime, situation: Situation) -> Refusal | None:
    if not situation.calendar.is_working_day(to.date()):
        return Refusal("day_off", f"Ngày {to:%d/%m/%Y} là ngày nghỉ; hãy hẹn vào ngày làm việc.")
    if not any(start <= to <= end for start, end in situation.calendar.intervals(to.date())):
        return Refusal("closed_hour", f"Lúc {to:%H:%M} quầy không mở; hãy hẹn trong giờ làm việc.")
    return None


def _leg_refusal(state: State, facts: Mapping[str, object], situation: Situation) -> Refusal | None:
    """Legs between units add up to no more than was promised (liên thông; Σ legs ≤ total)."""
    if "inner_days" in facts:
        legs = [*state.legs, Decimal(str(facts["inner_days"]))]
        limits = [Limit(days, LimitUnit.WORKING_DAYS) for days in legs]
        ends = deadlines.stage_dues(situation.received_at, limits, situation.calendar)[-1]
        if ends > max(situation.first_due_at, state.extended_to or situation.first_due_at):
            total = deadlines.limit_words(Limit(sum(legs, Decimal(0)), LimitUnit.WORKING_DAYS))
            return Refusal("beyond_promise", f"Các chặng cộng lại {total}, quá thời hạn đã hẹn.")
    elif "inner_due" in facts:
        inner = datetime.fromisoformat(str(facts["inner_due"]))
        if inner <= situation.now:
            return Refusal("inner_past", "Hạn của chặng phải ở phía trước.")
        if inner > situation.due_at:
            return Refusal("beyond_promise", f"Hạn của chặng quá ngày hẹn trả {situation.due_at:%H:%M %d/%m/%Y}.")
    return None


def _undo_refusal(state: State, situation: Situation) -> Refusal | None:
    last = state.last
    if last is None or last.event not in UNDOABLE:
        return Refusal("nothing_to_undo", "Chưa làm được vì việc vừa rồi không phải việc có thể hoàn lại.")
    return undo_window(last.clerk, last.at, situation.clerk, situation.now)
