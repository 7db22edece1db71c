"""The door by keyboard: who signs in, who is refused, what a locked window shows and does, and who takes over."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from db import events
from db.vocabulary import EventKind
from desktop.gui.text_window import TextWindow
from desktop.office import keepers, people, settings, signing_in
from desktop.rules.rights import LOCK_SETTING
from tests.screen.door_desk import ALT, CTRL, KEY, RUNS, WORKS, give_passwords, open_desk
from tests.screen.intake_keys import CARD

NAME, NUMBER, PHONE = "Vàng Thị Ví Dụ", "012195000002", "0987000001"
PERSONAL = (NAME, NUMBER, PHONE, "Mường Mít", "0987 000 001")


@pytest.fixture
def code(commune):
    return give_passwords(commune)


@pytest.fixture
def open_door(code, commune, tmp_path, qtbot):
    """Open the program on the register with passwords."""
    made = []

    def show(**devices):
        made.append(open_desk(commune, tmp_path, qtbot, **devices))
        return made[-1]

    yield show
    for desk in made:
        desk.program.close()


@pytest.fixture
def desk(open_door):
    return open_door()


def lock_is_due(desk):
    desk.program._door._lock.look()
    return desk.window.is_covered


def in_sight(desk):
    return [word for word in PERSONAL if word in desk.seen()]


def test_nothing_is_read_or_shown_before_somebody_signs_in(desk):
    assert desk.window.is_covered
    assert desk.window.current_key == ""
    desk.sign_in(WORKS, down=1)
    assert not desk.window.is_covered
    assert desk.window.current_key == "home"
    assert desk.program.commands.clerk.short_name == "truc"
    assert [event.kind for event in events.walk(desk.book)][-1] == EventKind.SIGN_IN


def test_a_wrong_secret_is_refused_in_one_sentence_and_may_be_typed_again(desk):
    desk.sign_in("000000")
    assert desk.window.is_covered
    assert desk.strip == "Tên hoặc mật khẩu không đúng."
    desk.sign_in(RUNS)
    assert not desk.window.is_covered
    assert "1 lần gõ sai" in desk.strip, "and who comes in hears of it"
    desk.press(KEY.Key_D, CTRL)
    assert desk.strip == ""


def test_after_five_misses_everybody_waits_and_is_told_how_long(desk):
    for _time in range(6):
        desk.sign_in("000000")
    assert "30 giây" in desk.strip
    desk.sign_in(RUNS)
    assert desk.window.is_covered
    desk.later(seconds=31)
    desk.sign_in(RUNS)
    assert not desk.window.is_covered


def test_a_one_time_password_leads_to_one_of_ones_own(code, open_door, commune, monday):
    commune.proved["quay1"] = True
    once = signing_in.reset(commune, "truc", clerk="quay1", now=monday)
    commune.proved.clear()
    desk = open_door()
    desk.sign_in(once, down=1)
    assert desk.window.is_covered
    for first, second, said in (("111111", "111111", "quá dễ đoán"), ("907264", "907265", "khác nhau")):
        desk.type(first)
        desk.press(KEY.Key_Return)
        desk.type(second)
        desk.press(KEY.Key_Return)
        assert said in desk.strip
    desk.type("907264")
    desk.press(KEY.Key_Return)
    assert not desk.window.is_covered
    assert commune.proved == {"truc": True}


def test_the_recovery_sheet_makes_an_administrator_prints_the_next_one_and_everybody_is_told(desk, code, qtbot):
    desk.press(KEY.Key_Q, ALT)
    desk.press(KEY.Key_Down)  # Trực
    desk.press(KEY.Key_Tab)
    for secret in (code, "lúa nếp 7 nương", "lúa nếp 7 nương"):
        desk.type(secret)
        desk.press(KEY.Key_Return)
    assert desk.window.is_covered
    desk.press(KEY.Key_F12)
    assert "chưa in" in desk.strip
    desk.press(KEY.Key_I, ALT)
    qtbot.waitUntil(lambda: "Đã gửi in" in desk.strip)
    desk.press(KEY.Key_F12)
    assert desk.program.commands.clerk.short_name == "truc"
    assert "Tờ khôi phục đã được dùng" in desk.strip
    desk.press(KEY.Key_L, CTRL)
    desk.press(KEY.Key_Up)
    desk.sign_in(RUNS)
    assert "cho tên Lò Thị Trực" in desk.strip


def test_who_signs_in_is_told_that_a_backup_took_the_registers_place(desk, tmp_path):
    commune, now = desk.book, desk.clock[0]
    keepers.hand_on(commune.home, commune.home, tmp_path / "so-truoc-20261122", now=now)
    keepers.look_after(commune, now=now)
    desk.sign_in(RUNS)
    assert "Sổ này đã thay một sổ có mật khẩu" in desk.strip and "so-truoc-20261122" in desk.strip
    assert "không hỏi mật khẩu" not in desk.strip


def test_a_locked_window_shows_nobody_and_comes_back_as_it_was(desk, take_in):
    desk.sign_in(RUNS)
    desk.book.proved["truc"] = True
    taken = take_in(NAME)
    desk.program.open_dossier(taken)
    desk.window.search.field.setFocus()
    desk.window.search.field.setText("vang thi")
    desk.window.search._search()
    dialog = TextWindow("Ai đã xem", NAME, NUMBER, desk.window)
    dialog.open()
    assert NAME in desk.seen() and "Ai đã xem" in desk.seen()
    desk.program._door.shut()
    assert in_sight(desk) == []
    assert taken not in desk.seen()
    desk.sign_in(RUNS)
    assert desk.window.current_key == "dossier"
    assert NAME in desk.seen()
    assert dialog.isVisible()


def test_no_key_and_no_scan_does_anything_behind_the_cover(desk, qtbot):
    desk.sign_in(RUNS)
    desk.press(KEY.Key_F3)
    desk.press(KEY.Key_L, CTRL)
    seq, _ = events.head(desk.book)
    for key in (KEY.Key_F2, KEY.Key_F4, KEY.Key_F5, KEY.Key_F7, KEY.Key_F9, KEY.Key_F1, KEY.Key_Escape):
        desk.press(key)
    desk.press(KEY.Key_F, CTRL)
    for payload in (CARD, "12345"):
        for letter in payload:
            QTest.keyClick(QApplication.focusWidget(), letter if letter.isascii() else "a")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        qtbot.wait(300)
    assert desk.window.is_covered
    assert desk.window.current_key == "intake"
    assert desk.window.made("intake").sheet.begun().is_blank
    assert events.head(desk.book)[0] == seq, "not even a miss was counted"


def test_what_ends_while_the_window_is_locked_neither_shows_itself_nor_takes_the_keyboard(desk):
    desk.sign_in(RUNS)
    desk.press(KEY.Key_F3)
    desk.press(KEY.Key_L, CTRL)
    late = TextWindow("Kết quả", NAME, NUMBER, desk.window)
    late.open()
    desk.window.open("home").setFocus()
    field = desk.window.made("intake").sheet.person.first
    field.setFocus()
    desk.window.search.answers.show_hits((), NAME, desk.window.search)
    assert in_sight(desk) == []
    desk.press(KEY.Key_7)
    QTest.qWait(150)
    assert field.text() == ""
    desk.sign_in(RUNS)
    assert late.isVisible()


def test_a_question_to_the_citizen_ends_when_whoever_asked_it_leaves(desk, take_in):
    desk.sign_in(RUNS)
    desk.book.proved["truc"] = True
    asking = desk.program._rating_desk()
    asking.ask(take_in(NAME))
    assert asking.is_asking and "phục vụ thế nào" in desk.seen()
    seq, _ = events.head(desk.book)
    desk.program._door.shut()
    assert not asking.is_asking and "phục vụ thế nào" not in desk.seen()
    assert events.head(desk.book)[0] == seq, "nobody has answered"


def test_a_dossier_of_another_field_stays_shut_and_says_whose_it_is(desk, take_in, monday):
    desk.sign_in(RUNS)
    other = next(field for field in people.known_fields(desk.book) if field != "Hộ tịch")
    desk.book.proved["truc"] = True
    taken = take_in(NAME)
    people.change(desk.book, "truc", fields=[other], clerk="quay1", now=monday)
    desk.press(KEY.Key_L, CTRL)
    desk.sign_in(WORKS, down=1)
    desk.program.open_dossier(taken)
    assert desk.window.current_key == "home"
    assert f"thuộc lĩnh vực Hộ tịch; Lò Thị Trực phụ trách {other}" in desk.strip


def test_it_locks_itself_when_nobody_works(desk):
    desk.sign_in(RUNS)
    desk.later(minutes=9)
    assert not lock_is_due(desk)
    QTest.mouseClick(desk.window, Qt.MouseButton.LeftButton)
    desk.later(minutes=9)
    assert not lock_is_due(desk), "somebody was here in between"
    desk.later(minutes=2)
    assert lock_is_due(desk)
    assert "Tự khóa sau 10 phút" in desk.seen()


def test_never_is_a_time_too(desk, monday):
    desk.sign_in(RUNS)
    settings.change(desk.book, LOCK_SETTING, 0, clerk="quay1", now=monday)
    desk.later(hours=9)
    assert not lock_is_due(desk)


def begin_draft(desk):
    desk.press(KEY.Key_F3)
    name = desk.window.made("intake").sheet.rows["applicant.name"].editor
    name.setFocus()
    name.setText(NAME)
    name.textEdited.emit(NAME)
    return name


def test_another_person_finds_the_first_page_and_the_draft_under_the_name_of_who_began_it(desk):
    desk.sign_in(RUNS)
    name = begin_draft(desk)
    before = desk.program.commands.clerk.full_name
    desk.press(KEY.Key_L, CTRL)
    desk.sign_in(WORKS, down=1)
    assert desk.window.current_key == "home"
    assert set(desk.book.proved) == {"truc"}, "who left has to prove himself again"
    desk.press(KEY.Key_F3)
    assert f"của {NAME}, {before} nhập dở" in desk.strip
    assert name.text() == ""
    desk.press(KEY.Key_M, ALT)
    assert name.text() == NAME


def test_the_same_person_goes_on_in_the_field_where_he_was(desk):
    desk.sign_in(RUNS)
    name = begin_draft(desk)
    desk.press(KEY.Key_L, CTRL)
    desk.sign_in(RUNS)
    assert name.text() == NAME
    assert QApplication.focusWidget() is name


def test_work_that_runs_goes_on_and_is_recorded_for_who_began_it(desk, qtbot):
    desk.sign_in(RUNS)
    going, done = Event(), []
    desk.program.jobs.start("Đang làm", lambda _job: going.wait(10), done=done.append)
    desk.press(KEY.Key_L, CTRL)
    desk.sign_in(WORKS, down=1)
    assert desk.book.proved == {"quay1": True, "truc": True}, "his work is not refused halfway"
    going.set()
    qtbot.waitUntil(lambda: bool(done))
    desk.program._door.look()
    assert desk.book.proved == {"truc": True}


def test_a_locked_window_can_be_closed(desk):
    desk.press(KEY.Key_F4, ALT)
    assert not desk.window.isVisible()


def test_who_is_closed_by_another_is_out_at_once(desk, monday):
    desk.sign_in(WORKS, down=1)
    desk.book.proved["quay1"] = True
    desk.program.commands.announce(people.change(desk.book, "truc", active=False, clerk="quay1", now=monday))
    assert desk.window.is_covered
    assert "không còn làm việc" in desk.seen()
    desk.press(KEY.Key_Down)
    desk.sign_in(RUNS)
    assert desk.program.commands.clerk.short_name == "quay1", "the only one who is offered"


def test_the_letters_are_shown_and_hidden_by_a_key_and_caps_lock_is_told(desk):
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit) and edit.echoMode() == QLineEdit.EchoMode.Password
    desk.press(KEY.Key_H, ALT)
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    desk.press(KEY.Key_H, ALT)
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    QTest.keyClick(edit, "A")
    QTest.qWait(60)
    assert "Caps Lock" in desk.seen()
    edit.setText("mậ")
    assert "bộ gõ" in desk.seen()


def test_without_passwords_nothing_of_it_is_there(commune, tmp_path, qtbot):
    desk = open_desk(commune, tmp_path, qtbot)
    try:
        assert desk.window.current_key == "home"
        desk.press(KEY.Key_L, CTRL)
        assert not desk.window.is_covered
    finally:
        desk.program.close()
