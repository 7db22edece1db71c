"""One file for whoever helps from afar: how this machine, the program and the register are, and nothing about people.

Holds versions, sizes, counts, timings and where the program last failed; no name, no number, no path, no text that
anybody typed. A test builds a register of invented people and looks for them in every byte.
"""

import io
import json
import os
import platform
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from db import dossiers, events, health
from db.connection import Register
from db.folder import is_network_share
from desktop import licences
from desktop.documents.pages import Progress
from desktop.office import checking, crashes, lists, settings

#: Settings whose values are words and numbers of ours; of every other one only its size is told.
_TOLD = ("practice", "look", "rating_scale", "rating_screen", "rating_keypad", "on_time_target")
_READ_ME = (
    "Tệp chẩn đoán của chương trình Một Cửa.\n"
    "Chỉ có phiên bản, kích thước, số đếm, thời gian chạy và nơi chương trình gặp lỗi gần nhất.\n"
    "Không có tên, số định danh, địa chỉ, số điện thoại, mã hồ sơ, đường dẫn hay chữ do ai gõ.\n"
)
_STEPS = 5


def bundle(book: Register, *, now: datetime, progress: Progress | None = None) -> bytes | None:
    """The zip of an open register; ``progress`` hears of the parts done and may stop the work: then None."""
    return _bundle(book.home, book, "", now, progress)


def without_register(home: Path, trouble: str, *, now: datetime) -> bytes:
    """The zip where the register does not open: ``trouble`` is the code of why."""
    made = _bundle(home, None, trouble, now, None)
    assert made is not None, "nobody stops it"
    return made


def _bundle(home: Path, book: Register | None, trouble: str, now: datetime, progress: Progress | None) -> bytes | None:
    makers: dict[str, Callable[[], Any]] = {
        "machine.json": lambda: _machine(home),
        "program.json": _program,
        "register.json": lambda: _register(book) if book else {"trouble": trouble},
        "timings.json": lambda: _timings(book, now) if book else {},
        "last-crash.json": lambda: crashes.last(home),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "READ-ME.txt", _READ_ME, now)
        for done, (name, make) in enumerate(makers.items()):
            if progress and not progress(done, _STEPS):
                return None
            _put(packed, name, json.dumps(make(), ensure_ascii=False, indent=1), now)
    return data.getvalue()


def _put(packed: zipfile.ZipFile, name: str, text: str, now: datetime) -> None:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(entry, text)


def _machine(home: Path) -> dict[str, Any]:
    """The system, without the machine's or anybody's name."""
    import psutil

    disk = shutil.disk_usage(home) if home.exists() else None
    memory = psutil.virtual_memory()
    return {
        "system": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "architecture": platform.machine(),
        "processors": os.cpu_count(),
        "memory": {"total": memory.total, "available": memory.available},
        "disk": {"total": disk.total, "free": disk.free} if disk else None,
        "network_share": is_network_share(home),
    }


def _program() -> dict[str, Any]:
    return {"parts": {part.name: part.version for part in licences.parts()}}


def _register(book: Register) -> dict[str, Any]:
    report = checking.verify_chain(book)
    first, last = events.first_moment(book), events.last_moment(book)
    return {
        "practice": book.practice,
        "pragmas": health.pragmas(book),
        "tables": health.counts(book),
        "events": health.kinds(book),
        "first_day": first.date().isoformat() if first else None,
        "last_day": last.date().isoformat() if last else None,
        "chain": {"events": report.events, "head": report.head, "faults": len(report.faults)},
        "folder": health.sizes(book),
        "settings": {name: settings.get(book, name) for name in _TOLD if settings.get(book, name) is not None},
        "setting_sizes": health.setting_sizes(book),
    }


def _timings(book: Register, now: datetime) -> dict[str, float]:
    """How long everyday questions take here, in milliseconds, the second time they are asked."""
    asked: dict[str, Callable[[], object]] = {
        "count": lambda: dossiers.count(book, []),
        "page": lambda: dossiers.page(book, [], limit=50, offset=0),
        "search": lambda: dossiers.page(book, ["nguyen"], limit=8, offset=0),
        "lists": lambda: lists.owing_letters(book, now),
    }
    return {name: _milliseconds(question) for name, question in asked.items()}


def _milliseconds(question: Callable[[], object]) -> float:
    question()
    begun = perf_counter()
    question()
    return round((perf_counter() - begun) * 1000, 2)
