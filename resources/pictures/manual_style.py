"""How the manual is set: the paper's own serif faces, large enough to read beside a screen."""

from dataclasses import dataclass
from functools import cache

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFontFamily
from reportlab.platypus import TableStyle

from desktop.documents.fonts import Faces
from desktop.documents.layout import paper_faces

#: The headings that stand in the contents, and how deep.
LEVELS = {"chapter": 0, "topic": 1}
#: What heads the remedies of a page.
TROUBLES = "Khi có trục trặc"
_LINE = colors.HexColor("#B8B4AA")
CELLS = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)
#: The contents of so many pages stand on one.
CONTENTS = TableStyle(
    [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
)


@dataclass(frozen=True, slots=True)
class Styles:
    """Every kind of paragraph of the manual."""

    faces: Faces
    cover: ParagraphStyle
    cover_lead: ParagraphStyle
    centred: ParagraphStyle
    unlisted: ParagraphStyle
    chapter: ParagraphStyle
    topic: ParagraphStyle
    part: ParagraphStyle
    body: ParagraphStyle
    step: ParagraphStyle
    trouble: ParagraphStyle
    caption: ParagraphStyle
    key: ParagraphStyle
    cell: ParagraphStyle
    contents_chapter: ParagraphStyle
    contents_topic: ParagraphStyle


@cache
def styles() -> Styles:
    """The styles on the machine's paper font. Raises ``EnvironmentProblem("no_font")``."""
    faces = paper_faces()
    registerFontFamily(
        faces.regular, normal=faces.regular, bold=faces.bold, italic=faces.italic, boldItalic=faces.bold_italic
    )

    def style(name: str, size: float, face: str = faces.regular, **more: object) -> ParagraphStyle:
        more = {"bulletFontName": face, "bulletFontSize": size, **more}
        return ParagraphStyle(name, fontName=face, fontSize=size, leading=size * 1.32, **more)

    return Styles(
        faces=faces,
        cover=style("cover", 34, faces.bold, alignment=TA_CENTER, spaceAfter=6),
        cover_lead=style("cover_lead", 20, alignment=TA_CENTER, spaceAfter=10),
        centred=style("centred", 12, alignment=TA_CENTER),
        unlisted=style("unlisted", 20, faces.bold, spaceAfter=10),
        chapter=style("chapter", 20, faces.bold, spaceAfter=8),
        topic=style("topic", 16, faces.bold, spaceBefore=16, spaceAfter=5, keepWithNext=1),
        part=style("part", 13, faces.bold, spaceBefore=9, spaceAfter=3, keepWithNext=1),
        body=style("body", 12, spaceAfter=5),
        step=style("step", 12, spaceAfter=3, leftIndent=20, bulletIndent=2),
        trouble=style("trouble", 12, faces.bold, spaceBefore=4, spaceAfter=1, keepWithNext=1),
        caption=style("caption", 10.5, faces.italic, alignment=TA_CENTER, spaceBefore=3, spaceAfter=9),
        key=style("key", 11, faces.bold),
        cell=style("cell", 11),
        contents_chapter=style("contents_chapter", 11, faces.bold, spaceBefore=3),
        contents_topic=style("contents_topic", 11, leftIndent=16),
    )
