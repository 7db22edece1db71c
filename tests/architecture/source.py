"""The project's own source files as the architecture tests see them: paths, module names, syntax trees, imports.

Used by the tests of this folder only. It reads files and imports none of them.
"""

import ast
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
#: Folders that hold code of ours.
ROOTS = ("db", "desktop", "resources", "tests")


@dataclass(frozen=True)
class Module:
    """One Python file. ``text`` may be given to judge a snippet that is in no file."""

    name: str
    path: Path = field(default_factory=Path)
    given: str | None = None

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8") if self.given is None else self.given

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @cached_property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported name stands for: ``{"dt": "datetime.datetime"}``. Imports within functions count."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    head = alias.name.split(".")[0]
                    found[alias.asname or head] = alias.name if alias.asname else head
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{self._origin(node)}.{alias.name}"
        return found

    @cached_property
    def imports(self) -> frozenset[str]:
        """Full dotted names of everything imported: ``from db import schema`` gives ``db.schema``."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{self._origin(node)}.{alias.name}" for alias in node.names}
        return frozenset(found)

    def _origin(self, node: ast.ImportFrom) -> str:
        """The module a ``from … import`` names, relative dots resolved."""
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])


def modules(*roots: str) -> list[Module]:
    """Every Python file below ``roots`` (default: all of ours), in order of name."""
    paths = sorted(path for root in roots or ROOTS for path in (CHECKOUT / root).rglob("*.py"))
    return [Module(_dotted(path), path) for path in paths]


def _dotted(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
