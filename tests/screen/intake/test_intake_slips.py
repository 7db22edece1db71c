"""Slips from the intake page: begun when somebody and something is known, told of when the citizen is back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import DocumentKind
from desktop.gui.pages.intake import IntakePage
from desktop.office import drafts, lookup, slip_lookup, slips
from desktop.rules import citizen_id
from desktop.rules.slips import USUAL_REASON, SlipForm
from tests.screen.intake_keys import CARD, alt, choose, complete, press, said, type_into


@pytest.fixture
def wanted(page):
    heard = []
    page.slip_wanted.connect(lambda kind, form: heard.append((kind, form)))
    return heard


def begin(page: IntakePage) -> None:
    """A card, a procedure and its case; two papers of five are ticked."""
    page.take_card(citizen_id.parse(CARD))
    choose(page, "cai chinh")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    while QApplication.focusWidget() is not page.sheet.papers.table:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)


def give(commands, page, kind=DocumentKind.SUPPLEMENT, items=("Giấy chứng sinh",)):
    """A slip for what stands on the page, as its own page gives it."""
    return commands.do(slips.give, SlipForm(kind, page.sheet.form(), f"slip-{kind}", items, USUAL_REASON)).slip


@pytest.mark.parametrize(("letter", "kind"), [("B", DocumentKind.SUPPLEMENT), ("U", DocumentKind.REFUSAL)])
def test_a_key_leads_from_missing_papers_to_the_slip_with_the_form_as_it_stands(page, wanted, letter, kind):
    begin(page)
    press(Qt.Key.Key_F12)
    assert "Thiếu 2 giấy phải có" in said(page.sheet.papers)
    assert "Phiếu bổ sung" in said(page.sheet.papers) and "Alt+B" in said(page.sheet.papers)
    alt(letter)
    assert wanted == [(kind, page.sheet.form())]
    assert len(page.sheet.form().papers) == 1


def test_without_anybody_or_a_procedure_the_key_leads_to_what_is_missing(page, wanted):
    alt("B")
    assert "Trước khi lập phiếu: còn thiếu họ tên người nộp" in page.notice.text
    assert QApplication.focusWidget() is page.sheet.rows["applicant.name"].editor
    page.take_card(citizen_id.parse(CARD))
    alt("B")
    assert "Trước khi lập phiếu: còn thiếu thủ tục." in page.notice.text
    assert QApplication.focusWidget() is page.sheet.procedure.chooser
    choose(page, "cai chinh")
    alt("B")
    assert QApplication.focusWidget() is page.sheet.rows["case"].editor
    assert wanted == []


def test_a_refusal_needs_nobodys_procedure(page, wanted):
    page.take_card(citizen_id.parse(CARD))
    alt("U")
    assert [kind for kind, _form in wanted] == [DocumentKind.REFUSAL]


def test_no_slip_is_offered_before_a_procedure_is_chosen(page):
    assert "Alt+B" not in said(page.sheet.papers)
    choose(page, "cai chinh")
    assert "Alt+B" in said(page.sheet.papers)


def test_the_draft_stays_when_a_slip_is_given(page, commands):
    begin(page)
    before = page.sheet.form()
    give(commands, page)
    assert page.sheet.form() == before
    assert commands.ask(drafts.load, "1").state["current"]["form"]["key"] == before.key


def test_who_comes_back_is_told_what_was_missing_and_gets_the_typed_form(page, commands):
    begin(page)
    type_into(page, "note", "quay lại sau")
    type_into(page, "applicant.phone", "0987000001")
    slip = give(commands, page)
    page.leave_to_slip(page.sheet.key)
    assert page.sheet.begun().is_blank and page.waiting.isHidden()
    assert commands.ask(drafts.load, "1") is None
    page.take_card(citizen_id.parse(CARD))
    choose(page, "cai chinh")
    told = said(page.sheet.procedure)
    assert "Đã hướng dẫn bổ sung ngày 23/11, phiếu 01/PBS-TTPVHCC: Giấy chứng sinh" in told
    key = page.sheet.key
    alt("H")
    form = page.sheet.form()
    assert (form.key, form.note, len(form.papers)) == (key, "quay lại sau", 1)
    assert form.applicant.phone.replace(" ", "") == "0987000001"
    assert QApplication.focusWidget() is page.sheet.papers.table
    alt("Z")
    assert page.sheet.form().note == ""
    alt("H")
    for _paper in range(4):
        press(Qt.Key.Key_Down, Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    assert page.waiting.isHidden()
    assert commands.ask(slip_lookup.detail, slip.id).row.followed_by == lookup.page(commands.book)[0].code


def test_nobody_else_is_told_of_the_slip(page, commands):
    begin(page)
    give(commands, page)
    page.start_next()
    page.take_card(citizen_id.parse(CARD.replace("012195000002", "012195000009")))
    choose(page, "cai chinh")
    assert "phiếu 01/PBS" not in said(page.sheet.procedure)
    alt("H")
    assert page.notice.text == "Chưa lập phiếu nào cho người này về thủ tục này."


def test_what_is_taken_up_from_a_slip_is_its_draft_where_that_still_waits(page, commands):
    begin(page)
    slip = give(commands, page)
    kept = commands.ask(slip_lookup.detail, slip.id).form
    type_into(page, "note", "thêm sau phiếu")
    page.sheet.act.put_aside.trigger()
    assert "Vàng Thị Ví Dụ" in page.waiting.text
    page.take_up(kept)
    assert (page.sheet.key, page.sheet.form().note) == (kept.key, "thêm sau phiếu")
    assert page.waiting.isHidden()
    page.take_up(kept)
    assert page.sheet.form().note == "thêm sau phiếu"


def test_what_is_taken_up_without_a_draft_is_what_the_slip_keeps(page, commands):
    begin(page)
    slip = give(commands, page)
    page.leave_to_slip(page.sheet.key)
    type_into(page, "applicant.name", "Giang")
    kept = commands.ask(slip_lookup.detail, slip.id).form
    page.take_up(kept)
    assert (page.sheet.key, page.sheet.form().applicant.name) == (kept.key, "Vàng Thị Ví Dụ")
    assert "Giang" in page.waiting.text


def test_a_draft_that_waits_goes_when_its_dossier_was_taken_in_another_way(page, commands):
    begin(page)
    give(commands, page)
    page.sheet.act.put_aside.trigger()
    complete(page)
    press(Qt.Key.Key_F12)
    assert lookup.count(commands.book) == 1
    assert page.waiting.isHidden() and commands.ask(drafts.load, "1") is None


def test_a_refusal_given_before_is_told_as_one(page, commands):
    begin(page)
    give(commands, page, DocumentKind.REFUSAL, ())
    page.refresh()
    assert "Đã từ chối ngày 23/11, phiếu 01/PTC-TTPVHCC" in said(page.sheet.procedure)
    form = replace(page.sheet.form(), key="another")
    commands.do(slips.give, SlipForm(DocumentKind.SUPPLEMENT, form, "s2", ("Tờ khai",), USUAL_REASON))
    page.refresh()
    assert "Đã lập 2 phiếu, lần cuối hướng dẫn bổ sung" in said(page.sheet.procedure)


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 390)])
def test_the_keys_of_slips_are_never_cut(show_page, commands, nothing_cut, width, height):
    page = show_page(width, height)
    begin(page)
    give(commands, page)
    page.refresh()
    press(Qt.Key.Key_F12)
    page.sheet.procedure.setFocus()
    nothing_cut(page.sheet.papers)
    nothing_cut(page.sheet.procedure)
