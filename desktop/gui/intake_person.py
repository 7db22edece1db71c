"""Part 1 of the intake page, "Người nộp": who files, how, and on whose behalf.

Filled by a scanned card, by what the register remembers, or by hand; tells the page of every edit.
Decides nothing: what is wrong is said by ``rules.intake`` through the page.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from db.records import KnownPerson
from db.vocabulary import Channel, FiledBy
from desktop import labels
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Icon
from desktop.gui.pairs import PairGrid
from desktop.gui.pick_row import PickRow
from desktop.gui.texts import ElidedLabel, line
from desktop.rules.citizen_id import CitizenCard
from desktop.rules.intake import IntakeForm, Person, Principal

_PERSON = ("name", "id_number", "birth_date", "gender", "address", "residence", "phone", "email", "organisation")
_PRINCIPAL = ("name", "id_number", "phone", "email", "address", "authority_paper")
_MODES = ("Tự nộp", "Ủy quyền", "Tổ chức")
_RIGHT = 92


class PersonCard(Card):
    """``rows`` maps the path of a field (``applicant.phone``) to its row.

    ``edited`` follows every change, ``left`` carries the path of a field that lost the focus,
    ``number_complete`` the 12 digits when the last of them was typed.
    """

    edited = Signal()
    left = Signal(str)
    number_complete = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Người nộp", number=1, parent=parent)
        self.rows: dict[str, FieldRow] = {}
        self._scanned_icon = Icon("card-account-details-outline", "ok", 16)
        self._scanned = line("", "note", "ok")
        self._known = ElidedLabel("", "note")
        self._known.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self._known, 100)
        for part in (self._scanned_icon, self._scanned):
            self.head.addWidget(part)
            part.hide()
        self._make_rows()
        self._mode = PickRow("mode", "Nộp thay", _MODES, label_width=_RIGHT + 2)
        self._mode.picked.connect(self._mode_changed)
        self._lay_out()
        for path, row in self.rows.items():
            row.edited.connect(lambda _text, path=path: self._edited(path))
            row.left.connect(lambda path=path: self.left.emit(path))
        self._show_mode()

    def _row(self, path: str, caption: str, **how) -> FieldRow:
        row = FieldRow(path.rpartition(".")[2], caption, **how)
        self.rows[path] = row
        return row

    def _make_rows(self) -> None:
        self._row(
            "applicant.id_number", "Số định danh", hint="Quét thẻ hoặc gõ số", icon="card-account-details-outline"
        )
        self._row("applicant.name", "Họ và tên", label_width=_RIGHT)
        self._row("applicant.birth_date", "Ngày sinh, giới", hint="ngày/tháng/năm")
        self._row("applicant.gender", "Giới tính", editor=_choice("", "Nam", "Nữ"), label_width=0)
        self._row("applicant.phone", "Điện thoại", label_width=_RIGHT)
        self._row("applicant.address", "Địa chỉ trên thẻ")
        self._row("applicant.residence", "Nơi ở hiện nay", label_width=_RIGHT)
        self._channel = _choice(*labels.CHANNEL_WORDS.values())
        self._row("channel", "Cách nộp", editor=self._channel)
        self._filed_by = _choice("Chưa rõ", *labels.FILED_BY_WORDS.values())
        self._row("filed_by", "Ai nộp hồ sơ", editor=self._filed_by)
        self._row("applicant.organisation", "Tên tổ chức")
        self._row("principal.name", "Người ủy quyền")
        self._row("principal.id_number", "Số định danh", label_width=_RIGHT)
        self._row("principal.address", "Địa chỉ")
        self._row("principal.phone", "Điện thoại", label_width=_RIGHT)
        self._row("principal.authority_paper", "Giấy ủy quyền")
        self._row("principal.email", "Thư điện tử", label_width=_RIGHT)
        self._row("applicant.email", "Thư điện tử")
        self._row("note", "Ghi chú", label_width=_RIGHT)
        self._row("receiving_unit", "Nơi tiếp nhận", hint="đơn vị này")
        self._row("solving_unit", "Nơi giải quyết", hint="đơn vị này", label_width=_RIGHT)
        self.rows["applicant.name"].editor.setProperty("role", "strong")

    def _lay_out(self) -> None:
        rows = self.rows
        born = _side_by_side(rows["applicant.birth_date"], rows["applicant.gender"])
        self._main = PairGrid(
            (
                (rows["applicant.id_number"], rows["applicant.name"]),
                (born, rows["applicant.phone"]),
                (rows["applicant.address"], rows["applicant.residence"]),
                (rows["channel"], self._mode),
            )
        )
        self._online = PairGrid(((rows["filed_by"],),))
        self._organisation = PairGrid(((rows["applicant.organisation"],),))
        self._principal = PairGrid(
            (
                (rows["principal.name"], rows["principal.id_number"]),
                (rows["principal.address"], rows["principal.phone"]),
                (rows["principal.authority_paper"], rows["principal.email"]),
            )
        )
        self._more = PairGrid(((rows["applicant.email"], rows["note"]), (rows["receiving_unit"], rows["solving_unit"])))
        for part in (self._main, self._online, self._organisation, self._principal, self._more):
            self.body.addWidget(part)
        self._more.hide()

    @property
    def first(self) -> QWidget:
        """Where the work begins."""
        return self.rows["applicant.id_number"].editor

    def tab_stops(self) -> list[QWidget]:
        """Every input in the order of the eyes."""
        paths = list(self.rows)
        before = paths.index("channel") + 1
        stops: list[QWidget] = [self.rows[path].editor for path in paths]
        return [*stops[:before], *self._mode.picks, *stops[before:]]

    def applicant(self) -> Person:
        """The person as typed."""
        told = {name: self.rows[f"applicant.{name}"].value().strip() for name in _PERSON}
        if self._mode.value != "Tổ chức":
            told["organisation"] = ""
        return Person(**told)

    def principal(self) -> Principal | None:
        """On whose behalf, when the clerk said so."""
        if self._mode.value != "Ủy quyền":
            return None
        return Principal(**{name: self.rows[f"principal.{name}"].value().strip() for name in _PRINCIPAL})

    def channel(self) -> str:
        """The word of ``Channel`` that is chosen."""
        return list(Channel)[self._channel.currentIndex()]

    def filed_by(self) -> str:
        """Who typed an online dossier, a word of ``FiledBy``; "" for any other and while nobody has said."""
        index = self._filed_by.currentIndex()
        return list(FiledBy)[index - 1] if index > 0 and self.channel() == Channel.ONLINE else ""

    def text(self, path: str) -> str:
        """What stands in one field, trimmed."""
        return self.rows[path].value().strip()

    def show_form(self, form: IntakeForm) -> None:
        """Put a stored or empty form on the screen."""
        for name in _PERSON:
            self.rows[f"applicant.{name}"].set_value(_shown(name, getattr(form.applicant, name)))
        principal = form.principal or Principal()
        for name in _PRINCIPAL:
            self.rows[f"principal.{name}"].set_value(_shown(name, getattr(principal, name)))
        self.rows["channel"].set_value(labels.CHANNEL_WORDS[Channel(form.channel)])
        self._filed_by.setCurrentIndex(list(FiledBy).index(FiledBy(form.filed_by)) + 1 if form.filed_by else 0)
        self.rows["note"].set_value(form.note)
        self.rows["receiving_unit"].set_value(form.receiving_unit or "")
        self.rows["solving_unit"].set_value(form.solving_unit or "")
        self._mode.choose("Ủy quyền" if form.principal else "Tổ chức" if form.applicant.organisation else "Tự nộp")
        self.show_more(any((form.applicant.email, form.note, form.receiving_unit, form.solving_unit)))
        self.show_scan(None)
        self._known.show_text("")
        self._show_mode()

    def show_card(self, card: CitizenCard, residence: str) -> tuple[str, ...]:
        """Fill in what a card says; the paths of the fields that were filled.

        The card is the principal's when the focus stands among the fields of the principal.
        """
        focused = QApplication.focusWidget()
        whose = "principal" if focused and self._principal.isAncestorOf(focused) else "applicant"
        told = {"id_number": card.id_number, "name": card.name, "address": card.address}
        if whose == "applicant":
            told |= {"birth_date": card.birth_date, "gender": card.gender, "residence": residence}
        for name, text in told.items():
            self._fill(f"{whose}.{name}", text, filled=name in ("address", "residence"))
        if whose == "applicant":
            for name in ("phone", "email"):
                self.rows[f"applicant.{name}"].set_value("")
            self._known.show_text("")
        return tuple(f"{whose}.{name}" for name in told)

    def show_scan(self, at: datetime | None) -> None:
        """Say when the card was read."""
        self._scanned.setText(f"Quét thẻ {at:%H:%M}" if at else "")
        for part in (self._scanned_icon, self._scanned):
            part.setVisible(at is not None)

    def show_known(self, known: KnownPerson) -> None:
        """Fill what the register remembers and the card does not say, into empty fields only."""
        filled = []
        for name, caption in (("phone", "số điện thoại"), ("residence", "nơi ở"), ("email", "thư điện tử")):
            row, text = self.rows[f"applicant.{name}"], getattr(known, name)
            if text and (not row.value().strip() or (name == "residence" and _is_filled(row))):
                self._fill(f"applicant.{name}", text, filled=True)
                filled.append(caption)
        for name in ("name", "birth_date", "gender", "address"):
            row, text = self.rows[f"applicant.{name}"], getattr(known, name)
            if text and not row.value().strip():
                self._fill(f"applicant.{name}", text, filled=True)
        taken = f": {', '.join(filled)} lấy từ lần đó" if filled else ""
        self._known.show_text(f"Đã nộp hồ sơ {known.last_on:%d/%m/%Y}{taken}")
        if getattr(known, "email", ""):
            self.show_more(True)

    def choose_mode(self, mode: str) -> None:
        """``Tự nộp``, ``Ủy quyền`` or ``Tổ chức``."""
        self._mode.choose(mode)
        self._mode_changed()

    def show_more(self, wanted: bool) -> None:
        """Open or close the fields that few dossiers need."""
        self._more.setVisible(wanted)

    def toggle_more(self) -> None:
        """Alt+N: open the rare fields and go there, or close them again."""
        opening = self._more.isHidden()
        self.show_more(opening)
        self.rows["applicant.email" if opening else "channel"].focus()

    def tidy(self, path: str) -> None:
        """Rewrite a complete number or date in its readable shape."""
        row = self.rows.get(path)
        if row and not row.problem:
            row.set_value(_shown(path.rpartition(".")[2], row.value().strip()), filled=_is_filled(row))

    def _fill(self, path: str, text: str, *, filled: bool) -> None:
        """Put the machine's text there; what the field cuts stands in its tooltip."""
        name = path.rpartition(".")[2]
        self.rows[path].set_value(_shown(name, text), filled=filled)
        self.rows[path].editor.setToolTip(text if name in ("address", "residence") else "")

    def _edited(self, path: str) -> None:
        if path == "applicant.id_number":
            self.show_scan(None)
            digits = self.text(path).replace(" ", "")
            if len(digits) == 12 and digits.isdigit():
                self.number_complete.emit(digits)
        elif path == "channel":
            self._show_mode()
        self.edited.emit()

    def _mode_changed(self) -> None:
        self._show_mode()
        self.edited.emit()

    def _show_mode(self) -> None:
        self._online.setVisible(self.channel() == Channel.ONLINE)
        self._organisation.setVisible(self._mode.value == "Tổ chức")
        self._principal.setVisible(self._mode.value == "Ủy quyền")


def _shown(name: str, text: str) -> str:
    """A stored value as people read it: numbers in groups, ISO dates turned round."""
    if name == "id_number":
        return labels.grouped_id(text.replace(" ", "")) if text.replace(" ", "").isdigit() else text
    if name == "birth_date":
        return "/".join(reversed(text.split("-")))
    return text


def _is_filled(row: FieldRow) -> bool:
    return row.editor.property("state") == "filled"


def _choice(*words: str) -> Choice:
    choice = Choice()
    choice.addItems(words)
    return choice


def _side_by_side(left: QWidget, right: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left, 22, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 10, Qt.AlignmentFlag.AlignTop)
    return pair
