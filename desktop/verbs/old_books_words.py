"""The words of ``motcua book``: last year's book, kept elsewhere."""

from pathlib import Path

from desktop.verbs import old_books
from desktop.verbs.parsing import argument, group, verb, whole

_CLERK = argument("--clerk", help="tên ngắn của công chức")

BOOK = group(
    "book",
    "sổ năm trước, nhập từ tệp để tra cứu",
    verb(
        "import",
        old_books.bring_in,
        "nhập một sổ theo dõi hồ sơ (.xlsx, .csv) làm lịch sử đã đóng",
        argument("file", type=Path),
        argument("--dry-run", action="store_true", help="chỉ xem trước"),
        _CLERK,
    ),
    verb("list", old_books.listed, "các sổ đã nhập, mới nhất trước", _CLERK),
    verb(
        "undo",
        old_books.undo,
        "rút lại cả một sổ nhập nhầm (số sự kiện: book list)",
        argument("seq", type=whole(1, 10**9)),
        argument("--reason", required=True, help="lý do, lưu trong chuỗi sự kiện"),
        _CLERK,
    ),
    verb(
        "find",
        old_books.find,
        "tìm không dấu trong sổ đã nhập",
        argument("text"),
        argument("--limit", type=whole(1, 1000), default=20),
        _CLERK,
    ),
)
