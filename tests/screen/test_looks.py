"""What the windows show of citizens is written into the access log, and identity numbers stay masked until Alt+M."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from db.vocabulary import EventKind
from desktop.gui import search_answers
from desktop.gui.looks import Searches
from desktop.gui.pages.dossiers import DossiersPage
from desktop.office import access_log, people
from desktop.rules.rights import WORKING
from tests.screen.dossier_desk import dossier_desk
from tests.screen.handover_counter import OTHER, alt, finished, hand_over_page

NUMBER = "012195000002"


@pytest.fixture
def log(commands):
    """The kinds of what was logged today but lists in sight, oldest first; with ``full`` the lines themselves."""

    def read(*, full: bool = False):
        today = commands.now().date()
        looks = access_log.read(commands.book, today, today, clerk="truc", now=commands.now())
        kept = (look for look in reversed(looks) if look.kind != EventKind.VIEW or look.about[-4:] != "dòng")
        return [look if full else look.kind for look in kept]

    return read


def texts(shown: QWidget) -> str:
    """Every word that this widget and those in it show, say when pointed at, or tell a screen reader."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    said = []
    for widget in (shown, *shown.findChildren(QWidget)):
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit):
            said.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    said += [str(model.index(row, column).data(role)) for role in (0, 3, 11, 12, *range(256, 262))]
    return "\n".join(said)


def digits(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char == "\n")


def test_opening_a_dossier_is_written_down_once_for_each_person(commands, commune, take_in, qtbot, log):
    code, other = take_in(), take_in("Lò Văn Thử", minutes=1)
    commands.clock.now += timedelta(minutes=2)
    desk = dossier_desk(commands, commune, code, qtbot)
    commands.clock.now -= timedelta(minutes=3)
    desk.page.show_dossier(code)
    desk.page.show_dossier(other)

    assert [(look.dossier, look.clerk) for look in log(full=True)] == [(code, "truc"), (other, "truc")]

    commands.act_as(people.clerks(commune)[0])

    assert [(look.dossier, look.clerk) for look in log(full=True)][2:] == [
        (other, people.clerks(commune)[0].short_name)
    ]


def test_alt_m_shows_the_whole_number_and_says_so_in_the_chain(commands, commune, take_in, qtbot, log):
    desk = dossier_desk(commands, commune, take_in(), qtbot)
    assert NUMBER not in digits(texts(desk.page))

    desk.alt("M")
    assert NUMBER in digits(texts(desk.page))
    desk.alt("M")
    assert NUMBER not in digits(texts(desk.page))

    assert log() == [EventKind.VIEW, EventKind.REVEAL]


def test_whoever_takes_over_finds_the_number_masked(commands, commune, take_in, qtbot):
    desk = dossier_desk(commands, commune, take_in(), qtbot)
    desk.alt("M")

    commands.act_as(people.clerks(commune)[0])

    assert NUMBER not in digits(texts(desk.page))


def test_a_corrected_number_is_told_masked(commands, commune, take_in, qtbot):
    desk = dossier_desk(commands, commune, take_in(), qtbot)
    desk.elsewhere(EventKind.CORRECT, set={"applicant.id_number": "012195000010"}, note="gõ nhầm")
    desk.page.refresh()

    said = digits(texts(desk.page))
    assert NUMBER not in said and "012195000010" not in said
    assert "01210010" in said


def test_who_is_not_known_here_sees_no_dossier(commands, commune, take_in, qtbot):
    code = take_in()
    stranger = people.clerks(commune)[0]._replace(short_name="người lạ")
    refused, left = [], []
    commands.refused.connect(refused.append)
    desk = dossier_desk(commands, commune, code, qtbot)
    desk.page.left.connect(lambda: left.append(True))
    commands.act_as(stranger)

    desk.page.show_dossier(code)

    assert [problem.code for problem in refused] == ["unknown_clerk"] * len(refused) and refused
    assert left


def test_a_search_is_written_down_when_its_answers_were_in_sight(commands, commune, take_in, qtbot, log):
    take_in()
    commands.clock.now += timedelta(minutes=1)
    page = DossiersPage(commands)
    qtbot.addWidget(page)
    page.refresh()
    assert log() == []

    page._list.put(NUMBER)
    page.refresh()
    qtbot.waitUntil(lambda: log() == [EventKind.SEARCH])

    assert "0121****0002" in log(full=True)[0].about


def test_a_word_typed_on_is_one_search_and_another_word_is_another(commands, commune, take_in, log, qapp):
    take_in()
    commands.clock.now += timedelta(minutes=1)
    searches = Searches(commands, "ô tìm", qapp)

    for text in ("v", "van", "vang", "lo", "lo va"):
        searches.shown(text, 1)
    searches.settle()
    searches.settle()
    searches.shown("không ai", 0)
    searches.settle()

    assert [look.about for look in log(full=True)] == ["“vang”, 1 dòng", "“lo va”, 1 dòng"]


def test_a_look_is_no_news_that_hides_a_refusal(commands, commune, take_in, qtbot):
    succeeded, changed = [], []
    commands.succeeded.connect(lambda: succeeded.append(True))
    commands.changed.connect(changed.append)

    dossier_desk(commands, commune, take_in(), qtbot)

    assert not succeeded and not changed


def test_the_desk_of_hand_over_masks_the_number_until_asked(commands, take_in, qtbot, tmp_path, log):
    code = finished(commands, take_in)
    with hand_over_page(commands, qtbot, tmp_path) as page:
        page.show_dossier(code)
        assert NUMBER not in digits(texts(page)) and "0121****0002" in texts(page).replace(" ", "")

        alt("M")
        assert NUMBER in digits(texts(page))
        page.show_dossier(code)
        assert NUMBER not in digits(texts(page))

        page.start_next()
        page.take_card(OTHER)
        assert OTHER.id_number not in digits(texts(page))

    assert log() == [EventKind.VIEW, EventKind.REVEAL]


def test_a_code_of_another_field_is_answered_with_whose_it_is_and_nobodys_name(commands, commune, take_in):
    code = take_in()
    people.add(commune, "lan", "Vàng Thị Lan", roles=WORKING, fields=["Đất đai"], clerk="truc", now=commands.now())
    commands.act_as(people.found(commune, "lan"))
    (hit,) = search_answers.dossiers(commands, code.lower())
    assert (hit.title, hit.note) == ("Hồ sơ thuộc lĩnh vực Hộ tịch", "Vàng Thị Lan phụ trách Đất đai.")
    assert hit.code == code
    assert search_answers.dossiers(commands, "vi du") == [] == search_answers.people(commands, "vi du")
