"""The words of ``motcua hub``: the side that receives reports, on a server or on the same machine."""

from pathlib import Path

from desktop.verbs import hub, hub_figures
from desktop.verbs.parsing import Argument, argument, group, verb, whole

_DATABASE = argument("--database", metavar="URL", help="postgresql://…; không ghi: SQLite trong thư mục dữ liệu")
_UNIT = argument("--unit", default="", help="chỉ đơn vị này và cấp dưới của nó")
_FOUNDING: tuple[Argument, ...] = (
    argument("--practice", action="store_true", help="đầu mối tập huấn"),
    argument("--code", default="DAU-MOI", help="mã của đầu mối"),
    argument("--name", default="Đầu mối tiếp nhận báo cáo", help="tên của đầu mối"),
    _DATABASE,
)
_PERIOD = (
    argument("--from", dest="first", required=True, help="ngày đầu kỳ"),
    argument("--to", dest="last", required=True, help="ngày cuối kỳ"),
)

HUB = group(
    "hub",
    "đầu mối tiếp nhận báo cáo",
    verb("init", hub.init, "lập đầu mối", *_FOUNDING),
    verb(
        "serve",
        hub.serve,
        "nhận báo cáo và mở trang tổng quan; chưa có đầu mối thì lập",
        argument("--host", default="127.0.0.1"),
        argument("--port", type=whole(0, 65535), default=8600),
        argument("--cert", type=Path, help="chứng thư TLS (PEM)"),
        argument("--key", type=Path, help="khóa của chứng thư (PEM)"),
        argument("--behind-proxy", action="store_true", help="đứng sau một proxy đáng tin"),
        argument("--plain-http-off-loopback", action="store_true", help="chấp nhận HTTP không mã hóa ra ngoài máy"),
        *_FOUNDING,
    ),
    verb(
        "add-unit",
        hub.add_unit,
        "thêm một đơn vị và lấy mã nối; mã đã có thì sửa đơn vị",
        argument("--code", required=True),
        argument("--name", required=True),
        argument("--parent", default="", help="mã đơn vị đứng trên"),
        argument("--from", dest="first", help="ngày đầu đơn vị tồn tại"),
        argument("--to", dest="last", help="ngày cuối đơn vị tồn tại"),
        argument("--merged-into", help="mã đơn vị tiếp nối sau khi nhập"),
        argument("--endless", action="store_true", help="bỏ ngày cuối và đơn vị tiếp nối đã ghi nhầm"),
        _DATABASE,
    ),
    verb(
        "load-units",
        hub.load_units,
        "thêm đơn vị theo danh sách; không ghi tệp: 38 đơn vị của Lai Châu",
        argument("file", type=Path, nargs="?"),
        _DATABASE,
    ),
    verb("new-code", hub.new_code, "mã nối mới cho một đơn vị", argument("unit", metavar="MÃ"), _DATABASE),
    verb(
        "code-days",
        hub.code_days,
        "mã nối có hạn bao nhiêu ngày",
        argument("days", type=whole(1, 90), metavar="SỐ NGÀY"),
        _DATABASE,
    ),
    verb("revoke-key", hub.revoke_key, "thôi tin khóa của một đơn vị", argument("unit", metavar="MÃ"), _DATABASE),
    verb(
        "add-user",
        hub.add_user,
        "thêm người xem trang tổng quan",
        argument("--name", required=True, help="tên đăng nhập"),
        argument("--full-name", default="", help="họ tên"),
        argument("--role", required=True, choices=("view", "run", "admin"), help="xem, điều hành, quản trị"),
        _UNIT,
        _DATABASE,
    ),
    verb(
        "change-user",
        hub.change_user,
        "đổi vai trò hoặc phạm vi của một người",
        argument("name", metavar="TÊN"),
        argument("--role", choices=("view", "run", "admin"), help="xem, điều hành, quản trị"),
        _UNIT,
        argument("--everything", action="store_true", help="tất cả đơn vị"),
        _DATABASE,
    ),
    verb("reset-password", hub.reset_password, "mật khẩu lần đầu mới", argument("name", metavar="TÊN"), _DATABASE),
    verb(
        "settle",
        hub.settle,
        "quyết định về báo cáo khác lịch sử đang giữ",
        argument("unit", metavar="MÃ"),
        argument("--keep", action="store_true", help="những ngày khác nhau: giữ số liệu đang có"),
        argument("--take", action="store_true", help="những ngày khác nhau: dùng số liệu xã gửi mới"),
        argument("--reason", required=True, help="lý do"),
        _DATABASE,
    ),
    verb(
        "import",
        hub_figures.take_files,
        "nhận gói từ USB và ghi xác nhận cạnh gói",
        argument("place", type=Path, metavar="THƯ MỤC|TỆP"),
        _DATABASE,
    ),
    verb("status", hub_figures.status, "đơn vị nào đã báo cáo đến đâu", _UNIT, _DATABASE),
    verb(
        "export",
        hub_figures.export,
        "số liệu của một kỳ cho trung tâm điều hành",
        *_PERIOD,
        argument("--format", choices=hub_figures.FORMATS, default="json", help="json: tệp đã ký"),
        argument("-o", "--output", type=Path, required=True),
        _UNIT,
        _DATABASE,
    ),
    verb("check", hub_figures.check, "kiểm tra mọi chữ ký, kết luận và số liệu đang giữ", _DATABASE),
)
