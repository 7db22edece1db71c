"""Who may import whom, and who may read the clock: the table of the architecture, row by row.

Works on syntax trees, so an import inside a function counts as well. Each row is also shown to catch
a module that breaks it.
"""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.source import CHECKOUT, Module, modules

PEEWEE = ("peewee", "playhouse")
QT = ("PySide6", "qtawesome", "shiboken6")
PLAIN_DB = ("db.records", "db.vocabulary")


@dataclass(frozen=True)
class Row:
    """Modules below ``who`` never import anything below ``never``, apart from what is below ``but``."""

    who: str
    never: tuple[str, ...]
    but: tuple[str, ...]
    why: str

    def broken_by(self, module: Module) -> list[str]:
        if not _is_below(module.name, (self.who,)):
            return []
        return sorted(n for n in module.imports if _is_below(n, self.never) and not _is_below(n, self.but))


TABLE = (
    Row("db", ("desktop", *QT), (), "storage that knows the screen erodes first"),
    Row("desktop.rules", ("desktop", "db"), ("desktop.rules", *PLAIN_DB), "the law knows no office and no screen"),
    Row("desktop.rules", (*PEEWEE, *QT, "reportlab", "sqlite3"), (), "the law is pure functions"),
    Row("desktop.documents", ("db", *PEEWEE, "sqlite3"), PLAIN_DB, "paper is drawn from a frozen snapshot"),
    Row("desktop.documents", ("desktop.office", "desktop.gui", "desktop.sync", *QT), (), "paper knows no screen"),
    Row("desktop.office", (*PEEWEE, "db.schema"), (), "peewee stays behind the wall"),
    Row("desktop.office", (*QT, "desktop.gui", "desktop.cli", "desktop.verbs", "desktop.app"), (), "servable headless"),
    Row("desktop.sync", (*QT, *PEEWEE, "desktop.gui", "desktop.office"), (), "testable without a screen"),
    Row("desktop.hub", (*QT, "desktop.gui", "desktop.office"), (), "servable without a screen"),
    Row("desktop.gui", ("db", *PEEWEE, "sqlite3"), PLAIN_DB, "widgets that hold rows crash when rows change"),
    Row("desktop.gui", ("desktop.sync", "desktop.documents", "reportlab"), (), "widgets go through the office"),
    Row("desktop.gui", ("desktop.cli", "desktop.verbs", "desktop.app"), (), "calls go down"),
    Row("desktop.cli", (*QT, *PEEWEE, "db.schema", "desktop.gui"), (), "the verbs run on servers"),
    Row("desktop.verbs", (*QT, *PEEWEE, "db.schema", "desktop.gui"), (), "the verbs run on servers"),
    Row("desktop", (*PEEWEE, "db.schema"), (), "peewee stays behind the wall"),
    Row("desktop.gui.pages", ("desktop.gui.main_window",), (), "pages meet through Changes and signals only"),
)

#: Run before anything is installed; each may import the standard library and those named with it.
STARTERS = {
    "desktop": (),
    "desktop.debian": (),
    "desktop.systems": (),
    "desktop.bootstrap": ("desktop.debian", "desktop.systems"),
    "desktop.run": ("desktop.bootstrap", "desktop.debian", "desktop.systems"),
    "desktop.building.build": ("desktop.bootstrap", "desktop.debian"),
    "desktop.building.install": ("desktop.bootstrap", "desktop.systems"),
    "desktop.building.wheelhouse": ("desktop.bootstrap", "desktop.debian"),
    "tests.run": ("desktop.bootstrap", "desktop.debian"),
}

CLOCKS = (
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "PySide6.QtCore.QDate.currentDate",
    "PySide6.QtCore.QTime.currentTime",
    "PySide6.QtCore.QDateTime.currentDateTime",
    "PySide6.QtCore.QDateTime.currentDateTimeUtc",
    "PySide6.QtCore.QDateTime.currentMSecsSinceEpoch",
    "PySide6.QtCore.QDateTime.currentSecsSinceEpoch",
)
CLOCK_READERS = ("desktop.app", "desktop.cli", "desktop.hub.__main__", "db.seed")
SQL_CLOCK = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\b(date|time|datetime|julianday|strftime)\([^)]*'now'", re.I)

OURS = modules("db", "desktop")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.who} not {row.never[0]}")
def test_the_table_holds(row):
    broken = {module.name: found for module in OURS if (found := row.broken_by(module))}
    assert not broken, row.why


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.who} not {row.never[0]}")
def test_each_row_catches_its_offender(row):
    for forbidden in row.never:
        for text in (f"import {forbidden}.x", f"def f():\n    from {forbidden} import x"):
            assert row.broken_by(Module(f"{row.who}.snippet", given=text)), text
    for allowed in row.but:
        assert not row.broken_by(Module(f"{row.who}.snippet", given=f"from {allowed} import x"))


def test_relative_imports_are_seen():
    row = Row("desktop.gui", ("desktop.documents", "desktop.gui.main_window"), (), "")
    text = "from ..documents import receipt\nfrom . import main_window\nfrom .main_window import MainWindow"
    found = row.broken_by(Module("desktop.gui.snippet", given=text))
    assert found == [
        "desktop.documents.receipt",
        "desktop.gui.main_window",
        "desktop.gui.main_window.MainWindow",
    ]
    package = Module("desktop.gui", Path("__init__.py"), given="from . import main_window")
    assert row.broken_by(package) == ["desktop.gui.main_window"]


def test_no_page_imports_another_page():
    assert not {module.name: found for module in OURS if (found := _other_pages(module))}


@pytest.mark.parametrize(
    "text", ["from desktop.gui.pages import home", "from .home import HomePage", "from . import home"]
)
def test_a_page_that_imports_another_is_caught(text):
    assert _other_pages(Module("desktop.gui.pages.intake", given=text))
    assert not _other_pages(Module("desktop.gui.pages.home", given=text))


@pytest.mark.parametrize("name", STARTERS)
def test_what_runs_before_the_installation_needs_only_the_standard_library(name):
    (module,) = (module for module in modules("desktop", "tests") if module.name == name)
    foreign = {imported for imported in module.imports if imported.split(".")[0] not in sys.stdlib_module_names}
    assert {imported for imported in foreign if not _is_below(imported, STARTERS[name])} == set()


@pytest.mark.parametrize("name", STARTERS)
def test_an_old_python_can_read_as_far_as_the_sentence_that_refuses_it(name):
    (module,) = (module for module in modules("desktop", "tests") if module.name == name)
    ast.parse(module.text, feature_version=(3, 7))


@pytest.mark.parametrize("folder", [".", "desktop", "desktop/building", "tests"])
def test_nothing_beside_a_starter_hides_a_standard_module(folder):
    """``python3 desktop/run.py`` looks for modules in desktop/ before the standard library."""
    names = {path.stem for path in (CHECKOUT / folder).iterdir() if path.suffix == ".py" or path.is_dir()}
    assert names & sys.stdlib_module_names == set()


def test_time_is_an_argument():
    assert not {m.name: found for m in OURS if m.name not in CLOCK_READERS and (found := _clocks_in(m))}


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\ndatetime.now(tz)",
        "from datetime import date as d\ndef f(today=d.today): ...",
        "import datetime as dt\ndt.datetime.utcnow()",
        "import time\ntime.time()",
        "from time import time as clock\nclock()",
        "from PySide6.QtCore import QDate\nQDate.currentDate()",
        "SQL = 'INSERT INTO event (at) VALUES (CURRENT_TIMESTAMP)'",
        "SQL = \"SELECT datetime('now', 'localtime')\"",
    ],
)
def test_every_way_to_read_the_clock_is_caught(text):
    assert _clocks_in(Module("desktop.office.snippet", given=text))


def test_measuring_and_arithmetic_are_no_clock():
    text = "import time\nfrom datetime import datetime\ntime.monotonic()\ntime.sleep(1)\ndatetime.fromisoformat('x')"
    assert not _clocks_in(Module("desktop.office.snippet", given=text))


def _is_below(name: str, roots: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


def _other_pages(module: Module) -> list[str]:
    pages = "desktop.gui.pages"
    if not module.name.startswith(f"{pages}."):
        return []
    own = ".".join(module.name.split(".")[:4])
    return sorted(n for n in module.imports if n.startswith(f"{pages}.") and not _is_below(n, (own,)))


def _clocks_in(module: Module) -> list[str]:
    """References to a clock, called or not, and SQL that reads one."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            head, *rest = ast.unparse(node).split(".")
            name = ".".join([module.aliases.get(head, head), *rest])
            found += [name] if name in CLOCKS else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CLOCK.search(node.value):
            found.append(node.value)
    return sorted(found)
