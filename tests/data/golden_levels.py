"""An invented list of a whole province (3200/QĐ-UBND) in three levels, told once by sections and once by a column.

Both write the same four new procedures; one of another level stands between two of the commune's.
"""

from pathlib import Path

from tests.office.list_files import workbook

TITLE = ("DANH MỤC THỦ TỤC HÀNH CHÍNH TRÊN ĐỊA BÀN TỈNH",)
_HEADING = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Thời hạn giải quyết")
_LIMIT = "03 ngày làm việc"

#: Code → name and field, and the levels that the list says.
PROVINCIAL, SHARED, OWN, FORMER = "1.118001", "1.118002", "1.118003", "1.118004"
LEVELS = {
    PROVINCIAL: ("Cấp tỉnh",),
    SHARED: ("Cấp tỉnh", "Cấp xã"),
    OWN: ("Cấp xã",),
    FORMER: ("Cấp huyện",),
}
_NAMES = {
    PROVINCIAL: ("Cấp phép mẫu của tỉnh", "Khoáng sản mẫu"),
    SHARED: ("Chứng thực mẫu dùng chung", "Hộ tịch"),
    OWN: ("Đăng ký mẫu của xã", "Hộ tịch"),
    FORMER: ("Đăng ký mẫu của huyện", "Hộ tịch"),
}


def _row(number: int, code: str) -> tuple[object, ...]:
    return (number, code, *_NAMES[code], _LIMIT)


def in_sections(path: Path) -> Path:
    """As a province publishes it: a section for each level, what two of them share in both."""
    return workbook(
        path,
        _HEADING,
        ("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH",),
        _row(1, PROVINCIAL),
        _row(2, SHARED),
        ("B. THỦ TỤC HÀNH CHÍNH CẤP HUYỆN",),
        _row(1, FORMER),
        ("C. THỦ TỤC HÀNH CHÍNH CẤP XÃ",),
        _row(1, SHARED),
        _row(2, OWN),
        heading=TITLE,
    )


def in_a_column(path: Path) -> Path:
    """As the one-stop software exports it."""
    cells = {PROVINCIAL: "Cấp Tỉnh", SHARED: "Cấp tỉnh, Cấp xã", FORMER: "UBND cấp huyện", OWN: "Cấp xã"}
    rows = [(*_row(number, code), cell) for number, (code, cell) in enumerate(cells.items(), start=1)]
    return workbook(path, *rows, heading=(*_HEADING, "Cấp thực hiện"))
