"""The steps of the first setting up that no part of the settings has: the unit as founded, its papers, code, the end.

Each is a section like those of the settings, so that the page shows them all alike.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.vocabulary import DocumentKind
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.facts import FactList, Stated
from desktop.gui.icons import Mark
from desktop.gui.paper_preview import PaperDialog, Sheet
from desktop.gui.printing import PdfPages
from desktop.gui.settings_section import Section, act_row
from desktop.gui.settings_unit import UnitSection
from desktop.gui.texts import line
from desktop.office import setting_up, settings, specimens
from desktop.office.setting_up import Part, State
from desktop.rules import codes

_LINES = ("superior_lines", "centre_lines", "centre_name", "place", "symbol", "book_no", "contact_phone")
_LABEL = 150
#: Long enough not to draw at each letter.
_PAUSE_MS = 400
_WITH_SHEET, _SHEET_WIDTH = 760, 300
_WRONG_UNIT = (
    "Ba điều đầu không đổi được trong một sổ. Nếu sai: đóng chương trình, đổi tên thư mục của sổ, lập sổ khác."
)
_HEAD_FIRST = "Hai dòng đầu bên trái tờ giấy là cơ quan chủ quản, hai dòng dưới là tên Trung tâm, cũng là tên trên dấu."
_CODE_NOTE = (
    "Có mã định danh cơ quan (Quyết định 20/2020/QĐ-TTg) thì mã hồ sơ bắt đầu bằng mã ấy. Chưa có thì để trống: "
    "giấy hẹn in mã tiếp nhận tạm, bắt đầu bằng TN, và thay được về sau."
)

STATE_MARKS = {
    State.DONE: Mark("ok", "check-circle", "đã xong"),
    State.SKIPPED: Mark("soon", "clock-outline", "để sau"),
    State.OPEN: Mark("idle", "checkbox-blank-outline", "chưa làm"),
}
TITLES = {
    Part.UNIT: "Đơn vị",
    Part.LINES: "Dòng tên trên giấy",
    Part.CODE: "Mã hồ sơ",
    Part.HOURS: "Giờ làm việc",
    Part.PEOPLE: "Người làm việc",
    Part.PRINTER: "Máy in",
    Part.BACKUP: "Sao lưu",
    Part.HUB: "Nối tuyến trên",
    Part.FIRST: "Hồ sơ đầu tiên",
}


class StepFacts(FactList):
    """Every step but the last with its state, as the register stands."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(label_width=_LABEL)
        self._commands = commands

    def read(self) -> None:
        """Read again how the steps stand."""
        steps: Sequence[setting_up.Step] = self._commands.ask(setting_up.steps) or ()
        self.show_facts(
            (TITLES[step.part], Stated(STATE_MARKS[step.state], step.words))
            for step in steps
            if step.part is not Part.FIRST
        )


class FoundedSection(Section):
    """What was said at the founding, to be read once more: none of it can be changed later."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._facts = FactList(label_width=_LABEL)
        card = Card("Sổ của đơn vị")
        card.body.addWidget(self._facts)
        card.body.addWidget(line(_WRONG_UNIT, "note", wrap=True))
        self.column.addWidget(self.strip)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        unit = self.commands.ask(settings.unit)
        if unit is not None:
            kind = (
                "sổ tập huấn – để tập, giấy in ra có chữ BẢN TẬP HUẤN" if unit.practice else "sổ thật – dùng hằng ngày"
            )
            self._facts.show_facts(
                [
                    ("Đơn vị", unit.name),
                    ("Mã đơn vị", unit.code),
                    ("Loại sổ", kind),
                    ("Tuyến trên", unit.parent_name),
                ]
            )


class LinesSection(UnitSection):
    """The lines on every paper beside the paper itself, drawn anew while they are typed; Alt+X shows it large."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands, shown=_LINES, title="Dòng tên in trên giấy hẹn và các mẫu")
        self._pages: PdfPages | None = None
        self._sheet, self._paper = Sheet(), Card("Giấy hẹn sẽ như thế này")
        self._sheet.setMinimumHeight(300)
        self._paper.body.addWidget(self._sheet, 1)
        self._paper.setFixedWidth(_SHEET_WIDTH)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        for row in self._rows.values():
            row.edited.connect(lambda _text: self._pause.start())
        self._title.body.insertWidget(0, line(_HEAD_FIRST, "note", wrap=True))
        enlarge = ActButton(self.act("Xem to tờ giấy", "Alt+X", self._enlarge), "magnify-plus-outline")
        self._title.body.addLayout(act_row(enlarge))
        self._title.body.addStretch(1)  # the paper beside it is higher
        self._put_beside()

    def _put_beside(self) -> None:
        """The paper to the right of the fields, both in the place of the fields alone."""
        place, beside = self.column.indexOf(self._title), QWidget()
        across = QHBoxLayout(beside)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self._title, 1)
        across.addWidget(self._paper)
        self.column.insertWidget(place, beside)

    def refresh(self) -> None:
        super().refresh()
        self._draw()

    def _draw(self) -> None:
        """A line that cannot be printed keeps the last picture; why is said when it is stored."""
        self._pause.stop()
        unit, now = self.typed(), self.commands.now()
        drawn = self.commands.ask(
            specimens.preview, DocumentKind.RECEIPT, now=now, unit=unit, refused=lambda _problem: None
        )
        if drawn is not None:
            self._pages = PdfPages(drawn)
            self._sheet.show_page(self._pages)

    def _enlarge(self) -> None:
        self._draw()
        if self._pages is not None:
            PaperDialog(self._pages, self, title="Giấy hẹn, dữ liệu bịa").open()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._paper.setVisible(event.size().width() >= _WITH_SHEET)


class CodeSection(UnitSection):
    """The agency's code, or none yet; below it the code that the first dossier of today would get."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands, shown=("agency_code",), title="Mã hồ sơ")
        self._sample = FactList(label_width=_LABEL)
        self._title.body.insertWidget(0, line(_CODE_NOTE, "note", wrap=True))
        self._title.body.addWidget(self._sample)
        for row in self._rows.values():
            row.edited.connect(lambda _text: self._show_sample())

    def refresh(self) -> None:
        super().refresh()
        self._show_sample()

    def _show_sample(self) -> None:
        unit = self.typed()
        if unit is None:
            return
        unit = replace(unit, agency_code=unit.agency_code.strip().upper())
        is_right = not unit.agency_code or codes.is_agency_code(unit.agency_code)
        sample = codes.dossier_code(unit, self.commands.now().date(), 1) if is_right else ""
        wrong = Mark("soon", "alert-outline", "chưa đúng mẫu, ví dụ H35.17.28")
        kind = "mã chính thức" if unit.agency_code else "mã tiếp nhận tạm"
        self._sample.show_facts([("Mã của hồ sơ đầu tiên", sample or wrong), ("Là", kind if sample else "")])


class EndSection(Section):
    """Every step as it stands, and the way on to the first dossier or to the exercise."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._facts = StepFacts(commands)
        self._what = line("", wrap=True)
        self._silence = self.act("Thôi nhắc các bước để sau", "Alt+X", self._end)
        begin, told = Card("Bắt đầu làm việc"), Card("Các bước thiết lập")
        begin.body.addWidget(self._what)
        told.body.addWidget(self._facts)
        self.first = silence = ActButton(self._silence, "bell-off-outline", kind="quiet")
        told.body.addLayout(act_row(silence))
        self.column.addWidget(self.strip)
        for card in (begin, told):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        self._facts.read()
        self._silence.setVisible(bool(self.commands.ask(setting_up.left_over)))
        if self.commands.practice:
            self._what.setText(
                "Sổ tập huấn: bấm F12 để làm bài tập giấy hẹn đầu tiên. Chương trình chỉ từng bước, không tốn giấy."
            )
        else:
            self._what.setText(
                "Bấm F12 (hoặc F3 ở bất cứ trang nào) để tiếp nhận hồ sơ đầu tiên. Không rõ làm thế nào thì bấm F1. "
                "Bước để sau vẫn được nhắc ở trang Hôm nay và mở lại được từ Cài đặt (F9)."
            )

    def _end(self) -> None:
        self.change(setting_up.end, said="Trang Hôm nay không nhắc nữa. Mở lại các bước từ Cài đặt (F9).")
        self.refresh()
