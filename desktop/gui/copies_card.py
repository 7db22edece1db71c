"""The form of certified copies: whose, how many originals, pages and copies; three numbers and nothing else.

Shows the fee of what stands there by the formula of the law (TT 226/2016/TT-BTC) at every key. Records nothing.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.cards import Card, Rule
from desktop.gui.fields import FieldRow
from desktop.gui.texts import ElidedLabel, line
from desktop.rules.fees import CertifiedCopies
from desktop.rules.intake import Person

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NUMBERS = {
    "originals": ("Số bản chính", "mỗi giấy tờ là một bản chính"),
    "pages": ("Số trang mỗi bản", "đếm trên bản chính"),
    "copies": ("Số bản sao", "của mỗi bản chính"),
}
_MOST_DIGITS = 3


class CopiesCard(Card):
    """``edited`` follows every key of a person, ``left_last`` the Enter that ends the last number."""

    edited = Signal()
    left_last = Signal()

    def __init__(self) -> None:
        super().__init__("Người yêu cầu và bản sao", number=1)
        self._person = Person()
        self.rows = {
            "id_number": FieldRow(
                "id_number", "Số định danh", hint="Quét thẻ hoặc gõ", icon="card-account-details-outline"
            ),
            "name": FieldRow("name", "Họ và tên", hint="hoặc tên tổ chức"),
            **{name: FieldRow(name, caption, label_width=128) for name, (caption, _hint) in _NUMBERS.items()},
            "receipt_number": FieldRow(
                "receipt_number", "Số biên lai", label_width=128, hint="nếu đã thu, không bắt buộc"
            ),
        }
        self._about = ElidedLabel("", "note")
        self._lay_out()
        for row in self.rows.values():
            row.edited.connect(lambda _text: self.edited.emit())
            row.editor.installEventFilter(self)
        self.clear()

    def _lay_out(self) -> None:
        self.body.addWidget(self.rows["id_number"])
        self.body.addWidget(self.rows["name"])
        self.body.addWidget(self._about)
        self.body.addWidget(Rule())
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (name, (_caption, hint)) in enumerate(_NUMBERS.items()):
            self.rows[name].setFixedWidth(240)
            grid.addWidget(self.rows[name], place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line(hint, "note"), place, 1)
        self.body.addLayout(grid)
        self.body.addWidget(Rule())
        self.body.addWidget(self.rows["receipt_number"])
        self.body.addStretch(1)

    def tab_stops(self) -> list[QWidget]:
        """Every input in the order of the eyes."""
        return [row.editor for row in self.rows.values()]

    def person(self) -> Person:
        """The citizen as typed; what a card said beside stays as long as the number is the card's."""
        name, id_number = self.rows["name"].value().strip(), self.rows["id_number"].value().strip()
        if id_number.replace(" ", "") == self._person.id_number and id_number:
            return replace(self._person, name=name)
        return Person(name=name, id_number=id_number)

    def copies(self) -> CertifiedCopies | None:
        """What is to be certified; None while one of the numbers is no number."""
        numbers = [_number(self.rows[name].value()) for name in _NUMBERS]
        return CertifiedCopies(*numbers) if all(numbers) else None

    @property
    def receipt_number(self) -> str:
        return self.rows["receipt_number"].value().strip()

    def show_person(self, person: Person, about: str) -> None:
        """A card was read, or somebody came from the intake page."""
        self._person = person
        self.rows["id_number"].set_value(labels.grouped_id(person.id_number))
        self.rows["name"].set_value(person.name or person.organisation)
        self._about.show_text(about)
        self._about.setVisible(bool(about))
        for name in ("id_number", "name"):
            self.rows[name].clear_problem()

    def clear(self) -> None:
        """The next citizen: one original, everything else open."""
        self._person = Person()
        for name, row in self.rows.items():
            row.set_value("1" if name == "originals" else "")
            row.clear_problem()
        self._about.hide()

    def lacks(self) -> list[QLineEdit]:
        """Mark what is missing; the inputs that mend it, in the order of the eyes."""
        found = []
        for name in ("name", *_NUMBERS):
            row = self.rows[name]
            words = "Còn thiếu họ tên" if name == "name" else f"Từ 1 đến {10**_MOST_DIGITS - 1}"
            missing = not row.value().strip() if name == "name" else not _number(row.value())
            row.show_problem(words if missing else "")
            if missing and isinstance(row.editor, QLineEdit):
                found.append(row.editor)
        return found

    def show_problem(self, field: str, message: str) -> bool:
        """Say a refusal of the office beside its field; False when it belongs to none of these."""
        row = self.rows.get(field.removeprefix("applicant."))
        if row is None:
            return False
        row.show_problem(message)
        row.focus()
        return True

    def eventFilter(self, watched: QObject, event) -> bool:
        """Enter goes on to the next input, and from the last number to the act: the biên lai is filled on purpose."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and event.key() in _ENTERS:
            if watched.objectName() in ("copies", "receipt_number"):
                self.left_last.emit()
            else:
                self.focusNextChild()
            return True
        return super().eventFilter(watched, event)


class FeeOfCopies(Card):
    """What is to pay, large, and how it comes about."""

    def __init__(self) -> None:
        super().__init__("Phải thu", number=2)
        self._amount = line("", "figure", name="fee")
        self._how = line("", "note", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._amount)
        column.addWidget(self._how)
        self.body.addLayout(column)
        self.show_copies(None)

    def show_copies(self, copies: CertifiedCopies | None) -> None:
        """The fee of these copies; a dash while they are not known."""
        if copies is None:
            self._amount.setText("—")
            self._how.setText("2.000 đồng một trang, từ trang thứ ba 1.000 đồng, nhiều nhất 200.000 đồng một bản.")
            return
        each = CertifiedCopies(1, copies.pages, 1).fee
        self._amount.setText(labels.money(copies.fee))
        self._how.setText(
            f"{copies.originals} bản chính × {copies.copies} bản sao × {labels.money(each)} "
            f"({copies.pages} trang, TT 226/2016/TT-BTC)."
        )


def _number(text: str) -> int:
    """The whole number in ``text``; 0 when there is none of at most three digits."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
