"""What a scan leads to, wherever the focus is: a card to the page that works with people, a paper to what it is of.

Built by ``program`` when the window is awake.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.gui.commands import Commands
from desktop.gui.main_window import MainWindow
from desktop.gui.scanner import ScanCapture
from desktop.office import lookup

if TYPE_CHECKING:
    from desktop.posting_pages import PostingPages
    from desktop.rules.citizen_id import CitizenCard
    from desktop.slip_pages import SlipPages

#: Pages that take a card themselves; everywhere else it begins an intake.
_FOR_CARDS = ("handover", "copies")


class Scanning:
    """Hears the scanner until it is closed; ``open_dossier`` shows one."""

    def __init__(
        self,
        commands: Commands,
        window: MainWindow,
        slips: "SlipPages",
        postings: "PostingPages",
        open_dossier: Callable[[str], None],
    ) -> None:
        self._commands, self._window, self._open_dossier = commands, window, open_dossier
        self._scanner = scanner = ScanCapture(window)
        scanner.card_scanned.connect(self.take_card)
        scanner.receipt_scanned.connect(self._take_receipt)
        scanner.slip_scanned.connect(slips.take_scanned)
        scanner.sheet_scanned.connect(postings.take_scanned)
        scanner.scan_refused.connect(self._refuse)

    def close(self) -> None:
        """Nothing is heard any more."""
        self._scanner.close()

    def take_card(self, card: "CitizenCard") -> None:
        """Somebody's card, scanned or lent by an exercise."""
        shown = self._window.current_key
        self._page(shown if shown in _FOR_CARDS else "intake").take_card(card)

    def _take_receipt(self, text: str) -> None:
        if self._window.current_key == "handover":
            self._page("handover").take_receipt(text)
            return
        found = self._commands.ask(lookup.find, text, limit=1)
        if found:
            self._open_dossier(found[0].code)
        else:
            self._commands.refused.emit(UserError("unknown_dossier", "Giấy hẹn này không có trong sổ của máy."))

    def _refuse(self, sentence: str) -> None:
        self._commands.refused.emit(UserError("scan_refused", sentence))

    def _page(self, key: str) -> Any:
        return self._window.open(key)
