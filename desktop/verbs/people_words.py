"""The words of ``motcua people``: who works on a register, in which roles, with which password."""

import argparse
from pathlib import Path

from db.vocabulary import Role
from desktop.verbs import people
from desktop.verbs.parsing import argument, verb

#: Said before the act or after it: what is not said after it must not hide what was said before.
_CLERK = argument("--clerk", default=argparse.SUPPRESS, help="tên ngắn của người làm việc này")
_NAME = argument("short_name", metavar="TÊN", help="tên ngắn")
_FIELD = argument(
    "--field", action="append", default=[], metavar="LĨNH VỰC", help="chỉ lĩnh vực này; ghi được nhiều lần"
)
_SHEET = argument("-o", "--output", type=Path, required=True, help="tờ khôi phục PDF")


def _role(*, required: bool) -> tuple[tuple[str, ...], dict]:
    return argument(
        "--role",
        action="append",
        required=required,
        choices=tuple(map(str, Role)),
        metavar="VAI TRÒ",
        help=f"{', '.join(Role)}; ghi được nhiều lần",
    )


_ACTS = (
    verb("list", people.list_, "mọi người của sổ, vai trò và lĩnh vực", _CLERK),
    verb(
        "add",
        people.add,
        "thêm người",
        _NAME,
        argument("full_name", metavar="HỌ TÊN"),
        _role(required=True),
        _FIELD,
        _CLERK,
    ),
    verb(
        "change",
        people.change,
        "đổi họ tên, vai trò, lĩnh vực; cho thôi hoặc làm việc lại",
        _NAME,
        argument("--full-name", help="họ tên"),
        _role(required=False),
        _FIELD,
        argument("--all-fields", action="store_true", help="mọi lĩnh vực"),
        argument("--close", dest="active", action="store_false", default=None, help="không còn làm việc trên sổ này"),
        argument("--reopen", dest="active", action="store_true", help="làm việc lại"),
        _CLERK,
    ),
    verb("rights", people.matrix, "bảng ai được làm việc gì theo vai trò", _CLERK),
    verb("password", people.password, "đổi mật khẩu của mình", _CLERK),
    verb("reset", people.reset, "cấp mật khẩu dùng một lần cho người khác", _NAME, _CLERK),
    verb("begin", people.begin, "mật khẩu đầu tiên: từ đó sổ hỏi ai làm việc; lập tờ khôi phục", _SHEET, _CLERK),
    verb("sheet", people.sheet, "lập tờ khôi phục mới, tờ cũ hết giá trị", _SHEET, _CLERK),
    verb("recover", people.recover, "lấy lại quyền quản trị bằng mã trên tờ khôi phục", _NAME, _SHEET),
)


def add(kinds: argparse._SubParsersAction) -> None:
    """``people`` itself lists them."""
    words = "người làm việc trên sổ: vai trò, lĩnh vực, mật khẩu"
    parser = kinds.add_parser("people", help=words, description=words)
    parser.add_argument("--clerk", help="tên ngắn của người làm việc này")
    parser.set_defaults(run=people.list_)
    acts = parser.add_subparsers(dest="act", metavar="VIỆC", parser_class=type(parser))
    for add_one in _ACTS:
        add_one(acts)
