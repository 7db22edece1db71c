"""Nothing is recorded but through the office, and nobody but ``office.rights`` gives a right to record."""

import ast

import pytest

from tests.architecture.source import Module, modules

OURS = modules("db", "desktop")
GRANTERS = {"desktop.office.rights"}


def _calls(module: Module, name: str) -> list[str]:
    """Calls of something's method or function of this name."""
    return [
        ast.unparse(node.func)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    ]


def _appends(module: Module) -> list[str]:
    return [call for call in _calls(module, "append") if module.aliases.get(call.split(".")[0]) == "db.events"]


def test_only_the_office_appends_to_the_chain():
    found = {module.name for module in OURS if _appends(module)}
    assert found, "the way to look for them is wrong"
    assert {name for name in found if not name.startswith("desktop.office.")} == set()


def test_only_the_asking_of_rights_grants_them():
    assert {module.name for module in OURS if _calls(module, "grant")} == GRANTERS


def test_whoever_appends_asks_for_a_right_or_is_given_who_asked():
    """Beside each ``append`` in the same module: the register refuses at run time what slips through here."""
    silent = {module.name for module in OURS if _appends(module) and not _asks(module)}
    assert silent == set()


def _asks(module: Module) -> bool:
    return any(name == "desktop.office.rights" for name in module.aliases.values())


@pytest.mark.parametrize(
    "text", ["from db import events\nevents.append(book, kind, {})", "import db.events as e\ndef f():\n    e.append(b)"]
)
def test_an_append_is_seen_however_it_is_written(text):
    assert _appends(Module("desktop.gui.snippet", given=text))


def test_a_list_is_no_chain():
    assert not _appends(Module("desktop.gui.snippet", given="events = []\nevents.append(1)"))
