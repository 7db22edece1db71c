"""What the search above every page finds, and the page that each answer leads to.

Built by ``program`` beside the window; loads what searches with the first search.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.dossier_pages import DossierPages
from desktop.gui.commands import Commands
from desktop.gui.search import Hit
from desktop.old_books_pages import OldBooksPages
from desktop.slip_pages import SlipPages

if TYPE_CHECKING:
    from desktop.gui.looks import Searches


class Searching:
    """``open_page`` shows a destination, ``field`` is where the text is typed."""

    def __init__(
        self,
        commands: Commands,
        dossiers: DossierPages,
        slips: SlipPages,
        old_books: OldBooksPages,
        open_page: Callable[[str], Any],
        field: Callable[[], QObject],
    ) -> None:
        self._commands, self._open_page, self._field = commands, open_page, field
        self._dossiers, self._slips, self._old_books = dossiers, slips, old_books

    @cached_property
    def _searches(self) -> "Searches":
        from desktop.gui.looks import Searches

        return Searches(self._commands, "ô tìm", self._field())

    def find(self, text: str) -> list[Hit]:
        """The answers, those about people written into the access log."""
        from desktop.gui import search_answers

        of_people = [
            *search_answers.dossiers(self._commands, text),
            *search_answers.people(self._commands, text),
            *self._slips.hits(text),
            *self._old_books.hits(text),
        ]
        self._searches.shown(text, len(of_people))
        return [*of_people, *search_answers.matters(self._commands, text, self._commands.now().date())]

    def show(self, hit: Hit) -> None:
        """The page of an answer."""
        self._searches.settle()
        if hit.kind == "dossier":
            self._dossiers.show(hit.code)
        elif hit.kind == "person":
            self._dossiers.show_person(hit.about)
        elif hit.kind == "slip":
            self._slips.show(hit.about)
        elif hit.kind == "old":
            self._old_books.show(hit.about)
        else:
            self._open_page("intake").choose_procedure(hit.code)
