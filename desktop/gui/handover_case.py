"""A dossier on the hand-over desk: how it was found, whether it can be returned, and every sentence about that.

Pure functions of records, used by the hand-over page and its cards. Decides nothing that the office decides: why an
act is not possible is the office's sentence, given with the case.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from db.records import DossierDetail, DossierRow
from db.vocabulary import OPEN_STATUSES, DocumentKind, DossierStatus, EventKind, Outcome, ResultBy
from desktop import labels
from desktop.gui.icons import Mark
from desktop.office.issuing import Verdict
from desktop.rules import lifecycle
from desktop.rules.citizen_id import CitizenCard, mask


class Proof(StrEnum):
    """What stands for the right to fetch: the words that the hand-over event keeps as ``receipt``."""

    SCANNED = "scanned"
    SUPERSEDED = "superseded"
    SEEN = "seen"
    MISSING = "missing"


class Who(StrEnum):
    """Who takes the result."""

    SELF = "self"
    OTHER = "other"
    POST = "post"
    ONLINE = "online"

    @property
    def by(self) -> ResultBy:
        """The way of return that goes with it."""
        return {Who.POST: ResultBy.POST, Who.ONLINE: ResultBy.ONLINE}.get(self, ResultBy.COUNTER)


WHO_WORDS = {
    Who.SELF: "Chính người nộp",
    Who.OTHER: "Người được ủy quyền, thân nhân",
    Who.POST: "Gửi bưu chính",
    Who.ONLINE: "Trả trực tuyến",
}


class Said(NamedTuple):
    """One strip: tone, icon, sentence."""

    tone: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """``why_not`` is empty when the result can be handed over; ``result`` is what the procedure gives.

    ``fee`` is in đồng, None where neither form nor catalogue knows it.
    """

    detail: DossierDetail
    proof: Proof
    result: str
    why_not: str
    outcome: Mark | None
    fee: int | None

    @property
    def row(self) -> DossierRow:
        return self.detail.row

    @property
    def is_ready(self) -> bool:
        return not self.why_not

    @property
    def who(self) -> Who:
        """Whom the citizen chose at reception."""
        return {ResultBy.POST: Who.POST, ResultBy.ONLINE: Who.ONLINE}.get(self.detail.result_by, Who.SELF)

    @property
    def people(self) -> tuple[dict[str, Any], ...]:
        """Who handed in, and for whom it was."""
        form = self.detail.form
        return tuple(person for person in (form["applicant"], form["principal"]) if person)

    def person_of(self, card: CitizenCard) -> dict[str, Any] | None:
        """The person of this dossier whose number is on ``card``."""
        return next((person for person in self.people if person["id_number"] == card.id_number), None)


def verdict_said(verdict: Verdict, replaced_on: date | None = None) -> Said:
    """What a scanned receipt is, in one sentence."""
    match verdict.verdict:
        case "genuine" if verdict.lost:
            return Said("late", "file-question-outline", labels.LOST_DOSSIER)
        case "genuine":
            return Said("ok", "shield-check", "Giấy thật, bản đang dùng. Chữ ký khớp khóa của xã.")
        case "superseded" if verdict.differs:
            words = "Chữ ký thật nhưng sổ giữ một giấy khác dưới mã này. Đối chiếu họ tên trên giấy với hồ sơ."
            return Said("late", "file-replace-outline", words)
        case "superseded":
            version = (verdict.successor or "").rpartition(" ")[2]
            when = f" ngày {replaced_on:%d/%m}" if replaced_on else ""
            return Said("late", "file-replace-outline", f"Giấy này đã bị thay bằng bản {version}{when}.")
        case "unknown_key":
            return Said("soon", "shield-key-outline", "Chữ ký bằng khóa chưa có trên máy này. Xem kỹ tờ giấy.")
    return Said("late", "shield-alert-outline", "Không phải giấy của xã hoặc đã bị sửa.")


def proof_said(proof: Proof) -> Said:
    """What is said of a dossier that was not found by a scanned receipt."""
    if proof is Proof.MISSING:
        return Said("soon", "file-question-outline", "Không có giấy hẹn: đối chiếu giấy tờ và ghi lý do.")
    return Said("accent", "keyboard-outline", "Mã gõ tay, giấy hẹn chưa quét. Mất giấy hẹn thì bấm Alt+G.")


def not_ready_said(case: Case) -> Said:
    """Why nothing can be handed over."""
    row = case.row
    if row.status is DossierStatus.HANDED_OVER:
        return Said("idle", "check-circle", _handed_over(case.detail))
    if row.status in OPEN_STATUSES:
        clock = " " + labels.STATUS_WORDS[row.status] + "." if row.paused_since else ""
        return Said("soon", "progress-clock", f"Chưa có kết quả.{clock} Hẹn {row.due_at:%H:%M %d/%m}.")
    return Said("idle", "information-outline", f"{labels.STATUS_WORDS[row.status]}: không có kết quả để trả.")


def _handed_over(detail: DossierDetail) -> str:
    given = [event for event in detail.events if event.event is EventKind.HAND_OVER]
    to = given[-1].payload["facts"].get("to", "") if given else ""
    at = detail.row.handed_over_at
    when = f" lúc {at:%H:%M %d/%m/%Y}" if at else ""
    return f"Đã trả{when}{f' cho {to}' if to else ''}."


def replaced_on(detail: DossierDetail) -> date | None:
    """The day of the receipt that holds now."""
    receipts = [paper for paper in detail.documents if paper.kind is DocumentKind.RECEIPT]
    return receipts[-1].issued_at.date() if receipts else None


def outcome_mark(row: DossierRow, calendar: labels.WorkingDays) -> Mark | None:
    """Early, on time or late by the rule that counts dossiers, with the working days between; None while open."""
    outcome = lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since)
    if outcome is None or row.finished_at is None:
        return None
    days = labels.working_days_between(row.finished_at.date(), row.due_at.date(), calendar)
    if outcome is Outcome.EARLY:
        return Mark("ok", "check-circle", f"Trước hạn {days} ngày làm việc")
    if outcome is Outcome.ON_TIME:
        return Mark("ok", "check", "Đúng hạn")
    return Mark("late", "alert-octagon", f"Quá hạn, trễ {days} ngày làm việc" if days else "Quá hạn")


def waited(row: DossierRow, now: datetime) -> str:
    """How long a result lies there, or the state of a dossier that has none."""
    if row.status is not DossierStatus.FINISHED or row.finished_at is None:
        return labels.STATUS_WORDS[row.status]
    days = (now.date() - row.finished_at.date()).days
    return f"chờ {days} ngày" if days else "có hôm nay"


def facts(case: Case, *, whole: bool) -> list[tuple[str, str | Mark]]:
    """What the clerk compares and tells: who, for what, promised, ready, in time or not, what is to pay.

    The identity number stands there masked unless ``whole``.
    """
    detail, row = case.detail, case.row
    person, principal = detail.form["applicant"], detail.form["principal"] or {}
    return [
        ("Người nộp", row.applicant),
        ("Số định danh", labels.grouped_id(row.id_number if whole else mask(row.id_number))),
        ("Ngày sinh", "/".join(reversed(person["birth_date"].split("-")))),
        ("Nộp thay cho", principal.get("name", "")),
        ("Thủ tục", labels.procedure_words(row.procedure_name)),
        ("Hẹn trả", labels.moment_words(row.due_at)),
        ("Có kết quả", labels.moment_words(row.finished_at) if row.finished_at else ""),
        ("Tính hạn", case.outcome or ""),
        ("Lệ phí", _fee_words(case)),
    ]


def _fee_words(case: Case) -> str:
    why = case.detail.form["fee_exemption"]
    words = [labels.money(case.fee)] if case.fee else [why or "không thu"] if case.fee == 0 else []
    if case.fee and why:
        words.append(why)
    paid = [event.payload["facts"] for event in case.detail.events if event.event is EventKind.FEE_PAID]
    if paid:
        words.append(f"đã thu, biên lai {paid[-1]['receipt_number']}")
    elif case.fee:
        words.append("chưa ghi biên lai")
    return " – ".join(words)
