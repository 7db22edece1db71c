"""Every pair of colours that the style sheet or a delegate puts together is readable (WCAG 2 formula)."""

import re

import pytest
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from desktop.gui import theme
from desktop.gui.buttons import ActButton
from desktop.gui.strips import MessageStrip
from resources.pictures.flaws import contrast

VIETNAMESE = "ẮỄỘỮỴ"

TEXT_PAIRS = [
    *[("text", ground) for ground in ("surface", "canvas", "alt", "soft", "focusbg")],
    *[("text", f"{tone}bg") for tone in ("ok", "soon", "late", "wait", "idle")],
    *[("text2", ground) for ground in ("surface", "canvas", "alt", "soft", "focusbg")],
    *[("hint", ground) for ground in ("surface", "idlebg", "focusbg")],
    *[(tone, f"{tone}bg") for tone in ("ok", "soon", "late", "wait", "idle")],
    *[(tone, ground) for tone in ("ok", "soon", "late", "wait", "idle", "accent") for ground in ("surface", "soft")],
    *[("soon", "alt"), ("late", "alt"), ("wait", "waitbg"), ("accent", "canvas"), ("text2", "waitbg")],
    *[("on", "fill"), ("railtext", "rail"), ("railtext", "railsel"), ("railtext", "practice")],
    *[("railtext", "practicesel"), ("onmark", "mark")],
]  # fmt: skip
SHAPE_PAIRS = [("edge", "surface"), ("edge", "canvas"), ("focus", "surface"), ("focus", "canvas"), ("mark", "railsel")]


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_is_readable(name, front, back):
    tokens = theme.THEMES[name]
    assert contrast(QColor(tokens[front]), QColor(tokens[back])) >= 4.5, f"{front} on {back}"


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_borders_and_focus_are_visible(name, front, back):
    tokens = theme.THEMES[name]
    assert contrast(QColor(tokens[front]), QColor(tokens[back])) >= 3, f"{front} on {back}"


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_sheet_uses_only_known_tokens_and_no_colour_of_its_own(name):
    sheet = theme.style_sheet(theme.THEMES[name])
    assert "$" not in sheet
    template = theme._SHEET.read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{6}\b", template)


def test_every_token_of_light_exists_in_each_theme():
    assert all(tokens.keys() == theme.LIGHT.keys() for tokens in theme.THEMES.values())


@pytest.mark.parametrize("look", theme.THEMES)
def test_what_cannot_be_pressed_looks_so_until_it_can(qtbot, light_theme, look):
    theme.apply(light_theme, look)
    act = QAction("Lưu PDF")
    dead, alive = ActButton(act), ActButton(QAction("Lưu PDF", act))
    for button in (dead, alive):
        qtbot.addWidget(button)
        button.show()
    assert dead.grab().toImage() == alive.grab().toImage()
    act.setEnabled(False)
    pictures = [button.grab().toImage() for button in (dead, alive)]
    # Not only the letters: the border or the ground all along the edge.
    edges = [[picture.pixelColor(x, 1).name() for x in range(10, picture.width() - 10)] for picture in pictures]
    assert edges[0] != edges[1]
    act.setEnabled(True)
    assert dead.grab().toImage() == alive.grab().toImage()


def test_a_strip_above_every_page_stands_off_the_bar_over_it(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    strip = MessageStrip(parent=holder)
    strip.setProperty("above", "true")
    strip.say("soon", "Từ lần trước đã có 1 lần gõ sai mật khẩu dưới tên của bạn.")
    strip.setGeometry(0, 0, 700, strip.sizeHint().height())
    holder.resize(700, strip.height())
    holder.show()
    picture = holder.grab().toImage()
    tint = theme.LIGHT["soonbg"].lower()
    assert picture.pixelColor(690, 4).name() != tint
    assert picture.pixelColor(690, 14).name() == tint == picture.pixelColor(690, picture.height() - 6).name()


def test_figures_are_of_one_width(light_theme):
    for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold):
        font = theme.body_font()
        font.setWeight(weight)
        assert len({QFontMetrics(font).horizontalAdvance(figure) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("role", ["body", *[name for name in theme.SIZES if name != "body"]])
def test_no_line_cuts_vietnamese_marks(qtbot, role):
    label = QLabel(VIETNAMESE)
    label.setProperty("role", role)
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    assert label.font().pointSize() == theme.SIZES[role]
    assert label.sizeHint().height() >= label.fontMetrics().lineSpacing()
    assert label.fontMetrics().tightBoundingRect(VIETNAMESE).height() <= label.fontMetrics().lineSpacing()
