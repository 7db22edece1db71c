"""The sheet that opens backups when nobody knows the passphrase: the recovery code, and what to do, on one A4 page.

Printed or handed out once, kept by the program nowhere: whoever holds it reads every backup of its key. Pure drawing.
"""

from dataclasses import dataclass, replace
from datetime import date

from desktop.documents.blocks import Para, framed, stack
from desktop.documents.layout import SIZES, Sheet
from desktop.documents.letterhead import Letterhead, Signer, letterhead, signatures
from desktop.documents.pages import to_pdf

_TITLE = "TỜ KHÔI PHỤC BẢN SAO LƯU"
_CODE_SIZE = 17.0


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says: ``code`` opens the backups of the key called ``key_name``, made from ``made_on`` on."""

    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    place: str
    unit: str
    code: str
    key_name: str
    made_on: date
    practice: bool = False


def render(content: RecoverySheet) -> bytes:
    """The page as PDF. Raises ``EnvironmentProblem("no_font")``."""
    paper = replace(SIZES["A4"], gap=1.7 * SIZES["A4"].gap)
    sheet = Sheet(paper, running=_TITLE, overlay="BẢN TẬP HUẤN" if content.practice else "")
    number = f"Khóa số {content.key_name}"
    letterhead(sheet, Letterhead(content.superior_lines, content.centre_lines, number, content.place, content.made_on))
    faces = sheet.faces
    title = [Para(((_TITLE, faces.bold),), paper.title, "center")]
    title.append(Para(((f"Sổ một cửa {content.unit}", faces.italic),), paper.body, "center"))
    sheet.add(stack(title, 0, paper.measure, gap=3 * paper.gap))
    sheet.paragraph(("Mã khôi phục (chỉ in trên tờ này, chương trình không giữ lại):", faces.regular), keep=True)
    code = Para(((content.code, faces.bold),), _CODE_SIZE, "center", gap=6)
    sheet.add(framed([code], 0, paper.measure, 10, gap=paper.gap))
    sheet.paragraph(("Khi máy hỏng hoặc không ai nhớ câu mật khẩu:", faces.bold), keep=True)
    sheet.items(_STEPS)
    sheet.paragraph(("Cất giữ:", faces.bold), keep=True)
    sheet.items(_KEEPING)
    signers = (Signer("NGƯỜI LẬP", "(Ký, ghi rõ họ tên)"), Signer("NGƯỜI GIỮ", "(Ký, ghi rõ họ tên)"))
    signatures(sheet, signers)
    return to_pdf([sheet], title=f"{_TITLE} – khóa {content.key_name}", author=content.unit, subject=_TITLE)


_STEPS = (
    "Cài chương trình Một Cửa trên một máy khác và cắm USB sao lưu. Tệp sao lưu nằm trong thư mục “mot-cua-sao-luu”, "
    "tên bắt đầu bằng “sao-luu_”; lấy tệp có ngày giờ mới nhất.",
    "Ở cửa sổ đầu tiên chọn “Khôi phục từ bản sao lưu”; máy đã có sổ thì vào Cài đặt (F9), phần Sao lưu. "
    "Hoặc gõ lệnh: motcua restore TỆP --into THƯ-MỤC-MỚI.",
    "Khi được hỏi, gõ mã khôi phục ở trên thay cho câu mật khẩu. Chữ hoa, chữ thường, dấu cách và gạch nối đều được.",
    "Xem danh sách “mất gì” rồi mới dùng sổ đã khôi phục; sổ cũ được giữ nguyên dưới tên khác.",
    "Đặt câu mật khẩu mới và in tờ mới. Các bản sao lưu cũ vẫn mở bằng tờ cũ: giữ tờ này đến khi không còn bản cũ nào.",
)
_KEEPING = (
    "Bỏ phong bì dán kín, ghi ngày, ký qua mép dán, để trong tủ có khóa của Văn phòng; không để cùng máy tính hay USB.",
    "Ai có tờ này và một bản sao lưu thì đọc được mọi hồ sơ. Nếu mất tờ này: đặt câu mật khẩu mới ngay.",
    "Mất cả câu mật khẩu lẫn tờ này thì không ai mở được các bản sao lưu, kể cả người viết chương trình.",
)
