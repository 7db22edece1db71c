"""Rows on their way into a document, told to whoever waits for it, who may stop the work at any of them."""

from collections.abc import Iterator, Sequence

from desktop.documents.pages import Progress
from desktop.documents.report import ReportContent, Row

_TOLD_EACH = 200


class Stopped(Exception):
    """Whoever waits for the document does not want it any more."""


class Passing:
    """Counts the table rows of all contents as they pass; ``progress`` hears of these and of all."""

    def __init__(self, contents: Sequence[ReportContent], progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0
        self._total = sum(len(part.grid.rows) for content in contents for part in content.sections if part.grid)

    def through(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows one after another; raises ``Stopped``."""
        for row in rows:
            if self._done % _TOLD_EACH == 0:
                self._tell()
            self._done += 1
            yield row

    def end(self) -> None:
        """Ask once more: what is left to do cannot be stopped. Raises ``Stopped``."""
        self._done = self._total
        self._tell()

    def _tell(self) -> None:
        if self._progress and not self._progress(self._done, self._total):
            raise Stopped
