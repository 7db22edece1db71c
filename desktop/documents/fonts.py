"""Finds the serif font for paper among the fonts of the machine and hands it to reportlab.

Hides where systems keep fonts and which of them lack Vietnamese letters (Liberation 1.x does). Called by
layout.py; the repository holds no font file. The three families are metrically the same, so lines break alike.
"""

import os
import sys
import unicodedata
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from desktop.errors import EnvironmentProblem

#: Folder searched instead of the system's fonts, for frozen builds and tests.
FOLDER_VARIABLE = "MOTCUA_FONTS"

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
#: The 146 letters that Vietnamese needs beyond the plain consonants, NFC.
VIETNAMESE_LETTERS = "".join(unicodedata.normalize("NFC", v + t) for v, t in product(_VOWELS, _TONES)) + "đĐ"
_NEEDED = frozenset(map(ord, VIETNAMESE_LETTERS + "₫…–“”" + "".join(map(chr, range(0x20, 0x7F)))))

# Regular, bold, italic, bold italic; file names are compared without case.
_FAMILIES = (
    ("Times New Roman", ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")),
    (
        "Times New Roman",
        tuple(f"times_new_roman{style}.ttf" for style in ("", "_bold", "_italic", "_bold_italic")),
    ),
    ("Liberation Serif", tuple(f"liberationserif-{s}.ttf" for s in ("regular", "bold", "italic", "bolditalic"))),
    ("Tinos", tuple(f"tinos-{style}.ttf" for style in ("regular", "bold", "italic", "bolditalic"))),
)


@dataclass(frozen=True, slots=True)
class PaperFont:
    """The files of one family; each holds every letter a paper may need."""

    family: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path


@dataclass(frozen=True, slots=True)
class Faces:
    """The names under which reportlab knows a registered :class:`PaperFont`."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


def find_paper_font(folder: Path | None = None) -> PaperFont:
    """The first complete family in ``folder``, else in ``MOTCUA_FONTS``, else in the system's font folders.

    Found once per process. Raises ``EnvironmentProblem("no_font")`` with what to install.
    """
    return _find(folder or os.environ.get(FOLDER_VARIABLE) or None)


@lru_cache(maxsize=8)
def register(font: PaperFont) -> Faces:
    """Make ``font`` known to reportlab (once: parsing a font takes about 7 ms)."""
    from desktop.documents.faces import registered  # what draws is loaded with the first paper

    return Faces(*map(registered, astuple(font)[1:]))


def system_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts, those of the user first."""
    if sys.platform == "win32":
        local, windows = os.environ.get("LOCALAPPDATA"), os.environ.get("WINDIR", r"C:\Windows")
        own = [Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []
        return (*own, Path(windows) / "Fonts")
    data_home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    data_dirs = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    homes = [Path(data_home), *(Path(shared) for shared in data_dirs if shared)]
    return (Path.home() / ".fonts", *(home / "fonts" for home in homes))


@lru_cache(maxsize=8)
def _find(folder: Path | str | None) -> PaperFont:
    folders = system_folders() if folder is None else (Path(folder),)
    places = [
        {name.lower(): Path(where) / name for name in names}
        for folder in folders
        for where, _, names in sorted(os.walk(folder))
    ]
    for (family, styles), files in product(_FAMILIES, places):
        if all(style in files for style in styles):
            paths = [files[style] for style in styles]
            if all(_complete(path) for path in paths):
                return PaperFont(family, *paths)
    raise EnvironmentProblem(
        "no_font",
        "Máy chưa có phông chữ in đủ dấu tiếng Việt: hãy cài Times New Roman (Windows) "
        "hoặc gói fonts-liberation2 (Debian, Ubuntu) rồi in lại.",
    )


def _complete(path: Path) -> bool:
    from desktop.documents.faces import parsed

    try:
        return parsed(path).face.charToGlyph.keys() >= _NEEDED
    except Exception:  # a damaged file breaks the parser in many ways, and all mean the same
        return False
