"""Files and functions stay small enough to be read at once, and every module says what it hides."""

import ast

import pytest

from tests.architecture.source import Module, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_MAIN_WINDOW = 200
#: Longer files, each with its reason.
EXCUSED: dict[str, str] = {}
#: Names that say nothing about what is inside.
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

ALL = modules()


def test_no_file_is_longer_than_one_can_read_at_once():
    lengths = {module.name: len(module.text.splitlines()) for module in ALL}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE and name not in EXCUSED}


def test_the_main_window_is_navigation_only():
    for module in ALL:
        if module.name == "desktop.gui.main_window":
            assert len(module.text.splitlines()) <= LONGEST_MAIN_WINDOW


def test_no_function_is_longer_than_a_screen():
    assert not {
        f"{module.name}:{function.name}": length
        for module in ALL
        for function in _functions(module)
        if (length := _length(function)) > LONGEST_FUNCTION
    }


@pytest.mark.parametrize(("lines", "expected"), [(39, 40), (40, 41)])
def test_a_docstring_does_not_count_as_length(lines, expected):
    text = 'def f():\n    """First.\n\n    Second.\n    """\n' + "    x = 1\n" * lines
    (function,) = _functions(Module("snippet", given=text))
    assert _length(function) == expected


def test_every_module_says_what_it_hides():
    assert not [module.name for module in ALL if not ast.get_docstring(module.tree)]


def test_no_module_has_a_name_that_says_nothing():
    assert not [module.name for module in ALL if EMPTY_WORDS & set(module.name.replace("_", ".").split("."))]


def _functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return total
    docstring = function.body[0]
    return total - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)
