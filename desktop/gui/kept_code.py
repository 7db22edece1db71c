"""Bytecode of the Python source that PySide6 carries inside its library, of which Python makes no ``.pyc``.

To compile it at every start is a tenth of the start of the window. Used by ``desktop.gui`` around the import of
shiboken6 and nowhere else. What is kept lies among our own ``.pyc`` files and is found by the hash of its source;
where it cannot be read or written, PySide6 compiles as ever. Never keeps code of ours or of Python's.
"""

import builtins
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any


@contextmanager
def compiled_once() -> Iterator[None]:
    """Within, the built-in ``compile`` answers with what it made of the same source at an earlier start."""
    file = Path(cache_from_source(__file__)).with_suffix(".kept")
    earlier = _read(file)
    met: dict[bytes, CodeType] = {}
    compile_now = builtins.compile

    def compile_once(source: bytes, name: str, mode: str, **how: Any) -> CodeType:
        if how:  # Python asks, for a module that has a ``.pyc`` of its own.
            return compile_now(source, name, mode, **how)
        key = source_hash(source + name.encode())
        met[key] = earlier.get(key) or compile_now(source, name, mode)
        return met[key]

    builtins.compile = compile_once  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.compile = compile_now
    if met.keys() - earlier.keys() and not sys.dont_write_bytecode:
        _write(file, met)


def _read(file: Path) -> dict[bytes, CodeType]:
    with suppress(OSError, EOFError, ValueError, TypeError):
        kept = file.read_bytes()
        if kept.startswith(MAGIC_NUMBER):
            return marshal.loads(kept[len(MAGIC_NUMBER) :])
    return {}


def _write(file: Path, met: dict[bytes, CodeType]) -> None:
    """In one step: another start may be reading."""
    made = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        made.write_bytes(MAGIC_NUMBER + marshal.dumps(met))
        made.replace(file)
