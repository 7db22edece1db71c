"""The few fields that each act asks for, as data, and the rows that are typed into.

A field's name is that of the fact it becomes; what is wrong with it is the office's to say.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtWidgets import QPlainTextEdit

from db.vocabulary import EventKind
from desktop import labels
from desktop.gui.buttons import Choice
from desktop.gui.dates import typed_date
from desktop.gui.fields import FieldRow
from desktop.rules.calendar import WorkCalendar

E = EventKind
LABEL_WIDTH = 92
_LINES = 3


class Asked(NamedTuple):
    """One fact that an act asks for. ``kind``: line, lines, date, money, place, person or payment."""

    fact: str
    caption: str
    kind: str = "line"
    hint: str = ""


_REASON = Asked("note", "Lý do", "lines", "in nguyên văn trên giấy")
_NOTE = Asked("note", "Ghi chú", hint="không bắt buộc")
_SIGNER = Asked("signer", "Người ký", hint="họ tên lãnh đạo, để trống thì ký tay")
_AMOUNT = Asked("amount", "Số tiền", "money", "đồng")

#: What each act asks for, in the order it is typed.
ASKED: Mapping[EventKind, tuple[Asked, ...]] = {
    E.FORWARD: (
        Asked("to", "Nơi nhận", "place", "Alt+↓ chọn, hoặc gõ"),
        Asked("inner_days", "Giao trong", hint="số ngày làm việc, không bắt buộc"),
        _NOTE,
    ),
    E.HAND_BACK: (_NOTE,),
    E.REQUEST_SUPPLEMENT: (
        Asked("items", "Cần bổ sung", "lines", "mỗi dòng một nội dung"),
        _REASON,
        Asked("confirmed_by", "Xác nhận", "person"),
    ),
    E.SUPPLEMENT: (Asked("note", "Đã nộp", "lines", "giấy tờ đã nộp thêm"),),
    E.REQUEST_OBLIGATION: (Asked("note", "Nghĩa vụ", "lines", "khoản phải nộp, theo thông báo nào"), _AMOUNT),
    E.FULFIL_OBLIGATION: (_NOTE,),
    E.REFUSE: (_REASON,),
    E.EXTEND: (Asked("to", "Hẹn lại ngày", "date"), _REASON, _SIGNER),
    E.APOLOGISE: (_REASON, Asked("to", "Dự kiến trả", "date", "ngày hẹn vẫn giữ nguyên"), _SIGNER),
    E.STOP: (Asked("note", "Lý do", "lines", "để trống: theo đề nghị của người nộp"), _SIGNER),
    E.WITHDRAW: (Asked("note", "Lý do", "lines", "để trống: theo đề nghị của người nộp"),),
    E.FINISH: (Asked("note", "Kết quả", hint="tên, số văn bản; không bắt buộc"),),
    E.CORRECT: (Asked("note", "Lý do", hint="vì sao phải đính chính"),),
    E.FEE_PAID: (Asked("receipt_number", "Số biên lai"), _AMOUNT, Asked("by", "Cách nộp", "payment")),
    E.ATTACH_OFFICIAL_CODE: (Asked("official_code", "Mã chính thức", hint="H35.17.28-261123-0001"),),
}


class FactRow(FieldRow):
    """A field of an act; ``recorded`` is what becomes of the text, empty when nothing was typed."""

    def __init__(self, asked: Asked, choices: Mapping[str, str] | None = None) -> None:
        super().__init__(asked.fact, asked.caption, _editor(asked.kind), label_width=LABEL_WIDTH, hint=asked.hint)
        self.asked = asked
        if isinstance(self.editor, Choice):
            for value, shown in (choices or {}).items():
                self.editor.addItem(shown, value)
            self.editor.setCurrentIndex(-1)

    @property
    def recorded(self) -> Any:
        """The value as the office reads it."""
        text = self.value().strip()
        match self.asked.kind:
            case "date":
                on = typed_date(text)
                return on.isoformat() if on else text
            case "money":
                return text.replace(".", "").replace(" ", "")
            case "person" | "payment":
                return self._chosen()
        return text.splitlines() if self.asked.fact == "items" else text

    @property
    def date(self) -> date | None:
        """The day that was typed into a date field."""
        return typed_date(self.value())

    def _chosen(self) -> str:
        assert isinstance(self.editor, Choice)
        return self.editor.currentData() or ""


def _editor(kind: str) -> Choice | QPlainTextEdit | None:
    if kind == "lines":
        editor = QPlainTextEdit()
        editor.setFixedHeight(_LINES * editor.fontMetrics().lineSpacing() + 16)
        return editor
    if kind in ("place", "person", "payment"):
        choice = Choice()
        if kind == "place":
            make_free(choice)
        return choice
    return None


def make_free(choice: Choice) -> None:
    """Let a text be typed that is not among the choices."""
    choice.setEditable(True)
    # Completing inside the field breaks Vietnamese input methods.
    choice.setCompleter(None)  # type: ignore[arg-type]
    choice.setInsertPolicy(Choice.InsertPolicy.NoInsert)


def told_date(on: date, calendar: WorkCalendar) -> tuple[str, bool]:
    """A typed day in words, and whether the counter works on it."""
    off = calendar.why_off(on)
    if off is not None:
        return f"{labels.day_words(on)}: {off[0]}.", False
    return f"{labels.day_words(on)}, trước {calendar.closing(on):%H:%M}.", True
