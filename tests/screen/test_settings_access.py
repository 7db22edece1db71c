"""Nhật ký truy cập: read by those who answer for the data, narrowed by the keyboard, taken along as a file."""

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from db.vocabulary import EventKind, Role
from desktop.gui.buttons import Choice
from desktop.gui.jobs import Jobs
from desktop.gui.scrolling import Scroller
from desktop.gui.settings_access import AccessSection
from desktop.office import access, people
from tests.screen.posting_desk import ALT, press, type_in


class AnsweredChooser:
    """The save dialog, answered at once."""

    def __init__(self, path) -> None:
        self.path, self.names = path, []

    def choose(self, _parent, name, then) -> None:
        self.names.append(name)
        then(self.path)


@pytest.fixture
def chooser(tmp_path):
    return AnsweredChooser(tmp_path / "log.json")


@pytest.fixture
def codes(commune, commands, take_in):
    """Two dossiers, each looked at by another person."""
    made = take_in(), take_in("Lò Văn Thử", minutes=1)
    commands.clock.now += timedelta(minutes=2)
    for code, clerk in zip(made, ("truc", "quay1"), strict=True):
        access.viewed(commune, code, why="trang hồ sơ", clerk=clerk, now=commands.now())
    return made


@pytest.fixture
def section(commands, chooser, codes, qtbot):
    jobs = Jobs()
    shown = AccessSection(commands, jobs, chooser)
    page = Scroller(shown)
    page.resize(916, 596)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    shown.refresh()
    shown.first.setFocus()
    yield shown
    jobs.finish()


def rows(section):
    records = section.table.records
    return [records.record(row).dossier for row in range(records.rowCount())]


def fill(section, name, text):
    section.findChild(QLineEdit, name).setFocus()
    type_in(text)


def said(section):
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible() and label.text())


def test_the_week_up_to_today_stands_there_newest_first(section, codes):
    assert rows(section) == list(reversed(codes))
    assert "2 dòng" in said(section)


def test_a_line_that_has_no_reason_shows_none(section, take_in):
    take_in("Giàng A Minh Họa", minutes=3, printed=True)
    section.refresh()
    records = section.table.records
    notes = {records.columns[2].note(records.record(row)) for row in range(records.rowCount())}
    assert notes == {"trang hồ sơ", ""}


def test_a_person_and_a_dossier_narrow_it(section, codes):
    choice = section.findChild(Choice, "access_person")
    choice.setCurrentIndex(choice.findData("truc"))
    press(Qt.Key.Key_F12)
    assert rows(section) == [codes[0]]

    choice.setCurrentIndex(0)
    fill(section, "access_dossier", codes[1])
    press(Qt.Key.Key_F12)
    assert rows(section) == [codes[1]]


def test_days_that_are_none_are_said_beside_the_field_and_an_unknown_dossier_above(section):
    fill(section, "access_from", "mai")
    press(Qt.Key.Key_F12)
    assert "Ghi ngày như 24/11/2026." in said(section)

    fill(section, "access_from", "23/11/2026")
    fill(section, "access_dossier", "TN-MT-261123-0009")
    press(Qt.Key.Key_F12)
    assert "Không có hồ sơ mã" in section.strip.text and rows(section) == []


def test_the_file_has_every_line_and_its_leaving_is_the_next_one(section, chooser, qtbot):
    press(Qt.Key.Key_E, ALT)
    qtbot.waitUntil(lambda: section.strip.text.startswith("Đã ghi 2 dòng"))

    assert chooser.names == ["nhat-ky-truy-cap-20261117-20261123.xlsx"]
    assert len(json.loads(chooser.path.read_text(encoding="utf-8"))["rows"]) == 2
    assert section.table.records.record(0).kind is EventKind.EXPORT


def test_who_only_receives_is_told_whose_work_it_is(section, commands, commune):
    people.change(commune, "truc", roles=[Role.RECEPTION], clerk="quay1", now=commands.now())
    press(Qt.Key.Key_F12)

    assert rows(section) == []
    assert "Lãnh đạo" in section.strip.text and "thanh tra" in section.strip.text
