"""Chỉ tiêu khác: asked for by one key, read with the arrows, every figure opens its list and Esc leads back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from db.vocabulary import EventKind, Role
from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.office import access_log, acts, counter, people
from desktop.rules import periods
from desktop.rules.periods import PeriodKind
from desktop.statistics_pages import StatisticsPages

KEYS, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def told(commune, correction_form, monday):
    """Three dossiers of Monday: one online, one asked for a supplement, one solved."""
    forms = (
        replace(correction_form, channel="online", filed_by="helped"),
        replace(correction_form, key="key-2", duplicate_reason="hai giấy"),
        replace(correction_form, key="key-3", duplicate_reason="ba giấy"),
    )
    codes = [counter.register(commune, form, clerk="truc", now=monday).code for form in forms]
    later = monday + timedelta(hours=1)
    acts.perform(commune, codes[1], EventKind.REQUEST_SUPPLEMENT, {"note": "Thiếu tờ khai"}, clerk="truc", now=later)
    acts.perform(commune, codes[2], EventKind.FINISH, {}, clerk="truc", now=later)
    return codes


@pytest.fixture
def page(qtbot, commune, told, monday):
    commands = Commands(commune, people.clerks(commune)[1], lambda: monday + timedelta(days=2))
    jobs = Jobs()
    pages = StatisticsPages(
        commands, jobs, lambda _key: pytest.fail("no page"), lambda _code: None, lambda: (None, None)
    )
    page = pages.destinations()[0].make()
    window = QStackedWidget()
    window.addWidget(page)
    qtbot.addWidget(window)
    window.resize(1182, 620)
    window.show()
    page.focus_first()
    page.box = window
    yield page
    jobs.finish()


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.focusWidget() or page, key, modifier)


def unfold(qtbot, page):
    press(qtbot, page, KEYS.Key_K, ALT)
    qtbot.waitUntil(lambda: page._indicators.table.records.rowCount() > 0)
    return page._indicators.table


def rows(table):
    return [table.records.record(number) for number in range(table.records.rowCount())]


def go_to(table, key):
    table.select_row([row.figure.key for row in rows(table)].index(key))


def test_nothing_is_counted_before_somebody_asks(qtbot, page):
    with qtbot.assertNotEmitted(page.indicators_wanted):
        page.refresh()
    assert not page._indicators.table.isVisible()
    table = unfold(qtbot, page)
    assert table.hasFocus() and table.isVisible()
    assert [row.group.title for row in rows(table) if row.is_first][:2] == ["Hài lòng", "Kênh nộp"]


def test_enter_opens_the_list_behind_a_figure_and_esc_leads_back(qtbot, page, told):
    table = unfold(qtbot, page)
    go_to(table, "online.helped")
    press(qtbot, page, KEYS.Key_Return)
    assert page._behind.hasFocus()
    assert [page._behind.records.record(0).code, page._behind.records.rowCount()] == [told[0], 1]
    assert page._behind_title.toolTip() == "được hỗ trợ tại quầy: 100,00 % = 1 / 1, 1 hồ sơ"
    press(qtbot, page, KEYS.Key_Escape)
    assert table.hasFocus() and table.current.figure.key == "online.helped"
    press(qtbot, page, KEYS.Key_Escape)
    assert page._table.grid.hasFocus()


def test_a_figure_says_how_it_is_counted_and_that_it_is_small(qtbot, page):
    table = unfold(qtbot, page)
    go_to(table, "visits.once")
    note = page._indicators._note.text()
    assert note.startswith("Số lần đi lại.") and "Mẫu số: cột (7)." in note
    columns = table.records.columns
    assert columns[4].text(table.current) == "ít hơn 50, nên xem từng hồ sơ"
    assert columns[2].words(table.current).startswith("100,00 %")


def test_what_nobody_recorded_is_no_figure(qtbot, page):
    table = unfold(qtbot, page)
    go_to(table, "files.results")
    value = table.records.columns[2]
    assert value.text(table.current) == "" and value.mark(table.current).word == "không có dữ liệu"


def test_other_days_are_counted_anew_while_it_is_open(qtbot, page):
    table = unfold(qtbot, page)
    with qtbot.waitSignal(page.indicators_wanted) as wanted:
        page.show_period(periods.official(PeriodKind.YEAR, 2026))
    assert wanted.args == [periods.official(PeriodKind.YEAR, 2026)]
    qtbot.waitUntil(lambda: table.records.rowCount() > 0)


def test_the_same_key_goes_there_and_folds_it_away(qtbot, page):
    table = unfold(qtbot, page)
    press(qtbot, page, KEYS.Key_Escape)
    assert page._table.grid.hasFocus()
    press(qtbot, page, KEYS.Key_K, ALT)
    assert table.hasFocus()
    press(qtbot, page, KEYS.Key_K, ALT)
    assert not page._indicators.is_open


def test_figures_of_people_wait_for_the_head_and_whoever_saw_them_is_written_down(qtbot, page, commune, monday):
    table = unfold(qtbot, page)
    assert not [row for row in rows(table) if row.group.head_only]
    press(qtbot, page, KEYS.Key_Y, ALT)
    (group,) = {row.group.title for row in rows(table) if row.group.head_only}
    assert group == "Theo công chức"
    press(qtbot, page, KEYS.Key_Y, ALT)
    assert not [row for row in rows(table) if row.group.head_only]
    seen = monday.date() + timedelta(days=2)
    looks = access_log.read(commune, seen, seen, clerk="truc", now=monday + timedelta(days=2))
    assert [look.about for look in looks if "công chức" in look.about] == [
        f"Số liệu theo công chức, {page._bar.period.name}"
    ]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.PROCESSING, Role.INSPECT], ids=str)
def test_whoever_neither_leads_nor_administers_has_no_figures_of_people(qtbot, page, commune, monday, role):
    people.add(commune, "mai", "Lù Thị Mai", roles={role}, clerk="quay1", now=monday + timedelta(days=2))
    table = unfold(qtbot, page)
    press(qtbot, page, KEYS.Key_Y, ALT)
    assert [row for row in rows(table) if row.group.head_only]
    page._commands.act_as(people.found(commune, "mai"))
    qtbot.waitUntil(lambda: table.records.rowCount() > 0)
    assert not [row for row in rows(table) if row.group.head_only], "what the one before asked for is gone"
    with qtbot.waitSignal(page._commands.refused) as refused:
        press(qtbot, page, KEYS.Key_Y, ALT)
    assert refused.args[0].code == "not_allowed" and "Lãnh đạo hoặc Quản trị" in refused.args[0].message
    assert not [row for row in rows(table) if row.group.head_only]
    assert "clerks" not in {row.group.key for row in rows(table)}


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_it_is_seen_with_its_note_at_every_scale(qtbot, page, nothing_cut, width, height):
    page.box.resize(width, height)
    table = unfold(qtbot, page)
    qtbot.waitUntil(lambda: not table.visibleRegion().isEmpty())
    nothing_cut(page._indicators)
    assert table.visibleRegion().boundingRect().height() >= min(table.height(), 120)
