"""From the list on the screen to the list on paper and back, in the real window by keys alone."""

from collections.abc import Iterator
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from desktop.gui.pages.dossiers import DossiersPage
from desktop.gui.pages.home import HomePage
from desktop.gui.pages.printouts import PrintoutsPage
from desktop.office import checking
from desktop.office import counter as registering
from tests.journeys.counter_window import Counter

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(commune, monday, tmp_path, correction_form, qtbot) -> Iterator[Counter]:
    """Thursday: the dossier of Monday is due soon, and nothing else is on any list."""
    registering.register(commune, correction_form, clerk="truc", now=monday)
    desk = Counter(commune, tmp_path / "tray", monday + timedelta(days=3), qtbot)
    qtbot.addWidget(desk.window, before_close_func=lambda _window: qtbot.waitUntil(lambda: desk.program.jobs.is_idle))
    yield desk
    desk.close()


def printed(counter: Counter) -> str:
    with pypdfium2.PdfDocument(counter.tray / "receipt.pdf") as document:
        assert len(document) == 1
        return f"{document[0].get_width():.0f}×{document[0].get_height():.0f}"


def test_the_list_of_home_is_on_paper_with_two_keys_and_esc_leads_back(counter, commune):
    assert isinstance(counter.page, HomePage)
    before = counter.keystrokes
    counter.press(Qt.Key.Key_P, CONTROL)
    assert isinstance(counter.page, PrintoutsPage)
    counter.until_said("Đã lập 1 trang lúc 09:14. Bấm F12 để in.")
    assert counter.page.chosen.title == "Sắp đến hạn"
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Sắp đến hạn: Canon LBP2900 đã nhận đủ 1 trang.")
    assert counter.keystrokes - before == 2
    assert printed(counter) == "842×595"
    counter.press(Qt.Key.Key_Escape)
    assert isinstance(counter.page, HomePage)
    assert checking.verify_chain(commune).holds


def test_the_book_is_where_the_dossiers_are(counter):
    counter.press(Qt.Key.Key_F4)
    assert "In sổ, danh sách" in counter.said()
    counter.press(Qt.Key.Key_P, CONTROL)
    assert counter.page.chosen.title == "Sổ theo dõi hồ sơ"
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Đã lập 1 trang")
    counter.press(Qt.Key.Key_Escape)
    assert isinstance(counter.page, DossiersPage)
