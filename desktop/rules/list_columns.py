"""What columns of published lists say, by the wordings that provinces and portals give their headings.

Hides spelling, footnotes and CamelCase (``data/procedures.md`` section 5 lists the forms seen). Asked by
``list_headings``. A heading that is not known here is told as unused, never guessed.
"""

import re
from enum import StrEnum
from functools import lru_cache

from desktop.rules.text import fold


class Role(StrEnum):
    """What a column says of a procedure."""

    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    OLD_CODE = "old_code"
    OLD_NAME = "old_name"
    NEW_CODE = "new_code"
    NEW_NAME = "new_name"
    FIELD = "field"
    LEVEL = "level"
    LIMIT = "limit"
    STATUTORY = "statutory"
    PLACE = "place"
    CHANNELS = "channels"
    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"
    AUTHORITY = "authority"
    UNIT = "unit"
    FEE = "fee"
    BASIS = "basis"
    DECISION = "decision"
    STATUS = "status"
    BEGINS = "begins"
    ENDS = "ends"
    RESULT = "result"
    STEPS = "steps"
    SUBJECTS = "subjects"
    CONDITIONS = "conditions"
    LINK = "link"
    NOTE = "note"
    UNUSED = "unused"


R = Role
_LIMIT = r"(?:thoi (?:han|gian)(?: (?:giai quyet|thuc hien|gq))?(?: tthc| ho so)?|time limit|limit)"
_OURS = (
    r"(?:(?:thuc hien )?(?:sau|da)(?: khi)? (?:cat giam|rut ngan)|cat giam con|(?:thuc hien )?tai (?:tinh|lai chau))"
)
#: Role → wordings, without marks and signs; "tthc" stands for "thủ tục hành chính". The first that fits wins.
_WORDINGS: tuple[tuple[Role, str], ...] = (
    (R.NUMBER, r"stt|tt|so tt|so thu tu"),
    (R.UNUSED, r"ma (?:dvc|cqth|tthcdp|tthc dp|tthc dia phuong)|ten (?:dvc|tinh)|phi dia gioi|loai (?:tthc|he thong)"),
    (R.UNUSED, r"co quan (?:ban hanh|cong bo)|muc do.*|(?:thoi gian|so ngay|ty le) (?:da )?cat giam|publishable|case"),
    (R.OLD_CODE, r"(?:ma(?: so)?|so ho so)(?: tthc)? (?:duoc|bi) thay the|thay the (?:cho|tthc|ma).*|replaces"),
    (R.NEW_CODE, r"(?:ma(?: so)?|so ho so)(?: tthc)? (?:thay the|moi)|(?:duoc|bi) thay the (?:boi|bang)|replaced by"),
    (R.NEW_CODE, r"thay the (?:boi|bang)(?: ma)?(?: tthc)?"),
    (R.OLD_NAME, r"(?:ten )?tthc (?:duoc|bi) thay the"),
    (R.NEW_NAME, r"(?:ten )?tthc (?:thay the|moi)"),
    (R.CODE, r"ma(?: so)?(?: ho so)?(?: tthc)?(?: quoc gia)?|so ho so(?: tthc)?|code"),
    (R.NAME, r"(?:ten )?(?:danh muc )?tthc(?: (?:duoc |bi )?(?:cong bo|moi ban hanh|sua doi(?: bo sung)?|bai bo))?"),
    (R.NAME, r"ten tthc (?:va )?ma(?: so)?(?: tthc)?|ma(?: so)?(?: va)? ten tthc|ten|name"),
    (R.FIELD, r"(?:ten )?linh vuc(?: tthc)?|field"),
    (R.LEVEL, r"cap(?: thuc hien| giai quyet| chinh quyen)?|level"),
    (R.STATUTORY, rf"{_LIMIT} (?:theo )?(?:quy dinh|luat|phap luat)(?: cua phap luat)?|statutory"),
    (R.LIMIT, rf"{_LIMIT}(?: {_OURS})?|{_OURS}"),
    (R.DIRECT, r"(?:cach thuc thuc hien |hinh thuc nop )?(?:nop )?truc tiep"),
    (
        R.ONLINE,
        r"(?:cach thuc thuc hien |hinh thuc nop )?(?:dvc tt|dvctt|(?:dvc |nop )?truc tuyen)(?: toan trinh| mot phan)?",
    ),
    (R.POST, r"(?:cach thuc thuc hien |hinh thuc nop )?(?:qua )?(?:dich vu )?(?:bcci|buu chinh(?: cong ich)?)"),
    (R.CHANNELS, r"cach thuc (?:thuc hien|nop)(?: ho so| tthc)?|hinh thuc nop(?: ho so)?|kenh nop|channels"),
    (R.PLACE, r"dia diem.*|noi (?:tiep nhan|thuc hien|nop).*|cach thuc dia diem.*|place"),
    (
        R.AUTHORITY,
        r"(?:ten )?(?:co quan|cqth)(?: (?:thuc hien|giai quyet|co tham quyen|tham quyen|quyet dinh))?(?: tthc)?",
    ),
    (R.AUTHORITY, r"tham quyen giai quyet|authority"),
    (R.UNIT, r"don vi (?:thuc hien|giai quyet)"),
    (R.FEE, r"(?:muc )?(?:thu )?(?:phi|le phi)(?: va)?(?: le phi)?|muc thu.*|fee(?: text)?"),
    (R.UNUSED, r"(?:ten )?(?:vbqppl|van ban qppl|van ban quy pham phap luat).* bai bo.*"),
    (R.BASIS, r"can cu phap ly.*|(?:ten )?(?:vbqppl|van ban qppl|van ban quy pham phap luat).*|legal basis"),
    (R.DECISION, r"(?:so )?(?:quyet dinh|qd)(?: cong bo)?|decision(?: numbers?| no)?"),
    (R.STATUS, r"trang thai|tinh trang|status|(?:loai|noi dung|hinh thuc) (?:thay doi|cong bo)|thay doi"),
    (
        R.BEGINS,
        r"ngay (?:co |bat dau )?hieu luc(?: thi hanh)?|hieu luc tu(?: ngay)?|active date|valid from|effective date",
    ),
    (R.ENDS, r"ngay (?:het hieu luc|bai bo)|het hieu luc tu(?: ngay)?|repeal date"),
    (R.RESULT, r"ket qua(?: thuc hien| giai quyet)?(?: tthc)?|result"),
    (R.STEPS, r"trinh tu thuc hien|cac buoc thuc hien|steps"),
    (R.SUBJECTS, r"doi tuong(?: thuc hien)?(?: tthc)?|subjects"),
    (R.CONDITIONS, r"yeu cau dieu kien.*|dieu kien.*|conditions"),
    (R.LINK, r"citizen url|link|url|duong dan|detail url"),
    (R.NOTE, r"ghi chu|notes?"),
)
_KNOWN = tuple((role, re.compile(wording)) for role, wording in _WORDINGS)


def role_of(text: str) -> Role | None:
    """What a column with this heading says; ``None`` for a heading that is not known."""
    return _role(key(text)) if text else None


def key(text: str) -> str:
    """A heading without marks, case, footnotes, remarks in brackets and signs."""
    apart = re.sub(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])|_", " ", text)
    plain = fold(re.sub(r"\[\d+\]|\([^()]*\)", " ", apart))
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
    return re.sub(r"\bthu tuc(?: hanh chinh)?\b", "tthc", plain)


@lru_cache(maxsize=2000)
def _role(plain: str) -> Role | None:
    return next((role for role, wording in _KNOWN if wording.fullmatch(plain)), None)
