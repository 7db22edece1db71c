"""Máy in: which one, where its page lies, and the page with rulers to measure that."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.gui import printer_choice
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.printer_port import PrinterSetup
from desktop.gui.settings_section import Section
from desktop.gui.texts import line

_LABEL = 150
_DEFAULT = "Máy in mặc định của máy"
#: Beyond these a number is a slip of the finger, not a printer's margin.
_MOST_MM, _SCALES = 20.0, (90.0, 110.0)


def typed_number(text: str) -> float | None:
    """A number with a Vietnamese or an English decimal mark."""
    try:
        return float(text.strip().replace(",", ".").replace("−", "-") or "0")
    except ValueError:
        return None


class PrinterSection(Section):
    """``calibration_requested`` carries the :class:`PrinterSetup` to print the ruler page with."""

    calibration_requested = Signal(object)

    def __init__(self, commands: Commands, printers: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(commands)
        self._printers = printers
        self._box = Choice()
        self._name = FieldRow("printer", "Máy in", self._box, label_width=_LABEL)
        self._dx = FieldRow("dx_mm", "Dịch sang phải (mm)", label_width=_LABEL)
        self._dy = FieldRow("dy_mm", "Dịch xuống (mm)", label_width=_LABEL)
        self._percent = FieldRow("percent", "Cỡ (%)", label_width=_LABEL)
        self.first = self._box
        self._name.edited.connect(lambda _text: self._show(printer_choice.of_printer(self.commands, self._chosen())))
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card("Máy in giấy hẹn")
        for row in (self._name, self._dx, self._dy, self._percent):
            row.setMaximumWidth(520)
            card.body.addWidget(row)
        how = (
            "In trang kiểm tra, đo khoảng cách từ mép giấy tới vạch 0: vạch lệch sang phải 2 mm thì ghi "
            "“Dịch sang phải” là -2. Thước 100 mm in ra 99 mm thì ghi “Cỡ” là 101."
        )
        card.body.addWidget(line(how, "note", wrap=True))
        acts = QHBoxLayout()
        acts.setSpacing(8)
        store = self.act("Ghi", "F12", self.store)
        calibrate = self.act("In trang kiểm tra máy in", "Alt+K", self._calibrate)
        acts.addWidget(ActButton(store, "content-save-check-outline", kind="primary"))
        acts.addWidget(ActButton(calibrate, "printer-settings"))
        acts.addStretch(1)
        card.body.addLayout(acts)
        self.column.addWidget(self.strip)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        names = self._printers()
        setup = printer_choice.chosen(self.commands)
        self._box.clear()
        self._box.addItems([_DEFAULT, *names])
        if setup.name and setup.name not in names:
            self._box.addItem(setup.name)
            self._name.show_problem(f"Không còn thấy máy in “{setup.name}” trên máy này.", soft=True)
        elif not names:
            self._name.show_problem("Máy này chưa cài máy in nào.", soft=True)
        else:
            self._name.clear_problem()
        self._name.set_value(setup.name or _DEFAULT)
        self._show(setup)

    def _show(self, setup: PrinterSetup) -> None:
        for row, value in ((self._dx, setup.dx_mm), (self._dy, setup.dy_mm), (self._percent, setup.percent)):
            row.set_value(f"{value:g}".replace(".", ","))
            row.clear_problem()

    def _chosen(self) -> str:
        name = self._name.value()
        return "" if name == _DEFAULT else name

    def _typed(self) -> PrinterSetup | None:
        limits = ((self._dx, -_MOST_MM, _MOST_MM), (self._dy, -_MOST_MM, _MOST_MM), (self._percent, *_SCALES))
        values = []
        for row, least, most in limits:
            number = typed_number(row.value())
            if number is None or not least <= number <= most:
                row.show_problem(f"Ghi một số từ {least:g} đến {most:g}.")
                row.focus()
                return None
            row.clear_problem()
            values.append(number)
        return PrinterSetup(self._chosen(), *values)

    def store(self) -> bool:
        """Use this printer from now on; ``False`` when a number or the register refused."""
        setup = self._typed()
        stored = setup is not None and printer_choice.store(self.commands, setup)
        if setup is not None and stored:
            self.strip.say("ok", f"Đã ghi. Giấy hẹn in bằng {setup.name or 'máy in mặc định'}.")
        return stored

    def _calibrate(self) -> None:
        setup = self._typed()
        if setup is not None:
            self.calibration_requested.emit(setup)
