"""The enums of Qt, four thousand names, made with a third of the work that Python's ``enum`` takes.

PySide6 makes all enums of a class when the class is first touched, by ``Enum(name, [(name, number), …])``, and Python
3.11 builds each member in a dozen steps for cases that no enum of Qt has: a fifth of the start of the window. Used by
``desktop.gui`` before the first import of PySide6. What comes out is what Python makes; an enum of another shape, and
every enum on another Python, is made by Python itself.
"""

import sys
from collections.abc import Sequence
from enum import Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from typing import Any

#: Python's own way.
made_by_python = EnumType._create_  # type: ignore[attr-defined]
#: What no class takes over from an empty one.
_OF_ITSELF = ("__dict__", "__weakref__", "__module__", "__qualname__")


def make_quickly() -> None:
    """From now on; only on the Python whose way was read."""
    if sys.version_info[:2] == (3, 11):
        EnumType._create_ = _create  # type: ignore[attr-defined]


def _create(cls: type[Enum], class_name: str, names: Any, **how: Any) -> Any:
    kind = _KINDS.get(cls)
    # PySide6 says nothing but this, and names the module afterwards.
    said = {name for name, value in how.items() if value is not None} - {"start"}
    if kind is None or said != {"boundary"} or how["boundary"] is not FlagBoundary.KEEP or not kind.suits(names):
        # Python looks two frames up for the module, and here is one more.
        how["module"] = how.get("module") or sys._getframe(2).f_globals.get("__name__")
        return made_by_python(cls, class_name, names, **how)
    return kind.make(class_name, names, sys._getframe(2).f_globals.get("__name__"))


class _Kind:
    """Enums of one base, begun from an empty one that Python made."""

    def __init__(self, base: type[Enum]) -> None:
        self._base, self._is_flag, self._is_int = base, issubclass(base, Flag), issubclass(base, int)
        empty = made_by_python(base, "Empty", [], module=__name__, boundary=FlagBoundary.KEEP)
        self._begun = {name: value for name, value in vars(empty).items() if name not in _OF_ITSELF}
        #: Names that mean something else on a member or its class.
        self._taken = {"mro", ""}.union(*(vars(parent) for parent in base.__mro__))

    def suits(self, names: object) -> bool:
        """Whether these are pairs of a plain new name and a number."""
        if type(names) is not list or not all(type(pair) is tuple and type(pair[1]) is int for pair in names):
            return False
        words = {name for name, _ in names}
        return len(words) == len(names) and self._taken.isdisjoint(words) and not any(word[0] == "_" for word in words)

    def make(self, name: str, names: Sequence[tuple[str, int]], module: str | None) -> Any:
        """The enum; of names with the same number the first is the member and the others mean it too."""
        by_name: dict[str, Any] = {}
        by_value: dict[int, Any] = {}
        single: list[str] = []
        own = {**self._begun, "__module__": module, "_unhashable_values_": []}
        own.update(_member_names_=single, _member_map_=by_name, _value2member_map_=by_value)
        made: Any = type.__new__(EnumType, name, (self._base,), own)
        for word, value in names:
            member = by_value.get(value)
            if member is None:
                by_value[value] = member = int.__new__(made, value) if self._is_int else object.__new__(made)
                member.__dict__.update(_value_=value, _name_=word, __objclass__=made, _sort_order_=len(single))
                if not self._is_flag or _is_single_bit(value):
                    single.append(word)
            by_name[word] = member
            type.__setattr__(made, word, member)
        if self._is_flag:
            _know_bits(made)
        return made


def _know_bits(made: Any) -> None:
    """What the arithmetic of flags asks of their class."""
    for value in made._value2member_map_:
        made._flag_mask_ |= value
        if _is_single_bit(value):
            made._singles_mask_ |= value
    made._all_bits_ = 2 ** made._flag_mask_.bit_length() - 1
    values = [member._value_ for member in made]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_


def _is_single_bit(value: int) -> bool:
    return value != 0 and not value & (value - 1)


_KINDS = {base: _Kind(base) for base in (Enum, IntEnum, Flag, IntFlag)}
