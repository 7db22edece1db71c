"""A sheet with a recovery code and what to do with it, on one A4 page: one opens backups, one lets people in again.

Printed or handed out once, kept by the program nowhere: whoever holds one has what it opens. Pure drawing.
"""

from dataclasses import dataclass, replace
from datetime import date

from desktop.documents.blocks import Para, framed, stack
from desktop.documents.layout import SIZES, Sheet
from desktop.documents.letterhead import Letterhead, Signer, letterhead, signatures
from desktop.documents.pages import to_pdf

_CODE_SIZE = 17.0


@dataclass(frozen=True, slots=True)
class Purpose:
    """The words of one kind of sheet: ``name`` stands before what the code belongs to, ``when`` before the steps."""

    title: str
    name: str
    when: str
    steps: tuple[str, ...]
    keeping: tuple[str, ...]
    code_words: str = "Mã khôi phục (chỉ in trên tờ này, chương trình không giữ lại):"
    receiver: str = "NGƯỜI GIỮ"


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says: ``code`` belongs to the key, or the number of the code, that is called ``key_name``."""

    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    place: str
    unit: str
    code: str
    key_name: str
    made_on: date
    practice: bool = False
    #: Full name of whose password it is.
    holder: str = ""


def render(content: RecoverySheet, purpose: Purpose) -> bytes:
    """The page as PDF. Raises ``EnvironmentProblem("no_font")``."""
    paper = replace(SIZES["A4"], gap=1.7 * SIZES["A4"].gap)
    sheet = Sheet(paper, running=purpose.title, overlay="BẢN TẬP HUẤN" if content.practice else "")
    number = f"{purpose.name} {content.key_name}"
    letterhead(sheet, Letterhead(content.superior_lines, content.centre_lines, number, content.place, content.made_on))
    faces = sheet.faces
    title = [Para(((purpose.title, faces.bold),), paper.title, "center")]
    title.append(Para(((f"Sổ một cửa {content.unit}", faces.italic),), paper.body, "center"))
    sheet.add(stack(title, 0, paper.measure, gap=3 * paper.gap))
    sheet.paragraph((purpose.code_words.format(holder=content.holder), faces.regular), keep=True)
    code = Para(((content.code, faces.bold),), _CODE_SIZE, "center", gap=6)
    sheet.add(framed([code], 0, paper.measure, 10, gap=paper.gap))
    sheet.paragraph((purpose.when, faces.bold), keep=True)
    sheet.items(purpose.steps)
    sheet.paragraph(("Cất giữ:", faces.bold), keep=True)
    sheet.items(purpose.keeping)
    signers = (Signer("NGƯỜI LẬP", "(Ký, ghi rõ họ tên)"), Signer(purpose.receiver, "(Ký, ghi rõ họ tên)"))
    signatures(sheet, signers)
    title_told = f"{purpose.title} – {purpose.name.lower()} {content.key_name}"
    return to_pdf([sheet], title=title_told, author=content.unit, subject=purpose.title)


BACKUPS = Purpose(
    title="TỜ KHÔI PHỤC BẢN SAO LƯU",
    name="Khóa số",
    when="Khi máy hỏng hoặc không ai nhớ câu mật khẩu:",
    steps=(
        "Cài chương trình Một Cửa trên một máy khác và cắm USB sao lưu. Tệp sao lưu nằm trong thư mục "
        "“mot-cua-sao-luu”, tên bắt đầu bằng “sao-luu_”; lấy tệp có ngày giờ mới nhất.",
        "Ở cửa sổ đầu tiên chọn “Khôi phục từ bản sao lưu”; máy đã có sổ thì vào Cài đặt (F9), phần Sao lưu. "
        "Hoặc gõ lệnh: motcua restore TỆP --into THƯ-MỤC-MỚI.",
        "Khi được hỏi, gõ mã khôi phục ở trên thay cho câu mật khẩu. Chữ hoa, chữ thường, dấu cách và gạch nối đều "
        "được.",
        "Xem danh sách “mất gì” rồi mới dùng sổ đã khôi phục; sổ cũ được giữ nguyên dưới tên khác.",
        "Đặt câu mật khẩu mới và in tờ mới. Các bản sao lưu cũ vẫn mở bằng tờ cũ: giữ tờ này đến khi không còn bản cũ "
        "nào.",
    ),
    keeping=(
        "Bỏ phong bì dán kín, ghi ngày, ký qua mép dán, để trong tủ có khóa của Văn phòng; không để cùng máy tính hay "
        "USB.",
        "Ai có tờ này và một bản sao lưu thì đọc được mọi hồ sơ. Nếu mất tờ này: đặt câu mật khẩu mới ngay.",
        "Mất cả câu mật khẩu lẫn tờ này thì không ai mở được các bản sao lưu, kể cả người viết chương trình.",
    ),
)
PEOPLE = Purpose(
    title="TỜ KHÔI PHỤC QUYỀN QUẢN TRỊ",
    name="Mã số",
    when="Khi không còn người quản trị nào đăng nhập được:",
    steps=(
        "Ở cửa sổ đăng nhập chọn “Quên mật khẩu?”, rồi “Dùng tờ khôi phục”. Hoặc gõ lệnh: motcua people recover TÊN.",
        "Chọn tên của người sẽ quản trị, gõ mã ở trên và mật khẩu mới của người đó. Chữ hoa, chữ thường, dấu cách "
        "và gạch nối đều được.",
        "Mã này chỉ dùng được một lần. Chương trình lập mã mới ngay: in tờ mới, cất thay tờ này, rồi hủy tờ này.",
        "Trong 30 ngày sau đó, ai đăng nhập cũng được báo rằng tờ khôi phục đã được dùng, lúc nào và cho tên nào; "
        "việc này ghi trong chuỗi sự kiện và không xóa được.",
        "Người quản trị cấp lại mật khẩu cho những người khác trong Cài đặt (F9), phần Người làm việc.",
    ),
    keeping=(
        "Bỏ phong bì dán kín, ghi ngày, ký qua mép dán, để trong tủ có khóa của lãnh đạo; không để ở quầy.",
        "Ai có tờ này thì thành người quản trị của sổ. Nếu mất tờ này hoặc phong bì bị mở: vào Cài đặt lập tờ mới "
        "ngay, tờ cũ hết giá trị.",
        "Tờ này không mở được bản sao lưu, và tờ khôi phục bản sao lưu không mở được sổ: cất cả hai.",
    ),
)
ONE_TIME = Purpose(
    title="MẬT KHẨU DÙNG MỘT LẦN",
    name="Tên đăng nhập:",
    code_words="Mật khẩu của {holder} (chỉ in trên tờ này, chương trình không giữ lại):",
    receiver="NGƯỜI NHẬN",
    when="Lần đầu đăng nhập:",
    steps=(
        "Mở chương trình Một Cửa, chọn tên của mình, gõ mật khẩu ở trên rồi Enter. Gõ đúng chữ hoa và gạch nối.",
        "Chương trình hỏi mật khẩu mới: chọn mã PIN từ 6 chữ số hoặc mật khẩu từ 8 ký tự mà chỉ mình biết.",
        "Từ đó mọi việc làm dưới tên mình đều do mình chịu trách nhiệm. Rời quầy thì bấm Ctrl+L.",
    ),
    keeping=(
        "Đưa tận tay người nhận, không gửi qua tin nhắn.",
        "Đăng nhập xong thì hủy tờ này: mật khẩu ở trên không dùng được nữa.",
    ),
)
