"""Thời hạn lưu: months and destruction by the keyboard, never with one key, and never without a reason."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.gui.jobs import Jobs
from desktop.gui.scrolling import Scroller
from desktop.gui.settings_retention import RetentionSection
from desktop.office import drafts, retention
from desktop.rules.retention import Kind
from tests.screen.posting_desk import ALT, press, type_in

F12 = Qt.Key.Key_F12


@pytest.fixture
def section(commands, commune, qtbot):
    drafts.save(commune, "quay1", {"current": None}, now=commands.now())
    commands.clock.now += timedelta(days=40)
    jobs = Jobs()
    shown = RetentionSection(commands, jobs)
    page = Scroller(shown)
    page.resize(916, 596)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    shown.refresh()
    qtbot.waitUntil(lambda: jobs.is_idle and shown.table.current is not None)
    shown.first.setFocus()
    yield shown
    jobs.finish()


def fill(section, name, text):
    section.findChild(QLineEdit, name).setFocus()
    type_in(text)


def due(section):
    return {one.kind: one.count for one in retention.due(section.commands.book, now=section.commands.now())}


def test_every_kind_stands_there_with_its_time(section):
    records = section.table.records
    assert [records.record(row).kind for row in range(records.rowCount())] == list(Kind)
    assert section.table.current.kind is Kind.DRAFTS and section.table.current.count == 1


def test_destroying_asks_for_a_reason_then_once_more_then_writes_the_protocol(section, commune, qtbot):
    press(F12)
    assert "lý do" in section.strip.text and due(section)[Kind.DRAFTS] == 1
    fill(section, "reason", "het thoi han luu")
    press(F12)
    assert "Bấm F12 lần nữa" in section.strip.text and due(section)[Kind.DRAFTS] == 1
    assert section._go.property("ready") == "true"
    press(F12)
    qtbot.waitUntil(lambda: section.strip.text.startswith("Đã hủy 1 mục") and section._jobs.is_idle)
    assert section._go.property("ready") == "false", "nothing of this kind is left"

    assert due(section)[Kind.DRAFTS] == 0 and drafts.load(commune, "quay1") is None
    (protocol,) = commune.documents.rglob("bien-ban-huy-*.pdf")
    protocol.unlink()
    section.refresh()
    qtbot.waitUntil(lambda: section._jobs.is_idle)
    assert section.strip.text.startswith(f"Đã lập lại biên bản chưa có tệp: {protocol.name}") and protocol.exists()


def test_another_kind_or_another_reason_calms_the_question(section):
    fill(section, "reason", "het han")
    press(F12)
    fill(section, "reason", "het thoi han")
    press(F12)

    assert due(section)[Kind.DRAFTS] == 1 and "Bấm F12 lần nữa" in section.strip.text


def test_a_kind_is_kept_longer(section):
    fill(section, "months", "2")
    press(Qt.Key.Key_L, ALT)

    assert section.strip.text == "Bản nháp chưa tiếp nhận: giữ 2 tháng." and due(section)[Kind.DRAFTS] == 0

    fill(section, "months", "nhiều")
    press(Qt.Key.Key_L, ALT)
    assert "từ 1 đến 600" in section.strip.text
