"""The on-time target: typed under Đơn vị, refused beside its field, stored as the charts read it."""

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop.gui.settings_unit import UnitSection
from desktop.office import settings


@pytest.fixture
def section(qtbot, commands):
    shown = UnitSection(commands)
    qtbot.addWidget(shown)
    shown.refresh()
    shown.show()
    return shown


def store(section, typed):
    field = section.findChild(QLineEdit, settings.ON_TIME_TARGET)
    field.setText(typed)
    next(action for action in section.actions() if action.shortcut().toString() == "F12").trigger()
    return field


@pytest.mark.parametrize(
    ("typed", "stored"), [("98,5", "98,5"), ("98.53 %", "98,53"), ("100", "100"), ("0", "0"), (" ", "")]
)
def test_a_target_is_stored_as_the_charts_read_it(commands, section, typed, stored):
    commands.do(settings.change, settings.ON_TIME_TARGET, "97")
    section.refresh()
    field = store(section, typed)
    assert commands.ask(settings.get, settings.ON_TIME_TARGET) == stored
    assert field.accessibleDescription() == "" and "Đã ghi" in section.strip.text


@pytest.mark.parametrize("typed", ["100,01", "101", "-1", "98,555", "cao", "9 8", "١٠", "1e1", "nan"])
def test_what_is_no_rate_is_told_beside_the_field_and_nothing_is_stored(commands, section, typed):
    field = store(section, typed)
    assert field.accessibleDescription().startswith("Chỉ tiêu đúng hạn là số từ 0 đến 100")
    assert commands.ask(settings.get, settings.ON_TIME_TARGET) is None
