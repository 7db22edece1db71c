"""Thiết lập lần đầu: nine steps from the founding to the first dossier, each to be done, put off or returned to.

Every step shows a section of its own or one of the settings; F12 stores what it asks and goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import labels
from desktop.changes import Changes
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.page import Page
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.settings_section import PinnedSection, Section
from desktop.gui.setup_steps import STATE_MARKS, TITLES
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import setting_up
from desktop.office.setting_up import Part, Step

#: Below the first the list of steps is narrow; below the second (1366×768 at 200 %) the step has all the room.
_WIDE, _NARROW = 900, 700
_NEXT, _BACK, _LATER, _LEAVE = "F12", "Alt+Left", "Alt+Right", "Esc"
_LAST = len(Part)
_TOLD = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
#: Where a section's own act has a key of the page, both would be dead: the section's moves beside it.
_MOVED = {key: f"Ctrl+{key}" for key in (_NEXT, _LEAVE)} | {_BACK: "", _LATER: ""}


class StepView(NamedTuple):
    """How one step is shown: its section, why it is asked, and what F12 does there.

    ``submit`` answers whether the step is settled and otherwise has said what is missing. ``own_act`` leaves the
    section its own F12 under another key, as what F12 does here is not the same.
    """

    make: Callable[[], Section]
    why: str
    submit: Callable[[Section], bool]
    own_act: bool = False


class SetupPage(Page):
    """``ended`` is emitted when the last step is confirmed: the first dossier is to be taken in."""

    ended = Signal()

    def __init__(self, commands: Commands, views: Mapping[Part, StepView]) -> None:
        super().__init__()
        self._commands, self._views = commands, views
        self._part: Part | None = None
        self._warned = False
        self._made: dict[Part, Section] = {}
        self._stack = QStackedWidget()
        self._list = RecordTable(RecordTableModel(_COLUMNS), "Các bước thiết lập", two_lines=False, heads=False)
        self._title, self._why = line("", "title"), line("", "quiet", wrap=True)
        self._back = self.act("Quay lại", _BACK, self._go_back)
        self._later = self.act("Để sau", _LATER, self._put_off)
        self._next = self.act("Tiếp", _NEXT, self._settle)
        self.act("Thôi, làm tiếp lúc khác", _LEAVE, self._rest)
        self._go_on = ActButton(self._next, kind="primary")
        self._lay_out()
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(lambda _step: self._enter())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        self._list_card = Card(flush=True)
        self._list_card.body.setContentsMargins(0, 8, 0, 8)
        self._list_card.body.addWidget(self._list)
        row.addWidget(self._list_card)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._why)
        column.addWidget(self._stack, 1)
        column.addLayout(self._foot())
        row.addLayout(column, 1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(ActButton(self._back, "arrow-left"))
        foot.addStretch(1)
        foot.addWidget(ActButton(self._later))
        foot.addWidget(self._go_on)
        return foot

    @property
    def current(self) -> Part:
        """The step that is shown."""
        return self._part or Part.UNIT

    @property
    def section(self) -> Section:
        """What the step shows."""
        return self._made[self.current]

    def part(self) -> str:
        return TITLES[self.current]

    def refresh(self) -> None:
        self._list.show_rows(self._steps())
        if self._part is None:
            self._go(self._commands.ask(setting_up.current) or Part.UNIT)
        else:
            self._say_part()

    def concerns(self, changes: Changes) -> bool:
        return changes.settings or bool(changes.dossiers)

    def take(self, changes: Changes) -> None:
        """What another act changed is read by a section that shows it; what is being typed in the others stays."""
        super().take(changes)
        if self._part is not None and self._views[self.current].own_act and self.concerns(changes):
            self.section.refresh()

    def focus_first(self) -> None:
        self._enter()

    def _steps(self) -> Sequence[Step]:
        return self._commands.ask(setting_up.steps) or ()

    def _go(self, part: Part) -> None:
        self._list.select_row(list(Part).index(part))
        self._show(part)
        self._enter()

    def _choose(self, step: Step) -> None:
        if self._part is None or step.part is self._part or self._may_leave():
            self._show(step.part)
        else:
            self._list.select_row(list(Part).index(self._part))

    def _show(self, part: Part) -> None:
        if part is self._part:
            return
        if part not in self._made:
            self._made[part] = self._make(part)
        self._part, self._warned = part, False
        section = self.section
        self._stack.setCurrentIndex(list(self._made).index(part))
        section.strip.hush()
        section.refresh()
        self._say_part()
        self._commands.do(setting_up.reach, part)

    def _make(self, part: Part) -> Section:
        view = self._views[part]
        section = view.make()
        section.setAccessibleName(TITLES[part])
        # A button follows its act, and would come out again where its section had hidden it.
        hidden = [
            button for button in section.findChildren(ActButton) if button.isHidden() and button.testAttribute(_TOLD)
        ]
        for action in section.findChildren(QAction):
            moved = _MOVED.get(action.shortcut().toString())
            if moved is not None and not view.own_act:
                action.setVisible(False)
            if moved is not None:
                action.setShortcut(moved if view.own_act else "")
        for button in hidden:
            button.hide()
        for button in section.findChildren(ActButton):
            if button.property("kind") == "primary":
                button.step_back()  # "Tiếp" is the one act here
        self._stack.addWidget(PinnedSection(section))
        return section

    def _say_part(self) -> None:
        part = self.current
        place = list(Part).index(part) + 1
        is_last = part is Part.FIRST
        self._title.setText(f"Bước {place}/{_LAST}. {TITLES[part]}")
        self._why.setText(self._views[part].why)
        self._back.setVisible(part is not Part.UNIT)
        self._later.setVisible(not is_last and part is not Part.UNIT)
        self._next.setText(self._last_words() if is_last else "Tiếp")

    def _last_words(self) -> str:
        return labels.FIRST_RECEIPT if self._commands.practice else "Tiếp nhận hồ sơ đầu tiên"

    def _enter(self) -> None:
        """Where this step's work begins; the list of steps, or the way on, where there is nothing to fill in."""
        first: QWidget | None = self.section.first if self._part is not None else None
        otherwise = self._go_on if self._list_card.isHidden() else self._list
        begins = first if first is not None and first.isVisibleTo(self) else otherwise
        begins.setFocus()
        bring_into_sight(begins)

    def _step(self, by: int) -> None:
        place = list(Part).index(self.current) + by
        if 0 <= place < _LAST:
            self._go(list(Part)[place])

    def _go_back(self) -> None:
        if self._may_leave():
            self._step(-1)

    def _settle(self) -> None:
        """F12: store what the step asks, remember that it is right, go on."""
        part, section = self.current, self.section
        if not self._views[part].submit(section):
            return
        if not self._may_leave():
            return
        self._commands.do(setting_up.agree, part)
        if part is Part.FIRST:
            self.ended.emit()
        else:
            self._step(1)

    def _put_off(self) -> None:
        if self._later.isVisible() and self._may_leave():
            self._commands.do(setting_up.put_off, self.current)
            self._step(1)

    def _may_leave(self) -> bool:
        """A recovery code that is on no paper would be lost: said once."""
        if self._warned or not getattr(self.section, "has_unprinted_sheet", False):
            return True
        self._warned = True
        self.section.strip.say("late", "Tờ này chưa in, chưa lưu: rời bước này là mất mã trên đó. In hoặc lưu trước.")
        bring_into_sight(self.section.strip)
        return False

    def _rest(self) -> None:
        if not self._may_leave():
            return
        self._commands.do(setting_up.rest)
        self.left.emit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        # The title tells which step of how many this is, and Alt+← and Alt+→ lead to the others.
        self._list_card.setHidden(event.size().width() < _NARROW)
        self._list_card.setFixedWidth(276 if wide else 208)
        self._list.setColumnHidden(1, not wide)
        self._list.setColumnHidden(2, wide)


def _name(step: Step) -> str:
    return f"{list(Part).index(step.part) + 1}. {TITLES[step.part]}"


_COLUMNS = (
    Column("", _name),
    Column("", mark=lambda step: STATE_MARKS[step.state], width=108, bare=True),
    # Where the window is narrow: the sign alone; the last step says every state in words.
    Column("", mark=lambda step: STATE_MARKS[step.state]._replace(word=""), width=40, bare=True),
)
