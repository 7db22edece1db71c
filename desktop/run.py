"""The program's one command: ``python3 desktop/run.py [verb …]``, the same words on Linux and Windows.

Makes the checkout runnable (bootstrap.py) and becomes ``motcua`` with the arguments as given. Without a verb
that opens the window; where there is no display it runs ``demo`` instead. Standard library only.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop import bootstrap
from desktop.debian import Part
from desktop.systems import has_display, say

_PRINTING_VERBS = frozenset({"demo", "form", "register"})


def main(arguments: list[str]) -> None:
    """Prepare what the verb needs, then run it."""
    verb = verb_of(arguments)
    if not verb and not has_display():
        folder = unused_folder(Path.cwd() / "motcua-demo")
        say(f"Máy không có màn hình: lập một xã thực hành trong {folder}")
        verb, arguments = "demo", [*arguments, "demo", "--out", str(folder)]
    environment = bootstrap.prepare("desktop", needs_of(verb))
    bootstrap.become(environment, "-P", "-m", "desktop", *arguments)


def verb_of(arguments: list[str]) -> str:
    """The first argument that is not one of the program's own options; empty when the window is meant."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--data":
            next(rest, None)
        elif argument != "--json" and not argument.startswith("--data="):
            return argument
    return ""


def needs_of(verb: str) -> Part:
    """The parts of the system without which ``verb`` (empty: the window) cannot do its work."""
    if verb:
        return Part.PAPER_FONT if verb in _PRINTING_VERBS else Part.NOTHING
    return Part.EVERYTHING & ~Part.X11 if os.environ.get("WAYLAND_DISPLAY") else Part.EVERYTHING


def unused_folder(folder: Path) -> Path:
    """``folder``, or its name with the first free number from 2 on."""
    number, free = 1, folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


if __name__ == "__main__":
    main(sys.argv[1:])
