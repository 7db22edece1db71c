"""Books that were brought in, joined with the window: page, answers in the search, part of the settings.

Built by ``program`` beside the window; makes what it joins when that is first shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.page import Destination, Page
from desktop.gui.search import Hit

if TYPE_CHECKING:
    from db.records import OldEntry
    from desktop.gui.file_opener import FileOpener
    from desktop.gui.paper_preview import FileChooser
    from desktop.gui.settings_section import Section

_TITLE = "Sổ năm trước"
_MOST_HITS = 3


class OldBooksPages:
    """``open_page`` shows a destination; ``files`` are the ways to files brought and saved, when first needed."""

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        open_page: Callable[[str], Any],
        files: "Callable[[], tuple[FileOpener, FileChooser]]",
    ) -> None:
        self._commands, self._jobs, self._open, self._files = commands, jobs, open_page, files

    def destinations(self) -> list[Destination]:
        """The page on which what was brought in is read."""
        back = "Esc về trang trước"
        return [Destination("old_books", _TITLE, "", "", self._make_page, belongs_to="dossiers", note=back)]

    def hits(self, text: str) -> list[Hit]:
        """What the search above finds in old books; ``about`` is the entry."""
        from desktop.office import old_book_lookup

        found = self._commands.see(old_book_lookup.find, text, limit=_MOST_HITS) or ()
        return [
            Hit("old", _code(entry), entry.applicant, _about(entry), first=nth == 0, about=entry)
            for nth, entry in enumerate(found)
        ]

    def show(self, entry: "OldEntry") -> None:
        """One entry in the list of all."""
        self._open("old_books").show_entry(entry)

    def part(self) -> "tuple[str, Callable[[], Section]]":
        """The part of the settings that brings books in: its title, and what makes it."""
        return _TITLE, self._make_section

    def _make_section(self) -> "Section":
        from desktop.gui.old_books_desk import OldBooksDesk
        from desktop.gui.settings_old_books import OldBooksSection

        desk = OldBooksDesk(self._commands, self._jobs, self._commands)
        section = OldBooksSection(self._commands, desk, *self._files())
        section.books_wanted.connect(lambda: self._open("old_books"))
        return section

    def _make_page(self) -> Page:
        from desktop.gui.pages.old_books import OldBooksPage

        page = OldBooksPage(self._commands)
        page.import_wanted.connect(lambda: self._open("settings").show_part(_TITLE))
        return page


def _code(entry: "OldEntry") -> str:
    return entry.code or (f"số {entry.entry_no}, năm {entry.year}" if entry.entry_no else "")


def _about(entry: "OldEntry") -> str:
    return f"nhận {entry.received_on:%d/%m/%Y}, sổ nhập từ tệp – {entry.procedure_name}"
