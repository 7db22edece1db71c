"""In niêm yết (Ctrl+P on the wall): only what must hang anew, or all, a field, a procedure, what hung on a day.

Drawn in the worker, seen, then printed. Printing marks nothing as posted: only a person at the wall knows that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox

from db.records import ProcedureVersion
from desktop.gui.buttons import Choice, Tick
from desktop.gui.commands import Commands
from desktop.gui.dates import typed_date
from desktop.gui.drawing_page import DrawingPage
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Jobs
from desktop.gui.paper_preview import FileChooser
from desktop.gui.printer_port import PrinterPort
from desktop.gui.procedure_chooser import ProcedureChooser
from desktop.gui.tables import Column
from desktop.office import posting_prints, procedures
from desktop.rules.text import sort_key

_LABEL = 84


@dataclass(frozen=True, slots=True)
class WallPrint:
    """One way to print the wall; ``asks`` are the names of the fields that it needs."""

    name: str
    title: str
    about: str
    asks: frozenset[str]

    @property
    def id(self) -> str:
        return self.name


_DATED = "Tờ in trước ngày áp dụng thì ghi rõ ngày đó."
PRINTS = (
    WallPrint(
        "wall_reprint",
        "Tờ phải in",
        f"Chỉ những tờ phải thay hoặc dán mới, theo vị trí bảng. {_DATED}",
        frozenset({"on", "new", "size"}),
    ),
    WallPrint("wall_all", "Cả tường", "Bìa, mục lục, bảng phí, danh mục và từng thủ tục.", frozenset({"on", "size"})),
    WallPrint(
        "wall_field", "Một lĩnh vực", "Danh mục và từng thủ tục của lĩnh vực.", frozenset({"on", "field", "size"})
    ),
    WallPrint("wall_procedure", "Một thủ tục", "Tờ đầy đủ của một thủ tục.", frozenset({"on", "procedure", "size"})),
    WallPrint(
        "wall_posted",
        "Đã dán cuối một ngày",
        "Danh sách những tờ đang dán cuối ngày ấy, theo sổ.",
        frozenset({"on", "full", "size"}),
    ),
)
_WALL_UNIT = "tờ"


class WallPrintsPage(DrawingPage):
    """``show_reprint`` opens it on the sheets that must hang on a day and draws them at once."""

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, chooser: FileChooser) -> None:
        columns = [Column("", lambda one: one.title)]
        super().__init__(commands, jobs, printer, chooser, things=PRINTS, columns=columns, unit=_WALL_UNIT)
        self._on = FieldRow("on", "Theo ngày", hint="01/12/2026", label_width=_LABEL)
        self._fields, self._sizes = Choice(), Choice()
        self._field = FieldRow("field", "Lĩnh vực", self._fields, label_width=_LABEL)
        self._chooser = ProcedureChooser(self._find, lambda _version: "")
        self._procedure = FieldRow("procedure", "Thủ tục", self._chooser, label_width=_LABEL, hint="tên hoặc mã")
        self._size = FieldRow("size", "Khổ giấy", self._sizes, label_width=_LABEL)
        self._new = _tick("new", "Cả những tờ phải dán mới", self.drop)
        self._full = _tick("full", "Kèm nội dung từng tờ ngày đó", self.drop)
        self._new.setChecked(True)
        for size in ("A4", "A3"):
            self._sizes.addItem(size)
        rows = (self._on, self._field, self._procedure, self._size)
        for row in rows:
            row.edited.connect(lambda _text: self.drop())
        self._chooser.chosen.connect(lambda _version: self.drop())
        self._asked: dict[str, Any] = {row.editor.objectName(): row for row in rows}
        self._asked |= {"new": self._new, "full": self._full}
        self.begin([self._on, self._field, self._procedure, self._new, self._full, self._size])

    def show_reprint(self, on: date) -> None:
        """The sheets that must hang on a day, drawn at once."""
        self.select("wall_reprint")
        self._on.set_value(f"{on:%d/%m/%Y}")
        self.drop()
        self._advance()

    def show_one(self, code: str) -> None:
        """The full sheet of one procedure as it reads today, drawn at once; of one that is not offered the choice."""
        today = self._commands.now().date()
        self.select("wall_procedure")
        self._on.set_value(f"{today:%d/%m/%Y}")
        self._chooser.show_procedure(self._commands.ask(procedures.known, code, on=today))
        self.drop()
        self._advance()

    def refresh(self) -> None:
        """The fields of today's catalogue; the chosen one stays."""
        today = self._commands.now().date()
        if not self._on.value():
            self._on.set_value(f"{today:%d/%m/%Y}", filled=True)
        listed = self._commands.ask(_listed, today) or ()
        before = self._fields.currentText()
        self._fields.clear()
        self._fields.addItems(sorted({version.field for version in listed}, key=sort_key))
        self._fields.setCurrentIndex(max(self._fields.findText(before), 0))

    def choose(self, one: WallPrint) -> None:
        for name, part in self._asked.items():
            part.setVisible(name in one.asks)
        self._on.set_caption("Cuối ngày" if one.name == "wall_posted" else "Theo ngày")
        self.drop()

    def draw(self, one: WallPrint) -> bool:
        on = typed_date(self._on.value())
        self._on.show_problem("" if on else "Ghi ngày như 24/11/2026.")
        lacks = one.name == "wall_procedure" and self._chooser.procedure is None
        self._procedure.show_problem("Chọn một thủ tục trong danh sách." if lacks else "")
        if on is None or lacks:
            (self._procedure if on else self._on).focus()
            return False
        told = {"size": self._sizes.currentText(), "now": self._commands.now()}
        match one.name:
            case "wall_reprint":
                self._desk.draw(posting_prints.reprint_pdf, on=on, new=self._new.isChecked(), **told)
            case "wall_posted":
                self._desk.draw(posting_prints.posted_pdf, on, full=self._full.isChecked(), **told)
            case "wall_field":
                self._desk.draw(posting_prints.wall_pdf, on=on, field=self._fields.currentText(), **told)
            case "wall_procedure":
                assert self._chooser.procedure is not None, "asked above"
                self._desk.draw(posting_prints.wall_pdf, on=on, code=self._chooser.procedure.code, **told)
            case _:
                self._desk.draw(posting_prints.wall_pdf, on=on, **told)
        return True

    def _find(self, text: str) -> Sequence[ProcedureVersion]:
        on = typed_date(self._on.value()) or self._commands.now().date()
        return self._commands.ask(procedures.search, text, on=on) or ()


def _listed(book: Any, on: date) -> tuple[ProcedureVersion, ...]:
    return procedures.catalogue(book).listed(on=on)


def _tick(name: str, words: str, then: Any) -> QCheckBox:
    tick = Tick(words)
    tick.setObjectName(name)
    tick.clicked.connect(lambda _on: then())
    return tick
