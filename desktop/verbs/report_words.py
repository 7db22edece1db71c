"""The words of ``motcua report`` and ``motcua meeting``: which document of which days, and what a meeting decided."""

from pathlib import Path

from desktop.rules.statistics import COLUMNS
from desktop.verbs import reports
from desktop.verbs.parsing import argument, group, verb, whole

_CLERK = argument("--clerk", help="tên ngắn của công chức")

REPORT = verb(
    "report",
    reports.report,
    "biểu và tài liệu thống kê của một kỳ",
    argument("--from", dest="first", required=True, help="ngày đầu kỳ"),
    argument("--to", dest="last", required=True, help="ngày cuối kỳ"),
    argument("--format", choices=reports.FORMATS, required=True, help="json: tệp đã ký; zip: bộ chứng cứ"),
    argument("-o", "--output", type=Path, required=True),
    argument("--kind", choices=reports.KINDS, help="không ghi: biểu II.06a"),
    argument("--sample", type=whole(1, 1000), default=10, metavar="K", help="inspection: số hồ sơ rút"),
    argument("--seed", default="1", metavar="S", help="inspection: hạt giống"),
    argument("--behind", choices=COLUMNS, metavar="CỘT", help="danh sách hồ sơ sau một cột của biểu"),
    argument("--field", help="lĩnh vực của danh sách ấy"),
    _CLERK,
)
MEETING = group(
    "meeting",
    "việc quyết định ở cuộc họp rút kinh nghiệm",
    verb(
        "decide",
        reports.decide,
        "ghi một việc phải làm",
        argument("what", metavar="VIỆC"),
        argument("--who", default="", help="người làm"),
        argument("--due", help="hạn, ví dụ 2026-12-14"),
        _CLERK,
    ),
    verb(
        "done",
        reports.done,
        "ghi kết quả của một việc",
        argument("number", type=whole(1, 1_000_000), metavar="SỐ"),
        argument("--result", required=True, help="kết quả"),
        _CLERK,
    ),
    verb("list", reports.decided, "mọi việc đã quyết định", _CLERK),
)
