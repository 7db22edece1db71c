"""Closing a day on the page when many dossiers are to be answered for: no answer is asked for twice."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from desktop.changes import Changes
from desktop.gui.pages.home import HomePage
from desktop.gui.pages.statistics import StatisticsPage
from desktop.office import closing
from desktop.rules import periods

OVERDUE = 30


def test_thirty_overdue_dossiers_are_answered_for_a_dozen_at_a_time(qtbot, commune, commands, take_in, monday):
    codes = [take_in(minutes=number, duplicate_reason="hai giấy") for number in range(OVERDUE)]
    commands.clock.now = monday + timedelta(days=7)
    window, page = QStackedWidget(), StatisticsPage(commands)
    window.addWidget(page)
    qtbot.addWidget(window)
    window.resize(1182, 620)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    page.focus_first()
    today = commands.now().date()
    page.show_period(periods.free(today, today))
    for step in range(3):
        qtbot.keyClick(page.focusWidget() or page, Qt.Key.Key_F12)
        assert f"Còn {OVERDUE - 12 * step} hồ sơ" in page._closing._strip.text
        for code, row in page._closing._silent.items():
            row.set_value(f"chờ xác minh {code}")
    qtbot.keyClick(page.focusWidget() or page, Qt.Key.Key_F12)
    assert closing.latest(commune, today).content["silent"] == {code: f"chờ xác minh {code}" for code in codes}
    assert not page._closing._silent and not page._closing._strip.isVisible()


def test_the_first_page_says_quietly_in_the_evening_that_the_day_is_not_closed(qtbot, commands, take_in, monday):
    page = HomePage(commands)
    qtbot.addWidget(page)
    page.resize(1182, 620)
    commands.changed.connect(page.take)
    page.show()
    commands.clock.now = monday.replace(hour=17, minute=0)
    page.refresh()
    assert page._counter._unclosed.isHidden(), "an empty register has no day to close"
    take_in()
    for at, said in ((monday.replace(hour=16, minute=59), False), (monday.replace(hour=17, minute=0), True)):
        commands.clock.now = at
        page.refresh()
        assert page._counter._unclosed.isVisible() == said
    assert page._counter._unclosed.text() == "Hôm nay chưa chốt ngày: F7, Alt+1, rồi F12."
    commands.do(closing.close_day, monday.date())
    commands.announce(Changes(reports=True))
    assert page._counter._unclosed.isHidden()
