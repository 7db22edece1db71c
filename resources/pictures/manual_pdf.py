"""Sets the manual: cover, contents, the first receipt, then the help with its pictures and keys, numbered pages.

Run by ``manual.py`` with the folder that ``grabs.py`` filled: ``NAME.png`` of each scene and ``keys.json``. The same
pictures give the same bytes.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents

from desktop import labels
from desktop.gui.keys import key_words
from desktop.office import help_texts
from desktop.office.help_texts import Topic
from resources.pictures import manual_scenes
from resources.pictures.manual_style import CELLS, CONTENTS, LEVELS, TROUBLES, Styles, styles

_TITLE = "Một Cửa – Hướng dẫn sử dụng"
_MARGIN, _FOOT = 20 * mm, 18 * mm
_MEASURE = A4[0] - 2 * _MARGIN
#: No picture takes more of a page than this, so that its words stand on the same page.
_HIGHEST = 82 * mm
#: A small window is shown so much larger than the program's own, at most.
_LARGER = 1.4
_INVENTED = "Mọi người, số định danh và hồ sơ trong các hình đều không có thật."


def main(arguments: Sequence[str]) -> int:
    """Write the manual, or with ``--list`` only name the scenes that it wants."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--topic", action="append", default=[])
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args(arguments)
    chapters = manual_scenes.chosen(asked.topic)
    if asked.list:
        print(*manual_scenes.wanted(tuple(topic for chapter in chapters for topic in chapter.topics)))
        return 0
    book = _Book(asked.out)
    book.multiBuild(list(_Story(asked.pictures, styles()).told(chapters)), canvasmaker=Canvas)
    return 0


class _Book(BaseDocTemplate):
    """A4 pages with a running foot; headings go into the contents and the outline of the file."""

    def __init__(self, path: Path) -> None:
        about = {"title": _TITLE, "author": "Một Cửa", "subject": _TITLE, "creator": "Một Cửa", "lang": "vi-VN"}
        super().__init__(str(path), pagesize=A4, invariant=1, **about)
        frame = Frame(_MARGIN, _FOOT, _MEASURE, A4[1] - _FOOT - _MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(
            [PageTemplate("cover", [frame], autoNextPageTemplate="page"), PageTemplate("page", [frame], self._foot)]
        )
        self._styles = styles()

    def _foot(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(self._styles.faces.regular, 10)
        canvas.drawString(_MARGIN, 11 * mm, _TITLE)
        canvas.drawRightString(A4[0] - _MARGIN, 11 * mm, f"Trang {canvas.getPageNumber()}")
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:
        """Called for every piece that was set: a heading is told to the contents."""
        level = LEVELS.get(flowable.style.name) if isinstance(flowable, Paragraph) else None
        if level is None:
            return
        words, place = flowable.getPlainText(), f"p{self.page}-{flowable.getPlainText()}"
        self.canv.bookmarkPage(place)
        self.canv.addOutlineEntry(words, place, level)
        self.notify("TOCEntry", (level, escape(words), self.page, place))


class _Story:
    """Everything between the covers, piece after piece."""

    def __init__(self, pictures: Path, look: Styles) -> None:
        self._folder, self._look = pictures, look
        self._keys: dict[str, list[tuple[str, str]]] = json.loads((pictures / "keys.json").read_text("utf-8"))
        self._shortcuts = {words: key for key, words in self._keys[""]}
        self._number = 0

    def told(self, chapters: Sequence[help_texts.Chapter]) -> Iterator[Flowable]:
        """Cover, contents, the exercise, the chapters."""
        look = self._look
        yield Spacer(1, 45 * mm)
        yield Paragraph("MỘT CỬA", look.cover)
        yield Paragraph("Hướng dẫn sử dụng", look.cover_lead)
        yield Paragraph(f"Phiên bản {version('motcua')}", look.centred)
        yield Spacer(1, 12 * mm)
        yield self._picture(manual_scenes.FRONT)
        yield Spacer(1, 8 * mm)
        yield Paragraph(_INVENTED, look.caption)
        yield PageBreak()
        yield Paragraph("Mục lục", look.unlisted)
        yield self._contents()
        yield from self._exercise()
        for number, chapter in enumerate(chapters, start=2):
            yield PageBreak()
            yield Paragraph(f"{number}. {chapter.title}", look.chapter)
            for place, topic in enumerate(chapter.topics, start=1):
                yield from self._topic(f"{number}.{place}", topic)

    def _contents(self) -> Flowable:
        contents = TableOfContents(dotsMinLevel=0)
        contents.tableStyle = CONTENTS
        contents.levelStyles = [self._look.contents_chapter, self._look.contents_topic]
        return contents

    def _exercise(self) -> Iterator[Flowable]:
        told = help_texts.exercise()
        yield PageBreak()
        yield Paragraph(f"1. {labels.FIRST_RECEIPT}", self._look.chapter)
        yield Paragraph(_marked_up(told["what"]), self._look.body)
        yield from self._steps([told["steps"][step] for step in told["manual"]])
        for scene in manual_scenes.EXERCISE:
            yield KeepTogether(self._shown(scene))

    def _topic(self, number: str, topic: Topic) -> Iterator[Flowable]:
        look = self._look
        shortcut = self._shortcuts.get(topic.title, "")
        heading = f"{number} {topic.title}" + (f" ({shortcut})" if shortcut else "")
        scenes = manual_scenes.of_topic(topic)
        head = [Paragraph(heading, look.topic), Paragraph(_marked_up(topic.what), look.body)]
        yield KeepTogether([*head, *(piece for scene in scenes[:1] for piece in self._shown(scene))])
        yield from self._steps(topic.steps)
        for scene in scenes[1:]:
            yield KeepTogether(self._shown(scene))
        for part in topic.parts:
            beginning = [Paragraph(escape(part.title), look.part), Paragraph(_marked_up(part.what), look.body)]
            if scene := manual_scenes.of_part(topic, part):
                beginning += self._shown(scene)
            yield KeepTogether([*beginning, *self._steps(part.steps)])
        for place, (what, then) in enumerate(topic.troubles):
            headed = not place and topic.title != TROUBLES
            trouble = [Paragraph(TROUBLES, look.part)] if headed else []
            trouble += [Paragraph(escape(what), look.trouble), Paragraph(_marked_up(then), look.body)]
            yield KeepTogether(trouble)
        if scene := manual_scenes.keys_of(topic):
            yield from self._key_table("Phím ở trang này", self._keys[scene])
        elif topic.key == manual_scenes.GENERAL:
            yield from self._key_table("Phím ở mọi trang", self._keys[""])

    def _steps(self, steps: Sequence[str]) -> Iterator[Flowable]:
        for number, step in enumerate(steps, start=1):
            yield Paragraph(_marked_up(step), self._look.step, bulletText=f"{number}." if len(steps) > 1 else "–")

    def _key_table(self, title: str, acts: Sequence[tuple[str, str]]) -> Iterator[Flowable]:
        """The keys of a page as they were when its picture was taken, two columns of them."""
        keys = [[key_words(key), words] for key, words in acts]
        if not keys:
            return
        half = -(-len(keys) // 2)
        pairs = [[*left, *right] for left, right in zip(keys[:half], [*keys[half:], ["", ""]], strict=False)]
        rows = [
            [Paragraph(escape(words), self._look.key if place % 2 == 0 else self._look.cell) for place, words in row]
            for row in (enumerate(pair) for pair in pairs)
        ]
        widths = [24 * mm, _MEASURE / 2 - 24 * mm] * 2
        yield KeepTogether([Paragraph(title, self._look.part), Table(rows, widths, style=CELLS, hAlign="LEFT")])

    def _shown(self, scene: str) -> list[Flowable]:
        """A picture with its number and caption."""
        self._number += 1
        caption = f"Hình {self._number}. {escape(manual_scenes.SCENES[scene].caption)}"
        return [Spacer(1, 2 * mm), self._picture(scene), Paragraph(caption, self._look.caption)]

    def _picture(self, scene: str) -> Image:
        path = str(self._folder / f"{scene}.png")
        wide, high = ImageReader(path).getSize()
        window, _ = ImageReader(str(self._folder / f"{manual_scenes.FRONT}.png")).getSize()
        share = min(_MEASURE / wide, _HIGHEST / high, _LARGER * _MEASURE / window)
        return Image(path, wide * share, high * share)


def _marked_up(text: str) -> str:
    """The text as platypus reads it: keys bold."""
    pieces: list[Any] = []
    for span in help_texts.spans(text):
        pieces.append(f"<b>{escape(span.words)}</b>" if span.is_key else escape(span.words))
    return "".join(pieces)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
