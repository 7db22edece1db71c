"""What is plainly wrong with a window as it stands on the screen, found without a human eye.

Looks at real widgets and at the picture of them, for ``grabs.py`` and the tests; changes nothing but the focus.
It never judges beauty: that is what the contact sheets are looked at for.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column
from desktop.gui.theme import SIZES

#: WCAG 2.2: text against its ground (1.4.3).
READABLE = 4.5
#: What the delegate of RecordTable leaves free in a cell, left and right, and takes for a pill's icon and sides.
_CELL, _BARE_MARK, _PILL = 20, 20, 36
#: What a choice leaves free: its padding and the chevron's place.
_CHEVRON = 8 + 24
#: Letters are smoothed: few pixels of a small word have its full colour, most of a line's have the ground's.
_SAMPLE = 2


class Flaw(NamedTuple):
    """``kind`` is large, cut, outside, sideways, nameless, faint or focus; ``where`` names the widget."""

    kind: str
    where: str
    said: str


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2 defines it."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """1 (the same) to 21 (black and white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def found(window: QWidget, picture: QImage) -> list[Flaw]:
    """Everything wrong with ``window`` as it is shown now; ``picture`` is its grab, at any pixel ratio."""
    seen = [widget for widget in (window, *window.findChildren(QWidget)) if _is_seen(widget)]
    looks = (_cut(seen), _outside(window, seen), _sideways(seen), _nameless(seen), _faint(window, seen, picture))
    return [flaw for look in looks for flaw in look]


def too_large(window: QWidget, screen: QSize) -> list[Flaw]:
    """A window that does not go onto a screen with room for ``screen`` (logical pixels): its foot is never seen."""
    has = window.size()
    if has.width() <= screen.width() + 1 and has.height() <= screen.height() + 1:
        return []
    room = f"{screen.width()}×{screen.height()}"
    return [Flaw("large", _place(window), f"{has.width()}×{has.height()} on a screen of {room}")]


def focus_flaws(window: QWidget, told: Counter[str], *, most: int = 2) -> list[Flaw]:
    """Inputs whose look does not change when the focus comes; ``told`` counts what was tried, ``most`` of a kind."""
    flaws = []
    for widget in window.findChildren(QWidget):
        # A page may lay itself out anew when the focus comes.
        if not isValid(widget):
            continue
        kind = _kind(widget)
        if not _takes_focus(widget) or widget.visibleRegion().isEmpty() or told[kind] >= most:
            continue
        told[kind] += 1
        if _changed_by_focus(window, widget) < widget.width() + widget.height():
            flaws.append(Flaw("focus", _place(widget), "looks the same with and without the focus"))
    return flaws


def _is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _cut(seen: list[QWidget]) -> Iterator[Flaw]:
    for widget in seen:
        if isinstance(widget, QLabel) and widget.text() and widget.textFormat() != Qt.TextFormat.RichText:
            yield from _cut_label(widget)
        elif isinstance(widget, QAbstractButton) and widget.text():
            need = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
            if need > widget.width():
                yield Flaw("cut", _place(widget), f"“{widget.text()}” needs {need} px and has {widget.width()}")
        elif isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
            margins = widget.textMargins()
            room = widget.contentsRect().width() - margins.left() - margins.right()
            need = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if need > room and widget.toolTip() != widget.placeholderText():
                yield Flaw("cut", _place(widget), f"hint “{widget.placeholderText()}” needs {need} px and has {room}")
        elif isinstance(widget, QComboBox):
            need, room = widget.fontMetrics().horizontalAdvance(widget.currentText()), widget.width() - _CHEVRON
            if need > room:
                yield Flaw("cut", _place(widget), f"“{widget.currentText()}” needs {need} px and has {room}")
        elif isinstance(widget, RecordTable):
            yield from _cut_cells(widget)


def _cut_label(label: QLabel) -> Iterator[Flaw]:
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        asked = metrics.boundingRect(QRect(0, 0, room.width(), 1 << 20), Qt.TextFlag.TextWordWrap, label.text())
        need, has, unit = asked.height(), room.height(), "high"
    else:
        lines = label.text().split("\n")
        wide = max(metrics.horizontalAdvance(text) for text in lines)
        if wide > room.width():
            need, has, unit = wide, room.width(), "wide"
        else:
            need, has, unit = metrics.height() * len(lines), label.height(), "high"
    if need > has:
        yield Flaw("cut", _place(label), f"“{label.text()}” needs {need} px and is {has} {unit}")


def _cut_cells(table: RecordTable) -> Iterator[Flaw]:
    body, small, bold = _fonts(table)
    for number, column in enumerate(table.records.columns):
        if table.isColumnHidden(number) or not table.columnWidth(number):
            continue
        head = small.horizontalAdvance(column.title) + 2 * 12
        if table.horizontalHeader().isVisible() and head > table.columnWidth(number):
            yield Flaw(
                "cut", _place(table), f"head “{column.title}” needs {head} px and has {table.columnWidth(number)}"
            )
        if column.width:
            yield from _cut_words(table, number, column, (bold if column.strong else body, small))


def _cut_words(
    table: RecordTable, number: int, column: Column, fonts: tuple[QFontMetrics, QFontMetrics]
) -> Iterator[Flaw]:
    """Only columns of a fixed width: the one that stretches may shorten what its tooltip tells whole."""
    body, small = fonts
    room = table.columnWidth(number) - _CELL
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    for row in range(max(first, 0), (last if last >= 0 else table.records.rowCount() - 1) + 1):
        record = table.records.record(row)
        if record is None:
            continue
        words = {column.text(record): small if column.quiet else body}
        if column.note:
            words[column.note(record)] = small
        need = max(metrics.horizontalAdvance(text) for text, metrics in words.items())
        if column.mark and not column.text(record):
            need = small.horizontalAdvance(column.mark(record).word) + (_BARE_MARK if column.bare else _PILL)
        if need > room:
            yield Flaw("cut", _place(table), f"“{column.words(record)}” needs {need} px in “{column.title}” of {room}")
            return


def _fonts(table: RecordTable) -> tuple[QFontMetrics, QFontMetrics, QFontMetrics]:
    """Body, note, and body in semi-bold, as the delegate makes them."""
    note, strong = QFont(table.font()), QFont(table.font())
    note.setPointSizeF(SIZES["note"])
    strong.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(table.font()), QFontMetrics(note), QFontMetrics(strong)


def _outside(window: QWidget, seen: list[QWidget]) -> Iterator[Flaw]:
    for widget in seen:
        parent = widget.parentWidget()
        if widget is window or parent is None or widget.isWindow() or _is_machinery(widget):
            continue
        room, has = parent.rect(), widget.geometry()
        sideways = has.left() < room.left() or has.right() > room.right()
        # What stands in a viewport is as high as it likes: that is what one scrolls for.
        tall = not _is_viewport(parent) and (has.top() < room.top() or has.bottom() > room.bottom())
        if sideways or tall:
            box, inside = has.getRect(), (room.width(), room.height())
            yield Flaw("outside", _place(widget), f"{box} in {type(parent).__name__} of {inside}")


def _sideways(seen: list[QWidget]) -> Iterator[Flaw]:
    for widget in seen:
        if isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum() > 0:
            hidden = widget.horizontalScrollBar().maximum()
            yield Flaw("sideways", _place(widget), f"{hidden} px of its content are outside at the right")


def _nameless(seen: list[QWidget]) -> Iterator[Flaw]:
    for widget in seen:
        if _takes_focus(widget):
            told = QAccessible.queryAccessibleInterface(widget)
            if told is None or not told.text(QAccessible.Text.Name).strip():
                yield Flaw("nameless", _place(widget), "a screen reader has no name for it")


def _faint(window: QWidget, seen: list[QWidget], picture: QImage) -> Iterator[Flaw]:
    for widget in seen:
        words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if not words or not widget.isEnabled():
            continue
        shown = widget.visibleRegion().boundingRect()
        if shown.height() < widget.fontMetrics().height() // 2:
            continue  # A sliver at the edge of what scrolls: its words are not seen, its border is.
        ground = _ground(picture, QRect(widget.mapTo(window, shown.topLeft()), shown.size()))
        ratio = contrast(widget.palette().color(widget.foregroundRole()), ground)
        if ratio < READABLE:
            yield Flaw("faint", _place(widget), f"“{words}” {ratio:.1f} : 1 on {ground.name()}")


def _ground(picture: QImage, rect: QRect) -> QColor:
    """The commonest colour of a part of the picture (logical pixels of the window)."""
    ratio = picture.devicePixelRatio()
    left, top = int(rect.left() * ratio), int(rect.top() * ratio)
    right, bottom = int(rect.right() * ratio), int(rect.bottom() * ratio)
    colours = Counter(
        picture.pixel(x, y)
        for y in range(max(top, 0), min(bottom, picture.height() - 1) + 1, _SAMPLE)
        for x in range(max(left, 0), min(right, picture.width() - 1) + 1, _SAMPLE)
    )
    return QColor(colours.most_common(1)[0][0]) if colours else QColor()


def _takes_focus(widget: QWidget) -> bool:
    """Whether Tab stops here; what lies within a combo box or speaks for another widget is that one's affair."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    own = widget.focusProxy() is None and not isinstance(widget.parentWidget(), QComboBox)
    return by_tab and own and widget.isVisible() and widget.isEnabled() and not _is_machinery(widget)


def _changed_by_focus(window: QWidget, widget: QWidget) -> int:
    """How many pixels (logical) of the widget and its rim look different once it has the focus."""
    if (before := QApplication.focusWidget()) is not None:
        before.clearFocus()
    pictures = []
    for _ in range(2):
        QApplication.processEvents()
        rim = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-6, -6, 6, 6)
        pictures.append(window.grab(rim.intersected(window.rect())).toImage())
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    plain, ringed = pictures
    widget.clearFocus()
    if plain.size() != ringed.size():
        return plain.width() * plain.height()
    different = sum(
        plain.pixel(x, y) != ringed.pixel(x, y) for y in range(plain.height()) for x in range(plain.width())
    )
    return int(different / plain.devicePixelRatio() ** 2)


def _is_viewport(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _is_machinery(widget: QWidget) -> bool:
    """Parts that Qt makes for itself: the viewport of a list, its header, its scroll bars."""
    return widget.objectName().startswith("qt_") or (
        isinstance(widget.parentWidget(), QAbstractScrollArea) and not _is_viewport(widget.parentWidget() or widget)
    )


def _kind(widget: QWidget) -> str:
    looks = [str(widget.property(name) or "") for name in ("kind", "ready", "locked", "frameless", "chosen", "state")]
    return "/".join((type(widget).__name__, *looks))


def _place(widget: QWidget) -> str:
    """The widget's class and name, and those of the named ones around it."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        name = at.objectName() or at.accessibleName()
        if at is widget or (name and not name.startswith("qt_")) or type(at).__module__.startswith("desktop.gui"):
            names.append(f"{type(at).__name__}{f' {name!r}' if name else ''}")
        at = at.parentWidget()
    return " < ".join(names)
