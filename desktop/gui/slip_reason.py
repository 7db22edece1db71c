"""Why a slip is given: the matter where the catalogue has none, the reason, who else confirms a second slip."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from db.records import Clerk
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.vouch_row import VouchRow

_LABEL, _LINES = 84, 3


class ReasonCard(Card):
    """``edited`` follows every letter; ``rows`` maps the fields of ``SlipForm`` to rows."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__("Lý do")
        reason = QPlainTextEdit()
        reason.setFixedHeight(_LINES * reason.fontMetrics().lineSpacing() + 16)
        self._others = Choice()
        self.rows = {
            "request": FieldRow("request", "Nội dung", label_width=_LABEL, hint="người dân yêu cầu giải quyết việc gì"),
            "reason": FieldRow("reason", "Lý do", reason, label_width=_LABEL, hint="in nguyên văn trên phiếu"),
            "confirmed_by": FieldRow("confirmed_by", "Xác nhận", self._others, label_width=_LABEL),
        }
        #: Below who confirms; no field of the slip.
        self.vouch, self._asks = VouchRow(_LABEL), False
        for row in self.rows.values():
            self.body.addWidget(row)
            row.edited.connect(lambda _text, row=row: self._typed(row))
        self.body.addWidget(self.vouch)
        self.body.addStretch(1)

    def show_fields(self, *, names_matter: bool, others: Sequence[Clerk], second: bool, asks: bool) -> None:
        """Which fields this slip asks for; ``others`` are those who may confirm a ``second`` one.

        ``asks``: people sign in here, so who confirms types his password.
        """
        self.rows["request"].setVisible(names_matter)
        self.rows["confirmed_by"].setVisible(second)
        self._others.clear()
        for clerk in others:
            self._others.addItem(clerk.full_name, clerk.short_name)
        self._others.setCurrentIndex(-1)
        self._asks = asks
        self.vouch.follow("", asks=asks)

    @property
    def confirmed_by(self) -> str:
        """The short name of who confirms, empty while nobody is chosen."""
        return self._others.currentData() or ""

    def text(self, name: str) -> str:
        """What is typed in a field that this slip asks for."""
        row = self.rows[name]
        return "" if row.isHidden() else row.value().strip()

    def _typed(self, row: FieldRow) -> None:
        row.clear_problem()
        if row is self.rows["confirmed_by"]:
            self.vouch.follow(self.confirmed_by, asks=self._asks)
        self.edited.emit()
