"""What each way of returning a result asks for: fields to fill, things to compare, the words of both.

Data for the receiver's card; the law behind it is domain.md 1.3.8 (the citizen brings the receipt; without it,
identity check and record).
"""

from desktop.gui.handover_case import Who

WRONG_CARD = "Thẻ quét không khớp số định danh trên hồ sơ."
NO_NUMBER = "Hồ sơ không ghi số định danh để so với thẻ. Đối chiếu bằng giấy tờ khác."
RELATIONS = (
    "Người được ủy quyền",
    "Vợ, chồng",
    "Cha, mẹ",
    "Con",
    "Anh, chị, em",
    "Người giám hộ",
    "Người đại diện theo pháp luật",
)
#: Those who stand at the counter.
IN_PERSON = (Who.SELF, Who.OTHER)
CHECKS = {
    Who.SELF: ("identity", "face", "receipt_seen"),
    Who.OTHER: ("identity", "face", "authority", "receipt_seen"),
    Who.POST: ("address",),
    Who.ONLINE: ("sent",),
}
CHECK_WORDS = {
    "identity": "Số định danh trên giấy tờ khớp hồ sơ",
    "face": "Mặt người trùng ảnh trên thẻ",
    "authority": "Đã xem giấy ủy quyền hoặc giấy tờ chứng minh quan hệ",
    "receipt_seen": "Đã xem giấy hẹn của người nhận",
    "address": "Tên, địa chỉ trên bưu gửi đúng hồ sơ",
    "sent": "Kết quả điện tử đã gửi đúng người nộp",
}
FIELDS = {
    Who.SELF: (),
    Who.OTHER: ("receiver", "receiver_id", "relation"),
    Who.POST: ("tracking",),
    Who.ONLINE: ("tracking",),
}
