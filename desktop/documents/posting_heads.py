"""What stands around the table of a sheet of the wall: letterhead, title, version QR, running head, foot, posters.

Hides where they stand. Called by posting_pages.py with the page to fill; each function returns where it ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.documents.posting_layout import A4, Graphic, Line, Setter, height_of
from desktop.documents.posting_page import Page
from desktop.documents.posting_sheet import SheetContent, SheetKind
from desktop.documents.units import mm

_NATION, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_HINT = "Quét mã để biết tờ này còn đúng không"
_QR_SIDE = 30 * mm
#: Sizes of a title by how many letters it has, in parts of the largest.
_TITLES = ((34, 1.0), (90, 0.85), (220, 0.69), (100_000, 0.54))
#: Kinds that rest on decisions, so that a missing one is said.
_DECIDED = (SheetKind.PROCEDURE, SheetKind.LIST, SheetKind.FEES)
#: Type of signs and cover on A4: the lines above, the title by its letters, what stands below.
_ABOVE, _BELOW = (20, 24), 26
_POSTER_TITLES = ((10, 110), (100_000, 42))


@dataclass(frozen=True, slots=True)
class Printing:
    """What is known of a print and is no part of its sheets: its day, a remark, whether it is for training."""

    on: date
    remark: str = ""
    practice: bool = False


class Heads:
    """The surroundings of one sheet; ``top`` and ``bottom`` bound what stands between running head and foot."""

    def __init__(self, setter: Setter, content: SheetContent, qr_text: str, printing: Printing) -> None:
        self._setter, self._content, self._qr_text, self._printing = setter, content, qr_text, printing
        self._paper = setter.paper
        self._scale = setter.paper.body / A4.body
        self._foot = tuple(self._foot_lines())
        self.top = self._paper.top + 22 * self._scale
        self.bottom = self._paper.height - self._paper.bottom - height_of(self._foot) - 6 * self._scale

    def opening(self, page: Page) -> float:
        """The QR at the right, a picture beside it; then the letterhead with the title below, or the title alone."""
        content, measure = self._content, self._paper.measure
        side = _QR_SIDE * self._scale
        beside = measure - side - self._setter.pad
        if self._qr_text:
            page.graphics.append((self.top, Graphic(measure - side, side, self._qr_text)))
        if content.picture:
            beside -= side
            page.graphics.append((self.top, Graphic(beside, side, picture=content.picture)))
        if content.superior_lines:
            y = max(self._letterhead(page, beside), self.top + side)
            y = self._title(page, y, measure)
        else:
            y = max(self._title(page, self.top + 4 * self._scale, beside), self.top + side)
        return y + 6 * self._scale

    def poster(self, page: Page) -> None:
        """A cover or sign: everything large, in the middle, the QR at the foot."""
        content, scale, measure, faces = self._content, self._scale, self._paper.measure, self._setter.faces
        y = 0.12 * self._paper.height
        for words, face, size in (
            *((words, faces.regular, _ABOVE[0]) for words in content.superior_lines),
            *((words, faces.bold, _ABOVE[1]) for words in content.centre_lines),
        ):
            y = page.lines(self._setter.words(words, face, size * scale, 0, measure, "center"), y)
        y = max(y + 30 * scale, 0.33 * self._paper.height)
        size = next(size for letters, size in _POSTER_TITLES if len(content.title) < letters)
        y = page.lines(self._setter.words(content.title, faces.bold, size * scale, 0, measure, "center"), y)
        y += 20 * scale
        for para in content.lead:
            face = faces.bold if para.strong else faces.regular
            words = para.strong or para.rest
            y = page.lines(self._setter.words(words, face, _BELOW * scale, 0, measure, "center"), y)
        side = _QR_SIDE * scale
        page.graphics.append((self.bottom - side, Graphic((measure - side) / 2, side, self._qr_text)))

    def frame(self, page: Page, number: int, pages: int) -> None:
        """Running head with field, sheet and page; foot with unit, day of printing and decision."""
        content, setter, paper = self._content, self._setter, self._paper
        sheet = f"Tờ {content.mark} – trang" if content.mark else "Trang"
        where = f"{sheet} {number}/{pages}"
        page.lines(setter.words(content.place, setter.faces.bold, paper.small, 0, paper.measure), paper.top)
        page.lines(setter.words(where, setter.faces.bold, paper.small, 0, paper.measure, "right"), paper.top)
        foot = paper.height - paper.bottom - height_of(self._foot)
        for y in (paper.top + 15.5 * self._scale, foot - 2 * self._scale):
            page.rule(0, y, paper.measure, y)
        page.lines(self._foot, foot)

    def _title(self, page: Page, y: float, width: float) -> float:
        content, setter, paper = self._content, self._setter, self._paper
        size = paper.title * next(part for letters, part in _TITLES if len(content.title) <= letters)
        y = page.lines(setter.words(content.kicker, setter.faces.regular, paper.body, 0, width), y)
        y = page.lines(setter.words(content.title, setter.faces.bold, size, 0, width), y)
        return page.lines(setter.cell(content.lead, -setter.pad, width), y + 2 * self._scale)

    def _letterhead(self, page: Page, width: float) -> float:
        """The unit at the left, Quốc hiệu at the right (NĐ 30/2020/NĐ-CP), within a width."""
        content, setter, paper = self._content, self._setter, self._paper
        faces, half, top = setter.faces, 0.38 * width, self.top + 4 * self._scale
        y = top
        for words in content.superior_lines:
            y = page.lines(setter.words(words, faces.regular, paper.caps, 0, half, "center"), y)
        for words in content.centre_lines:
            y = page.lines(setter.words(words, faces.bold, paper.caps, 0, half, "center"), y)
        page.rule(0.3 * half, y + 2, 0.7 * half, y + 2)
        under = page.lines(setter.words(_NATION, faces.bold, paper.caps, half, width - half, "center"), top)
        motto = setter.words(_MOTTO, faces.bold, paper.body, half, width - half, "center")
        under = page.lines(motto, under)
        begin = motto[0][1][0][0]
        page.rule(begin, under + 1, half + width - begin, under + 1)
        return max(y, under) + 4 * self._scale

    def _foot_lines(self) -> Iterator[Line]:
        yield self._both_ends(self._content.unit, f"In ngày {self._printing.on:%d/%m/%Y}")
        face, paper = self._setter.faces.regular, self._paper
        for words in (self._decided(), self._printing.remark):
            if words:
                yield from self._setter.words(words, face, paper.small, 0, paper.measure)

    def _decided(self) -> str:
        hint = f"{_HINT}." if self._qr_text else ""
        if self._content.decisions:
            return f"Theo Quyết định công bố số {'; '.join(self._content.decisions)}. {hint}"
        unknown = "Số quyết định công bố: chưa có trong dữ liệu. " if self._content.kind in _DECIDED else ""
        return unknown + hint

    def _both_ends(self, left: str, right: str) -> Line:
        face, paper = self._setter.faces.regular, self._paper
        first = self._setter.words(left, face, paper.small, 0, paper.measure)[0]
        last = self._setter.words(right, face, paper.small, 0, paper.measure, "right")[0]
        return first[0], first[1] + last[1], None
