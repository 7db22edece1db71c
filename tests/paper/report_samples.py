"""Documents of the statistics as the office would compose them: every kind of cell, chart and head once."""

from datetime import date, datetime
from decimal import Decimal

from desktop.documents.letterhead import Letterhead, Signer
from desktop.documents.report import (
    Chart,
    FormHead,
    Grid,
    Paper,
    ReportContent,
    Section,
    Target,
    TitleHead,
)
from desktop.documents.tables import Column
from desktop.rules.calendar import VN_TZ
from desktop.rules.statistics import Rate

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 14, 30, tzinfo=VN_TZ)
SIGNERS = (
    Signer("NGƯỜI LẬP BIỂU", "(Ký và ghi rõ họ tên)"),
    Signer("THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)", "Giàng Văn Mẫu"),
)
COLUMNS = (
    Column("STT", 0.06, "center", mark="(1)"),
    Column("Lĩnh vực", 0.24, mark="(2)"),
    Column("Tổng số", 0.1, "right", ("Tiếp nhận",), "(3)"),
    Column("Trực tuyến", 0.1, "right", ("Tiếp nhận", "Trong kỳ"), "(4)"),
    Column("Tỷ lệ", 0.15, "right", mark="(5)"),
    Column("Ngày", 0.12, "center", mark="(6)"),
    Column("Lúc", 0.13, "center", mark="(7)"),
    Column("Ghi chú", 0.1, mark="(8)"),
)
ROWS = [
    (1, "Đất đai", 1234, 17, Rate(299, 300), ON, AT, "=1+1"),
    (2, "Chứng thực", Decimal("10.4"), 0, Rate(0, 0), None, None, "dòng một\ndòng hai"),
    (3, "Ẫ Ỡ Ữ Ỵ đ", 7, 7, Rate(19_999, 20_000), ON, AT, "-2"),
    ("", "Tổng cộng", 1241, 24, Rate(1, 1), None, None, ""),
]
FORM_HEAD = FormHead(
    ("Biểu số II.06a/VPCP/KSTT", "Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020"),
    ("TÌNH HÌNH, KẾT QUẢ", "GIẢI QUYẾT TTHC"),
    ("Kỳ báo cáo: Tháng 11 năm 2026", "(Từ ngày 15/10/2026 đến ngày 14/11/2026)"),
    ("- Đơn vị báo cáo: Trung tâm", "- Đơn vị nhận báo cáo: Văn phòng UBND tỉnh Lai Châu"),
    "Đơn vị tính: Số hồ sơ TTHC",
)
LETTERHEAD = Letterhead(("ỦY BAN NHÂN DÂN", "XÃ MƯỜNG THAN"), ("TRUNG TÂM PHỤC VỤ",), "", "Mường Than", ON)
TITLE_HEAD = TitleHead(("TÀI LIỆU HỌP",), ("(Tháng 11 năm 2026)",), LETTERHEAD)
TREND = (
    Column("Kỳ", 0.2, "center"),
    Column("Tiếp nhận", 0.2, "right"),
    Column("Đã giải quyết", 0.2, "right"),
    Column("Tỷ lệ", 0.4, "right"),
)
TREND_ROWS = [(f"{n}/2026", 300 + n, 290 + n, Rate(280 + n, 290 + n)) for n in range(1, 12)] + [
    ("12/2026", 12, 0, Rate(0, 0))
]
FIELDS = (
    Column("Lĩnh vực", 0.4),
    Column("Trước hạn", 0.2, "right"),
    Column("Đúng hạn", 0.2, "right"),
    Column("Quá hạn", 0.2, "right"),
)
FIELD_ROWS = [("Hộ tịch", 61, 27, 1), ("Chứng thực", 0, 184, 0), ("Đất đai", 0, 0, 0), ("Tổng cộng", 61, 211, 1)]
TARGET = Target(9950, "mục tiêu")


def form(**changed) -> ReportContent:
    """A form of one section with every kind of cell."""
    section = {
        "name": "II.06a",
        "grid": Grid(COLUMNS, ROWS, totals=1),
        "notes": ("Đối chiếu: (3) 1241 = 1241.",),
        "dated": "Mường Than, ngày 23 tháng 11 năm 2026",
        "signers": SIGNERS,
    }
    given = {
        "name": "Biểu số II.06a/VPCP/KSTT – Tháng 11 năm 2026",
        "head": FORM_HEAD,
        "sections": (Section(**section | changed.pop("section", {})),),
        "paper": Paper.LANDSCAPE,
        "centre_name": "Trung tâm Phục vụ hành chính công xã Mường Than",
        "made_on": ON,
        "form_ref": "Biểu số II.06a/VPCP/KSTT",
    }
    return ReportContent(**given | changed)


def pack(**changed) -> ReportContent:
    """A pack with all three charts, a strip, and a table without rows."""
    sections = (
        Section(
            "Diễn biến",
            title="1. Diễn biến",
            strips=("SỐ LIỆU CHƯA KHỚP: TN-MT-261123-0001.",),
            charts=(
                Chart("line", "Tỷ lệ đúng hạn", 0, (3,), TARGET),
                Chart("bars", "Tiếp nhận và giải quyết", 0, (1, 2)),
            ),
            grid=Grid(TREND, TREND_ROWS),
        ),
        Section(
            "Lĩnh vực",
            title="2. Theo lĩnh vực",
            charts=(Chart("shares", "Đã giải quyết", 0, (1, 2, 3)),),
            grid=Grid(FIELDS, FIELD_ROWS, totals=1),
        ),
        Section("Quá hạn", title="3. Quá hạn", lead=("Không thiếu gì.",), grid=Grid(FIELDS, (), empty="Không có.")),
    )
    given = {"name": "Tài liệu họp", "head": TITLE_HEAD, "sections": sections, "paper": Paper.PORTRAIT, "form_ref": ""}
    return form(**given | changed)
