"""Người làm việc by keyboard: roles and fields, passwords and their sheets, and why not."""

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from db.vocabulary import EventKind, Role
from desktop.gui.people_form import FieldsDialog
from desktop.gui.text_window import TextWindow
from desktop.office import people, settings, signing_in
from desktop.rules.rights import LOCK_SETTING, WORKING
from tests.screen.door_desk import ALT, CTRL, KEY, RUNS, WORKS, give_passwords, open_desk


@pytest.fixture
def desk(commune, tmp_path, qtbot):
    """The window of a register that asks nobody yet, at the people of the settings."""
    made = open_desk(commune, tmp_path, qtbot)
    at_people(made)
    yield made
    made.program.close()


@pytest.fixture
def guarded(commune, tmp_path, qtbot):
    """The same with passwords, its administrator signed in."""
    give_passwords(commune)
    made = open_desk(commune, tmp_path, qtbot)
    made.sign_in(RUNS)
    at_people(made)
    yield made
    made.program.close()


def at_people(desk):
    desk.press(KEY.Key_F9)
    desk.press(KEY.Key_1, ALT)
    return section(desk)


def section(desk):
    return desk.window.made("settings").section


def alt(desk, letter):
    desk.press(getattr(KEY, f"Key_{letter}"), ALT)


def put(desk, name, text):
    section(desk).findChild(QLineEdit, name).setText(text)


def person(desk, short):
    return next(one for one in people.everyone(desk.book) if one.short_name == short)


def text_of(path):
    document = QPdfDocument()
    document.load(str(path))
    return " ".join(document.getAllText(0).text().split())


def test_a_person_is_added_with_roles_in_words_and_the_fields_of_the_work(desk, qtbot):
    put(desk, "short_name", "mai")
    put(desk, "full_name", "Vàng Thị Mai")
    form = section(desk).form
    assert form.roles == {Role.RECEPTION}, "nobody leads or administers by an oversight"
    form.ticks[Role.RECEPTION].setChecked(False)
    form.ticks[Role.PROCESSING].setChecked(True)
    section(desk).table.setFocus()
    alt(desk, "V")
    dialog = section(desk).findChild(FieldsDialog)
    qtbot.waitUntil(dialog.isVisible)
    first, second = people.known_fields(desk.book)[:2]
    dialog.table.setFocus()
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_F12)
    desk.window.activateWindow()
    section(desk).table.setFocus()
    desk.window.resize(911, 464)  # 1366×768 at 150 %
    alt(desk, "T")
    mai = person(desk, "mai")
    assert (mai.roles, mai.fields) == (frozenset({Role.PROCESSING}), (first, second))
    assert section(desk).strip.text == "Đã thêm Vàng Thị Mai."
    assert form.roles == {Role.RECEPTION} and not form.fields, "and the form is empty for the next"
    short = section(desk).findChild(QLineEdit, "short_name")
    assert short.hasFocus(), "whose short name is typed at once"
    qtbot.waitUntil(lambda: short.visibleRegion().boundingRect().height() == short.height())


def test_a_person_is_changed_closed_and_opened_again_and_the_history_tells_it(desk, qtbot):
    desk.press(KEY.Key_Down)
    alt(desk, "E")
    assert not section(desk).findChild(QLineEdit, "short_name").isEnabled()
    put(desk, "full_name", "Lò Thị Trực Mới")
    section(desk).form.ticks[Role.LEAD].setChecked(False)
    desk.press(KEY.Key_F12)
    assert person(desk, "truc").roles == WORKING - {Role.LEAD}
    alt(desk, "X")
    assert not person(desk, "truc").active
    assert "vẫn ghi tên" in section(desk).strip.text
    alt(desk, "X")
    assert person(desk, "truc").active
    alt(desk, "N")
    told = section(desk).window().findChild(TextWindow).findChild(QPlainTextEdit).toPlainText().split("\n")
    assert len(told) == 4
    assert "Làm việc lại" in told[0] and "Thôi làm việc" in told[1] and "Lò Thị Trực Mới" in told[2]


def test_the_last_administrator_stays(desk):
    desk.press(KEY.Key_Down)
    alt(desk, "X")
    desk.press(KEY.Key_Up)
    alt(desk, "X")
    assert "ít nhất một người quản trị" in section(desk).strip.text
    assert person(desk, "quay1").active


def test_passwords_begin_with_a_sheet_and_from_then_on_the_window_has_a_door(desk, tmp_path):
    card = section(desk).passwords
    card.new.editor.setFocus()
    desk.type("1234")
    desk.press(KEY.Key_Return)
    desk.type("1234")
    desk.press(KEY.Key_Return)
    assert "ít nhất" in desk.strip
    assert not signing_in.required(desk.book)
    desk.type(RUNS)
    desk.press(KEY.Key_Return)
    desk.type(RUNS)
    desk.press(KEY.Key_Return)
    assert signing_in.required(desk.book)
    assert card.sheet.isVisible()
    alt(desk, "S")
    code = signing_in.codes_made(desk.book)
    assert code == 1
    assert "TỜ KHÔI PHỤC QUYỀN QUẢN TRỊ" in text_of(tmp_path / "to-khoi-phuc-quan-tri.pdf")
    assert not desk.window.is_covered, "who began sits here already"
    desk.press(KEY.Key_L, CTRL)
    assert desk.window.is_covered
    desk.sign_in(RUNS)
    assert not desk.window.is_covered
    assert not card.sheet.isVisible(), "the code left with the eye"


def test_a_first_password_is_shown_once_printed_and_leads_its_owner_in(guarded, tmp_path):
    guarded.press(KEY.Key_Down)
    alt(guarded, "K")
    shown = section(guarded).passwords.sheet
    once = shown.findChild(QLabel, "secret").text()
    alt(guarded, "S")
    paper = text_of(tmp_path / "mat-khau-truc.pdf")
    assert once in paper and "Lò Thị Trực" in paper and "Tên đăng nhập: truc" in paper
    guarded.press(KEY.Key_F2)
    guarded.press(KEY.Key_F9)
    assert not shown.isVisible() and once not in guarded.seen()
    guarded.press(KEY.Key_L, CTRL)
    guarded.sign_in(once, down=1)
    for _time in range(2):
        guarded.type("907264")
        guarded.press(KEY.Key_Return)
    assert guarded.program.commands.clerk.short_name == "truc"


def test_ones_own_password_is_changed_with_the_one_before(guarded):
    card = section(guarded).passwords
    card.old.editor.setFocus()
    for old, said in (("000000", "hiện tại không đúng"), (RUNS, "Đã đổi")):
        card.old.editor.setFocus()
        for secret in (old, "907264", "907264"):
            guarded.type(secret)
            guarded.press(KEY.Key_Return)
        assert said in guarded.strip
    assert card.new.value() == ""


def test_a_new_recovery_sheet_ends_the_old_one(guarded):
    before = signing_in.codes_made(guarded.book)
    alt(guarded, "R")
    assert signing_in.codes_made(guarded.book) == before + 1
    assert section(guarded).passwords.sheet.isVisible()


def test_the_time_until_it_locks_is_chosen(guarded):
    lock = section(guarded).passwords.lock
    lock.setFocus()
    guarded.press(KEY.Key_Down)
    assert settings.get(guarded.book, LOCK_SETTING) == 15


def test_going_on_as_another_leads_to_the_door_with_that_name(guarded):
    guarded.press(KEY.Key_Down)
    guarded.press(KEY.Key_Return)
    assert guarded.window.is_covered
    guarded.sign_in(WORKS)
    assert guarded.program.commands.clerk.short_name == "truc"


def test_who_takes_over_finds_nobody_half_changed(desk):
    at_people(desk)
    section(desk).table.select_row(1)
    alt(desk, "E")
    assert section(desk).is_editing
    commands = section(desk).commands
    commands.act_as(next(one for one in commands.ask(people.clerks) if one.short_name != commands.clerk.short_name))
    assert not section(desk).is_editing


def test_who_does_not_administer_is_told_why_nothing_here_may_be_changed(guarded, monday):
    people.change(guarded.book, "truc", roles=[Role.RECEPTION], clerk="quay1", now=monday)
    guarded.press(KEY.Key_L, CTRL)
    guarded.sign_in(WORKS, down=1)
    shown = at_people(guarded)
    assert "vai trò Quản trị" in guarded.seen()
    for letter in "KXR":
        shown.strip.hush()
        shown.table.setFocus()
        alt(guarded, letter)
        assert "vai trò Quản trị" in shown.strip.text, letter
    assert [event for event in (EventKind.RESET_PASSWORD,) if shown.passwords.sheet.isVisible()] == []


def test_a_practice_register_asks_nothing_and_says_so(practice_home, monday, tmp_path, qtbot):
    from desktop.office import opening

    with opening.open_register(practice_home, now=monday) as book:
        desk = open_desk(book, tmp_path, qtbot)
        at_people(desk)
        assert "Sổ tập huấn không hỏi mật khẩu." in desk.seen()
        alt(desk, "K")
        assert "chưa dùng mật khẩu" in section(desk).strip.text
        desk.program.close()


def test_whoever_is_the_only_administrator_is_advised_to_have_a_second(guarded, monday):
    advised = "Sổ chỉ có một người quản trị"
    assert advised not in guarded.seen()
    people.change(guarded.book, "truc", roles={Role.RECEPTION}, clerk="quay1", now=monday)
    section(guarded).refresh()
    assert advised in guarded.seen()
    people.change(guarded.book, "truc", roles=WORKING, clerk="quay1", now=monday)
    section(guarded).refresh()
    assert advised not in guarded.seen()
