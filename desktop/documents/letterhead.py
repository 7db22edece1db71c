"""What all forms of TT 03/2025/TT-VPCP begin and end with: the two header blocks and the signatures.

Hides their typography (NĐ 30/2020/NĐ-CP, Phụ lục I). Called by every form; the words come as data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.documents.blocks import Block, Para, beside, stack
from desktop.documents.layout import Sheet
from desktop.documents.lines import text_width
from desktop.documents.wording import date_words

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
#: NĐ 30: the line under the agency is 1/3 to 1/2 of its text, the one under the motto all of it.
_AGENCY_LINE = 0.4


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The superior body over the issuing centre, number and symbol, place and date."""

    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    number_line: str
    place: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature block, the lines of ``title`` above ``note``.

    ``name`` is printed below the space for the signature, or left for the hand.
    """

    title: str
    note: str
    name: str = ""


def letterhead(sheet: Sheet, head: Letterhead) -> None:
    """Add Quốc hiệu and unit side by side, and below them number and date on one line."""
    paper, faces = sheet.paper, sheet.faces
    nation_width = text_width(NATION, faces.bold, paper.caps) + 1
    nation_left = paper.measure - nation_width
    # On a wide sheet the unit keeps to the left instead of drifting to the middle.
    unit_width = min(nation_left - paper.body, 1.1 * nation_width)
    unit = [Para(((line, faces.regular),), paper.caps, "center") for line in head.superior_lines]
    unit += [Para(((line, faces.bold),), paper.caps, "center") for line in head.centre_lines]
    unit[-1] = Para(unit[-1].runs, paper.caps, "center", underline=_AGENCY_LINE)
    nation = [
        Para(((NATION, faces.bold),), paper.caps, "center"),
        Para(((MOTTO, faces.bold),), paper.body, "center", underline=1.0),
    ]
    sheet.add(beside(stack(unit, 0, unit_width), stack(nation, nation_left, nation_width), keep=True))
    number = stack([Para(((head.number_line, faces.regular),), paper.body, "center")], 0, unit_width)
    dated = f"{head.place}, {date_words(head.issued_on)}"
    place = stack([Para(((dated, faces.italic),), paper.body, "center")], nation_left, nation_width)
    sheet.add(beside(number, place, gap=paper.gap, keep=True))


def signatures(sheet: Sheet, signers: Sequence[Signer], recipients: Sequence[str] = ()) -> None:
    """Add equal columns for the signers, with room to sign, never parted from the line above.

    A single signer signs in the right half; ``recipients`` ("Nơi nhận") stand in the left one.
    """
    count = max(2, len(signers))
    width = sheet.paper.measure / count
    first = count - len(signers)
    columns = [_signature(sheet, signer, index * width, width) for index, signer in enumerate(signers, start=first)]
    if recipients:
        columns.append(_recipients(sheet, recipients, width))
    sheet.add(beside(*columns, gap=2.5 * sheet.paper.gap))


def _signature(sheet: Sheet, signer: Signer, left: float, width: float) -> Block:
    paper, faces = sheet.paper, sheet.faces
    paras = [Para(((line, faces.bold),), paper.body, "center") for line in signer.title.split("\n")]
    paras.append(Para(((signer.note, faces.italic),), paper.small, "center"))
    paras.append(Para(((signer.name, faces.bold),), paper.body, "center", gap=4.6 * paper.body))
    return stack(paras, left, width)


def _recipients(sheet: Sheet, names: Sequence[str], width: float) -> Block:
    paper, faces = sheet.paper, sheet.faces
    ends = [";"] * (len(names) - 1) + ["."]
    paras = [Para((("Nơi nhận:", faces.bold_italic),), paper.small)]
    paras += [Para(((f"- {name}{end}", faces.regular),), paper.small) for name, end in zip(names, ends, strict=True)]
    return stack(paras, 0, width)
