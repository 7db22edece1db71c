"""Ctrl+F in the real window: a dossier, a person, a procedure; a person leads to all of their dossiers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.gui.pages.dossiers import DossiersPage
from desktop.gui.table_view import RecordTable
from desktop.office import counter as registering
from tests.journeys.counter_window import Counter


@pytest.fixture
def counter(commune, monday, tmp_path, correction_form, qtbot) -> Iterator[Counter]:
    """Two dossiers of one citizen, and one of a namesake with another number."""
    numbers = ("012195000002", "012190000009", "012195000002")
    for minute, number in enumerate(numbers):
        person = replace(correction_form.applicant, id_number=number, birth_date="")
        form = replace(correction_form, key=f"key-{minute}", applicant=person)
        registering.register(commune, form, clerk="truc", now=monday + timedelta(minutes=minute))
    desk = Counter(commune, tmp_path / "tray", monday + timedelta(hours=1), qtbot)
    qtbot.addWidget(desk.window, before_close_func=lambda _window: qtbot.waitUntil(lambda: desk.program.jobs.is_idle))
    yield desk
    desk.close()


def answers(counter: Counter) -> list[list[str]]:
    """What the list of answers says: group, title, code."""
    (table,) = [one for one in counter.window.findChildren(RecordTable) if one.accessibleName() == "Kết quả tìm"]
    records = table.records
    return [[records.index(row, column).data() for column in range(3)] for row in range(records.rowCount())]


def test_a_person_stands_between_dossiers_and_procedures_and_opens_their_dossiers(counter):
    counter.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    counter.type("vang thi")
    counter.press(Qt.Key.Key_Down)
    listed = answers(counter)
    assert [group for group, *_ in listed if group][:2] == ["Hồ sơ", "Người"]
    people = [line for line in listed if line[2].startswith("012")]
    assert people == [
        ["Người", "Vàng Thị Ví Dụ", "0121****0002"],
        ["", "Vàng Thị Ví Dụ", "0121****0009"],
    ]
    for _answer in range(3):  # past the three dossiers
        counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)
    assert isinstance(counter.page, DossiersPage)
    assert counter.page.findChild(QLineEdit, "filter").text() == "Vàng Thị Ví Dụ"
    (table,) = counter.page.findChildren(RecordTable)
    assert {table.records.record(row).id_number for row in range(table.records.rowCount())} == {"012195000002"}
    assert table.records.rowCount() == 2
    assert "2 hồ sơ khớp" in counter.said() and "012195000002" not in counter.said()
    assert table.hasFocus()
    counter.press(Qt.Key.Key_Escape)
    counter.type("vang")
    counter.until_said("3 hồ sơ khớp")
