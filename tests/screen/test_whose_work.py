"""Whose work it is stands at the act before it is pressed; whoever may not do it still reads everything."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from db import settings as stored
from db.vocabulary import Role
from desktop.gui.pages.home import HomePage
from desktop.gui.pages.intake import IntakePage
from desktop.gui.pages.statistics import StatisticsPage
from desktop.office import closing, people, setting_up
from desktop.rules import periods
from tests.screen.intake_keys import complete

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def work_as(commands, commune, monday):
    """From now on somebody of these roles alone sits here."""

    def change(*roles):
        commune.proved["quay1"] = True
        people.change(commune, "truc", roles=roles, clerk="quay1", now=monday)
        commands.act_as(people.found(commune, "truc"))

    return change


@pytest.fixture
def show(qtbot):
    """The page alone in a window."""

    def shown(page, width=1182, height=620):
        window = QStackedWidget()
        window.addWidget(page)
        page.kept_in = window
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return page

    return shown


def reminder(page) -> str:
    return page._steps_left.text


def test_only_who_may_set_up_is_reminded_of_steps_that_were_put_off(
    show, commands, commune, with_passwords, work_as, take_in, qtbot
):
    take_in()
    with commune.write():
        stored.put(commune, setting_up.NOTE, setting_up.BEGUN | {"rests": True})
    work_as(Role.RECEPTION)
    page = show(HomePage(commands))
    assert "bước thiết lập" in reminder(page), "without passwords whoever sits here may"
    with_passwords()
    page.refresh()
    assert not reminder(page) and page._steps_left.isHidden()
    with qtbot.assertNotEmitted(page.setup_wanted):
        qtbot.keyClick(page, Qt.Key.Key_T, ALT)
    work_as(Role.RECEPTION, Role.ADMINISTER)
    assert "bước thiết lập" in reminder(page)
    with qtbot.waitSignal(page.setup_wanted):
        qtbot.keyClick(page, Qt.Key.Key_T, ALT)


@pytest.mark.parametrize("size", [(1182, 620), (855, 372)])
def test_who_may_not_close_the_day_reads_it_before_pressing(
    show, commands, take_in, work_as, monday, nothing_cut, size
):
    take_in()
    work_as(Role.RECEPTION)
    page = show(StatisticsPage(commands), *size)
    page.show_period(periods.free(monday.date(), monday.date()))
    panel = page._closing
    assert panel._whose.isVisible() and panel._whose.text().startswith("Việc này của vai trò Lãnh đạo")
    assert panel._button.property("ready") == "false" and not panel._strip.isVisible()
    nothing_cut(panel)
    panel._act.trigger()
    assert closing.latest(commands.book, monday.date()) is None
    work_as(Role.LEAD)
    assert panel._whose.isHidden() and panel._button.property("ready") == "true"
    panel._act.trigger()
    assert closing.latest(commands.book, monday.date()) is not None


def test_who_may_take_in_nothing_reads_it_above_the_form_and_can_still_fill_it(show, commands, work_as, take_in):
    work_as(Role.INSPECT)
    page = show(IntakePage(commands))
    said = page.whose.text
    assert page.whose.isVisible() and "Việc này của vai trò Tiếp nhận" in said
    complete(page)
    assert page.sheet.begun().form.applicant.name == "Vàng Thị Ví Dụ"
    assert page.whose.text == said, "and it stays while something is typed"
    work_as(Role.RECEPTION)
    assert page.whose.isHidden()


def test_the_next_person_is_muted_for_who_may_not_take_anybody_in(show, commands, work_as, qtbot):
    work_as(Role.INSPECT)
    page = show(HomePage(commands))
    assert [button.property("ready") for button in page.next_buttons] == ["false", "false"]
    assert page.next_buttons[0].toolTip().startswith("Việc này của vai trò Tiếp nhận")
    with qtbot.waitSignal(page.next_person_asked):
        page.next_buttons[0].click()
    work_as(Role.RECEPTION)
    assert [button.property("ready") for button in page.next_buttons] == ["true", "true"]
