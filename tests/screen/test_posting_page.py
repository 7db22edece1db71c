"""Niêm yết by keyboard: the wall's work recorded and taken back, a decision looked at, decided, written and undone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import LimitUnit
from desktop.gui.jobs import Jobs
from desktop.gui.pages.posting import PostingPage
from desktop.office import decision_history, decisions, packets, posting_checks, postings, procedures
from desktop.office.posting_checks import Do
from desktop.office.postings import Place
from desktop.rules.change_sets import Decision
from tests.data import golden_decision
from tests.screen.posting_desk import ALT, CONTROL, AnsweredOpener, press, stand, type_in
from tests.screen.printing_desk import AnsweredChooser

KEY = Qt.Key
DAY = date(2026, 12, 1)


@pytest.fixture
def jobs():
    worker = Jobs()
    yield worker
    worker.finish()


@pytest.fixture
def opener(tmp_path) -> AnsweredOpener:
    return AnsweredOpener(golden_decision.write_xlsx(tmp_path / "QD 3120.xlsx"))


@pytest.fixture
def hung(commune, monday):
    """Every sheet that must hang, on three boards, by name."""
    tasks = posting_checks.stale(commune, monday.date()).tasks
    places = [Place(task.name, f"Bảng {1 + n // 250}", f"{n % 250 + 1:02d}") for n, task in enumerate(tasks)]
    postings.post(commune, places, clerk="truc", now=monday - timedelta(hours=1))
    return {place.name: place for place in places}


@pytest.fixture
def chooser(tmp_path) -> AnsweredChooser:
    return AnsweredChooser(tmp_path / "danh-muc.xlsx")


@pytest.fixture
def page(commands, jobs, opener, chooser, qtbot) -> PostingPage:
    shown = PostingPage(commands, jobs, opener, chooser)
    commands.changed.connect(shown.take)
    stand(shown, qtbot, jobs)
    return shown


def numbers(row) -> list[str]:
    return [count.accessibleName().rsplit(", ", 1)[1].split()[0] for count in row.stops]


def open_file(page, jobs, qtbot) -> None:
    press(KEY.Key_O, ALT)
    qtbot.waitUntil(lambda: jobs.is_idle)


def open_and_decide(page, jobs, qtbot) -> None:
    """Open the golden decision and decide its one unclear limit: five working days."""
    open_file(page, jobs, qtbot)
    press(KEY.Key_R, ALT)
    type_in("5")
    press(KEY.Key_Return)


def test_an_empty_wall_lists_everything_and_space_records_a_sheet_in_its_place(page, commune, monday):
    assert numbers(page.wall.counts)[0] == "0"
    first = page.wall.table.current
    press(KEY.Key_Return)
    type_in("Bang 1")
    press(KEY.Key_Return)
    type_in("01")
    press(KEY.Key_Return)
    assert page.wall.table.hasFocus()
    press(KEY.Key_Space)
    (hangs,) = postings.hanging(commune)
    assert (hangs.name, hangs.board, hangs.slot, hangs.clerk) == (first.name, "Bang 1", "01", "truc")
    assert numbers(page.wall.counts)[0] == "1"
    press(KEY.Key_Space)
    assert [one.slot for one in postings.hanging(commune)] == ["01", "02"]


def test_what_was_recorded_is_taken_back_within_the_minute_and_not_after_it(page, commune, commands):
    press(KEY.Key_Space)
    assert len(postings.hanging(commune)) == 1
    press(KEY.Key_Z, ALT)
    assert postings.hanging(commune) == ()
    assert page.wall.strip.text == "Đã hoàn lại 1 tờ."
    press(KEY.Key_Space)
    commands.clock.now += timedelta(seconds=61)
    press(KEY.Key_Z, ALT)
    assert len(postings.hanging(commune)) == 1
    assert "quá một phút" in page.wall.strip.text


def test_all_that_is_in_the_list_is_recorded_as_one_act(page, commune):
    press(KEY.Key_L, ALT)
    type_in("tre em")
    shown = page.wall.table.records.rowCount()
    assert 1 < shown < 100
    press(KEY.Key_T, ALT)
    assert len(postings.hanging(commune)) == shown
    press(KEY.Key_Z, ALT)
    assert postings.hanging(commune) == ()


def test_a_right_wall_says_so(hung, page):
    assert numbers(page.wall.counts) == [str(len(hung)), "0", "0", "0"]
    assert page.wall._empty.accessibleName() == "Tường đúng với danh mục. Ghi dán gần nhất 08:14 23/11/2026."


def test_a_file_is_looked_at_and_nothing_is_written(page, jobs, commune, qtbot):
    open_file(page, jobs, qtbot)
    card = page.decision
    assert [card.number.value(), card.decided_on.value(), card.effective_on.value()] == [
        "3120/QĐ-UBND",
        "20/11/2026",
        "01/12/2026",
    ]
    assert numbers(card.view.counts) == ["2", "2", "1", "1", "2", "2"]
    assert card.view.counts.current == "amended"
    assert card.view.table.current.code == "1.004884"
    assert card.view.table.current.mark.word == "Chờ quyết"
    assert decision_history.history(commune) == ()


def test_writing_is_refused_while_a_limit_waits_and_leads_to_it(page, jobs, commune, qtbot):
    open_file(page, jobs, qtbot)
    press(KEY.Key_F12)
    assert decision_history.history(commune) == ()
    assert page.decision.strip.text == "Còn 1 thời hạn chờ người quyết trước khi ghi."
    assert QApplication.focusWidget().objectName() == "decided_limit"
    type_in("0")
    press(KEY.Key_Return)
    assert page.decision.view.asking.fields.value.problem == "Thời hạn phải lớn hơn 0 và không quá 3650."
    press(KEY.Key_F12)
    assert decision_history.history(commune) == ()


def test_a_decided_file_is_written_whole_and_the_wall_says_exactly_what_is_wrong(hung, page, jobs, commune, qtbot):
    open_and_decide(page, jobs, qtbot)
    assert page.decision.write_button.hasFocus()
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "Đã ghi quyết định 3120/QĐ-UBND" in page.decision.strip.text)
    (row,) = decision_history.history(commune)
    assert (row.number, row.source, row.attachment["name"]) == ("3120/QĐ-UBND", "file", "QD 3120.xlsx")
    limit = procedures.get(commune, "1.004884", on=DAY).limit
    assert (limit.value, limit.unit) == (Decimal(5), LimitUnit.WORKING_DAYS)
    assert page.wall.day == DAY
    state = posting_checks.stale(commune, DAY)
    kinds = [len(state.of(do)) for do in (Do.REPLACE, Do.PUT_UP, Do.TAKE_DOWN)]
    assert numbers(page.wall.counts)[1:] == [str(number) for number in kinds]
    assert {task.name for task in state.of(Do.TAKE_DOWN)} == {"1.000110", "1.000656"}
    assert {task.name for task in state.of(Do.PUT_UP)} == {"1.117001", "1.117002"}
    assert page.wall.table.hasFocus()


def test_a_limit_may_be_left_for_intake(page, jobs, commune, qtbot):
    open_file(page, jobs, qtbot)
    press(KEY.Key_R, ALT)
    press(KEY.Key_I, ALT)
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "Đã ghi" in page.decision.strip.text)
    assert procedures.get(commune, "1.004884", on=DAY).needs_review


def test_the_comparison_says_old_and_new_beside_each_other(page, jobs, qtbot):
    open_file(page, jobs, qtbot)
    press(KEY.Key_Down)
    press(KEY.Key_Down)
    assert page.decision.view.table.current.code == "1.004873"
    told = page.decision.view.compared.accessibleName()
    assert "03 ngày làm việc → 02 ngày làm việc (quy định: 03 ngày làm việc)" in told


def test_rows_that_cannot_be_read_say_their_row_and_why(page, jobs, qtbot):
    open_file(page, jobs, qtbot)
    for _step in range(4):
        press(KEY.Key_Right)
    assert page.decision.view.counts.current == "rejected"
    row = page.decision.view.table.current
    assert (row.row, row.mark.word) == (18, "Không ghi")
    assert row.name.startswith("Mã “1.00999” thiếu chữ số")


def test_another_day_in_the_field_is_compared_anew(page, jobs, qtbot):
    open_and_decide(page, jobs, qtbot)
    page.decision.effective_on.focus()
    type_in("19/11/2026")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert page.decision.strip.text == "Ngày hiệu lực 19/11/2026 sớm hơn ngày ký 20/11/2026."
    page.decision.effective_on.focus()
    type_in("02/12/2026")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert page.decision.strip.text == "Còn 1 thời hạn chờ người quyết trước khi ghi."


def test_a_file_that_is_no_list_is_refused_in_one_sentence(page, jobs, opener, commune, tmp_path, qtbot):
    opener.answer = tmp_path / "anh.png"
    opener.answer.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    open_file(page, jobs, qtbot)
    assert page.decision.strip.text.startswith("Tệp anh.png là ảnh PNG")
    assert not page.decision.is_open
    assert decision_history.history(commune) == ()


def test_a_signed_packet_is_taken_the_same_way(page, jobs, opener, commune, monday, tmp_path, qtbot):
    packet = tmp_path / "goi.json"
    decision = Decision("99/QĐ-UBND", date(2026, 11, 20), DAY)
    version = procedures.get(commune, "1.001193", on=monday.date())
    packets.make(commune, packet, decision, on=monday.date(), now=monday, field=version.field)
    opener.answer = packet
    open_file(page, jobs, qtbot)
    assert "chưa được ghi nhận" in page.decision.strip.text
    packets.trust(commune, packets.public_key(commune), "UBND tỉnh Lai Châu", clerk="truc", now=monday)
    open_file(page, jobs, qtbot)
    assert page.decision.number.value() == "99/QĐ-UBND"
    assert numbers(page.decision.view.counts)[:4] == ["0", "0", "0", "0"]
    press(KEY.Key_F12)
    assert page.decision.strip.text == "Tệp không đổi gì so với danh mục; không có gì để ghi."


def test_a_decision_is_taken_back_as_a_whole_with_its_reason(page, jobs, commune, monday, qtbot):
    open_and_decide(page, jobs, qtbot)
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "Đã ghi" in page.decision.strip.text)
    press(KEY.Key_H, ALT)
    assert page.history.table.current.number == "3120/QĐ-UBND"
    press(KEY.Key_U, ALT)
    assert page.history.reason.problem
    assert QApplication.focusWidget().objectName() == "undo_reason"
    type_in("nhap nham tep")
    press(KEY.Key_Return)
    assert page.history.strip.text.startswith("Đã thu hồi quyết định 3120/QĐ-UBND")
    assert decision_history.history(commune)[0].undone_by is not None
    assert procedures.get(commune, "1.000110", on=DAY).code == "1.000110"
    assert page.wall.day == monday.date()


def test_a_catalogue_that_moved_meanwhile_is_compared_anew(page, jobs, commune, monday, qtbot):
    open_and_decide(page, jobs, qtbot)
    version = procedures.get(commune, "1.001193", on=monday.date())
    decisions.edit(commune, replace(version, result="Giấy mới"), Decision("7/QĐ", None, DAY), clerk="truc", now=monday)
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert len(decision_history.history(commune)) == 1
    qtbot.waitUntil(lambda: "chờ người quyết" in page.decision.strip.text)


def test_the_catalogue_is_exported(page, chooser, qtbot):
    press(KEY.Key_E, CONTROL)
    assert chooser.offered == "danh-muc-20261123.xlsx"
    assert chooser.answer.is_file()
    assert page.decision.strip.text.endswith("thủ tục vào danh-muc.xlsx.")


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_the_acts_stay_in_sight_at_100_150_and_200_percent(hung, page, jobs, nothing_cut, qtbot, width, height):
    page.resize(width, height)
    QApplication.processEvents()
    corner = page.wall.print_button.mapTo(page, page.wall.print_button.rect().bottomRight())
    assert corner.x() <= width and corner.y() <= height
    nothing_cut(page)
    press(KEY.Key_2, ALT)
    open_file(page, jobs, qtbot)
    for _turn in range(2):
        button = page.decision.write_button
        corner = button.mapTo(page, button.rect().bottomRight())
        assert corner.x() <= width and corner.y() <= height
        nothing_cut(page)
        press(KEY.Key_R, ALT)
    press(KEY.Key_H, ALT)
    nothing_cut(page)
