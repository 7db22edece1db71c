"""Every enum of Qt is what Python would have made of the same names and numbers."""

import pickle
import sys
from enum import Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from types import ModuleType
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtPrintSupport, QtWidgets
from PySide6.QtCore import Qt

from desktop.gui.quick_enums import made_by_python

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="elsewhere Python makes them all")


def _enums(module: ModuleType) -> list[Any]:
    """Those of a module and of its classes; the classes are not there before they are asked for."""
    classes = [value for name in dir(module) if isinstance(value := getattr(module, name), type)]
    inner = [value for owner in classes for value in vars(owner).values()]
    return [value for value in (*classes, *inner) if isinstance(value, EnumType)]


def _all_of(made: Any) -> dict[str, object]:
    """Everything that can be seen of an enum; its members by what they say of themselves."""
    own = {name: value for name, value in vars(made).items() if name not in made.__members__}
    for name in ("__module__", "__qualname__", "_iter_member_", "__weakref__", "__dict__"):
        own.pop(name, None)
    if isinstance(own.get("__new__"), staticmethod):
        own["__new__"] = own["__new__"].__func__
    for name, members in (("names", made._member_map_), ("numbers", made._value2member_map_)):
        own[name] = [(key, repr(one), str(one), one._sort_order_) for key, one in members.items()]
    own["_member_map_"] = own["_value2member_map_"] = None
    order = made._iter_member_.__name__ if issubclass(made, Flag) else None
    return {**own, "order": order, "listed": [one.name for one in made]}


@pytest.mark.parametrize("module", [QtCore, QtGui, QtWidgets, QtPrintSupport], ids=lambda module: module.__name__)
def test_enums_of_qt_are_what_python_makes_of_them(module):
    enums = _enums(module)
    assert enums
    for made in enums:
        names = [(name, member.value) for name, member in made.__members__.items()]
        base = made.__bases__[0]
        quick = base(made.__name__, names, boundary=FlagBoundary.KEEP)
        slow = made_by_python(base, made.__name__, names, module=__name__, boundary=FlagBoundary.KEEP)
        assert _all_of(quick) == _all_of(slow), made
        assert quick.__module__ == slow.__module__


def test_they_can_be_joined_sought_and_sent():
    both = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    assert both & ~Qt.AlignmentFlag.AlignLeft == Qt.AlignmentFlag.AlignTop
    assert Qt.Key(0x41) is Qt.Key.Key_A and Qt.Key["Key_A"] is Qt.Key.Key_A
    assert Qt.Key.Key_Any is Qt.Key.Key_Space and "Key_Any" in Qt.Key.__members__
    assert pickle.loads(pickle.dumps(Qt.Orientation.Vertical)) is Qt.Orientation.Vertical


@pytest.mark.parametrize("base", [Enum, IntEnum, Flag, IntFlag])
@pytest.mark.parametrize("names", [[("name", 1)], [("_own_", 1)], [("A", 1), ("A", 2)], [("real", 1)], [("mro", 1)]])
def test_names_that_mean_something_else_are_left_to_python(base, names):
    def outcome(make):
        try:
            return _all_of(make())
        except (TypeError, ValueError) as error:
            return str(error)

    assert outcome(lambda: base("Odd", names, boundary=FlagBoundary.KEEP)) == outcome(
        lambda: made_by_python(base, "Odd", names, module=__name__, boundary=FlagBoundary.KEEP)
    )
