"""What a scan leads to, wherever the focus is: a card to the page that works with people, a paper to what it is of.

Built by ``program`` when the window is awake.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop import labels
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
        for scanned, take in (
            (scanner.card_scanned, self.take_card),
            (scanner.receipt_scanned, self._take_receipt),
            (scanner.slip_scanned, slips.take_scanned),
            (scanner.sheet_scanned, postings.take_scanned),
            (scanner.scan_refused, self._refuse),
        ):
            scanned.connect(partial(self._unless_covered, take))

    def close(self) -> None:
        """Nothing is heard any more."""
        self._scanner.close()

    def _unless_covered(self, take: Callable[[Any], object], scanned: Any) -> None:
        """While nobody has signed in a scan leads nowhere."""
        if not self._window.is_covered:
            take(scanned)

    def take_card(self, card: "CitizenCard") -> None:
        """Somebody's card, scanned or lent by an exercise."""
        shown = self._window.current_key
        self._page(shown if shown in _FOR_CARDS else "intake").take_card(card)

    def _take_receipt(self, text: str) -> None:
        if self._window.current_key == "handover":
            self._page("handover").take_receipt(text)
            return
        found = self._commands.see(lookup.find, text, limit=1)
        if found:
            self._open_dossier(found[0].code)
        else:
            theirs = self._commands.see(lookup.elsewhere, text)
            code = "other_field" if theirs else "unknown_dossier"
            self._commands.refused.emit(UserError(code, theirs or self._unknown(text)))

    def _unknown(self, text: str) -> str:
        from desktop.office import issuing

        verdict = self._commands.ask(issuing.verify_receipt, text)
        return labels.LOST_DOSSIER if verdict and verdict.lost else "Giấy hẹn này không có trong sổ của máy."

    def _refuse(self, sentence: str) -> None:
        self._commands.refused.emit(UserError("scan_refused", sentence))

    def _page(self, key: str) -> Any:
        return self._window.open(key)
