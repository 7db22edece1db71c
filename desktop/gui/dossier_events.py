"""How the events of a dossier are told on the screen; pure functions of records.

An event that was taken back stays in its place, struck through, with the undo after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from db.records import EventRow
from db.vocabulary import DocumentKind, EventKind, PaidBy, PrintOutcome, ResultBy
from desktop import labels
from desktop.gui import corrected_fields
from desktop.gui.timeline import Happening
from desktop.rules import ratings

E = EventKind

_LOOKS = {
    E.REGISTER: ("check-circle", "ok"),
    E.FORWARD: ("arrow-right-circle", "accent"),
    E.HAND_BACK: ("arrow-left-circle", "accent"),
    E.REQUEST_SUPPLEMENT: ("pause-circle", "wait"),
    E.SUPPLEMENT: ("play-circle", "ok"),
    E.REQUEST_OBLIGATION: ("pause-circle", "wait"),
    E.FULFIL_OBLIGATION: ("play-circle", "ok"),
    E.REFUSE: ("close-circle", "late"),
    E.EXTEND: ("calendar-clock", "soon"),
    E.APOLOGISE: ("email-alert-outline", "soon"),
    E.STOP: ("stop-circle", "idle"),
    E.WITHDRAW: ("undo-variant", "idle"),
    E.FINISH: ("tray-arrow-up", "accent"),
    E.HAND_OVER: ("check-circle", "ok"),
    E.RATE: ("star-circle-outline", "accent"),
    E.CORRECT: ("circle-edit-outline", "accent"),
    E.UNDO: ("undo-variant", "soon"),
    E.FEE_PAID: ("cash-check", "ok"),
    E.ATTACH_OFFICIAL_CODE: ("tag-outline", "accent"),
    E.PRINT: ("printer-check", "ok"),
}


def undone(events: Sequence[EventRow]) -> frozenset[int]:
    """The numbers of the events that were taken back."""
    return frozenset(event.payload["facts"]["undoes"] for event in events if event.event is E.UNDO)


def happenings(events: Sequence[EventRow], clerks: Mapping[str, str]) -> list[Happening]:
    """Every event as a line of the timeline; ``clerks`` maps short names to full ones."""
    taken_back = undone(events)
    told: list[Happening] = []
    before: Mapping[str, Any] = {}
    asked = 0
    for event in events:
        struck = event.seq in taken_back
        asked += event.event is E.REQUEST_SUPPLEMENT and not struck
        clerk = clerks.get(event.clerk, event.clerk)
        icon, tone = _LOOKS.get(event.event, ("circle-outline", "text2"))
        if _failed(event):
            icon, tone = "printer-alert", "late"
        title = _title(event, events, max(asked, 1))
        facts = [*_facts(event, before, clerks), event.note, f"{clerk}."]
        told.append(Happening(event.at, icon, tone, title, _sentences(facts), struck))
        before = event.payload.get("form", before)
    return told


def _title(event: EventRow, events: Sequence[EventRow], nth: int) -> str:
    facts = event.payload.get("facts", {})
    match event.event:
        case E.FORWARD:
            return f"Chuyển {facts.get('to', 'bộ phận chuyên môn')}"
        case E.REQUEST_SUPPLEMENT:
            return f"Yêu cầu bổ sung lần {nth}"
        case E.EXTEND:
            return f"Gia hạn đến {_day(facts['to'])}"
        case E.CORRECT:
            names = [corrected_fields.CAPTIONS[path] for path in facts["set"]]
            return f"Đính chính {', '.join(name[0].lower() + name[1:] for name in names)}"
        case E.UNDO:
            words = next(labels.EVENT_WORDS[other.event] for other in events if other.seq == facts["undoes"])
            return f"Sửa nhầm: bỏ việc “{words}”"
        case E.PRINT:
            kind = DocumentKind(event.payload.get("kind", DocumentKind.RECEIPT))
            name = labels.DOCUMENT_WORDS[kind].split(" – ")[-1].lower()
            if _failed(event):
                return f"Chưa in được {name}"
            return f"Máy in đã nhận đủ {event.payload['copies']} bản {name}"
    return labels.EVENT_WORDS[event.event]


def _facts(event: EventRow, before: Mapping[str, Any], clerks: Mapping[str, str]) -> Iterator[str]:
    """What stands under the title, before the note and the clerk."""
    facts = event.payload.get("facts", {})
    match event.event:
        case E.REGISTER:
            yield f"Hẹn {labels.moment_words(datetime.fromisoformat(event.payload['due_at']))}"
            if slips := event.payload.get("after_slips"):
                yield f"Người dân quay lại sau {len(slips)} phiếu lập tại quầy"
        case E.FORWARD if "inner_due" in facts:
            yield f"Giao lại trước {labels.moment_words(datetime.fromisoformat(facts['inner_due']))}"
        case E.REQUEST_SUPPLEMENT | E.REQUEST_OBLIGATION:
            yield "Đồng hồ dừng"
            yield "; ".join(facts.get("items", ()))
            yield labels.money(facts["amount"]) if "amount" in facts else ""
            second = facts.get("confirmed_by")
            how = ", bằng mật khẩu" if facts.get("vouched") else ""
            yield f"Người xác nhận: {clerks.get(second, second)}{how}" if second else ""
        case E.SUPPLEMENT | E.FULFIL_OBLIGATION:
            due_at = datetime.fromisoformat(event.payload["after"]["due_at"])
            yield f"Đồng hồ chạy lại. Hẹn mới {labels.moment_words(due_at)}"
        case E.APOLOGISE if "to" in facts:
            yield f"Dự kiến trả {_day(facts['to'])}"
        case E.HAND_OVER:
            yield _handed_over(facts)
        case E.RATE:
            yield from _rated(facts)
        case E.CORRECT:
            after = event.payload["form"]
            for path in facts["set"]:
                old, new = (corrected_fields.told(form, path) or "(trống)" for form in (before, after))
                yield f"{old} → {new}"
        case E.ATTACH_OFFICIAL_CODE:
            yield event.payload["official_code"]
        case E.FEE_PAID:
            yield f"Biên lai số {facts['receipt_number']}"
            yield labels.money(facts["amount"]) if "amount" in facts else ""
            yield labels.PAID_BY_WORDS[PaidBy(facts["by"])] if "by" in facts else ""
        case E.PRINT:
            yield event.payload["printer"] or "máy in mặc định"


#: Only what is out of the ordinary about the receipt that was brought.
_RECEIPT_WORDS = {"missing": "không có giấy hẹn", "superseded": "giấy hẹn đã bị thay", "seen": "giấy hẹn xem bằng mắt"}


def _rated(facts: Mapping[str, Any]) -> Iterator[str]:
    """What was answered stands with the dossier only where the citizen agreed; who pressed is always told."""
    if ratings.is_unnamed(facts):
        yield "Ý kiến không ghi tên, không lưu cùng hồ sơ"
    else:
        yield ratings.words(facts["score"], facts["scale"]) if "scale" in facts else f"Mức {facts['score']}"
        yield facts.get("reason", "")
    yield "Bấm từ bàn phím công chức" if facts.get("source") == ratings.CLERKS_KEYBOARD else ""


def _handed_over(facts: Mapping[str, Any]) -> str:
    way = labels.RESULT_BY_WORDS[ResultBy(facts["by"])] if "by" in facts else ""
    relation = f" ({facts['relation']})" if facts.get("relation") else ""
    to = f"Người nhận: {facts['to']}{relation}" if facts.get("to") else ""
    tracking = f"số {facts['tracking']}" if facts.get("tracking") else ""
    receipt = _RECEIPT_WORDS.get(facts.get("receipt", ""), "")
    return ", ".join(part for part in (to, way.lower() if to else way, tracking, receipt) if part)


def _failed(event: EventRow) -> bool:
    return event.event is E.PRINT and event.payload["outcome"] == PrintOutcome.FAILED


def _day(moment: str) -> str:
    return labels.day_words(datetime.fromisoformat(moment).date())


def _sentences(parts: Sequence[str]) -> str:
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
