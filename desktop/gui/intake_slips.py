"""What the intake page does about slips: begins one on what stands on the sheet, and knows those given before.

Leads to what a slip still needs; gives none itself, that is the slip's own page.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace

from PySide6.QtCore import QObject, Signal

from db.records import SlipRow
from db.vocabulary import DocumentKind
from desktop.gui.commands import Commands
from desktop.gui.intake_sheet import IntakeSheet
from desktop.gui.strips import MessageStrip
from desktop.office import slip_lookup, slips
from desktop.rules.intake import IntakeForm


class IntakeSlips(QObject):
    """``wanted`` carries the kind of slip and the form that it is for."""

    wanted = Signal(object, object)

    def __init__(self, commands: Commands, sheet: IntakeSheet, notice: MessageStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._sheet = sheet
        self._notice = notice

    def begin(self, kind: DocumentKind) -> None:
        """Alt+B, Alt+U: on to the slip, or to the first thing that must be known for it."""
        form = self._sheet.form()
        lacking = self._commands.ask(slips.lacking, kind, form, now=self._commands.now())
        if lacking is None:
            return
        if not lacking:
            self._notice.hush()
            self.wanted.emit(kind, form)
            return
        words = lacking[0].message
        self._notice.say("soon", f"Trước khi lập phiếu: {words[0].lower()}{words[1:]}")
        self._sheet.marks.see(*(problem.field for problem in lacking))
        self._sheet.marks.go_to(lacking[0].field)

    def form_kept(self, given: Sequence[SlipRow], current: IntakeForm) -> IntakeForm | None:
        """What was typed for the latest of these slips; the form stays the same one, the person as known now."""
        told = self._commands.ask(slip_lookup.detail, given[-1].id) if given else None
        if told is None:
            self._notice.say("idle", "Chưa lập phiếu nào cho người này về thủ tục này.")
            return None
        now = {name: text for name, text in asdict(current.applicant).items() if text}
        return replace(told.form, key=current.key, applicant=replace(told.form.applicant, **now))
