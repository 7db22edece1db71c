"""Bytecode of the Python source that PySide6 carries inside its library, of which Python makes no ``.pyc``.

To compile it at every start is a tenth of the start of the window, to run all of it more than another tenth. Used by
``desktop.gui`` around the import of shiboken6 and nowhere else. What is kept lies among our own ``.pyc`` files and is
found by the hash of its source; where it cannot be read or written, PySide6 compiles as ever. Never keeps code of ours
or of Python's.
"""

import builtins
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from threading import RLock
from types import CodeType
from typing import Any

#: What words a call that Qt refused and writes ``.pyi`` files: it is run when a name of it is first asked for.
LATE = tuple(
    f"shibokensupport.signature.{name}"
    for name in ("errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
)
_asleep: dict[str, bytes] = {}
_waking = RLock()
#: Begins what is kept by this Python, in the present form: each module's bytecode as bytes by the hash of its source.
_HEAD = MAGIC_NUMBER + b"by module"


@contextmanager
def compiled_once() -> Iterator[None]:
    """Within, the built-in ``compile`` answers with what it made of the same source at an earlier start."""
    file = Path(cache_from_source(__file__)).with_suffix(".kept")
    earlier = _read(file)
    met: dict[bytes, bytes] = {}
    compile_now = builtins.compile

    def compile_once(source: bytes, name: str, mode: str, **how: Any) -> CodeType:
        if how:  # Python asks, for a module that has a ``.pyc`` of its own.
            return compile_now(source, name, mode, **how)
        key = source_hash(source + name.encode())
        met[key] = earlier.get(key) or marshal.dumps(compile_now(source, name, mode))
        module = name.removesuffix(".py").replace("/", ".")
        if module in LATE:
            _asleep[module] = met[key]
            return _fall_asleep.__code__
        return marshal.loads(met[key])

    builtins.compile = compile_once  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.compile = compile_now
    if met.keys() - earlier.keys() and not sys.dont_write_bytecode:
        _write(file, met)


def _fall_asleep() -> None:
    """Run in place of a late module and in its names: the first that is missed runs what it is made of (PEP 562)."""
    from functools import partial

    from desktop.gui.kept_code import wake

    globals()["__getattr__"] = partial(wake, globals())


def asleep() -> tuple[str, ...]:
    """The late modules that have not been run yet."""
    return tuple(_asleep)


def wake(module: dict[str, Any], name: str) -> Any:
    """What a module whose names are these calls ``name``, once all its code has run."""
    own = module["__name__"]
    with _waking:
        if not name.startswith("__") and own in _asleep:
            exec(marshal.loads(_asleep.pop(own)), module)
    if name not in module:
        raise AttributeError(f"module {own!r} has no attribute {name!r}")
    return module[name]


def _read(file: Path) -> dict[bytes, bytes]:
    with suppress(OSError, EOFError, ValueError, TypeError):
        kept = file.read_bytes()
        if kept.startswith(_HEAD):
            return marshal.loads(kept[len(_HEAD) :])
    return {}


def _write(file: Path, met: dict[bytes, bytes]) -> None:
    """In one step: another start may be reading."""
    made = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        made.write_bytes(_HEAD + marshal.dumps(met))
        made.replace(file)
