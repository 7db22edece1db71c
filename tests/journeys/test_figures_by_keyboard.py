"""From a dossier to the figures and back, and to the figures beside them, without the mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from desktop.office import counter as office
from tests.journeys.counter_window import Counter


@pytest.fixture
def counter(commune, monday, correction_form, tmp_path, qtbot) -> Iterator[Counter]:
    office.register(commune, correction_form, clerk="truc", now=monday)
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()


def test_a_dossier_leads_to_its_month_and_the_month_to_the_dossier(counter, qtbot):
    counter.program.open_dossier("TN-MT-261123-0001")
    counter.until_said("12/2026 cột 3, 5, 11, 12")
    counter.press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    counter.until_said("Tháng 12/2026")
    counter.press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    page = counter.page
    qtbot.waitUntil(lambda: page._indicators.table.records.rowCount() > 0)
    keys = [
        page._indicators.table.records.record(n).figure.key for n in range(page._indicators.table.records.rowCount())
    ]
    for _ in range(keys.index("channel.direct")):
        counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return)
    counter.until_said("Nộp trực tiếp: 100,00 % = 1 / 1, 1 hồ sơ")
    counter.press(Qt.Key.Key_Return)
    counter.until_said("12/2026 cột 3, 5, 11, 12")
