"""The form of one act: its few fields, what follows from it, and what is wrong with them.

Opened inside the column of acts. Records nothing itself; what was typed can be taken out and put back, so that
neither Esc nor a change made elsewhere loses it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.records import Clerk, DossierDetail
from db.vocabulary import EventKind
from desktop import labels
from desktop.errors import UserError
from desktop.gui.act_fields import ASKED, LABEL_WIDTH, Asked, FactRow, told_date
from desktop.gui.act_words import WITH_PAPER
from desktop.gui.buttons import ActButton
from desktop.gui.commands import Problem
from desktop.gui.correction_fields import CorrectionFields
from desktop.gui.fields import FieldRow
from desktop.gui.messages import of_problem
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.gui.vouch_row import VouchRow
from desktop.rules import obstacles
from desktop.rules.calendar import WorkCalendar
from desktop.rules.lifecycle import TRANSITIONS, State
from desktop.rules.rights import Deed, may

E = EventKind

#: What follows from an act and cannot be seen from its fields.
_FOLLOWS = {
    E.REQUEST_SUPPLEMENT: "Đồng hồ dừng từ lúc ghi đến lúc nộp bổ sung. Lập Mẫu 02.",
    E.SUPPLEMENT: "Đồng hồ chạy lại, ngày hẹn được tính lại.",
    E.REQUEST_OBLIGATION: "Đồng hồ dừng từ lúc ghi đến lúc xong nghĩa vụ.",
    E.FULFIL_OBLIGATION: "Đồng hồ chạy lại, ngày hẹn được tính lại.",
    E.REFUSE: "Hồ sơ kết thúc. Lập Mẫu 03.",
    E.APOLOGISE: "Ngày hẹn không đổi, hồ sơ vẫn tính là quá hạn. Lập Mẫu 04.",
    E.STOP: "Chỉ khi người nộp đề nghị. Hồ sơ kết thúc. Lập Mẫu 05.",
    E.WITHDRAW: "Chỉ khi người nộp đề nghị. Hồ sơ kết thúc.",
    E.FINISH: "Hồ sơ chuyển sang chờ trả kết quả.",
    E.CORRECT: "Giấy hẹn được lập bản mới thay bản cũ. Ngày giờ đã ghi không sửa được.",
    E.FEE_PAID: "Số của biên lai thật, do cơ quan tài chính phát hành.",
}
#: Which field a refusal of the office is about.
_ABOUT = {
    "not_later": "to",
    "day_off": "to",
    "closed_hour": "to",
    "needs_second_person": "confirmed_by",
    "unknown_clerk": "confirmed_by",
    "has_no_password": "confirmed_by",
    "bad_official_code": "official_code",
    "official_code_taken": "official_code",
    "inner_past": "inner_days",
    "beyond_promise": "inner_days",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a form must know of the dossier and of the commune; ``asks``: people sign in here."""

    detail: DossierDetail
    state: State
    calendar: WorkCalendar
    places: Sequence[str]
    clerks: Sequence[Clerk]
    acting: str
    asks: bool


class ActForm(QWidget):
    """The fields of ``event``; ``look`` shows the paper it would issue."""

    def __init__(self, event: EventKind, matter: Matter, look: QAction) -> None:
        super().__init__()
        self.kind = event
        #: Asking twice with the same key records once.
        self.key = str(uuid4())
        self._calendar, self._asks = matter.calendar, matter.asks
        self._told = line("", "note", wrap=True)
        self.strip = MessageStrip()
        self._correction = CorrectionFields(matter.detail.form) if event is E.CORRECT else None
        self.rows = {asked.fact: _row(asked, matter) for asked in ASKED[event] if _is_asked(asked, matter.state)}
        #: Below who confirms, the only field that is not a fact.
        self.vouch = VouchRow(LABEL_WIDTH)
        self._lay_out(_follows(event, matter), look if event in WITH_PAPER else None)
        for row in self.rows.values():
            row.edited.connect(lambda _text, row=row: self._typed(row))
        if self._correction is not None:
            self._correction.edited.connect(self.strip.hush)

    def _lay_out(self, follows: str, look: QAction | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(8)
        column.addWidget(line(follows, "note", wrap=True))
        column.addWidget(self.strip)
        if self._correction is not None:
            column.addWidget(self._correction)
        for row in self.rows.values():
            column.addWidget(row)
            if row.asked.kind == "date":
                column.addWidget(self._told)
        column.addWidget(self.vouch)
        self._told.hide()
        if look is not None:
            column.addWidget(ActButton(look, "file-eye-outline", kind="quiet", align=Qt.AlignmentFlag.AlignLeft))
        column.addStretch(1)

    def facts(self) -> dict[str, Any]:
        """What was given, as the office reads it; empty fields are left out."""
        given = {name: row.recorded for name, row in self.rows.items() if row.recorded}
        if self._correction is not None and self._correction.changes:
            given["set"] = self._correction.changes
        return given

    def missing(self) -> bool:
        """Say at the first field that the act cannot do without that it is empty."""
        given = self.facts()
        needed = [name for name in TRANSITIONS[self.kind].needs if name not in given]
        if self._correction is not None and "set" in needed:
            self._correction.new.show_problem("Chưa có gì khác với nội dung đang ghi.")
            self._correction.new.focus()
        elif needed:
            self.rows[needed[0]].show_problem("Còn thiếu.")
            self.rows[needed[0]].focus()
        return bool(needed)

    def texts(self) -> dict[str, Any]:
        """Everything as typed, to be put back with :meth:`restore`."""
        kept: dict[str, Any] = {name: row.value() for name, row in self.rows.items() if row.value().strip()}
        if self._correction is not None and self._correction.texts():
            kept["set"] = self._correction.texts()
        return kept

    def restore(self, texts: Mapping[str, Any]) -> None:
        """Go on with what was typed before."""
        for name, text in texts.items():
            if name in self.rows:
                self.rows[name].set_value(text)
                self._typed(self.rows[name])
            elif self._correction is not None:
                self._correction.restore(text)

    def show_problem(self, problem: Problem) -> None:
        """A refusal beside its field, or above all of them."""
        if self.vouch.takes(problem):
            return
        code = problem.code if isinstance(problem, UserError) else ""
        field = str(problem.facts.get("field", "")) if isinstance(problem, UserError) else ""
        row: FieldRow | None = self.rows.get(field or _ABOUT.get(code, ""))
        if row is not None:
            row.show_problem(problem.message)
            row.focus()
        elif not (self._correction is not None and field and self._correction.show_problem(field, problem.message)):
            self.strip.say(*of_problem(problem))

    def focus_first(self) -> None:
        """Where typing begins."""
        if self._correction is not None:
            self._correction.focus()
        else:
            next(iter(self.rows.values())).focus()

    def _typed(self, row: FactRow) -> None:
        row.clear_problem()
        self.strip.hush()
        if row.asked.kind == "person":
            self.vouch.follow(row.recorded, asks=self._asks)
        if row.asked.kind == "date":
            words, works = told_date(row.date, self._calendar) if row.date else ("", True)
            self._told.setText(words if works else "")
            self._told.setVisible(bool(words) and works)
            if not works:
                row.show_problem(words, soft=True)


def _is_asked(asked: Asked, state: State) -> bool:
    """A second person confirms only the second request."""
    return asked.fact != "confirmed_by" or state.supplement_requests > 0


def _row(asked: Asked, matter: Matter) -> FactRow:
    if asked.kind == "place":
        return FactRow(asked, {place: place for place in matter.places})
    if asked.kind == "payment":
        return FactRow(asked, {str(way): words for way, words in labels.PAID_BY_WORDS.items()})
    if asked.kind == "person":
        others = [one for one in matter.clerks if one.short_name != matter.acting and may(one.roles, Deed.CONFIRM)]
        return FactRow(asked, {one.short_name: one.full_name for one in others})
    return FactRow(asked)


def _follows(event: EventKind, matter: Matter) -> str:
    due_at = matter.detail.row.due_at
    match event:
        case E.EXTEND:
            last = obstacles.last_day_to_extend(due_at, matter.calendar)
            return (
                f"Đang hẹn {labels.day_words(due_at.date())}. Chỉ được một lần, xin chậm nhất hết ngày "
                f"{last:%d/%m/%Y}. Lập Mẫu 04."
            )
        case E.REQUEST_SUPPLEMENT if matter.state.supplement_requests:
            return "Lần 2 là lần cuối, hồ sơ tính là quá hạn theo bộ chỉ số 766. Đồng hồ dừng. Lập Mẫu 02."
        case E.FORWARD:
            return f"Hẹn trả người nộp {labels.moment_words(due_at)}."
        case E.HAND_BACK:
            return f"Hồ sơ đang ở {matter.state.holder}."
    return _FOLLOWS.get(event, "Mã do hệ thống của tỉnh cấp, đọc nguyên từng ký tự.")
