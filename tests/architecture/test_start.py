"""What the window does not need to be usable is not loaded before it is; nor is it laid out for a size it never has."""

import json
import os
import subprocess
import sys

from tests.bench.bench_window import SCREEN

#: Each cost the start a fiftieth or more; what needs one of them imports it where the work is done.
HEAVY = {
    "peewee", "db.schema", "msgspec", "hashlib", "uuid", "reportlab", "qrcode", "PIL", "cryptography", "psutil",
    "db.case_records", "db.catalogue_records", "desktop.office.procedures", "desktop.office.grounds",
    "desktop.rules.deadlines", "desktop.rules.seal", "desktop.gui.scanner", "desktop.gui.text_window",
    "PySide6.QtPrintSupport", "PySide6.QtPdf",
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


def test_pages_know_their_papers_without_loading_what_draws_them():
    """A third of the memory that a window needs; the worker loads it with the first paper."""
    words = "import sys, desktop.gui.pages.intake, desktop.gui.pages.handover; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert {"reportlab", "qrcode", "PIL"} & set(done.stdout.split()) == set()
