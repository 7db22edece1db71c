"""Why the hub takes a packet, or one report of it, not at all: a stable word and one Vietnamese sentence."""

from desktop.errors import UserError


class Refused(UserError):
    """A packet is refused whole; nothing of it was written."""


def refused(code: str, unit: str = "") -> Refused:
    """The refusal with this word, with its sentence."""
    return Refused(code, _SENTENCES[code].format(unit=unit), unit=unit)


_SENTENCES = {
    "unknown_unit": "Đầu mối này không có đơn vị “{unit}”.",
    "not_enrolled": "Khóa ký gói không phải khóa đang dùng của đơn vị “{unit}”; hãy nối lại bằng mã nối mới.",
    "practice_here": "Đây là đầu mối tập huấn, không nhận số liệu thật.",
    "practice_there": "Đầu mối này nhận số liệu thật, không nhận của sổ tập huấn.",
    "mixed": "Gói có tài liệu của nhiều đơn vị, nhiều khóa hoặc nhiều loại.",
    "not_for_hub": "Gói này do đầu mối lập, không phải của xã gửi lên.",
    "wrong_code": "Mã nối không đúng với đơn vị “{unit}”.",
    "code_expired": "Mã nối của đơn vị “{unit}” đã hết hạn; hãy xin mã mới.",
    "code_used": "Mã nối của đơn vị “{unit}” đã được dùng; hãy xin mã mới.",
    "key_of_another": "Khóa này đang là khóa của một đơn vị khác.",
    "unit_ended": "Đơn vị “{unit}” đã kết thúc, không nối được nữa.",
}
