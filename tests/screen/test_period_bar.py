"""The period bar: what stood in it a moment ago takes no room any more."""

import pytest
from PySide6.QtWidgets import QLayout, QVBoxLayout

from desktop.gui.page import Page
from desktop.gui.period_bar import PeriodBar
from desktop.rules.periods import PeriodKind
from tests.conftest import MONDAY


@pytest.fixture
def bar(qtbot):
    page = Page()
    made = PeriodBar(page, MONDAY.date())
    column = QVBoxLayout(page)
    column.addWidget(made)
    column.addStretch(1)
    # As wide as a month needs; two typed days need more.
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    page.setFixedSize(made._kinds_row.sizeHint().width() + made._steps_row.sizeHint().width() + 60, 300)
    qtbot.addWidget(page)
    page.kept = made
    with qtbot.waitExposed(page):
        page.show()
    yield made
    page.close()


def test_after_days_of_ones_own_a_month_stands_beside_its_kinds_again(bar, qtbot):
    before = bar.height()
    bar.choose_kind(PeriodKind.FREE)
    qtbot.waitUntil(lambda: bar.height() > before)
    bar.choose_kind(PeriodKind.MONTH)
    qtbot.waitUntil(lambda: bar.height() == before)
