"""An invented decision (3120/QĐ-UBND) as a province publishes one, written as .xlsx, .csv and .json for the tests.

New, amended, replaced and abolished procedures of the shipped catalogue, with what goes wrong in practice: merged
cells, headings of two tiers, codes with suffixes and as numbers, NFD, hard spaces, "như trên", a limit in two cases.
"""

import csv
import json
import unicodedata
from pathlib import Path

TITLES = (
    ("PHỤ LỤC",),
    ("DANH MỤC THỦ TỤC HÀNH CHÍNH CẤP XÃ MỚI BAN HÀNH, SỬA ĐỔI, THAY THẾ VÀ BÃI BỎ",),
    ("(Kèm theo Quyết định số 3120/QĐ-UBND ngày 20/11/2026, có hiệu lực từ ngày 01/12/2026)",),
)
_TOP = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", None, "Phí, lệ phí (nếu có)")
HEADING = (
    (*_TOP, "Địa điểm thực hiện", "Cơ quan thực hiện", "Căn cứ pháp lý", "Ghi chú"),
    (None, None, None, "Theo quy định", "Sau cắt giảm", None, None, None, None, None),
    tuple(f"({number})" for number in range(1, 11)),
)
_PLACE = "Trực tiếp tại Trung tâm Phục vụ hành chính công"
_LIMIT = "Không quá 05 (năm) ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ"
_DOUBT = "05 ngày làm việc; trường hợp phải xác minh không quá 10 ngày làm việc"
_NFD = unicodedata.normalize("NFD", "Thủ tục đăng ký nhận cha, mẹ, con")

SECTIONS = (
    ("A. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH",),
    ("I. Lĩnh vực Hộ tịch (01 TTHC)",),
    (1, "1.117001.000.00.00.H35", "Đăng ký mẫu một", None, _LIMIT, "Không", _PLACE, "UBND cấp xã", "Luật Mẫu", None),
    ("II", "LĨNH VỰC TRẺ EM"),
    (2, None, "Đăng ký mẫu hai (1.117002)", None, "Như trên", "8.000 đồng/bản", "Như trên", "nt", "nt", None),
    ("B. THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG",),
    ("Lĩnh vực: Hộ tịch",),
    (1, "1.004873 .H35 ", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "03 ngày làm việc", "02\u00a0ngày làm việc"),
    (2, "’1.001022", _NFD, "03 ngày làm việc", None, None, None, "Uỷ ban nhân dân cấp xã"),
    (3, 1.00008, "Đăng ký nhận cha, mẹ, con có yếu tố nước ngoài tại khu vực biên giới", None, "07 ngày làm việc"),
    (4, "1.004884", "ĐĂNG KÝ LẠI KHAI SINH", None, _DOUBT),
    (5, 1.00999, "Thủ tục không có ở đây", None, "03 ngày làm việc"),
    ("C. THỦ TỤC HÀNH CHÍNH BỊ THAY THẾ",),
    (1, "1.000656", "Thủ tục đăng ký khai tử", *[None] * 6, "Được thay thế bởi 1.117001"),
    ("D. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ",),
    (1, "1.000110", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới"),
    (2, "1.999999", "Thủ tục của tỉnh khác"),
    ("Tổng số TTHC công bố: 09",),
    (None, None, None, None, None, None, None, "TM. ỦY BAN NHÂN DÂN"),
)
ROWS = (*TITLES, *HEADING, *SECTIONS)

#: What the change set must be; rows are those of the .xlsx and .csv.
EXPECTED = {
    "decision": ("3120/QĐ-UBND", "2026-11-20", "2026-12-01"),
    "new": {"1.117001": "Hộ tịch", "1.117002": "Trẻ em"},
    "amended": {"1.004873": ["limit"], "1.004884": ["limit"]},
    "replaced": {"1.000656": "1.117001"},
    "abolished": ["1.000110"],
    "unchanged": ["1.001022", "1.000080"],
    "rejected": {18: "Mã “1.00999” thiếu chữ số", 23: "nên không có gì để bãi bỏ"},
    "to_decide": {"1.004884": _DOUBT},
}
_KINDS = {"A.": "Mới ban hành", "B.": "Sửa đổi, bổ sung", "C.": "Bị thay thế", "D.": "Bãi bỏ"}
_FIELDS = {"I. Lĩnh vực Hộ tịch (01 TTHC)": "Hộ tịch", "LĨNH VỰC TRẺ EM": "Trẻ em", "Lĩnh vực: Hộ tịch": "Hộ tịch"}
_KEYS = (
    "Mã TTHC",
    "Tên TTHC",
    "Thời hạn theo quy định",
    "Thời hạn giải quyết",
    "Phí",
    "Địa điểm",
    "Cơ quan thực hiện",
    "Căn cứ pháp lý",
    "Ghi chú",
)


def write_xlsx(path: Path) -> Path:
    """As the province's office makes it: titles and headings merged, the office merged down over a section."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    sheet["H14"] = "UBND cấp xã"
    for reference in ("A1:J1", "D4:E4", "A4:A5", "B4:B5", "C4:C5", "J4:J5", "A8:J8", "B10:J10", "H14:H18"):
        sheet.merge_cells(reference)
    book.save(path)
    return path


def write_csv(path: Path) -> Path:
    """The same saved from a Vietnamese Excel: semicolons and a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(ROWS)
    return path


def write_json(path: Path) -> Path:
    """The same as one object a procedure, each with the words of its section."""
    records, kind, field = [], "", None
    for row in SECTIONS[:-2]:
        told = [cell for cell in row if cell is not None]
        if len(told) <= 2:
            kind = _KINDS.get(told[0][:2], kind)
            field = _FIELDS.get(told[-1], field)
        else:
            cells = zip(_KEYS, (*row, *[None] * 9)[1:10], strict=True)
            records.append({"Trạng thái": kind, "Lĩnh vực": field} | {key: cell for key, cell in cells if cell})
    decision = {"number": "3120/QĐ-UBND", "decided_on": "2026-11-20", "effective_on": "2026-12-01"}
    path.write_text(json.dumps({"decision": decision, "procedures": records}, ensure_ascii=False), "utf-8")
    return path
