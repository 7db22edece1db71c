"""``motcua`` and ``python -m desktop``: the window without a verb, the command line with one."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.gui.main_window import MainWindow


def main() -> int:
    """Run the program; returns the exit code. The window does not wait for what only the verbs need."""
    if sys.platform == "win32":
        from desktop import systems

        if systems.refused():
            return 3
    words = sys.argv[1:]
    if not words or (words[0] == "--data" and len(words) == 2):
        return open_window(words[1] if words else None)
    from desktop import cli

    return cli.main(words)


def open_window(folder: str | None, when_open: "Callable[[MainWindow], None] | None" = None) -> int:
    """The window on a data folder, until it is closed; ``when_open`` hears of it once the event loop runs."""
    from desktop import systems

    if not systems.has_display():
        systems.say(systems.NO_DISPLAY)
        return 3
    # Nothing made while loading is ever garbage: collecting it is a tenth of the start-up.
    import gc

    gc.disable()
    # Before PySide6, which this makes load as fast as it can.
    import desktop.gui  # noqa: F401
    from desktop.app import run_window
    from desktop.paths import data_folder

    return run_window(data_folder(folder), when_open)


if __name__ == "__main__":
    sys.exit(main())
