"""Part 5 of the intake page, "Lệ phí và nhận kết quả": what to pay and why less, where the result goes, sets, paper.

The catalogue's amount stands there by itself; where it has none the clerk types it.
"""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.records import ProcedureVersion
from db.vocabulary import ResultBy
from desktop import labels
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.texts import ElidedLabel
from desktop.rules import fees
from desktop.rules.intake import IntakeForm

#: Luật Hộ tịch Điều 11 and the usual resolutions of provincial councils; the last one asks for words.
_EXEMPTIONS = (
    "",
    "Miễn – người thuộc hộ nghèo",
    "Miễn – người có công, thân nhân người có công",
    "Miễn – người khuyết tật",
    "Miễn – đăng ký đúng hạn",
    "Giảm – nộp trực tuyến",
)
_NO_EXEMPTION = "Không miễn, giảm"
_OTHER = "Lý do khác…"

_PAPERS = (
    ("A5", 2, "2 bản, khổ A5"),
    ("A5", 1, "1 bản, khổ A5"),
    ("A4", 2, "2 bản, khổ A4"),
    ("A4", 1, "1 bản, khổ A4"),
)


class FeeCard(Card):
    """``rows`` maps field paths to rows; ``edited`` follows every change."""

    edited = Signal()
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Lệ phí và nhận kết quả", number=5, parent=parent)
        self._typed = False
        self._procedure: ProcedureVersion | None = None
        self._note = ElidedLabel("", "note")
        self._exemption = _choice(_NO_EXEMPTION, *_EXEMPTIONS[1:], _OTHER)
        self._result_by = _choice(*labels.RESULT_BY_WORDS.values())
        self._paper = _choice(*(words for *_rest, words in _PAPERS))
        self.rows = {
            "fee_exemption": FieldRow("fee_exemption", "Miễn, giảm", self._exemption),
            "exemption_words": FieldRow("exemption_words", "Lý do", hint="văn bản, đối tượng"),
            "pages": FieldRow("pages", "Số trang, bản", hint="trang"),
            "copies": FieldRow("copies", "", hint="bản", label_width=0),
            "fee_amount": FieldRow("fee_amount", "Phải thu", hint="đồng"),
            "result_by": FieldRow("result_by", "Nhận tại", self._result_by),
            "sets": FieldRow("sets", "Số bộ, giấy hẹn"),
            "paper": FieldRow("paper", "", self._paper, label_width=0),
        }
        for path, caption in (("copies", "Số bản chứng thực"), ("paper", "Giấy hẹn in")):
            self.rows[path].editor.setAccessibleName(caption)
        self._lay_out()
        for path, row in self.rows.items():
            row.edited.connect(lambda _text, path=path: self._edited(path))
            row.left.connect(lambda path=path: self.left.emit(path))

    def _lay_out(self) -> None:
        self.body.setSpacing(4)
        rows = self.rows
        self._sheets = _pair(rows["pages"], 6, rows["copies"], 4)
        for part in (
            rows["fee_exemption"],
            rows["exemption_words"],
            self._sheets,
            _pair(rows["fee_amount"], 6, self._note, 4),
            rows["result_by"],
            _pair(rows["sets"], 6, rows["paper"], 5),
        ):
            self.body.addWidget(part)

    def tab_stops(self) -> list[QWidget]:
        """Every input in the order of the eyes."""
        return [row.editor for row in self.rows.values()]

    @property
    def exemption(self) -> str:
        """Why less is paid, in the words that are stored."""
        index = self._exemption.currentIndex()
        return _EXEMPTIONS[index] if index < len(_EXEMPTIONS) else self.rows["exemption_words"].value().strip()

    @property
    def amount(self) -> int | None:
        """Đồng as typed by the clerk or computed from pages; None when the catalogue's amount holds."""
        if self.exemption.startswith("Miễn") and not self._typed:
            return 0
        if not self._typed:
            return self._by_formula()
        digits = re.sub(r"[ .]|đồng|đ$", "", self.rows["fee_amount"].value().strip().lower())
        if not digits:
            return None
        # What is no number becomes one that the rules refuse, so that the sentence comes from one place.
        return int(digits) if digits.isascii() and digits.isdigit() else -1

    @property
    def result_by(self) -> str:
        return list(ResultBy)[self._result_by.currentIndex()]

    @property
    def sets(self) -> int:
        return _number(self.rows["sets"].value())

    @property
    def paper(self) -> tuple[str, int]:
        """Size and number of copies of the receipt."""
        size, copies, _words = _PAPERS[self._paper.currentIndex()]
        return size, copies

    def show_form(self, form: IntakeForm, paper: tuple[str, int], procedure: ProcedureVersion | None) -> None:
        """Put a stored or empty form on the screen."""
        known = form.fee_exemption in _EXEMPTIONS
        self._exemption.setCurrentIndex(_EXEMPTIONS.index(form.fee_exemption) if known else len(_EXEMPTIONS))
        self.rows["exemption_words"].set_value("" if known else form.fee_exemption)
        exempt = form.fee_exemption.startswith("Miễn") and form.fee_amount == 0
        self._typed = form.fee_amount is not None and not exempt
        self.rows["fee_amount"].set_value(_dong(form.fee_amount) if self._typed else "")
        self._result_by.setCurrentIndex(list(ResultBy).index(ResultBy(form.result_by)))
        self.rows["sets"].set_value(str(form.sets))
        chosen = next((n for n, (size, copies, _w) in enumerate(_PAPERS) if (size, copies) == paper), 0)
        self._paper.setCurrentIndex(chosen)
        self.show_procedure(procedure)

    def show_procedure(self, procedure: ProcedureVersion | None) -> None:
        """A new procedure has its own fee: what was typed for the one before does not hold."""
        if procedure != self._procedure and self._procedure is not None:
            self._typed = False
            self.rows["pages"].set_value("")
        self._procedure = procedure
        self.rows["exemption_words"].setVisible(self._asks_words())
        self._sheets.setVisible(procedure is not None and procedure.fee.rule is not None)

    def show_fee(self, fee: int | None) -> None:
        """The amount that holds now, unless the clerk is typing one."""
        row = self.rows["fee_amount"]
        if not self._typed:
            row.set_value(_dong(fee) if fee is not None else "", filled=True)
        unknown = self._procedure is not None and fee is None
        self._note.show_text("công chức nhập mức" if unknown else "")
        self._note.setVisible(unknown)
        self._note.setToolTip(self._procedure.fee.text if self._procedure else "")

    def _by_formula(self) -> int | None:
        pages, copies = _number(self.rows["pages"].value()), _number(self.rows["copies"].value() or "1")
        if self._procedure is None or self._procedure.fee.rule is None or pages < 1 or copies < 1:
            return None
        return fees.by_formula(self._procedure.fee, pages=pages, copies=copies)

    def _asks_words(self) -> bool:
        return self._exemption.currentIndex() == len(_EXEMPTIONS)

    def _edited(self, path: str) -> None:
        if path == "fee_amount":
            self._typed = bool(self.rows[path].value().strip())
        elif path in ("fee_exemption", "pages", "copies"):
            self._typed = False
        self.rows["exemption_words"].setVisible(self._asks_words())
        self.edited.emit()


def _number(text: str) -> int:
    """The whole number in ``text``, 0 when there is none."""
    text = text.lower().replace("bộ", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _dong(amount: int | None) -> str:
    return labels.money(amount) if amount is not None else ""


def _choice(*words: str) -> Choice:
    choice = Choice()
    choice.addItems(words)
    return choice


def _pair(left: QWidget, left_share: int, right: QWidget, right_share: int) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8 if not isinstance(right, FieldRow) else 0)
    row.addWidget(left, left_share)
    row.addWidget(right, right_share)
    return pair
