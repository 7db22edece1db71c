"""The pages of the wall and of the catalogue: joined with the printer, the scanner and files that are brought.

Built by ``program`` beside the window; makes a page when it is first shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.page import Destination, Page
from desktop.gui.printer_port import PrinterPort

if TYPE_CHECKING:
    from datetime import date

    from desktop.gui.file_opener import FileOpener
    from desktop.gui.paper_preview import FileChooser


class PostingPages:
    """``open_page`` shows a destination; ``devices`` are the printer and the file chooser, when first needed.

    ``opener`` asks for files that are brought; the system's own dialog unless another is given.
    """

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        open_page: Callable[[str], Page],
        devices: "Callable[[], tuple[PrinterPort, FileChooser]]",
        opener: "FileOpener | None" = None,
    ) -> None:
        self._commands, self._jobs = commands, jobs
        self._open_page, self._devices, self._given_opener = open_page, devices, opener

    def destinations(self) -> list[Destination]:
        home, back = "posting", "Esc về Niêm yết"
        return [
            Destination(home, "Niêm yết", "bulletin-board", "F6", self._make_posting),
            Destination("wall_walk", "Đi soát tường", "", "", self._make_walk, belongs_to=home, note=back),
            Destination("procedures", "Tra, sửa thủ tục", "", "", self._make_procedures, belongs_to=home, note=back),
            Destination("wall_prints", "In niêm yết", "", "", self._make_prints, belongs_to=home, note=back),
        ]

    def take_scanned(self, text: str) -> None:
        """The QR of a sheet was read, wherever the focus was: what it is, as large as can be."""
        self._open("wall_walk").take_scan(text)

    def _open(self, key: str) -> Any:
        return self._open_page(key)

    def _opener(self) -> "FileOpener":
        from desktop.gui.file_opener import SystemFileOpener

        return self._given_opener or SystemFileOpener()

    def _make_posting(self) -> Page:
        from desktop.gui.pages.posting import PostingPage

        page = PostingPage(self._commands, self._jobs, self._opener(), self._devices()[1])
        page.print_wanted.connect(self._print)
        page.walk_wanted.connect(self._walk)
        page.procedures_wanted.connect(lambda: self._open("procedures"))
        return page

    def _make_walk(self) -> Page:
        from desktop.gui.pages.wall_walk import WallWalkPage

        return WallWalkPage(self._commands)

    def _make_procedures(self) -> Page:
        from desktop.gui.pages.procedures import ProceduresPage

        page = ProceduresPage(self._commands, self._opener())
        page.print_wanted.connect(lambda code: self._open("wall_prints").show_one(code))
        return page

    def _make_prints(self) -> Page:
        from desktop.gui.pages.wall_prints import WallPrintsPage

        printer, chooser = self._devices()
        return WallPrintsPage(self._commands, self._jobs, printer, chooser)

    def _print(self, on: "date") -> None:
        self._open("wall_prints").show_reprint(on)

    def _walk(self) -> None:
        self._open("wall_walk").begin()
