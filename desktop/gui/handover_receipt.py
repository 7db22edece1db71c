"""Part 1 of the hand-over page, "Quét giấy hẹn": what was scanned or typed, what it is, and the dossier behind it.

With nothing on the desk it lists what waits to be fetched, longest first, or what a typed word finds. Shows only;
what a receipt is worth was asked of the office.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from db.records import DossierRow
from desktop import labels
from desktop.gui import handover_case as cases
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.handover_case import Case, Said
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line

_PAUSE_MS = 120
_LEFT = Qt.AlignmentFlag.AlignLeft


class ReceiptCard(Card):
    """``searched`` follows typing after a pause, ``accepted`` carries what Enter took, ``picked`` a dossier's row."""

    searched = Signal(str)
    accepted = Signal(str)
    picked = Signal(object)

    def __init__(self, now: Callable[[], datetime], missing: QAction, open_dossier: QAction, reveal: QAction) -> None:
        super().__init__("Quét giấy hẹn", number=1)
        self._open_dossier = open_dossier
        self._reveal = ActButton(reveal, "eye-outline", kind="quiet", align=_LEFT)
        self._case: Case | None = None
        self.field = FieldRow(
            "receipt", "", hint="Quét giấy hẹn, hoặc gõ mã, tên, số giấy tờ", icon="qrcode-scan", label_width=0
        )
        self.field.editor.setAccessibleName("Giấy hẹn, mã hồ sơ, tên hoặc số giấy tờ")
        self.field.editor.setMinimumHeight(36)
        self.field.hide_caption()
        self.strip = MessageStrip()
        self._facts = FactList(label_width=92)
        self._list_title = line("", "strong")
        self.table = RecordTable(_model(now), "Hồ sơ chờ trả", heads=False)
        self.table.setMinimumHeight(4 * self.table.verticalHeader().defaultSectionSize())
        self._nothing = line("", "quiet", wrap=True)
        self._missing = ActButton(missing, "file-question-outline", kind="quiet", align=_LEFT)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for part in (self.field, self.strip, self._facts, self._list_title, self._nothing):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 10)
        self.body.addStretch(1)
        self.body.addWidget(Rule())
        self.body.addWidget(self._reveal)
        self.body.addWidget(self._missing)

    def _connect(self) -> None:
        self._pause.timeout.connect(lambda: self.searched.emit(self.text))
        self.field.edited.connect(lambda _text: self._pause.start())
        self.field.editor.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.opened.connect(self.picked)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.value().strip()

    def show_waiting(self, rows: Sequence[DossierRow], total: int) -> None:
        """Nothing on the desk: what can be fetched, longest waiting first."""
        self._show_list(rows, f"{labels.count_words(total)} hồ sơ chờ trả, lâu nhất trước")
        if not rows:
            self._nothing.setText("Không có kết quả nào chờ người dân đến nhận.")

    def show_found(self, rows: Sequence[DossierRow], text: str) -> None:
        """What a typed word finds, in any state."""
        self._show_list(rows, "Hồ sơ tìm thấy")
        if not rows:
            self._nothing.setText(f"Không có hồ sơ nào khớp “{text}”.")

    def show_case(self, case: Case, *, whole: bool = False) -> None:
        """The dossier on the desk, its person's number masked unless ``whole``."""
        self._case = case
        self._list_title.hide()
        self.table.hide()
        self._nothing.hide()
        self._facts.show()
        self.field.set_value(case.row.official_code or case.row.code)
        self.show_number(whole=whole)
        self._reveal.setVisible(bool(case.row.id_number))
        self.set_state("done" if case.is_ready else "wrong")

    def show_number(self, *, whole: bool) -> None:
        """The identity number of the dossier on the desk, whole or masked."""
        if self._case is not None:
            self._facts.show_facts(cases.facts(self._case, whole=whole))

    def clear(self) -> None:
        """The next person."""
        self._pause.stop()
        self.field.set_value("")
        self.strip.hush()
        self._forget_case()
        self.set_state("")

    def say(self, said: Said, *, with_way: bool = False) -> None:
        """One sentence about what was scanned; ``with_way`` offers the dossier itself."""
        self.strip.say(said.tone, said.text, icon=said.icon, action=self._open_dossier if with_way else None)

    def _show_list(self, rows: Sequence[DossierRow], title: str) -> None:
        self._forget_case()
        self._list_title.setText(title)
        self._list_title.show()
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._list_title.setVisible(bool(rows))

    def _forget_case(self) -> None:
        self._case = None
        self._facts.hide()
        self._reveal.hide()

    def _enter_list(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.searched.emit(self.text)
        if self.table.isVisibleTo(self) and self.table.records.rowCount():
            self.table.setFocus()

    def _at_top(self, key: int) -> bool:
        return key == Qt.Key.Key_Up and self.table.currentIndex().row() == 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key, in_field = event.key(), isinstance(watched, QLineEdit)
        if in_field and key == Qt.Key.Key_Down:
            self._enter_list()
        elif in_field and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self.accepted.emit(self.text)
        elif not in_field and (key == Qt.Key.Key_Escape or self._at_top(key)):
            self.field.focus()
        else:
            return super().eventFilter(watched, event)
        return True


def _model(now: Callable[[], datetime]) -> RecordTableModel:
    return RecordTableModel(
        [
            Column(
                "",
                lambda row: row.applicant,
                note=lambda row: labels.procedure_words(row.procedure_name),
                strong=True,
            ),
            Column("", lambda row: cases.waited(row, now()), 124, note=lambda row: f"…{row.code[-11:]}", right=True),
        ]
    )
