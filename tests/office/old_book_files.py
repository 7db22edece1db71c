"""Workbooks of last year's register book, as communes keep them: our own form, and the mess of a real counter.

And how tests bring them in.
"""

from datetime import datetime

import openpyxl

from desktop.office import old_book_lookup, old_books

#: The eleven columns of Mẫu 07, the last five under one caption.
FORM = (
    "STT",
    "Mã hồ sơ",
    "Tên TTHC",
    "Tên tổ chức, cá nhân",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận và trả kết quả",
)
FORM_BELOW = ("Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nhận kết quả", "Ký nhận")
PLAIN = ("STT", "Họ và tên", "Số CCCD", "Số điện thoại", "Nội dung", "Ngày nhận", "Hẹn trả", "Ngày trả", "Ghi chú")


def form_book(path, *rows):
    """A book laid out as Mẫu 07: titles merged above, a heading of two lines, numbered columns, ``rows``."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Quyển 01"
    sheet.append(["ỦY BAN NHÂN DÂN XÃ MƯỜNG THAN"])
    sheet.append([])
    sheet.append(["SỔ THEO DÕI HỒ SƠ"])
    sheet.append(["Quyển số 01 – Năm 2025"])
    sheet.append(FORM)
    sheet.append((None,) * 6 + FORM_BELOW)
    sheet.append([f"({number})" for number in range(1, 12)])
    for reference in ("A1:K1", "A3:K3", "A4:K4", "G5:K5", *(f"{column}5:{column}6" for column in "ABCDEF")):
        sheet.merge_cells(reference)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def plain_book(path, *rows, heading=PLAIN, title="Sổ năm 2025"):
    """A book of one heading line and ``rows``."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in (heading, *rows):
        book.active.append(row)
    book.save(path)
    return path


def plain_row(number=1, name="Vàng Thị Dí", **said):
    """A row of a plain book, changed where ``said``."""
    given = {
        "id": "011185000123",
        "phone": "0912345678",
        "matter": "Thủ tục đăng ký khai sinh",
        "received": "03/02/2025",
        "due": "04/02/2025",
        "returned": "04/02/2025",
        "note": None,
    } | said
    return [number, name, *given.values()]


_CAPTIONS = ("TT", "Thông tin người nộp", None, None, "Loại hồ sơ", "Thời gian", None, None, "Lãnh đạo ký", "Ghi chú")
_BELOW = (None, "Họ tên", "CCCD/CMND", "Điện thoại", None, "Nhận", "Hẹn trả", "Trả", None, None)
_MESS = (
    ("UBND XÃ MƯỜNG THAN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỔ TIẾP NHẬN HỒ SƠ NĂM 2025",),
    (),
    _CAPTIONS,
    _BELOW,
    (),
    ("Tháng 01",),
    # A number of a person that lost its zero as a float, a day with its format, a year of two figures.
    (
        1,
        "Lò Văn Ví",
        11085001234.0,
        912345678,
        "Khai sinh",
        datetime.fromisoformat("2025-01-06"),
        "07/01/2025",
        "7/1/25",
    ),
    # As above, a day that lost its format, points, words instead of a day.
    (2.0, "Vàng Thị Dụ", "011 185 000 123", "0987 654 321", "nt", 45664, "8.1.2025", "đã trả", "Giàng A Sử"),
    (3, "Nguyễn Thị Ước", "012345678", None, '"', "8h30 ngày 09/01/2025", "Trong ngày", "09/01", None, "vội"),
    (),
    (4, "Công ty TNHH Ví Dụ", None, None, "Đăng ký kinh doanh", "31/02/2025", None, None),
    (5, None, None, None, "Khai tử", "10/01/2025", None, None),
    (6, "Mùa A Của", "011085000999", None, "Khai tử", None, None, None),
    (7, "Tẩn Mẩy Ước", "1.1085E+10", None, "Khai tử", "10/01/2027", None, None),
    (8, "Tổng Công ty Ví Dụ", None, None, "Cấp phép", "ngày 14 tháng 01 năm 2025", "13/01/2025", "Rút 15/01/2025"),
    ("Cộng tháng 01: 8 hồ sơ",),
    _CAPTIONS,
    _BELOW,
    tuple(f"({number})" for number in range(1, 11)),
    ("Tháng 02",),
    (9, "Sùng Thị Hoa", "011185000777", "0911000111", "Khai sinh", "2025-02-03 07:45:00", None, None),
    (10, "Sùng Thị Hoa", "011185000778", "0911000111", "Khai sinh", "03-02-2025", None, None),
    (9, "Sùng Thị Hoa", "011185000777", "0911000111", "Khai sinh", "3/2/2025", None, None),
    ("Tổng cộng", 11),
    (None, "Người lập sổ", None, None, None, None, "Chủ tịch"),
)


def messy_book(path):
    """What a counter really keeps: titles, a heading of two lines and again, months, sums, every form of day."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "T1+T2"
    for row in _MESS:
        sheet.append(row)
    for reference in ("A1:D1", "E1:J1", "A2:J2", "B4:D4", "F4:H4", "A4:A5", "E4:E5", "I4:I5", "J4:J5"):
        sheet.merge_cells(reference)
    book.create_sheet("Hướng dẫn").append(["Cách ghi sổ: mỗi hồ sơ một dòng."])
    book.save(path)
    return path


def look(book, path, monday, **facts):
    """A file read and compared with the register."""
    return old_books.look(book, path, now=monday, **facts)


def bring(book, path, monday):
    """Look and take in at once."""
    return old_books.bring_in(book, look(book, path, monday), clerk="truc", now=monday)


def everything(book):
    """All that came in, in the order of the file."""
    return old_book_lookup.page(book, limit=1000)[::-1]


def remarks(found):
    """What is said of each row."""
    return {each.row: each.words for each in found}
