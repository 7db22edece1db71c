"""What was typed survives: a power cut, the next person, a change of mind."""

import sqlite3
from contextlib import closing
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.office import drafts, lookup
from desktop.rules import citizen_id
from tests.screen.intake_keys import (
    CARD,
    alt,
    complete,
    press,
    said,
    type_into,
    type_text,
)


def test_every_keystroke_is_on_the_disk_before_the_next(page, commands):
    for typed in ("G", "Gi", "Gia", "Gian", "Giang"):
        type_into(page, "applicant.name", typed) if typed == "G" else type_text(typed[-1])
        kept = commands.ask(drafts.load, "1")
        assert kept.state["current"]["form"]["applicant"]["name"] == typed
    assert "Nháp đã ghi 09:14:00" in said(page.sheet.act)


def test_a_draft_left_by_a_power_cut_is_offered_and_comes_back_whole(show_page, commands):
    before = show_page()
    complete(before)
    type_into(before, "applicant.phone", "0987000001")
    form = before.sheet.form()
    after = show_page()
    assert "Có nháp lúc 09:14 của Vàng Thị Ví Dụ" in after.waiting.text
    assert after.sheet.form().applicant.name == ""
    alt("M")
    assert replace(after.sheet.form(), key="") == replace(form, key="")
    assert after.sheet.form().key == form.key
    assert after.waiting.isHidden()
    press(Qt.Key.Key_F12)
    assert commands.ask(lookup.count) == 1


def test_another_dossier_may_come_first_and_the_draft_still_waits(show_page, commands):
    type_into(show_page(), "applicant.name", "Giang Thi Gia Dinh")
    page = show_page()
    complete(page)
    press(Qt.Key.Key_F12)
    assert "Giang Thi Gia Dinh" in page.waiting.text
    assert "Giang Thi Gia Dinh" in show_page().waiting.text


def test_a_draft_that_is_opened_again_is_on_the_disk_all_the_while(show_page, commands):
    type_into(show_page(), "applicant.name", "Giang Thi Gia Dinh")
    page = show_page()
    type_into(page, "applicant.name", "Ai khac")
    file, kept = commands.book.home / "register.sqlite3", []

    def look(statement):
        """What a power cut would leave before each thing that is written."""
        if statement.startswith("BEGIN"):
            with closing(sqlite3.connect(file)) as other:
                kept.append("".join(state for (state,) in other.execute("SELECT state FROM draft")))

    commands.book.database.connection().set_trace_callback(look)
    alt("M")
    commands.book.database.connection().set_trace_callback(None)
    assert page.sheet.form().applicant.name == "Giang Thi Gia Dinh" and "Ai khac" in page.waiting.text
    assert kept and all("Giang Thi Gia Dinh" in state and "Ai khac" in state for state in kept)


def test_a_form_can_be_put_aside_for_the_next_person(page):
    type_into(page, "applicant.name", "Giang Thi Gia Dinh")
    press(Qt.Key.Key_N, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.sheet.form().applicant.name == ""
    assert QApplication.focusWidget() is page.sheet.person.first
    alt("M")
    assert page.sheet.form().applicant.name == "Giang Thi Gia Dinh"


def test_a_dropped_form_can_be_brought_back(page, commands):
    type_into(page, "applicant.name", "Giang Thi Gia Dinh")
    press(Qt.Key.Key_Delete, modifiers=Qt.KeyboardModifier.AltModifier)
    assert page.sheet.form().applicant.name == ""
    assert commands.ask(drafts.load, "1") is None
    assert "Đã bỏ phần đang nhập của Giang Thi Gia Dinh." in said(page.notice)
    alt("Z")
    assert page.sheet.form().applicant.name == "Giang Thi Gia Dinh"
    assert commands.ask(drafts.load, "1").state["current"]["form"]["applicant"]["name"] == "Giang Thi Gia Dinh"


def test_the_next_form_begins_without_a_reproach(page):
    page.take_card(citizen_id.parse(CARD))
    assert QApplication.focusWidget() is page.sheet.procedure.chooser
    press(Qt.Key.Key_N, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert "Còn thiếu" not in said(page) and "Còn 1 chỗ" not in said(page)


def test_a_draft_whose_dossier_was_committed_is_not_taken_in_twice(show_page, commands):
    page = show_page()
    complete(page)
    left = commands.ask(drafts.load, "1").state
    press(Qt.Key.Key_F12)
    commands.ask(drafts.save, "1", left, now=commands.now())
    again = show_page()
    alt("M")
    assert "đã được tiếp nhận rồi" in again.notice.text
    assert again.sheet.form().applicant.name == ""
    assert commands.ask(lookup.count) == 1


def test_an_emptied_form_leaves_no_draft(page, commands):
    type_into(page, "applicant.name", "G")
    press(Qt.Key.Key_Backspace)
    assert commands.ask(drafts.load, "1") is None
