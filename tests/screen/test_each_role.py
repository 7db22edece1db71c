"""The whole window as each role: every page opens, every act that is refused says why, nothing breaks."""

import sys
from functools import partial

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from db import events
from db.vocabulary import DocumentKind, EventKind, Role
from desktop.errors import UserError
from desktop.gui.pages.settings import SettingsPage
from desktop.office import acts, people, rights, signing_in
from desktop.rules.rights import WORKING, may
from tests.screen.door_desk import KEY, give_passwords, open_desk
from tests.screen.intake_keys import complete, type_text
from tests.screen.posting_desk import AnsweredOpener

SECRET = "907264"


class Refusals(list):
    """What was refused since the last act, and ever."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: set[str] = set()


@pytest.fixture
def refusals(monkeypatch):
    """What the office refuses as not this person's, as it is said; the office itself decides."""
    told = Refusals()
    refuse = rights.refuse

    def listened(*about, **facts):
        try:
            refuse(*about, **facts)
        except UserError as problem:
            told.append(problem.message)
            told.ever.add(problem.message)
            raise

    monkeypatch.setattr(rights, "refuse", listened)
    return told


@pytest.fixture
def broken(monkeypatch):
    """Our own mistakes in what Qt called."""
    found = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: found.append(error))
    return found


@pytest.fixture
def open_as(commune, take_in, monday, tmp_path, qtbot):
    """Open the window with two dossiers for somebody of these roles and fields, signed in."""
    made = []

    def show(*roles, fields=()):
        codes = [take_in(), take_in("Vàng Văn Mẫu")]
        give_passwords(commune)
        commune.proved["quay1"] = True
        people.add(commune, "một", "Lý Thị Một", roles=roles, fields=fields, clerk="quay1", now=monday)
        once = signing_in.reset(commune, "một", clerk="quay1", now=monday)
        signing_in.sign_in(commune, "một", once, now=monday)
        signing_in.set_password(commune, "một", SECRET, clerk="một", now=monday)
        commune.proved.clear()
        desk = open_desk(commune, tmp_path, qtbot, opener=AnsweredOpener())
        desk.sign_in(SECRET, down=2)
        desk.role, desk.codes = roles[0], codes
        made.append(desk)
        return desk

    yield show
    for desk in made:
        desk.program.close()


@pytest.fixture(params=list(Role), ids=str)
def desk(request, open_as):
    """The window of somebody with one role."""
    return open_as(request.param)


def shown_acts(page: QWidget) -> list[QAction]:
    """Every act of a page that has a key and is in sight."""
    found = []
    for action in page.findChildren(QAction):
        place = action.parent()
        in_sight = isinstance(place, QWidget) and (place is page or place.isVisibleTo(page))
        if in_sight and action.isEnabled() and action.isVisible() and not action.shortcut().isEmpty():
            found.append(action)
    return found


def settle(desk, qtbot) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: desk.program.jobs.is_idle, timeout=20_000)
    QApplication.processEvents()


def put_away() -> None:
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog) and top.isVisible():
            top.close()


def press_all(desk, place, show, qtbot, refusals, broken) -> list[str]:
    """Press every act that is in sight there; which of them were refused without a word."""
    silent = []
    for action in shown_acts(place):
        if not place.isVisible():
            show()  # the act before led elsewhere
        if not (action.isEnabled() and action.isVisible()):
            continue
        refusals.clear()
        action.trigger()
        settle(desk, qtbot)
        assert broken == [], (place, action.text())
        said = desk.seen()
        if any(message not in said for message in refusals):
            silent.append(f"{type(place).__name__}: {action.text()}: {refusals}")
        put_away()
    return silent


def walk(desk, correction_form, qtbot, refusals, broken) -> list[str]:
    """Every act of every page; which were refused without a word."""
    silent = []
    first = desk.codes[0]
    ways = {
        "dossier": lambda: desk.program.open_dossier(first),
        "submitted": lambda: desk.window.open("submitted").print_again(first),
        "slip": lambda: desk.program._slips.begin(DocumentKind.REFUSAL, correction_form),
    }
    for key in desk.window.destinations:
        show = ways.get(key, partial(desk.window.open, key))
        show()
        settle(desk, qtbot)
        if (page := desk.window.made(key)) is not None:
            silent += press_all(desk, page, show, qtbot, refusals, broken)
    return silent


def test_every_act_of_every_page_is_done_or_says_why_not(desk, correction_form, qtbot, refusals, broken):
    assert walk(desk, correction_form, qtbot, refusals, broken) == []
    assert not desk.window.is_covered
    # Who only inspects is refused at the counter and at the wall; everybody something.
    assert len(refusals.ever) >= (2 if desk.role is Role.INSPECT else 1), refusals.ever


def test_somebody_of_another_field_is_told_so_wherever_he_meets_a_dossier(
    open_as, commune, correction_form, qtbot, refusals, broken
):
    other = next(field for field in people.known_fields(commune) if field != "Hộ tịch")
    desk = open_as(*WORKING, fields=[other])
    assert walk(desk, correction_form, qtbot, refusals, broken) == []
    assert refusals.ever == {f"Hồ sơ thuộc lĩnh vực Hộ tịch; Lý Thị Một phụ trách {other}."}


def test_the_acts_of_a_dossier_that_are_not_ones_own_stand_there_with_whose_they_are(desk):
    desk.program.open_dossier(desk.codes[0])
    offers = acts.offered(desk.book, desk.codes[0], clerk="một", now=desk.clock[0])
    shown = desk.window.made("dossier").acts.rows._lines
    foreign = [offer for offer in offers if offer.event in shown and not may([desk.role], offer.event)]
    assert foreign or desk.role in (Role.RECEPTION, Role.PROCESSING)
    for offer in foreign:
        assert shown[offer.event].locked
        assert "vai trò" in shown[offer.event].note
        assert shown[offer.event].note in desk.seen()


def test_a_complete_intake_of_somebody_else_is_refused_beside_the_button_and_kept(desk):
    intake = desk.window.open("intake")
    desk.program._scanning.close()  # these keys come faster than a person types
    complete(intake)
    reason = next(row for row in intake.findChildren(QLineEdit) if row.accessibleName() == "Vì sao vẫn nhận")
    reason.setFocus()
    type_text("hai viec khac nhau")
    stored = events.head(desk.book)
    desk.press(KEY.Key_F12)
    if may([desk.role], EventKind.REGISTER):
        assert desk.window.current_key == "submitted"
    else:
        assert "Việc này của vai trò Tiếp nhận" in desk.seen()
        assert intake.sheet.begun().form.applicant.name == "Vàng Thị Ví Dụ"
        assert events.head(desk.book) == stored


def go_to(desk, title) -> None:
    desk.window.open("settings").show_part(title)


def test_every_part_of_the_settings_is_read_and_says_why_not(desk, qtbot, refusals, broken):
    page = desk.window.open("settings")
    assert isinstance(page, SettingsPage)
    silent = []
    for part in page._parts:
        show = partial(go_to, desk, part.title)
        show()
        settle(desk, qtbot)
        assert broken == [], part.title
        silent += press_all(desk, page.section, show, qtbot, refusals, broken)
    assert silent == []
