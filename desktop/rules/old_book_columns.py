"""What the columns of a register book kept elsewhere say, by the wordings that communes give their headings.

Hides spelling, headings of several lines and groups (``list_headings``). Asked by ``old_books``. A heading that is not
known here is told, and what stands below it is kept in the note: never guessed, never lost.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop.rules.list_columns import key
from desktop.rules.list_entries import Row
from desktop.rules.list_headings import captions, stacked
from desktop.rules.list_sections import is_column_numbers


class Role(StrEnum):
    """What a column says of a dossier."""

    ENTRY_NO = "entry_no"
    CODE = "code"
    APPLICANT = "applicant"
    ORGANISATION = "organisation"
    ID_NUMBER = "id_number"
    CONTACT = "contact"
    ADDRESS = "address"
    PHONE = "phone"
    PROCEDURE = "procedure"
    RECEIVED = "received"
    DUE = "due"
    FINISHED = "finished"
    HANDED_OVER = "handed_over"
    RESULT = "result"
    NOTE = "note"


R = Role
_PERSON = r"(?:nguoi (?:nop|yeu cau|dan|di nop|de nghi|den giao dich)|chu ho so|cong dan|ca nhan|khach hang|duong su)"
_BODY = r"(?:to chuc|co quan|don vi|doanh nghiep|phap nhan)"
_WHOSE = rf"(?: {_BODY}| {_PERSON})*(?: nop)?(?: ho so)?"
_DAY = r"(?:ngay(?: gio| thang(?: nam)?)?|gio ngay|thoi (?:gian|diem)|ngay va gio)"
_ID = r"(?:cccd|cmt?nd|cmt?|ho chieu|the can cuoc|can cuoc(?: cong dan)?|dinh danh(?: ca nhan)?|giay to(?: tuy than)?)"
_PHONE = r"(?:so )?(?:dien thoai|dt|sdt|dtdd|di dong)"
_OF_DOSSIER = r"(?: (?:tthc|ho so|hs))?"
_BY_LAW = r"(?: theo (?:quy dinh|phieu hen))?"
_ASKED = r"(?: (?:giai quyet|yeu cau|de nghi))?"
_RESULT = r"(?: (?:ket qua|kq))?"
#: Role → wordings, without marks, signs and brackets; "tthc" stands for "thủ tục". The first that fits wins.
_WORDINGS: tuple[tuple[Role, str], ...] = (
    (R.ENTRY_NO, r"stt|tt|so tt|so thu tu|so vao so|so den"),
    (R.CODE, r"(?:ma|so)(?: so)? (?:ho so|bien nhan|phieu(?: hen| nhan)?|giay (?:tiep nhan|bien nhan|hen))(?: tthc)?"),
    (R.CODE, r"ma(?: so)?|so (?:bien nhan|phieu)|ma hs|so hs"),
    (R.ORGANISATION, rf"(?:ten )?{_BODY}(?: {_BODY})?"),
    (R.APPLICANT, rf"(?:ho(?: va)? ten|ten)(?: dia chi)?(?: cua)?{_WHOSE}|nguoi nop hs"),
    (R.APPLICANT, rf"(?:{_BODY} )*{_PERSON}{_WHOSE}"),
    (R.ID_NUMBER, rf"(?:so )?{_ID}(?: (?:so )?{_ID})*(?: so)?|so (?:dinh danh|giay to)(?: ca nhan)?"),
    (R.PHONE, rf"{_PHONE}(?: (?:lien he|di dong|nguoi nop))?|so lien he|lien he"),
    (R.CONTACT, rf"dia chi(?: (?:lien he|thuong tru))?(?: va)? {_PHONE}(?: lien he)?"),
    (R.ADDRESS, r"(?:dia chi|noi (?:o|cu tru)|(?:noi )?thuong tru|cho o)(?: (?:thuong tru|lien he|nguoi nop|cu tru))?"),
    (R.PROCEDURE, rf"(?:ten |loai |noi dung )?(?:tthc|ho so|(?:cong )?viec){_OF_DOSSIER}{_ASKED}"),
    (R.PROCEDURE, rf"noi dung{_OF_DOSSIER}{_ASKED}|trich yeu(?: ho so)?"),
    (R.HANDED_OVER, rf"(?:{_DAY} )?(?:da )?(?:thuc )?tra{_RESULT}{_OF_DOSSIER}(?: thuc te)?(?: cho (?:cong )?dan)?"),
    (R.HANDED_OVER, rf"{_DAY} (?:nhan|giao) (?:ket qua|kq)|{_DAY} (?:cong )?dan nhan"),
    (R.RECEIVED, rf"(?:{_DAY} )?(?:tiep nhan|nhan|nop|vao so|thu ly){_OF_DOSSIER}|{_DAY}"),
    (R.DUE, rf"(?:{_DAY} )?(?:phieu )?hen(?: tra)?{_RESULT}{_BY_LAW}|han (?:tra|giai quyet|xu ly){_RESULT}"),
    (R.DUE, rf"thoi han(?: (?:tra|giai quyet))?{_RESULT}{_OF_DOSSIER}|{_DAY} (?:phai tra|den han|het han)"),
    (R.FINISHED, rf"(?:{_DAY} )?(?:giai quyet|hoan thanh|xu ly|thuc hien)(?: xong)?{_OF_DOSSIER}{_RESULT}"),
    (R.FINISHED, rf"(?:{_DAY} )?(?:ky|ket thuc|co ket qua|co kq){_OF_DOSSIER}"),
    (
        R.RESULT,
        rf"ket qua(?: (?:giai quyet|xu ly))?{_OF_DOSSIER}|(?:tinh )?trang thai{_OF_DOSSIER}|tinh trang{_OF_DOSSIER}",
    ),
    (R.NOTE, r"ghi chu|luu y|chu thich|note"),
)
_KNOWN = tuple((role, re.compile(wording)) for role, wording in _WORDINGS)
#: What a book cannot do without: whose dossier, and when it came.
COMPULSORY = {R.APPLICANT: "họ tên người nộp", R.RECEIVED: "ngày nhận hồ sơ"}
_LEAST_ROLES, _LEAST_OF_A_TIER, _MOST_TIERS = 3, 2, 3


@dataclass(frozen=True, slots=True)
class Heading:
    """Columns of a book from 0: ``roles`` by what they say, ``others`` by their caption; ``height`` rows long.

    ``captions`` are the wordings by which the roles were known.
    """

    roles: Mapping[Role, int]
    others: Mapping[int, str]
    captions: Mapping[Role, str]
    height: int

    @property
    def missing(self) -> tuple[str, ...]:
        """What a book needs and this heading does not have, in words."""
        return tuple(words for role, words in COMPULSORY.items() if role not in self.roles)


def heading(rows: Sequence[Row], at: int) -> Heading | None:
    """The heading of a book that begins in row ``at`` of ``rows``, if one does."""
    tiers = [captions(rows[at])]
    if _known(tiers[0]) < _LEAST_OF_A_TIER:
        return None
    for below in rows[at + 1 : at + _MOST_TIERS]:
        texts = captions(below)
        if not _continues(tiers[-1], texts):
            break
        tiers.append(texts)
    width = max(map(len, tiers))
    found = _heading([stacked(tiers, column) for column in range(width)], len(tiers))
    return found if len(found.roles) >= _LEAST_ROLES else None


def columns(rows: Sequence[Row], at: int) -> int:
    """How many columns are known of the heading that begins in row ``at``; 0 where none does."""
    found = heading(rows, at)
    return len(found.roles) if found else 0


def role_of(text: str) -> Role | None:
    """What a caption says, if it is one of those known."""
    return _role(key(text.lower())) if text else None


@lru_cache(maxsize=2000)
def _role(plain: str) -> Role | None:
    return next((role for role, wording in _KNOWN if wording.fullmatch(plain)), None)


def _known(texts: Sequence[str]) -> int:
    return len({role for text in texts if (role := role_of(text))})


def _continues(above: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a row is a lower tier: what it says anew are captions, in more columns than not."""
    own = [text for column, text in enumerate(texts) if text and text not in above[column : column + 1]]
    if not own or is_column_numbers(texts):
        return False
    return not any(re.search(r"\d", text) for text in own) and 2 * sum(bool(role_of(text)) for text in own) >= len(own)


def _heading(columns: Sequence[tuple[str, ...]], height: int) -> Heading:
    """``columns`` are for each the wordings to try: the whole caption, its lowest tier, its highest."""
    roles: dict[Role, int] = {}
    said: dict[Role, str] = {}
    others: dict[int, str] = {}
    for column, wordings in enumerate(columns):
        # The name of a group says nothing of one column in it.
        role = next((role for text in wordings[:2] if (role := role_of(text))), None)
        if role is not None and role not in roles:
            roles[role], said[role] = column, wordings[1]
        elif wordings[0]:
            others[column] = wordings[1]
    if R.APPLICANT not in roles and R.ORGANISATION in roles:
        roles[R.APPLICANT], said[R.APPLICANT] = roles.pop(R.ORGANISATION), said.pop(R.ORGANISATION)
    return Heading(roles, others, said, height)
