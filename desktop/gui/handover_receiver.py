"""Part 2 of the hand-over page, "Ai nhận?": who takes the result, what was compared, what is given.

A scanned card compares the number by itself; faces, papers and a receipt that was only looked at are a person's
ticks. Knows what is still missing before the result may leave, records nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.check_lines import CheckLine
from desktop.gui.fields import FieldRow
from desktop.gui.handover_case import WHO_WORDS, Case, Proof, Who
from desktop.gui.handover_checks import CHECK_WORDS, CHECKS, FIELDS, IN_PERSON, NO_NUMBER, RELATIONS, WRONG_CARD
from desktop.gui.keys import KeyBadge
from desktop.gui.pick_rows import PickRow
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.rules.citizen_id import CitizenCard


class Lack(NamedTuple):
    """Something still missing: the widget that mends it and, for a field, the sentence beside it."""

    place: QWidget
    message: str = ""


class ReceiverCard(Card):
    """``changed`` follows every edit and tick, ``completed`` the tick after which nothing is missing any more."""

    changed = Signal()
    completed = Signal()

    def __init__(self, picks: Mapping[Who, QAction]) -> None:
        super().__init__("Ai nhận?", number=2)
        self._case: Case | None = None
        self._proof = Proof.SEEN
        self._card: CitizenCard | None = None
        self.strip = MessageStrip()
        ways = QButtonGroup(self)
        self.picks = {who: PickRow(action, WHO_WORDS[who], ways) for who, action in picks.items()}
        relation = Choice()
        relation.setEditable(True)
        relation.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        relation.addItems(list(RELATIONS))
        self.rows = {
            "receiver": FieldRow("receiver", "Họ và tên", label_width=92),
            "receiver_id": FieldRow("receiver_id", "Số định danh", label_width=92, hint="quét thẻ hoặc gõ"),
            "relation": FieldRow("relation", "Quan hệ", relation, label_width=92),
            "tracking": FieldRow("tracking", "Số bưu gửi", label_width=92),
            "reason": FieldRow("reason", "Lý do", label_width=92, hint="vì sao không có giấy hẹn"),
            "note": FieldRow("note", "Ghi chú", label_width=92, hint="không bắt buộc"),
        }
        self.checks = {name: CheckLine(name, words) for name, words in CHECK_WORDS.items()}
        self.given = {"result": CheckLine("result"), "originals": CheckLine("originals")}
        self._lay_out()
        self._connect()
        self.show_case(None)

    def _lay_out(self) -> None:
        picks = QVBoxLayout()
        picks.setSpacing(4)
        for pick in self.picks.values():
            picks.addWidget(pick)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 4, 0, 0)
        work.setSpacing(4)
        for name in ("receiver", "receiver_id", "relation", "tracking"):
            work.addWidget(self.rows[name])
        for part in (_head("Đối chiếu", with_key=True), *self.checks.values()):
            work.addWidget(part)
        work.addWidget(self.rows["reason"])
        for part in (_head("Kết quả giao"), *self.given.values()):
            work.addWidget(part)
        work.addWidget(self.rows["note"])
        self.body.addWidget(self.strip)
        self.body.addLayout(picks)
        self.body.addWidget(self._work)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for who, pick in self.picks.items():
            pick.chosen.connect(lambda who=who: self.choose(who))
        for row in self.rows.values():
            row.edited.connect(lambda _text: self.changed.emit())
        for check in (*self.checks.values(), *self.given.values()):
            check.changed.connect(self._ticked)

    @property
    def who(self) -> Who:
        return next(who for who, pick in self.picks.items() if pick.is_chosen)

    def show_case(self, case: Case | None) -> None:
        """Everything afresh for a dossier; nothing can be done here without one that is ready."""
        self._case, self._card = case, None
        self._proof = case.proof if case else Proof.SEEN
        self.strip.hush()
        self.set_state("")
        for row in self.rows.values():
            row.set_value("")
            row.clear_problem()
        for name, check in self.checks.items():
            check.clear(CHECK_WORDS[name])
        if case is not None:
            self.given["result"].clear(case.result)
            self.given["result"].tick.setChecked(True)
            originals = sum(paper["originals"] for paper in case.detail.form["papers"])
            self.given["originals"].clear("Trả lại giấy tờ bản chính", f"đã nộp {originals}")
            self.given["originals"].setVisible(originals > 0)
        self.picks[case.who if case else Who.SELF].choose()
        self.setEnabled(case is not None and case.is_ready)
        self._show_parts()

    def prove(self, proof: Proof) -> None:
        """What stands for the receipt changed: it was missed, or scanned after all."""
        self._proof = proof
        self._show_parts()
        self.changed.emit()

    def choose(self, who: Who) -> None:
        """Somebody else takes the result."""
        self.picks[who].choose()
        if self._card is not None and not self._fits(self._card):
            self._forget_card()
        self._show_parts()
        self.changed.emit()

    def take_card(self, card: CitizenCard, at: datetime) -> bool:
        """Compare a scanned card with the dossier; one that does not fit is another person's, and said to be."""
        assert self._case is not None, "a card is compared with a dossier"
        self._card = card
        person = self._case.person_of(card)
        if person is None:
            # Of one who was announced nobody expects the applicant's number.
            if self.who is Who.OTHER:
                self.strip.hush()
            else:
                self._say_stranger()
            self.picks[Who.OTHER].choose()
            self.rows["receiver"].set_value(card.name, filled=True)
            self.rows["receiver_id"].set_value(card.id_number, filled=True)
            self.checks["identity"].settle("Số định danh lấy từ thẻ quét", f"{at:%H:%M}")
        else:
            self.strip.hush()
            if self.who not in IN_PERSON or self.who is Who.OTHER:
                self.picks[Who.SELF].choose()
            self.checks["identity"].settle("Thẻ quét khớp số định danh trên hồ sơ", f"{at:%H:%M}")
        self._show_parts()
        self.changed.emit()
        return person is not None

    def _say_stranger(self) -> None:
        known = self._case is not None and any(
            (person or {}).get("id_number")
            for person in (self._case.detail.form[who] for who in ("applicant", "principal"))
        )
        if known:
            self.strip.say("late", WRONG_CARD, icon="card-account-details-outline")
        else:
            self.strip.say("soon", NO_NUMBER, icon="card-account-details-outline")

    def lacks(self) -> list[Lack]:
        """What is missing, in the order of the eyes."""
        return list(self._missing()) if self._case is not None else []

    def mark_lacks(self) -> list[Lack]:
        """Say beside each field what is missing; what is no longer missing is unsaid."""
        found = self.lacks()
        said = {lack.place: lack.message for lack in found}
        for row in self.rows.values():
            row.show_problem(said.get(row.editor, ""))
        self.set_state("wrong" if found else "done")
        return found

    def facts(self) -> dict[str, Any]:
        """What the hand-over event records of the receiver."""
        case, who = self._case, self.who
        assert case is not None, "nothing is recorded without a dossier"
        applicant = case.detail.form["applicant"]
        facts: dict[str, Any] = {"by": str(who.by), "note": self._note()}
        facts["items"] = [case.result] if self.given["result"].is_ticked else []
        if self.given["originals"].is_ticked and not self.given["originals"].isHidden():
            facts["items"].append("Giấy tờ bản chính đã nộp")
        if who in IN_PERSON:
            facts |= {"checked": "card" if self._card else "paper", "receipt": str(self._proof)}
        if who is Who.OTHER:
            named = {"to": "receiver", "id_number": "receiver_id", "relation": "relation"}
            return facts | {fact: self.rows[row].value().strip() for fact, row in named.items()}
        person = (case.person_of(self._card) if self._card and who is Who.SELF else None) or applicant
        if person is not applicant:
            facts["relation"] = "Người được nộp hồ sơ thay"
        facts |= {"to": person["name"] or person.get("organisation", ""), "id_number": person["id_number"]}
        return facts | ({"tracking": self.rows["tracking"].value().strip()} if who is not Who.SELF else {})

    def tab_stops(self) -> list[QWidget]:
        """Every input in the order of the eyes."""
        rows = self.rows
        first = [rows[name].editor for name in ("receiver", "receiver_id", "relation", "tracking")]
        ticks = [check.tick for check in self.checks.values()]
        given = [check.tick for check in self.given.values()]
        return [
            *(pick.pick for pick in self.picks.values()),
            *first,
            *ticks,
            rows["reason"].editor,
            *given,
            rows["note"].editor,
        ]

    def next_place(self) -> QWidget | None:
        """Where the clerk goes on: the first thing missing."""
        found = self.lacks()
        return found[0].place if found else None

    def _note(self) -> str:
        reason, note = self.rows["reason"], self.rows["note"]
        parts = [reason.value().strip()] if not reason.isHidden() else []
        return " ".join(part for part in (*parts, note.value().strip()) if part)

    def _missing(self) -> Iterator[Lack]:
        for name in FIELDS[self.who]:
            row = self.rows[name]
            if not row.value().strip() and not (name == "tracking" and self.who is Who.ONLINE):
                yield Lack(row.editor, "Còn thiếu")
        for name in self._asked():
            if not self.checks[name].is_ticked:
                yield Lack(self.checks[name].tick)
        if not self.rows["reason"].isHidden() and not self.rows["reason"].value().strip():
            yield Lack(self.rows["reason"].editor, "Ghi một dòng vì sao không có giấy hẹn")
        if not self.given["result"].is_ticked:
            yield Lack(self.given["result"].tick)

    def _asked(self) -> list[str]:
        seen = self._proof is Proof.SEEN
        return [name for name in CHECKS[self.who] if name != "receipt_seen" or seen]

    def _fits(self, card: CitizenCard) -> bool:
        own = self._case is not None and self._case.person_of(card) is not None
        return own == (self.who is Who.SELF)

    def _forget_card(self) -> None:
        self._card = None
        self.strip.hush()
        self.checks["identity"].clear(CHECK_WORDS["identity"])

    def _show_parts(self) -> None:
        """Only what this receiver needs."""
        who, asked = self.who, self._asked()
        for name in ("receiver", "receiver_id", "relation", "tracking"):
            self.rows[name].setVisible(name in FIELDS[who])
        self.rows["tracking"].set_caption("Số bưu gửi" if who is Who.POST else "Mã tra cứu")
        for name, check in self.checks.items():
            check.setVisible(name in asked)
        if who is Who.OTHER and self._card is None:
            self.checks["identity"].say("Số định danh trên giấy tờ người nhận đúng như đã ghi")
        self.rows["reason"].setVisible(who in IN_PERSON and self._proof is Proof.MISSING)
        self._work.setVisible(self._case is not None and self._case.is_ready)

    def _ticked(self) -> None:
        self.changed.emit()
        focused = QApplication.focusWidget()
        if not self.lacks() and focused in [check.tick for check in self.checks.values()]:
            self.completed.emit()


def _head(words: str, *, with_key: bool = False) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 8, 0, 0)
    row.setSpacing(6)
    row.addWidget(line(words, "strong"), 1)
    if with_key:
        row.addWidget(KeyBadge("Space"))
        row.addWidget(line("đánh dấu", "note"))
    return head
