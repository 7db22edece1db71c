"""Time limits as decisions write them (thời hạn giải quyết), read into rules where there is no doubt.

Hides the ways of saying one limit. A reading is certain only when every word of the text was understood; whatever
else it holds (a condition, a second case, the steps of several offices, another day to count from) leaves the limit to
a person. Called for imported lists. Never guesses and never counts a day.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.limits import why_not
from desktop.rules.text import TextError, clean, modern_spelling

_UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày": LimitUnit.CALENDAR_DAYS,
    "giờ làm việc": LimitUnit.WORKING_HOURS,
    "giờ liên tục": LimitUnit.CLOCK_HOURS,
    "tháng": LimitUnit.MONTHS,
}
#: A sentence that is understood whole is never longer, and the patterns need not be quick for a novel.
_LONGEST_TEXT = 600

_OPENING = r"(?:(?:thời hạn|thời gian|trong|vòng|tối đa|chậm nhất|không quá|không vượt quá|giải quyết|là) )*"
_SPELT = r"[a-zà-ỹđ]+(?: [a-zà-ỹđ]+){0,2}"
_AMOUNT = rf"(?:(?P<number>\d{{1,4}}(?:[.,]\d{{1,2}})?)(?: ?\((?P<spelt>{_SPELT})\))?|(?P<words>{_SPELT}))"
_WHOLE = r"(?:[, ]+(?:và )?(?:đầy đủ|đủ|hợp lệ|hợp pháp|đúng quy định|theo quy định(?: của pháp luật)?))*"
_DOSSIER = (
    r"(?:tiếp )?(?:nhận|có|nộp)(?: được)?(?: đủ| đầy đủ)?"
    rf" (?:hồ sơ|yêu cầu|thông báo|tờ khai|(?:đơn|văn bản|giấy|hồ sơ)(?: đề nghị)?|đề nghị){_WHOLE}"
)
#: Only those who stand at the counter: a date at which another office receives the dossier is another date.
_HERE = r"(?:(?:trung tâm phục vụ hành chính công|bộ phận một cửa|ủy ban nhân dân|ubnd)(?: cấp xã| xã)? )?"
_FROM_RECEIPT = rf"(?:,? (?:(?:kể |tính )*từ (?:ngày|khi|thời điểm|lúc)|sau khi) {_HERE}{_DOSSIER})?"
_DAYS = re.compile(rf"{_OPENING}{_AMOUNT} (?P<unit>{'|'.join(_UNITS)}){_FROM_RECEIPT}")

_DOING = r"(?:(?:giải quyết|trả kết quả|thực hiện|trả) )?"
_AFTER_15 = r"sau 15 ?(?:giờ|h|g)(?: ?00)?(?: phút)?"
_NEXT_DAY = r"(?:trong |vào )?ngày làm việc (?:tiếp theo|kế tiếp)"
_RECEIVED_LATE = rf"(?:tiếp )?nhận(?: hồ sơ| yêu cầu)? {_AFTER_15}"
_LATE = (
    rf"[,;.]? \(?(?:(?:hoặc )?{_NEXT_DAY},? nếu {_RECEIVED_LATE}"
    rf"|(?:trường hợp |nếu )?{_RECEIVED_LATE}(?: mà không giải quyết được ngay)?(?: thì|:|,)?"
    rf" (?:trả(?: kết quả)?|giải quyết) {_NEXT_DAY})\)?"
)
_SAME_DAY = re.compile(
    rf"{_DOING}(?:ngay )?trong ngày(?: làm việc)?(?:(?: cơ quan, tổ chức)? (?:tiếp nhận|{_DOSSIER}))?(?P<late>{_LATE})?"
)
_AT_ONCE = re.compile(rf"{_DOING}ngay(?: lập tức)?(?: (?:sau )?khi {_DOSSIER})?|giải quyết ngay")

_LABEL = re.compile(r"[-+*• ]*(?:thời (?:hạn|gian) (?:giải quyết|thực hiện)(?: thủ tục| hồ sơ)?:? ?)?")
_BY_CHANNEL = re.compile(
    r"(?:nộp )?(?:qua )?(?:trực tuyến|trực tiếp|(?:dịch vụ )?(?:bưu chính(?: công ích)?|bcci)): ?(.+)"
)
_NOT_SAID = re.compile(r"(?:không quy định|không có thông tin|không có|không)(?: thời hạn)?|-+|")
_CUT = re.compile(
    r"(?:theo quy định:? )?(?P<law>[^;()]+?)[;,. (]+(?:đã |sau khi |sau )?(?:cắt giảm|rút ngắn|giảm)"
    r"(?: xuống)?(?: còn|:)+ (?P<ours>[^;()]+?)\)?"
)
_LAW_SAYS = re.compile(
    r"(?P<ours>[^;()]+?)[;,. (]+(?:đã cắt giảm[;,]? )?(?:theo |thời hạn )*quy định(?: là|:)* "
    r"(?P<law>[^;()]+?)\)?"
)


@dataclass(frozen=True, slots=True)
class LimitReading:
    """What a text says of a limit: ``certain`` and then a ``limit``, or ``why`` a person must decide.

    ``statutory`` is the law's limit where the text names it beside a shorter one of the commune.
    """

    limit: Limit | None = None
    certain: bool = False
    statutory: Limit | None = None
    why: str = ""


def read(text: str) -> LimitReading:
    """The limit that ``text`` states."""
    if len(text) > _LONGEST_TEXT:
        return LimitReading(why="ô thời hạn quá dài")
    try:
        parts = [_plain(part) for part in re.split(r"[;\n]", text)]
        whole = _plain(text)
    except TextError as error:
        return LimitReading(why=error.message)
    if _NOT_SAID.fullmatch(whole):
        return LimitReading(why="danh sách không nói thời hạn")
    by_channel = [_BY_CHANNEL.fullmatch(part) for part in parts if part]
    if any(by_channel):
        return _agreed([_one(part[1]) if part else None for part in by_channel])
    limit = _one(whole)
    if limit:
        return LimitReading(limit, certain=True)
    return _shortened(whole) or LimitReading(why=_why(whole))


def _plain(text: str) -> str:
    """Text for the patterns: lower case, one spelling, no label before it and no full stop after it."""
    lower = modern_spelling(clean(text)).lower().strip(" .;,")
    return lower[_LABEL.match(lower).end() :]  # type: ignore[union-attr]  # every part of it is optional


def _one(text: str) -> Limit | None:
    """The limit of a text that states one and nothing else."""
    found = _DAYS.fullmatch(text)
    if found and (value := _value(found["number"], found["spelt"] or found["words"])):
        unit = _UNITS[found["unit"]]
        return None if why_not(value, unit) else Limit(value, unit)
    if found := _SAME_DAY.fullmatch(text):
        late = AfterCutoff.RETURN_NEXT_DAY if found["late"] else AfterCutoff.NONE
        return Limit(Decimal(0), LimitUnit.SAME_DAY, late)
    return Limit(Decimal(0), LimitUnit.IMMEDIATE) if _AT_ONCE.fullmatch(text) else None


def _value(number: str | None, spelt: str | None) -> Decimal | None:
    """The number, which its words must repeat where both are written: "03 (hai) ngày" is no limit."""
    said = _SPOKEN.get(spelt) if spelt else None
    if spelt and said is None:
        return None
    value = Decimal(number.replace(",", ".")) if number else Decimal(said or 0)
    return value.normalize() + 0 if said is None or value == said else None


def _agreed(limits: list[Limit | None]) -> LimitReading:
    """The portal gives a limit for each channel, and often means cases by it: only where all agree is it one limit."""
    if None in limits:
        return LimitReading(why="có kênh nộp ghi thời hạn không dùng được")
    if len(set(limits)) > 1:
        return LimitReading(why="mỗi kênh nộp ghi một thời hạn khác nhau")
    return LimitReading(limits[0], certain=True)


def _shortened(text: str) -> LimitReading | None:
    """A limit with the longer one that the law gives."""
    found = _CUT.fullmatch(text) or _LAW_SAYS.fullmatch(text)
    if not found:
        return None
    ours, law = _one(_plain(found["ours"])), _one(_plain(found["law"]))
    if not ours or not law or ours.unit is not law.unit or ours.value >= law.value:
        return None
    return LimitReading(ours, certain=True, statutory=law)


def _why(text: str) -> str:
    if len(re.findall(r"\d+(?:[.,]\d+)? ?(?:\([^)]*\) ?)?(?:ngày|giờ|tháng)", text)) > 1:
        return "có nhiều thời hạn trong một ô"
    if re.search(r"trường hợp|đối với|nếu", text):
        return "thời hạn tùy trường hợp"
    if re.search(r"\d ?giờ", text):
        return "không rõ là giờ làm việc hay giờ liên tục"
    return "có chữ chưa hiểu chắc chắn"


def _spoken() -> dict[str, int]:
    """Numbers to 99 in words, in each way of saying them."""
    ones = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    also = {1: ("mốt",), 4: ("tư",), 5: ("lăm", "nhăm"), 7: ("bẩy",)}
    said = {}
    for number in range(1, 100):
        tens, one = divmod(number, 10)
        start = f"{ones[tens]} mươi" if tens > 1 else "mười" * tens
        for end in (ones[one], *also.get(one, ())):
            said[f"{start} {end}".strip()] = number
    return said


_SPOKEN = _spoken()
