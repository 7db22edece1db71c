"""Colours, type and the one style sheet: three dicts of tokens substituted into resources/theme.qss.

Called once by the composition root, again when the clerk changes the look. Widgets never name a
colour: they carry a ``role`` or a ``tone`` and the style sheet decides.
"""

import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

TONES: Final = ("ok", "soon", "late", "wait", "idle", "accent")

LIGHT: Final[dict[str, str]] = {
    "canvas": "#F3F2EE", "surface": "#FFFFFF", "alt": "#F8F7F3",
    "line": "#DAD7CF", "edge": "#85827A",
    "text": "#1C1F26", "text2": "#50535A", "hint": "#66686E",
    "accent": "#2A4480", "fill": "#2A4480", "soft": "#E6EBF6", "on": "#FFFFFF",
    "rail": "#1E2B4F", "railtext": "#DDE3F2", "railsel": "#34477D", "mark": "#E8AE3C", "onmark": "#1C1F26",
    "practice": "#5C3D8F", "practicesel": "#7455A6",
    "focus": "#1559C7", "focusbg": "#EEF4FE",
    "ok": "#1D6A3C", "okbg": "#E3F1E7", "soon": "#7C4A00", "soonbg": "#FCEFD2",
    "late": "#A1231F", "latebg": "#FBE5E2", "wait": "#5C3D8F", "waitbg": "#EFE9F8",
    "idle": "#50535A", "idlebg": "#ECEAE4",
    "edgew": "1px", "focusw": "2px", "pillw": "0px", "muted": "solid",
}  # fmt: skip

DARK: Final[dict[str, str]] = {
    **LIGHT,
    "canvas": "#14171D", "surface": "#1D212A", "alt": "#242935",
    "line": "#373D4B", "edge": "#7D8596",
    "text": "#ECEEF2", "text2": "#B9BFCA", "hint": "#9CA3B0",
    "accent": "#A9BEF5", "fill": "#4560A6", "soft": "#29334F", "on": "#FFFFFF",
    "rail": "#0E1118", "railtext": "#C9D0E0", "railsel": "#2C3A63",
    "practice": "#352553", "practicesel": "#4B3775",
    "focus": "#7FB0FF", "focusbg": "#1F2C45",
    "ok": "#83CF9C", "okbg": "#1D3527", "soon": "#EFC26B", "soonbg": "#3A2F17",
    "late": "#F7A199", "latebg": "#452422", "wait": "#C9B0F4", "waitbg": "#312949",
    "idle": "#B9BFCA", "idlebg": "#2D323E",
}  # fmt: skip

CONTRAST: Final[dict[str, str]] = {
    **dict.fromkeys(LIGHT, "#000000"),
    **dict.fromkeys(("canvas", "surface", "alt", "on", "railtext"), "#FFFFFF"),
    **dict.fromkeys(("okbg", "soonbg", "latebg", "waitbg", "idlebg"), "#FFFFFF"),
    "soft": "#DCDCDC", "railsel": "#3C3C3C", "practicesel": "#3C3C3C", "mark": "#FFFFFF",
    # What is only hinted at must not pass for typed: 7.5 : 1 on white, 6.9 : 1 on the field with the focus.
    "hint": "#525252", "focus": "#0000C8", "focusbg": "#FFF6B8",
    # Without tints an act that is not ready needs another border, and a pill one at all.
    "edgew": "2px", "focusw": "3px", "pillw": "2px", "muted": "dashed",
}  # fmt: skip

THEMES: Final = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

#: The setting that keeps which of the themes this counter likes.
LOOK_SETTING: Final = "look"

#: Type scale in points, so that it follows the system's text size; ``tell`` and ``ask`` are the citizen's screen,
#: ``verdict`` is read at two metres from the wall.
SIZES: Final = {
    "note": 9,
    "body": 10,
    "act": 11,
    "title": 14,
    "tell": 14,
    "date": 16,
    "figure": 24,
    "ask": 28,
    "code": 38,
    "verdict": 72,
}

_SHEET = Path(__file__).resolve().parents[2] / "resources" / "theme.qss"
_FAMILIES = ("Segoe UI", "Noto Sans", "Liberation Sans")


@cache
def body_font() -> QFont:
    """The screen's font at body size, figures of one width so that columns of numbers line up."""
    family = next((name for name in _FAMILIES if QFontDatabase.hasFamily(name)), _FAMILIES[-1])
    font = QFont(family, SIZES["body"])
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


#: The tokens of the look that the program has now.
_worn: dict[str, str] = LIGHT


@cache
def ink(token: str) -> QColor:
    """A colour of the present look, for what paints itself; what has a role or a tone leaves it to the style sheet."""
    return QColor(_worn[token])


def pill_edge() -> int:
    """How thick the border of a pill is in the present look, in pixels; 0 where its tint is enough."""
    return int(_worn["pillw"].removesuffix("px"))


def style_sheet(tokens: dict[str, str]) -> str:
    """resources/theme.qss with every ``$name`` replaced; an unknown name is a ``KeyError``."""
    sizes = {f"pt_{name}": f"{points}pt" for name, points in SIZES.items()}
    words = {**tokens, **sizes}
    return re.sub(r"\$(\w+)", lambda found: words[found[1]], _SHEET.read_text(encoding="utf-8"))


def palette(tokens: dict[str, str]) -> QPalette:
    """What the style sheet does not reach: native parts, selections inside fields, placeholders."""
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: "canvas", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "alt",
        roles.Text: "text", roles.Button: "surface", roles.ButtonText: "text", roles.PlaceholderText: "hint",
        roles.Highlight: "fill", roles.HighlightedText: "on", roles.Link: "accent",
        roles.ToolTipBase: "surface", roles.ToolTipText: "text", roles.Mid: "line", roles.Dark: "edge",
    }  # fmt: skip
    colours = QPalette(QColor(tokens["surface"]), QColor(tokens["canvas"]))
    for role, token in pairs.items():
        colours.setColor(role, QColor(tokens[token]))
    return colours


def application() -> QApplication:
    """The one application, drawn alike on every system; a test has made its own already."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    # Not by ``setStyle``: what it returns loads QStyle with its six hundred names.
    made = QApplication([sys.argv[0], "-style", "fusion"])
    # What the built program carries (documents.fonts has the same folder), for machines without a font of ours.
    if carried := os.environ.get("MOTCUA_FONTS"):
        for file in Path(carried).glob("NotoSans-*.ttf"):
            QFontDatabase.addApplicationFont(str(file))
    return made


def apply(app: QApplication, name: str = "light") -> None:
    """Give the whole program the look ``light``, ``dark`` or ``contrast``."""
    global _worn
    tokens = _worn = THEMES[name]
    ink.cache_clear()
    app.setFont(body_font())
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set style properties (``tone="late"``) and let the style sheet look at the widget again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    # One that was never shown is polished when it is.
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        # Not by ``style()``: what it returns loads QStyle with its six hundred names.
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Polish))
        widget.update()
