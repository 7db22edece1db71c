"""Procedure codes as lists carry them: in a cell of their own, inside a name, or spoilt by a spreadsheet.

Hides the ways in which a code is decorated and damaged. A code that lost figures is told with a doubt and never mended
in silence. Called for imported lists; what one code looks like is ``codes``.
"""

import re
from dataclasses import dataclass

from desktop.rules.codes import procedure_code
from desktop.rules.list_entries import Cell

#: The base code, the number of a case, the old long suffix and a province's or ministry's; spaces as people leave them.
_PLACE = r"(?:\.000\.00\.00)?(?: ?\. ?[A-Z] ?[0-9]{2,3})"
_IN_TEXT = re.compile(
    rf"(?<![\w.,/-])(?:(?P<base>[0-9]\.[0-9]{{6}})(?:\.(?P<case>[0-9]{{2}}))?(?:{_PLACE}|\.000\.00\.00)?"
    rf"|(?P<odd>[0-9]\.[0-9]{{3}}\.[0-9]{{3}}){_PLACE})(?!\w|[.,/-][0-9])"
)
#: What introduces a code inside a name and goes with it: "(Mã số TTHC: ".
_LABEL = re.compile(
    r"[\s(\[–;:,.-]*(?:(?:mã(?: số)?(?: hồ sơ)?|số hồ sơ)(?: TTHC| thủ tục(?: hành chính)?)?)?\s*:?\s*$", re.IGNORECASE
)
_WRAPPED = re.compile(r'=\s*"(.*)"')
_SEVEN = re.compile(r"[0-9]{7}")
_SHORT = re.compile(r"([0-9])[.,]([0-9]{1,5})")
_FIGURES = 6
#: What counting in binary adds to a number of six figures, at most.
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code found in a cell: ``code`` is empty where there is none, ``doubt`` says why it is not certain.

    ``case`` is the number of a case (``01``), ``rest`` the text around the code.
    """

    code: str = ""
    case: str = ""
    doubt: str = ""
    rest: str = ""


def in_cell(cell: Cell) -> ListedCode:
    """The code of a cell that is meant to hold one; ValueError with one sentence when it holds anything else."""
    if cell is None or (isinstance(cell, str) and not cell.strip(" '’\"\u00a0\u200b\ufeff-–")):
        return ListedCode()
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise ValueError("Ô mã không phải là mã thủ tục.")
    if isinstance(cell, float):
        return _of_number(cell)
    text = str(cell).strip()
    text = wrapped[1] if (wrapped := _WRAPPED.fullmatch(text)) else text
    found = in_text(text)
    if found.code:
        return found
    bare = re.sub(r"[\s'’\"()\u200b\ufeff]", "", text)
    if _SEVEN.fullmatch(bare):
        return ListedCode(f"{bare[0]}.{bare[1:]}")
    if re.fullmatch(r"[0-9],[0-9]{6}", bare):
        return ListedCode(bare.replace(",", "."))
    if short := _SHORT.fullmatch(bare):
        return _lost(short[1], short[2], bare)
    return ListedCode(procedure_code(text))


def in_text(text: str) -> ListedCode:
    """The one code inside a text, such as a name; ValueError with one sentence when there are several."""
    found = list(_IN_TEXT.finditer(text))
    codes = {_base(each) for each in found}
    if not found:
        return ListedCode(rest=text)
    if len(codes) > 1:
        raise ValueError(f"Ô có {len(codes)} mã ({', '.join(sorted(codes))}), không rõ mã nào là của thủ tục.")
    rest = text
    for each in reversed(found):
        rest = f"{_LABEL.sub('', rest[: each.start()])} {rest[each.end() :].lstrip(' )].,;:–-')}"
    return ListedCode(codes.pop(), found[0]["case"] or "", rest=rest.strip())


def all_in(text: str) -> tuple[str, ...]:
    """Every code that a text names, in its order."""
    return tuple(dict.fromkeys(_base(each) for each in _IN_TEXT.finditer(text)))


def _base(found: re.Match[str]) -> str:
    return procedure_code(found["base"] or found["odd"])


def _of_number(number: float) -> ListedCode:
    """A spreadsheet that took a code for a number keeps its value and forgets the zeros at its end."""
    shown = f"{number:.{_FIGURES}f}"
    if not (0 < number < 10 and abs(number - float(shown)) < _NOISE):
        raise ValueError(f"Ô mã là số {number:g}, không phải mã thủ tục.")
    whole, figures = shown.split(".")
    kept = figures.rstrip("0")
    return ListedCode(f"{whole}.{figures}") if len(kept) == _FIGURES else _lost(whole, kept or "0", f"{whole}.{kept}")


def _lost(whole: str, kept: str, shown: str) -> ListedCode:
    """The code if only zeros were lost, with the doubt that it needs another witness."""
    doubt = f"Mã “{shown}” thiếu chữ số: bảng tính đã đổi mã thành số và làm mất số 0 ở cuối"
    return ListedCode(f"{whole}.{kept:0<{_FIGURES}}", doubt=doubt)
