"""Every form of an act fits at every screen scale, its button always in sight."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from db.vocabulary import EventKind
from desktop.gui.act_words import LOOKS
from tests.screen.dossier_desk import Desk, dossier_desk


@pytest.fixture
def desk(commands, commune, take_in, qtbot) -> Desk:
    return dossier_desk(commands, commune, take_in(printed=True), qtbot)


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
@pytest.mark.parametrize("event", [event for event in LOOKS if event is not EventKind.HAND_OVER])
def test_every_form_fits_at_100_150_and_200_percent(desk, nothing_cut, event, width, height):
    before = {
        EventKind.SUPPLEMENT: (EventKind.REQUEST_SUPPLEMENT, {"note": "thiếu"}),
        EventKind.FULFIL_OBLIGATION: (EventKind.REQUEST_OBLIGATION, {"note": "lệ phí"}),
        EventKind.HAND_BACK: (EventKind.FORWARD, {"to": "Phòng Văn hóa – Xã hội"}),
    }
    if event in before:
        desk.elsewhere(before[event][0], **before[event][1])
    if event is EventKind.APOLOGISE:
        desk.commands.clock.now += timedelta(days=9)
    desk.page.refresh()
    desk.page.resize(width, height)
    desk.alt(LOOKS[event].key[-1])
    assert desk.page.acts.form is not None
    nothing_cut(desk.page)
    editors = [
        editor
        for kind in (QLineEdit, QComboBox, QPlainTextEdit)
        for editor in desk.page.acts.form.findChildren(kind)
        if editor.isVisible()
    ]
    assert editors
    assert all(editor.mapTo(desk.page, editor.rect().topRight()).x() < width for editor in editors)
    assert QApplication.focusWidget().visibleRegion().boundingRect().height() >= 20
    assert desk.page.acts.bar.isVisible()
    assert desk.page.acts.bar.mapTo(desk.page, desk.page.acts.bar.rect().bottomLeft()).y() < height


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_the_longest_head_fits_at_100_150_and_200_percent(desk, nothing_cut, width, height):
    desk.elsewhere(EventKind.ATTACH_OFFICIAL_CODE, official_code="H35.17.28-261123-0000001")
    long_name = "Công-tằng Tôn-nữ Thị Hoàng Oanh Nguyễn Phúc Ví Dụ"
    desk.elsewhere(EventKind.CORRECT, note="ghi nhầm", set={"applicant.name": long_name})
    desk.elsewhere(EventKind.REQUEST_OBLIGATION, note="lệ phí")
    desk.elsewhere(EventKind.FULFIL_OBLIGATION)
    desk.elsewhere(EventKind.REQUEST_OBLIGATION, note="lệ phí")
    desk.page.refresh()
    desk.page.resize(width, height)
    nothing_cut(desk.page)
    assert "H35.17.28-261123-0000001" in desk.said()
    assert "mã tiếp nhận tạm TN-MT-261123-0001" in desk.said()
    assert desk.page.findChild(QLabel, "applicant").toolTip() == long_name


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_what_was_handed_in_comes_into_sight_from_its_head_on(desk, width, height):
    desk.page.resize(width, height)
    desk.alt("O")
    QApplication.processEvents()
    head = next(label for label in desk.page.findChildren(QLabel) if label.text() == "Hồ sơ nộp" and label.isVisible())
    assert head.visibleRegion().boundingRect().height() == head.height()
