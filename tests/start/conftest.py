"""A tiny checkout with locks of its own, so that making an environment needs no network."""

import os
from pathlib import Path

import pytest

from desktop.bootstrap import LOCKS

# Says how an editable install is done without any package from outside (PEP 660).
BACKEND = """
from pathlib import Path
from zipfile import ZipFile

def build_editable(folder, config_settings=None, metadata_directory=None):
    about = "motcua-0.dist-info"
    with ZipFile(Path(folder, "motcua-0-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("motcua.pth", str(Path.cwd()))
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\\nName: motcua\\nVersion: 0\\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{about}/RECORD", "")
    return "motcua-0-py3-none-any.whl"
"""
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with two empty locks and a project that pip can install."""
    home = tmp_path / "checkout"
    for lock in LOCKS:
        (home / lock).mkdir(parents=True)
        (home / lock / "requirements.txt").write_text(f"# {lock}\n")
    (home / "pyproject.toml").write_text(PYPROJECT)
    (home / "backend.py").write_text(BACKEND)
    return home


@pytest.fixture
def made(checkout: Path) -> Path:
    """The same with a bare environment in it, not stamped."""
    import venv

    venv.create(checkout / ".venv", symlinks=os.name != "nt")
    return checkout
