"""Chẩn đoán: one key makes the file in the worker, says so, and can be stopped."""

import zipfile

import pytest
from PySide6.QtCore import Qt

from desktop.gui.jobs import Jobs
from desktop.gui.scrolling import Scroller
from desktop.gui.settings_diagnosis import DiagnosisSection
from tests.screen.posting_desk import ALT, press
from tests.screen.test_settings_access import AnsweredChooser


@pytest.fixture
def section(commands, tmp_path, qtbot):
    jobs = Jobs()
    shown = DiagnosisSection(commands, jobs, AnsweredChooser(tmp_path / "d.zip"))
    page = Scroller(shown)
    page.resize(916, 596)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    shown.first.setFocus()
    yield shown
    jobs.finish()


def test_one_key_writes_the_file(section, take_in, tmp_path, qtbot):
    take_in()
    press(Qt.Key.Key_E, ALT)
    qtbot.waitUntil(lambda: "d.zip" in section.strip.text)

    with zipfile.ZipFile(tmp_path / "d.zip") as packed:
        assert "register.json" in packed.namelist()


def test_it_can_be_stopped_and_leaves_nothing(section, tmp_path, qtbot):
    press(Qt.Key.Key_E, ALT)
    press(Qt.Key.Key_D, ALT)
    qtbot.waitUntil(lambda: section.strip.text.startswith("Đã dừng"))

    assert not (tmp_path / "d.zip").exists()
