"""What leaves a layout leaves memory, too.

Qt gives the item that stood around a widget to whoever took it out, and PySide frees none of them: a dossier that is
opened left 3 KB behind until the items were deleted here.
"""

from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import delete


def take_out(layout: QLayout, place: int = 0) -> QWidget | None:
    """Take out whatever stands at ``place``, with what lies in it if it is a layout; the widget, which stays whole."""
    item = layout.takeAt(place)
    if item is None:
        return None
    widget, inner = item.widget(), item.layout()
    if inner is not None:
        empty(inner)
    delete(item)
    return widget


def empty(layout: QLayout, first: int = 0, keep: int = 0) -> None:
    """Take out everything from the place ``first`` on but the last ``keep``; the widgets are hidden and deleted."""
    while layout.count() > first + keep:
        if (widget := take_out(layout, first)) is not None:
            widget.hide()
            widget.deleteLater()


def put_instead(layout: QLayout, old: QWidget, fresh: QWidget) -> None:
    """``fresh`` takes the place of ``old``, which is deleted."""
    if (item := layout.replaceWidget(old, fresh)) is not None:
        delete(item)
    old.deleteLater()
