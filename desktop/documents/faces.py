"""Font files as reportlab embeds them. Loaded with the first paper that is drawn; ``fonts`` alone calls it."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont


class Face(TTFont):
    """A face that two threads may embed: reportlab reads composed letters (ế, ợ) through one shared file position."""

    _embedding = Lock()

    def addObjects(self, doc: PDFDocument) -> None:
        with self._embedding:
            super().addObjects(doc)


@lru_cache(maxsize=16)
def parsed(path: Path) -> Face:
    """A font file, read once (about 7 ms)."""
    return Face(path.stem, str(path), asciiReadable=False)


def registered(path: Path) -> str:
    """Make a font file known to reportlab; the name under which it is."""
    face = parsed(path)
    pdfmetrics.registerFont(face)
    return face.fontName
