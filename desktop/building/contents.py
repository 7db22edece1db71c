"""What goes into the built program and what stays out. Called by ``motcua.spec`` while PyInstaller runs.

Hides which of Qt's libraries and plugins the windows use; a library that one of them links is never left out here.
"""

from dataclasses import astuple
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from desktop.bootstrap import CHECKOUT
from desktop.documents.fonts import find_paper_font

#: Packages that something of ours imports only if they are there.
LEFT_OUT = (
    *(
        "tkinter",
        "pytest",
        "_pytest",
        "hypothesis",
        "numpy",
        "lxml",
        "IPython",
        "matplotlib",
        "watchfiles",
        "setuptools",
    ),
    *("pkg_resources", "pip", "rich", "PIL.ImageQt", "uvloop", "websockets", "yaml", "attr", "mypy", "mypyc"),
    *("ast_serialize", "readline", "curses", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick"),
    *("desktop.building", "desktop.bootstrap", "desktop.debian", "desktop.run"),
)
#: Folders of Qt's plugins that a window with widgets, pictures, printers and PDF pages needs.
_PLUGINS = frozenset({
    "platforms", "platformthemes", "platforminputcontexts", "printsupport", "imageformats", "iconengines", "styles",
    "xcbglintegrations", "wayland-shell-integration", "wayland-graphics-integration-client",
    "wayland-decoration-client",
})  # fmt: skip
#: Plugins never used: platforms of devices without a desktop, a keyboard on the screen, the dialogs of GTK.
_NEEDLESS = ("libqeglfs", "libqlinuxfb", "libqvkkhr", "libqvnc", "libqminimal", "libqvirtualkeyboard",
             "qtvirtualkeyboard", "libqgtk3", "qpdf.", "libqpdf.")  # fmt: skip
_LIBRARIES_OF_THOSE = ("Qml", "Quick", "VirtualKeyboard", "EglFS", "EglFs")
#: What only the dialogs of GTK pull in, by the beginning of the file's name.
_GTK = ("libgtk-", "libgdk", "libcairo", "libpango", "libepoxy", "libatk", "libatspi", "libpixman", "libthai",
        "libdatrie", "libfribidi", "libharfbuzz", "libgraphite", "libXcomposite", "libXdamage", "libXinerama",
        "libXcursor", "libXrandr", "libXfixes")  # fmt: skip
#: Of the families that the paper may use, those whose licence (OFL 1.1) lets them be handed on.
_FREE_FAMILIES = frozenset({"Liberation Serif", "Tinos"})
_SCREEN_FONTS = tuple(Path("/usr/share/fonts/truetype/noto", f"NotoSans-{each}.ttf") for each in ("Regular", "Bold"))
_FONT_PACKAGES = ("fonts-liberation2", "fonts-croscore", "fonts-noto-core")
_DOCUMENTS = Path("/usr/share/doc")
#: Qt's own: its wheels name it and do not bring it.
_LICENCES = tuple(Path("/usr/share/common-licenses", name) for name in ("LGPL-3", "GPL-3"))

#: Folders of resources/ that make something and are read by nothing.
_NOT_READ = ("pictures", "__pycache__")

Pair: TypeAlias = tuple[str, str]


def is_wanted(name: str) -> bool:
    """Whether a file goes in, by its place in the program's folder (``PySide6/Qt/plugins/…``)."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "PySide6" not in path.parts:
        # The system's own lie beside the program; in a folder they are a package's and are linked by it.
        return len(path.parts) > 1 or not path.name.startswith(_GTK)
    if {"translations", "qml"} & set(path.parts):
        return False
    if path.name.startswith(_NEEDLESS) or any(word in path.name for word in _LIBRARIES_OF_THOSE):
        return False
    folders = path.parts[path.parts.index("plugins") + 1 :] if "plugins" in path.parts else ()
    return len(folders) < 2 or folders[0] in _PLUGINS


def fonts() -> list[Pair]:
    """The fonts of paper and screen with their licences, where they may be handed on."""
    paper = find_paper_font()
    files = [Path(file) for file in astuple(paper)[1:]] if paper.family in _FREE_FAMILIES else []
    files += [file for file in _SCREEN_FONTS if file.exists()]
    licences = [_DOCUMENTS / name / "copyright" for name in _FONT_PACKAGES]
    return [
        *((str(file), "fonts") for file in files),
        *((str(file), f"fonts/{file.parent.name}") for file in licences if files and file.exists()),
    ]


def data() -> list[Pair]:
    """What our own modules read beside themselves: pairs of file or folder and its folder in the program."""
    resources, pages = CHECKOUT / "resources", CHECKOUT / "desktop" / "hub" / "web"
    read = [path for path in sorted(resources.iterdir()) if path.is_dir() and path.name not in _NOT_READ]
    return [
        *((str(path), f"resources/{path.name}") for path in read),
        (str(resources / "theme.qss"), "resources"),
        *((str(pages / name), f"desktop/hub/web/{name}") for name in ("templates", "static")),
        *((str(file), "licences") for file in _LICENCES if file.exists()),
        *fonts(),
    ]
