"""The screen: shows records, calls the office through one door; all that touches Qt lives below.

PySide6 6.12 returns ``None``, ``True`` and ``False`` without counting the reference, which is right
for Python 3.12 and later (there they are immortal) and kills a Python 3.11 process after some
6,000 calls with "deallocating None". The counts are raised here, before the first widget, to what
3.12 gives them by itself. PySide6 6.11 has no such fault but no small QtPdf wheel either.

PySide6 also puts an ``__import__`` of its own before the one that is there, which reads the source of every module
imported after it, to find out whether the module may have asked for its "features" (snake_case names). None of ours
does, and the reading costs a thirtieth of the start-up: the one that was there is put back here.
"""

import builtins
import ctypes
import sys

from desktop.gui.kept_code import compiled_once
from desktop.gui.quick_enums import make_quickly

make_quickly()
with compiled_once():
    import shiboken6  # noqa: F401 (brings the other ``__import__``)

if sys.version_info < (3, 12):
    for _singleton in (None, True, False, NotImplemented, ...):
        ctypes.c_ssize_t.from_address(id(_singleton)).value += 1 << 40

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
