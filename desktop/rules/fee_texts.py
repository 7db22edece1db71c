"""Fees as decisions write them (phí, lệ phí), read into amounts where there is no doubt.

Hides the ways of writing money. The text itself is always kept; an amount is taken only when every word was
understood, otherwise the counter types it. Called for imported lists.
"""

import re
from dataclasses import dataclass

from db.records import Fee, FeeRule
from db.vocabulary import Channel
from desktop.rules.fees import CERTIFIED_COPY
from desktop.rules.text import TextError, clean, modern_spelling

_LONGEST_TEXT = 600
#: Less than this is a slip of the pen: "700 VNĐ" was meant to be 700,000.
_LEAST, _MOST = 1_000, 1_000_000_000

_KIND = r"(?:phí|lệ phí|phí, lệ phí|phí và lệ phí|phí/lệ phí)"
_FREE = re.compile(
    rf"(?:{_KIND}:? ?)?(?:không|miễn)(?: có| thu| mất| phải nộp)?(?: {_KIND})?|0 ?(?:đồng|đ|vnđ|vnd|₫)?", re.IGNORECASE
)
_MONEY = r"(?P<money>\d{1,3}(?:[.,]\d{3})+|\d{4,9}) ?(?:đồng|đ|vnđ|vnd|₫)"
#: What one pays for, such as "/văn bản xác nhận"; with a condition it would be another fee.
_WORD = r"(?!đối với|nếu |khi |từ |riêng )[^\W\d_]+"
_EACH = rf"(?: ?/ ?{_WORD}(?: {_WORD}){{0,9}})?"
_BY = r"(?P<by>trực tiếp|trực tuyến|(?:dịch vụ )?bưu chính(?: công ích)?)"
_LAW = r"(?: ?\((?:theo )?(?:tt|nđ|nq|qđ|thông tư|nghị định|nghị quyết|quyết định)[^()]*\))?"
_ONE = re.compile(rf"(?:(?:{_KIND}|mức thu): ?)?{_MONEY}{_EACH}{_LAW}", re.IGNORECASE)
_PAID_BY = re.compile(
    rf"(?:(?:nộp )?(?:qua )?{_BY}: ?(?:{_MONEY}|(?P<free>không(?: thu)?|miễn(?: phí)?)){_EACH}{_LAW})", re.IGNORECASE
)
_BY_AFTER = re.compile(rf"{_MONEY}{_EACH} (?:nếu |khi )?(?:nộp )?(?:qua )?{_BY}{_LAW}", re.IGNORECASE)
_EXEMPT = re.compile(r"(?P<rest>.+?)(?:[;.] ?miễn: ?(?P<whom>[^;]+)| ?\(miễn: ?(?P<who>[^()]+)\))", re.IGNORECASE)
_PER_PAGE = re.compile(
    r"2[.,]000 ?(?:đồng|đ)/ ?trang.{0,40}từ trang thứ (?:3|ba).{0,40}1[.,]000 ?(?:đồng|đ).{0,60}200[.,]000 ?(?:đồng|đ)"
    r"/ ?bản.{0,40}",
    re.IGNORECASE,
)
_CHANNELS = {"trực tiếp": Channel.DIRECT, "trực tuyến": Channel.ONLINE}


@dataclass(frozen=True, slots=True)
class FeeReading:
    """What a text says of a fee; ``certain`` when all of it was understood. ``fee`` keeps the text in any case."""

    fee: Fee
    fees: tuple[FeeRule, ...] = ()
    certain: bool = False


def read(text: str) -> FeeReading:
    """The fee that ``text`` states, in đồng; amounts by channel and an exemption become lines of the fee table."""
    try:
        lines = (clean(line).strip(" ;,") for line in text.splitlines())
        kept = modern_spelling("; ".join(filter(None, lines)))
    except TextError:
        return FeeReading(Fee(None, ""))
    plain = kept.rstrip(".")
    if len(plain) > _LONGEST_TEXT:
        return FeeReading(Fee(None, kept))
    if _PER_PAGE.fullmatch(plain):
        return FeeReading(Fee(2_000, kept, CERTIFIED_COPY), certain=True)
    exempt = _EXEMPT.fullmatch(plain)
    amount = _amount(exempt["rest"].strip() if exempt else plain)
    if amount is not None:
        spared = (FeeRule(0, "Miễn", exemption=(exempt["whom"] or exempt["who"]).strip()),) if exempt else ()
        return FeeReading(Fee(amount, kept), spared, certain=True)
    each = _by_channel(plain)
    return FeeReading(Fee(None, kept), each, certain=bool(each))


def _amount(text: str) -> int | None:
    """The one amount of a text that names one and nothing else; 0 for what is free."""
    if _FREE.fullmatch(text):
        return 0
    found = _ONE.fullmatch(text)
    return _money(found["money"]) if found else None


def _by_channel(text: str) -> tuple[FeeRule, ...]:
    """A line for each channel that is named; a channel that is not named stays without an amount."""
    lines: dict[Channel, FeeRule] = {}
    for part in re.split(r"; ?|, (?=(?:nộp )?(?:qua )?trực|\d)", text):
        found = _PAID_BY.fullmatch(part) or _BY_AFTER.fullmatch(part)
        amount = _money(found["money"]) if found and found["money"] else 0
        if not found or amount is None:
            return ()
        channel = _CHANNELS.get(found["by"].lower(), Channel.POST)
        if channel in lines:
            return ()
        lines[channel] = FeeRule(amount, channel=channel)
    return tuple(lines.values())


def _money(figures: str) -> int | None:
    amount = int(re.sub(r"[.,]", "", figures))
    return amount if _LEAST <= amount <= _MOST else None
