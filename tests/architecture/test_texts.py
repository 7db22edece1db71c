"""What every file of the checkout must keep to: composed Vietnamese, and nothing of the machine it was made on."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from tests.architecture.source import CHECKOUT, ROOTS

TEXT_SUFFIXES = {".py", ".json", ".toml", ".md", ".txt", ".qss", ".svg", ".jsonl", ".yml", ".html", ""}
#: Written so that none of them finds itself here.
LOCAL = re.compile(
    r"pypi\.org|pythonhosted\.org|debian\.org/debian|registry\.npmjs|conda\.anaconda"
    r"|--(extra-)?index-url[ =]\S*:|--find-links[ =]|file:/{3}"
    r"|(?<![\w.])/(work|root|home)/\w|[A-Z]:\\\\?Users\\\\?\w"
)


def _files(*roots: str) -> list[Path]:
    found = [path for root in roots for path in (CHECKOUT / root).rglob("*") if "__pycache__" not in path.parts]
    return sorted(path for path in found if path.is_file() and path.suffix in TEXT_SUFFIXES)


def _everything() -> list[Path]:
    top = [path for path in CHECKOUT.iterdir() if path.is_file() and path.suffix in TEXT_SUFFIXES]
    # In a linked work tree .git is a file that names the place of the repository.
    return [*(path for path in top if path.name != ".git"), *_files(*ROOTS, ".ci")]


def _name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def test_the_program_is_written_in_composed_vietnamese():
    readme = [path for path in (CHECKOUT / "README.md",) if path.exists()]
    texts = {_name(path): path.read_text("utf-8") for path in [*_files("db", "desktop", "resources"), *readme]}
    assert not [name for name, text in texts.items() if not unicodedata.is_normalized("NFC", text)]


def test_the_shipped_data_hide_no_decomposed_letters_behind_escapes():
    for path in _files("resources"):
        if path.suffix == ".json":
            content = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)
            assert unicodedata.is_normalized("NFC", content), _name(path)


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine():
    found = {
        f"{_name(path)}:{number}": match.group()
        for path in _everything()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (match := LOCAL.search(line))
    }
    assert not found


@pytest.mark.parametrize(
    "line",
    ["https://pypi" + ".org/simple", "/ro" + "ot/main/.venv", "--find-" + "links /opt/x", "C:\\Us" + "ers\\lan\\x"],
)
def test_what_must_not_be_named_is_found(line):
    assert LOCAL.search(line)


def test_an_address_of_the_law_is_not_mistaken_for_a_machine():
    assert not LOCAL.search("https://vanban.chinhphu.vn/work/home?x=1")
