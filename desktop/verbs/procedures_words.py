"""The words of ``motcua procedures``: what may be asked of the catalogue and done to it."""

from pathlib import Path

from desktop.verbs import catalogue, importing, reference
from desktop.verbs.parsing import argument, group, verb

_CLERK = argument("--clerk", help="tên ngắn của công chức")
_KEY = argument("--key", help="khóa của lần ghi, ghi lại không thêm")
_ON = argument("--on", help="ngày, ví dụ 2026-12-01")
_FIELD = argument("--field", help="lĩnh vực")
_ALL = argument("--all", action="store_true", help="cả thủ tục đã bãi bỏ, bị thay thế")
_DRY_RUN = argument("--dry-run", action="store_true", help="chỉ xem trước")
_OUTPUT = argument("-o", "--output", type=Path, required=True)
_DECISION = (
    argument("--decision", help="số quyết định công bố"),
    argument("--decided", help="ngày ký quyết định"),
    argument("--effective", help="ngày có hiệu lực"),
    argument("--title", help="trích yếu"),
)

PROCEDURES = group(
    "procedures",
    "danh mục thủ tục",
    verb("list", reference.procedures, "danh mục của một ngày", _ON, _FIELD, _ALL),
    verb("show", reference.procedure, "một thủ tục", argument("code"), _ON),
    verb(
        "import",
        importing.import_list,
        "nhập một danh sách công bố (.xlsx, .csv, .json)",
        argument("file", type=Path),
        *_DECISION,
        _DRY_RUN,
        _KEY,
        _CLERK,
    ),
    verb(
        "accept",
        catalogue.accept,
        "nhận gói danh mục của cấp trên",
        argument("file", type=Path),
        argument("--effective", help="ngày có hiệu lực, khác ngày trong gói"),
        _DRY_RUN,
        _KEY,
        _CLERK,
    ),
    verb(
        "edit",
        catalogue.edit,
        "sửa một thủ tục (JSON)",
        argument("file"),
        *_DECISION,
        argument("--attach", help="tệp của quyết định"),
        _KEY,
        _CLERK,
    ),
    verb("history", catalogue.history, "các quyết định đã áp dụng", argument("code", nargs="?")),
    verb(
        "undo",
        catalogue.undo,
        "thôi áp dụng một quyết định",
        argument("seq", type=int, help="số sự kiện của quyết định, xem history"),
        argument("--note", required=True, help="lý do"),
        _KEY,
        _CLERK,
    ),
    verb(
        "export",
        catalogue.export,
        "ghi danh mục ra tệp .xlsx, .csv, .json hoặc gói có chữ ký",
        _OUTPUT,
        _ON,
        _FIELD,
        _ALL,
        argument("--signed", action="store_true", help="gói có chữ ký cho cấp dưới, kèm --decision và --effective"),
        *_DECISION,
        _CLERK,
    ),
    verb(
        "propose",
        catalogue.propose,
        "ghi kiến nghị về một thủ tục",
        argument("code"),
        argument("--note", required=True, help="nội dung kiến nghị"),
        _KEY,
        _CLERK,
    ),
    verb(
        "proposals",
        catalogue.proposals,
        "các kiến nghị đã ghi",
        argument("code", nargs="?"),
        argument("--from", dest="first", help="từ ngày"),
        argument("--to", dest="last", help="đến ngày"),
        argument("-o", "--output", type=Path, help="ghi ra tệp .xlsx, .csv hoặc .json"),
    ),
    verb("key", catalogue.key, "khóa công khai của sổ này"),
    verb(
        "trust",
        catalogue.trust,
        "ghi nhận khóa của cấp trên; không ghi khóa thì liệt kê",
        argument("public_key", nargs="?", metavar="KHÓA"),
        argument("--name", help="cơ quan giữ khóa"),
        argument("--remove", action="store_true", help="thôi ghi nhận"),
        _CLERK,
    ),
)
