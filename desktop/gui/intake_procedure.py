"""Part 2 of the intake page, "Thủ tục": which procedure, in which case, with what limit, and is it a duplicate.

The limit is shown from the catalogue; only where the catalogue is unclear ("cần rà soát") it is typed.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from db.records import DossierRow, Limit, ProcedureVersion, SlipRow
from db.vocabulary import DocumentKind, LimitUnit
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.procedure_chooser import Find, ProcedureChooser, WhyNot
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel, line
from desktop.rules.intake import TypedLimit
from desktop.rules.reasons import UNIT_WORDS, limit_words

_PICK_CASE = "Chọn trường hợp"
#: What was missing last time, as far as two lines hold it.
_LONGEST_NOTE = 125
#: Narrower than this (1366×768 at 200 %) case and limit stand one below the other.
_ABREAST = 660
#: Units whose limit is a rule and has no number.
_UNCOUNTED = (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE)


class ProcedureCard(Card):
    """``rows`` maps field paths to rows; ``chosen`` follows a new procedure, ``edited`` every change."""

    edited = Signal()
    chosen = Signal(object)
    left = Signal(str)

    def __init__(
        self, find: Find, why_not: WhyNot, compare: QAction, recall: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__("Thủ tục", number=2, parent=parent)
        self._compare, self._recall = compare, recall
        self._about = ElidedLabel("", "note")
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self._about, 100)
        self.chooser = ProcedureChooser(find, why_not)
        self._cases = Choice()
        self._number = QLineEdit()
        self.rows = {
            "procedure": FieldRow(
                "procedure", "Thủ tục", self.chooser, hint="Vài chữ không dấu, hoặc mã", icon="magnify"
            ),
            "case": FieldRow("case", "Trường hợp", self._cases),
            "limit": FieldRow("limit", "Thời hạn", self._number, hint="số"),
            "duplicate_reason": FieldRow("duplicate_reason", "Vì sao vẫn nhận", hint="một dòng lý do, ghi vào hồ sơ"),
        }
        self._unit = Choice()
        self._unit.addItems(list(UNIT_WORDS.values()))
        self._unit.setAccessibleName("Đơn vị thời hạn")
        self._unit.setObjectName("limit_unit")
        self._full_name = line("", "note", wrap=True)
        self._full_name.setContentsMargins(112, 0, 0, 0)
        self._review = MessageStrip()
        self._twin, self._slips = MessageStrip(), MessageStrip()
        self._lay_out()
        self._connect()
        self.show_procedure(None, None)
        self.show_duplicates(())

    def _lay_out(self) -> None:
        self._case_and_limit = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._case_and_limit.setSpacing(8)
        limit = QHBoxLayout()
        limit.setSpacing(8)
        limit.addWidget(self.rows["limit"], 1)
        limit.addWidget(self._unit)
        self._case_and_limit.addWidget(self.rows["case"], 62)
        self._case_and_limit.addLayout(limit, 38)
        self.body.addWidget(self.rows["procedure"])
        self.body.addWidget(self._full_name)
        self.body.addLayout(self._case_and_limit)
        self.body.addWidget(self._review)
        self.body.addWidget(self._slips)
        self.body.addWidget(self._twin)
        self.body.addWidget(self.rows["duplicate_reason"])

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._taken)
        self.chooser.refused.connect(lambda why: self.rows["procedure"].show_problem(why))
        for path in ("case", "limit", "duplicate_reason"):
            self.rows[path].edited.connect(lambda _text: self.edited.emit())
        self._unit.activated.connect(lambda _index: self._unit_chosen())
        for path, row in self.rows.items():
            row.left.connect(lambda path=path: self.left.emit(path))

    def tab_stops(self) -> list[QWidget]:
        """Every input in the order of the eyes."""
        rows = self.rows
        first = [rows[path].editor for path in ("procedure", "case", "limit")]
        return [*first, self._unit, rows["duplicate_reason"].editor]

    @property
    def procedure(self) -> ProcedureVersion | None:
        return self.chooser.procedure

    @property
    def case(self) -> str | None:
        """The label of the case that was picked, if the procedure has any."""
        return self._cases.currentData() if self._cases.count() else None

    @property
    def typed_limit(self) -> TypedLimit | None:
        """What the clerk typed where the catalogue has no usable limit; None while it is no number."""
        if not self.asks_limit:
            return None
        unit = list(LimitUnit)[self._unit.currentIndex()]
        if unit in _UNCOUNTED:
            return TypedLimit(Decimal(0), unit)
        try:
            value = Decimal(self.rows["limit"].value().strip().replace(",", "."))
        except InvalidOperation:
            return None
        return TypedLimit(value, unit) if value.is_finite() else None

    @property
    def asks_limit(self) -> bool:
        """Is the limit one that the clerk must type?"""
        chosen = self.procedure
        return chosen is not None and (chosen.needs_review or (chosen.limit is None and not chosen.cases))

    @property
    def duplicate_reason(self) -> str:
        row = self.rows["duplicate_reason"]
        return row.value().strip() if not row.isHidden() else ""

    def show_procedure(
        self, procedure: ProcedureVersion | None, case: str | None, typed: TypedLimit | None = None
    ) -> None:
        """Show a choice that was made elsewhere (a draft, or the one before)."""
        self.chooser.show_procedure(procedure)
        self._show_about(procedure)
        self._cases.clear()
        cases = procedure.cases if procedure else ()
        if cases:
            self._cases.addItem(_PICK_CASE, None)
            for offered in cases:
                self._cases.addItem(offered.label, offered.label)
            self._cases.setCurrentIndex(max(self._cases.findData(case), 0))
        self.rows["case"].setVisible(bool(cases))
        self._show_typing(typed)

    def show_limit(self, limit: Limit | None) -> None:
        """The limit that holds now, in words."""
        if not self.asks_limit:
            self.rows["limit"].set_value(limit_words(limit, padded=False) if limit else "")

    def show_duplicates(self, rows: Sequence[DossierRow]) -> None:
        """Warn of open dossiers of the same person for the same procedure."""
        if rows:
            first = rows[0]
            others = f" và {len(rows) - 1} hồ sơ khác" if len(rows) > 1 else ""
            self._twin.say(
                "soon",
                f"Có thể trùng. Người này đang có hồ sơ cùng thủ tục: {first.code}, "
                f"hẹn trả {first.due_at:%d/%m}{others}.",
                action=self._compare,
                icon="content-duplicate",
            )
        else:
            self._twin.hush()
        self.rows["duplicate_reason"].setVisible(bool(rows))

    def show_slips(self, rows: Sequence[SlipRow]) -> None:
        """Tell of the slips that this person was given for this matter and that no dossier has followed."""
        if not rows:
            self._slips.hush()
            return
        last = rows[-1]
        what = "từ chối" if last.kind is DocumentKind.REFUSAL else "hướng dẫn bổ sung"
        times = f"Đã lập {len(rows)} phiếu, lần cuối" if len(rows) > 1 else "Đã"
        told = f"{times} {what} ngày {last.given_at:%d/%m}, phiếu {last.label}: {last.told}"
        words = shorten(told, _LONGEST_NOTE, placeholder="…")
        self._slips.say("accent", words, action=self._recall, icon="file-edit-outline")

    def _taken(self, procedure: ProcedureVersion) -> None:
        self.show_procedure(procedure, None)
        self.chosen.emit(procedure)

    def _show_about(self, procedure: ProcedureVersion | None) -> None:
        self._about.show_text(f"{procedure.field} – bản đang hiệu lực" if procedure else "")
        room = self.chooser.width() - 40
        shown = self.chooser.fontMetrics().horizontalAdvance(self.chooser.text()) if procedure else 0
        self._full_name.setText(procedure.name if procedure and shown > room else "")
        self._full_name.setVisible(bool(self._full_name.text()))

    def _show_typing(self, typed: TypedLimit | None) -> None:
        asks = self.asks_limit
        row = self.rows["limit"]
        row.setVisible(self.procedure is not None)
        self._number.setReadOnly(not asks)
        self._number.setFocusPolicy(Qt.FocusPolicy.StrongFocus if asks else Qt.FocusPolicy.NoFocus)
        self._unit.setVisible(asks)
        row.set_value(f"{typed.value.normalize():f}" if typed and asks else "")
        if typed:
            self._unit.setCurrentIndex(list(LimitUnit).index(LimitUnit(typed.unit)))
        if asks:
            note = self.procedure.review_note if self.procedure else ""
            self._review.say(
                "soon", f"Danh mục chưa rõ thời hạn, công chức nhập theo quyết định công bố. {note}".strip()
            )
        else:
            self._review.hush()

    def _unit_chosen(self) -> None:
        uncounted = list(LimitUnit)[self._unit.currentIndex()] in _UNCOUNTED
        self._number.setReadOnly(uncounted)
        if uncounted:
            self.rows["limit"].set_value("")
        self.edited.emit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        flow = QBoxLayout.Direction
        narrow = event.size().width() < _ABREAST
        self._case_and_limit.setDirection(flow.TopToBottom if narrow else flow.LeftToRight)
        self._show_about(self.procedure)
