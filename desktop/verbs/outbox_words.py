"""The words of ``motcua export``, ``sync``, ``outbox`` and ``enrol``: how reports leave a commune, and answers come."""

import argparse
from pathlib import Path

from desktop.verbs import outbox
from desktop.verbs.parsing import argument, verb

_CLERK = argument("--clerk", help="tên ngắn của công chức")


def _add_outbox(kinds: argparse._SubParsersAction) -> None:
    """Alone it tells; ``read`` and a place read what was brought back."""
    said = "báo cáo nào chờ gửi, vì sao; read TỆP|THƯ MỤC: đọc tệp xác nhận mang về"
    parser = kinds.add_parser("outbox", help=said, description=said)
    acts = parser.add_subparsers(dest="act", metavar="VIỆC", parser_class=type(parser))
    verb("read", outbox.outbox, "đọc tệp xác nhận", argument("place", type=Path, metavar="TỆP|THƯ MỤC"))(acts)
    parser.set_defaults(run=outbox.outbox)


WORDS = (
    verb(
        "export",
        outbox.export,
        "chép báo cáo đã ký ra tệp hoặc USB",
        argument("--date", metavar="NGÀY", help="một ngày đã chốt"),
        argument("--waiting", action="store_true", help="mọi ngày chưa có xác nhận"),
        argument("-o", "--output", required=True, help="tệp, hoặc thư mục có sẵn"),
        _CLERK,
    ),
    verb(
        "sync",
        outbox.sync,
        "gửi những báo cáo đến lượt",
        argument("--once", action="store_true", help="một lượt rồi thôi (luôn như vậy)"),
    ),
    _add_outbox,
    verb(
        "enrol",
        outbox.enrol,
        "nối sổ này với nơi nhận báo cáo",
        argument("--url", help="địa chỉ nơi nhận, https://…"),
        argument("--code", help="mã nối dùng một lần do tuyến trên cấp"),
        argument("--request", metavar="TỆP", help="ghi tệp xin nối, khi không có mạng"),
        argument("--answer", metavar="TỆP", help="đọc tệp trả lời mang về"),
        argument("--proxy", help="http://máy-chủ:cổng; để trống: không dùng"),
        argument("--ca", metavar="TỆP", help="chứng chỉ riêng của nơi nhận (PEM)"),
        argument("--allow-plain", action="store_true", help="cho phép http không mã hóa ngoài máy này"),
        _CLERK,
    ),
)
