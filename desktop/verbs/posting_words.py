"""The words of ``motcua posting``: what may be printed of the wall, asked about it and recorded on it."""

import argparse
from pathlib import Path

from desktop.verbs import posting, posting_acts
from desktop.verbs.parsing import Argument, Parser, argument, verb

_ON = argument("--on", help="ngày, mặc định hôm nay")
_SIZE = argument("--size", choices=("A4", "A3"), default="A4")
_OUTPUT = argument("-o", "--output", type=Path, help="tệp PDF")
_CHOICE: tuple[Argument, ...] = (argument("--field", help="lĩnh vực"), argument("--code", help="mã thủ tục"))
_PLACE: tuple[Argument, ...] = (argument("--board", help="bảng"), argument("--slot", help="ô"))
_RECORDED: tuple[Argument, ...] = (
    argument("--at", help="chỉ sổ tập huấn: thời điểm"),
    argument("--clerk", help="tên ngắn của công chức"),
)
_KEY = argument("--key", help="khóa của lần ghi, ghi lại không thêm")

_ACTS = (
    verb("stale", posting.stale, "tờ nào trên tường phải thay, gỡ, dán mới; -o in tờ phải dán", _ON, _SIZE, _OUTPUT),
    verb("scan", posting.scan, "chữ trong mã QR của tờ (đầu vào chuẩn, mỗi dòng một tờ): đúng, cũ hay bãi bỏ", _ON),
    verb(
        "hung",
        posting.hung,
        "những tờ đang dán cuối một ngày",
        _ON,
        _SIZE,
        _OUTPUT,
        argument("--full", action="store_true", help="in cả nội dung từng tờ"),
    ),
    verb(
        "post",
        posting_acts.post,
        "ghi đã dán",
        argument("words", metavar="TỜ", nargs="*", help="tên tờ như trong mã QR"),
        *_CHOICE,
        argument("--all", action="store_true", help="mọi tờ"),
        _ON,
        _SIZE,
        *_PLACE,
        _KEY,
        *_RECORDED,
    ),
    verb(
        "take-down",
        posting_acts.take_down,
        "ghi đã gỡ",
        argument("words", metavar="TỜ", nargs="+", help="tên tờ như trong mã QR"),
        *_PLACE,
        _KEY,
        *_RECORDED,
    ),
    verb(
        "undo",
        posting_acts.undo,
        "hoàn lại lần ghi dán, gỡ vừa rồi, trong một phút",
        argument("seq", type=int, help="số sự kiện mà post, take-down đã trả lời"),
        *_RECORDED,
    ),
    verb(
        "set",
        posting_acts.set_facts,
        "nơi nhận phản ánh, biển quầy, tiếng thứ hai; không ghi gì thì liệt kê",
        argument("words", metavar="MỤC=GIÁ TRỊ", nargs="*"),
        _RECORDED[1],
    ),
    verb(
        "bring",
        posting_acts.bring,
        "thêm tiếng thứ hai, hình, âm thanh cho một thủ tục",
        argument("code", help="mã thủ tục"),
        argument("--kind", choices=("text", "picture", "sound"), required=True),
        argument("--language", default="", help="ví dụ: Tiếng Thái"),
        argument("--text", default="", help="nội dung"),
        argument("--file", type=Path, help="tệp hình, âm thanh; không ghi gì thì bỏ bản cũ"),
        *_RECORDED,
    ),
)


def add(kinds: argparse._SubParsersAction) -> None:
    """``posting`` itself prints sheets; what follows it asks or records."""
    words = "niêm yết: in các tờ, soát tường, ghi đã dán"
    parser = kinds.add_parser("posting", help=words, description=words)
    for names, options in (*_CHOICE, _ON, _SIZE, _OUTPUT):
        parser.add_argument(*names, **options)
    parser.set_defaults(run=posting.sheets)
    acts = parser.add_subparsers(dest="act", metavar="VIỆC", parser_class=Parser)
    for add_one in _ACTS:
        add_one(acts)
