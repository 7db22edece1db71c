"""Trợ giúp (F1): the keys, the marks, and what to do when something goes wrong."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.vocabulary import DossierStatus, OutboxState
from desktop.gui import icons, outbox_words
from desktop.gui.cards import Card
from desktop.gui.keys import KeyBadge
from desktop.gui.page import Destination, Page
from desktop.gui.pills import Pill
from desktop.gui.scrolling import Scroller
from desktop.gui.texts import line

_KEYS = (
    ("Ctrl+F", "tìm hồ sơ, thủ tục ở bất cứ trang nào"),
    ("F12", "việc chính của trang: tiếp nhận, ghi, trả kết quả"),
    ("Enter", "mở, nhận"),
    ("Esc", "quay lại, không mất chữ đã gõ"),
    ("Ctrl+P", "ở Hôm nay, Hồ sơ: in danh sách, sổ theo dõi hồ sơ, phiếu bàn giao"),
    ("Alt+V", "vì sao hẹn ngày này, kèm căn cứ"),
    ("Alt+P", "in lại giấy hẹn"),
    ("Alt+M", "hiện, ẩn số định danh"),
)
_DAY_KEYS = (
    ("Alt+1…7", "ở Hôm nay: quá hạn, cần xin lỗi, đến hạn, sắp đến hạn, chờ bổ sung, chờ trả, tạm dừng"),
    ("Alt+I", "ở Hôm nay: giấy hẹn chưa in được"),
    ("Alt+H", "ở Hôm nay: phiếu đã lập tại quầy cho người chưa có hồ sơ"),
    ("↑ ↓", "ở một hồ sơ: chọn việc; Enter mở việc, F12 ghi, Esc thôi mà không mất chữ"),
    ("Alt+W", "xem giấy của việc đang ghi trước khi ghi"),
    ("Alt+Y", "in giấy vừa lập"),
    ("Alt+Z", "ghi nhầm: hoàn lại trong một phút"),
    ("Alt+O", "diễn biến hoặc nội dung hồ sơ đã nộp"),
)
_SLIP_KEYS = (
    ("Alt+B", "ở Tiếp nhận: phiếu yêu cầu bổ sung (Mẫu 02) khi hồ sơ thiếu giấy"),
    ("Alt+U", "ở Tiếp nhận: phiếu từ chối tiếp nhận (Mẫu 03)"),
    ("Space", "chọn, bỏ chọn nội dung phải bổ sung"),
    ("Alt+H", "ở Tiếp nhận, người dân quay lại: mở phần đã nhập khi lập phiếu"),
)
_AT_ONCE_KEYS = (
    ("Alt+R", "ở Tiếp nhận: giải quyết và trả ngay, chỉ với việc trả trong ngày"),
    ("Alt+L", "chứng thực bản sao, người nối người: quét thẻ, ba số, F12"),
)
_HANDOVER_KEYS = (
    ("Alt+1…4", "ai nhận: chính người nộp, người khác, bưu chính, trực tuyến"),
    ("Space", "đánh dấu đã đối chiếu"),
    ("Alt+G", "không có giấy hẹn: tìm theo số, ghi lý do"),
    ("Alt+I", "in hay không in giấy biên nhận cùng lúc trả"),
    ("Alt+P", "in giấy biên nhận sau khi trả"),
    ("Alt+Z", "trả nhầm: hoàn lại trong một phút"),
    ("Alt+Del", "bỏ, làm lại từ đầu"),
    ("Alt+Y", "hỏi ý kiến trên màn hình này khi không có màn hình thứ hai"),
)
_WALL_KEYS = (
    ("Space", "ở Niêm yết: việc này đã làm ở tường; Alt+Z hoàn lại trong một phút"),
    ("Alt+T", "cả những việc đang hiện đã làm; Alt+L lọc trước"),
    ("Alt+N", "tường của ngày mà quyết định tới có hiệu lực"),
    ("Alt+Q", "đi soát tường: quét từng tờ, mỗi tờ một câu trả lời lớn"),
    ("Alt+O", "mở tệp quyết định; Alt+R quyết thời hạn chưa rõ, F12 ghi tất cả"),
    ("Alt+H", "các quyết định đã ghi; Alt+U thu hồi cả quyết định, có lý do"),
    ("Alt+C", "tra, sửa thủ tục: các bản theo ngày; Alt+S sửa tay, Alt+K kiến nghị"),
    ("Ctrl+E", "xuất danh mục ra bảng tính"),
)
_OUTBOX_KEYS = (
    ("Enter", "ở Hộp gửi: xem từng con số gửi đi; Alt+V xem nguyên văn"),
    ("Alt+G", "gửi ngay, không chờ giờ thử lại; Alt+H thôi"),
    ("Alt+U", "chép mọi ngày chờ ra USB; chép rồi vẫn chưa phải đã gửi"),
    ("Alt+X", "đọc tệp xác nhận mang về; đọc lại lần nữa không sao"),
    ("Alt+S", "so bản của máy này với bản tuyến trên đang giữ"),
)
_TROUBLES = (
    (
        "Quét thẻ không ra",
        "Quét lại một lần, giữ thẻ phẳng cách đầu đọc chừng 10 cm. Vẫn không được thì gõ số định danh và họ tên; "
        "chương trình không bao giờ điền chữ đoán từ thẻ đọc dở.",
    ),
    (
        "Máy in không in",
        "Hồ sơ vẫn còn trong sổ, số không đổi. Kiểm tra dây và giấy, mở hồ sơ, bấm Alt+P. "
        "Chưa in ngay được thì làm tiếp người sau: trang Hôm nay giữ danh sách chưa in được.",
    ),
    (
        "Người dân mất giấy hẹn",
        "Ở trang Trả kết quả bấm Alt+G, quét thẻ hoặc gõ số định danh, đối chiếu người và ghi một dòng lý do. "
        "Giấy hẹn báo đã bị thay thì hồ sơ vẫn trả được, sổ ghi là giấy cũ.",
    ),
    (
        "Mất điện giữa chừng",
        "Mở lại chương trình. Hồ sơ đã có mã là đã ghi xong. Tờ đang gõ dở còn nguyên, trang Tiếp nhận hỏi mở tiếp.",
    ),
    (
        "Mất mạng",
        "Không ảnh hưởng gì tới tiếp nhận, in giấy hẹn và tra cứu: mọi thứ nằm trong máy này. Báo cáo các ngày đã chốt "
        "chờ ở Hộp gửi, có mạng thì tự gửi; mạng mất lâu thì chép ra USB (F8, Alt+U).",
    ),
    (
        "Hộp gửi báo cần xem lại",
        "Tuyến trên không nhận một ngày, hoặc đang giữ bản khác của ngày ấy. Hồ sơ ở máy này không mất gì, các ngày "
        "khác vẫn gửi. Mở F8, đọc lý do, Alt+S so hai bản, rồi gọi tuyến trên; nơi ấy quyết xong thì máy tự gửi lại.",
    ),
    (
        "Máy báo đồng hồ chạy lùi",
        "Sổ không nhận việc ghi trước việc gần nhất. Chỉnh lại ngày giờ của máy cho đúng rồi làm tiếp.",
    ),
    (
        "Ổ đĩa đầy hoặc chỉ đọc được",
        "Việc đang làm chưa được ghi, những hồ sơ trước vẫn nguyên. Dọn bớt ổ đĩa rồi bấm lại.",
    ),
    (
        "Máy hỏng, sổ không mở được",
        "Chương trình tự hỏi khôi phục bản sao lưu mới nhất và giữ lại sổ cũ. Máy khác thì cắm USB sao lưu, chọn Khôi "
        "phục từ bản sao lưu, gõ câu mật khẩu hoặc mã trên tờ khôi phục. F9, Alt+0 cho biết bản nào còn, mất những gì.",
    ),
)  # fmt: skip
_SHOWN_STATES = (
    DossierStatus.RECEIVED,
    DossierStatus.PROCESSING,
    DossierStatus.WAITING_SUPPLEMENT,
    DossierStatus.FINISHED,
    DossierStatus.HANDED_OVER,
)


class HelpPage(Page):
    """Short, in the words of the screens; the pages' keys come from the window's own destinations."""

    def __init__(self, destinations: Sequence[Destination]) -> None:
        super().__init__()
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(12)
        pages = [(place.shortcut, place.title) for place in destinations if place.shortcut]
        left.addWidget(_keys_card("Các trang", pages))
        left.addWidget(_keys_card("Phím dùng ở mọi nơi", _KEYS))
        left.addWidget(_keys_card("Việc trong ngày", _DAY_KEYS))
        left.addWidget(_keys_card("Hồ sơ chưa nhận được", _SLIP_KEYS))
        left.addWidget(_keys_card("Giải quyết ngay", _AT_ONCE_KEYS))
        left.addWidget(_keys_card("Trả kết quả", _HANDOVER_KEYS))
        left.addWidget(_keys_card("Niêm yết và danh mục", _WALL_KEYS))
        left.addWidget(_keys_card("Hộp gửi", _OUTBOX_KEYS))
        left.addWidget(_states_card())
        left.addStretch(1)
        columns.addLayout(left, 2)
        columns.addWidget(_troubles_card(), 3)
        self._scroller = Scroller(body)
        self._scroller.take_focus("Trợ giúp")
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.addWidget(self._scroller)
        self.act("Quay lại", "Esc", self.left.emit)

    def focus_first(self) -> None:
        self._scroller.setFocus()


def _keys_card(title: str, keys: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 64)
    for row, (key, words) in enumerate(keys):
        grid.addWidget(KeyBadge(key), row, 0)
        grid.addWidget(line(words, wrap=True), row, 1)
    card.body.addLayout(grid)
    return card


def _states_card() -> Card:
    card = Card("Nhãn trạng thái")
    for status in _SHOWN_STATES:
        card.body.addWidget(Pill(icons.status_mark(status)))
    for state in OutboxState:
        card.body.addWidget(Pill(outbox_words.mark(state)))
    return card


def _troubles_card() -> Card:
    card = Card("Khi có trục trặc")
    for title, words in _TROUBLES:
        card.body.addWidget(line(title, "strong"))
        card.body.addWidget(line(words, "quiet", wrap=True))
        card.body.addSpacing(6)
    card.body.addStretch(1)
    return card
