"""What the window does not need to be usable is not loaded before it is; nor is it laid out for a size it never has."""

import json
import os
import subprocess
import sys

from desktop.gui.kept_code import LATE
from tests.bench.bench_window import PAGES, SCREEN

#: Each cost the start a fiftieth or more; what needs one of them imports it where the work is done.
HEAVY = {
    "peewee", "db.schema", "msgspec", "hashlib", "uuid", "reportlab", "qrcode", "PIL", "cryptography", "psutil",
    "db.case_records", "db.catalogue_records", "desktop.office.procedures", "desktop.office.grounds",
    "desktop.rules.deadlines", "desktop.rules.seal", "desktop.gui.scanner", "desktop.gui.text_window",
    "PySide6.QtPrintSupport", "PySide6.QtPdf", "argparse", "logging",
    "urllib3", "ssl", "desktop.sync", "desktop.office.outbox", "desktop.office.sending", "desktop.gui.outbox_desk",
    "desktop.gui.machine_watch", "desktop.gui.clock_question", "desktop.office.machine_care", "desktop.scanning",
    "desktop.office.disk_protection", "desktop.office.wrapping",
}  # fmt: skip

CHILD = """
import sys
from desktop.__main__ import open_window

def tell(window):
    from PySide6.QtCore import QCoreApplication
    size = window.size()
    while not window.windowHandle().isExposed():
        QCoreApplication.processEvents()
    home = window._pages["home"]
    print(*sorted(sys.modules), file=sys.stderr)
    print(window.isVisible(), home.isVisible(), window.size() == size, window.focusWidget().accessibleName())
    window.close()

open_window(sys.argv[1], tell)
"""


def test_a_window_that_opens_loads_and_lays_out_nothing_that_it_does_not_show(live_home, tmp_path):
    screen = tmp_path / "screen.json"
    screen.write_text(json.dumps({"screens": [SCREEN]}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(live_home)], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "True", "Quá", "hạn,", "0", "hồ", "sơ"]
    assert HEAVY & set(done.stderr.split()) == set()


LOOKED = """
import sys
from desktop.__main__ import open_window

def tell(window):
    from PySide6.QtCore import QCoreApplication
    for page in sys.argv[2:]:
        window.open(page)
        QCoreApplication.processEvents()
    print(*sorted(sys.modules))
    window.close()

open_window(sys.argv[1], tell)
"""


def test_who_only_looks_at_the_pages_loads_neither_what_draws_papers_nor_what_prints_them(live_home):
    """A third of the memory that a window needs; the first paper that is drawn, shown or printed loads it."""
    command = [sys.executable, "-c", LOOKED, str(live_home), *PAGES]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    loaded = set(done.stdout.split())
    assert "desktop.gui.settings_people" in loaded, done.stderr
    assert {"PySide6.QtPdf", "PySide6.QtPrintSupport", "reportlab", "qrcode", "PIL"} & loaded == set()


COUNTED = """
import builtins
compile_now, sources = builtins.compile, []

def counted(source, name, mode, **how):
    if not how:
        sources.append(name)
    return compile_now(source, name, mode, **how)

builtins.compile = counted
import desktop.gui
assert builtins.compile is counted
from PySide6.QtCore import QSize
print(len(sources), QSize(1, 2).width())
"""


def test_what_pyside_carries_as_source_is_compiled_at_the_first_start_only(tmp_path):
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def compiled() -> int:
        command = [sys.executable, "-c", COUNTED]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        number, width = done.stdout.split()
        assert width == "1"
        return int(number)

    assert compiled() > 10
    assert compiled() == 0
    (kept,) = tmp_path.rglob("*.kept")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:40_000], b"of another Python" + whole[17:]):
        kept.write_bytes(damaged)
        assert compiled() > 10
        assert compiled() == 0
    assert list(kept.parent.glob(f"{kept.stem}.[0-9]*")) == []


REFUSED = """
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLabel
from PySide6.support.signature import get_signature
from PySide6.support.signature.lib.tool import build_brace_pattern

for call in (lambda: QRect("a", "b"), lambda: QRect(1, 2, 3, 4).adjusted(1), lambda: QSize(1, 2).scaled([], 3)):
    try:
        call()
    except TypeError as error:
        print(error)
print(get_signature(QLabel.setText), QLabel.__doc__, build_brace_pattern(1, ","))
"""


def test_what_pyside_runs_late_words_a_refused_call_as_ever():
    def said(words: str) -> str:
        return subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout

    ours = said("import desktop.gui, desktop.gui.kept_code as kept; print(*kept.asleep())" + REFUSED)
    asleep, words = ours.split("\n", 1)
    assert set(asleep.split()) == set(LATE)
    assert "called with wrong argument types" in words
    assert words == said(REFUSED)
