"""The evidence of a period in one file: the form, its signed figures, the seals of its days, and every dossier counted.

A zip whose list of hashes is signed, with a note how to check it without this program. It holds codes and dates, and no
person. The same register at the same moment gives the same bytes. Called by the command line and the window.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from datetime import datetime

from db import events
from db.connection import Register
from desktop.documents.pages import Progress
from desktop.office import closing, counting, day_reports, reporting, sealing, settings
from desktop.office.report_forms import ReportKind
from desktop.office.reporting import Asked, Format
from desktop.rules import identities, packets
from desktop.rules.periods import Period

KIND = "evidence 1"
_SUMS, _LIST, _NOTE = "SHA256SUMS.txt", "danh-muc-da-ky.json", "CACH-KIEM-TRA.txt"
#: Each dossier stands in one of the first and in one of the second.
_CAME = ("received_online", "received_direct", "carried_over")
_WENT = ("early", "on_time", "late", "pending_in_time", "pending_overdue")
_STEPS = 5
_CHECKING = """\
CÁCH KIỂM TRA BỘ CHỨNG CỨ NÀY

1. Từng tệp còn nguyên: giải nén, rồi so SHA-256 của từng tệp với {sums}.
   Windows:  certutil -hashfile TÊN-TỆP SHA256
   Linux:    sha256sum -c {sums}
2. Danh mục do đơn vị ký: {list} là JSON; "body" ghi SHA-256 của từng tệp, "key" là khóa công khai Ed25519,
   "signature" ký lên ba dòng: "motcua packet 1", "{kind}", và "body" viết lại với khóa xếp theo thứ tự chữ cái,
   không khoảng trắng, UTF-8. Các tệp .json khác ký cùng cách, dòng thứ hai là giá trị của "packet".
   Khóa phải trùng khóa mà đơn vị đã trao cho nơi kiểm tra.
3. Số liệu khớp danh sách: danh-sach-ho-so.csv mỗi hồ sơ một dòng; cột (3) của biểu là số dòng, mỗi cột khác là số
   dòng ghi tên cột ấy.
4. Ngày đã chốt: mã của từng bản chốt trong thư mục ngay phải trùng mã in trên phiếu ngày đã ký tay.

Đơn vị: {unit}. Kỳ: {period}. Đầu chuỗi sự kiện khi lập: sự kiện {seq}, {head}.
"""


def bundle(book: Register, period: Period, *, now: datetime, progress: Progress | None = None) -> bytes | None:
    """The zip of a period; None when ``progress`` (steps done, of how many) said to stop.

    UserError ``period_in_future``; ``no_font`` may be raised.
    """
    files: dict[str, bytes] = {}
    for done, (name, data) in enumerate(_files(book, period, now)):
        files[name] = data
        if progress and not progress(min(done, _STEPS - 1), _STEPS):
            return None
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files[_LIST] = _signed_list(book, period, sums)
    sums[_LIST] = hashlib.sha256(files[_LIST]).hexdigest()
    files[_SUMS] = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
    if progress and not progress(_STEPS, _STEPS):
        return None
    return _zipped(files)


def _files(book: Register, period: Period, now: datetime) -> Iterator[tuple[str, bytes]]:
    asked = Asked(ReportKind.TABLE)
    for as_ in Format:
        data = reporting.make(book, asked, period, as_, now=now)
        assert data is not None, "nobody stops this work"
        yield f"bieu-ii-06a.{as_}", data
    yield "so-lieu-ky.json", day_reports.signed(book, day_reports.of_period(book, period, now=now))
    yield "danh-sach-ho-so.csv", _listed(book, period, now)
    for sealed in closing.between(book, period.first, min(period.last, now.date())):
        report = day_reports.signed(book, day_reports.of_closing(book, sealed))
        yield f"ngay/{sealed.day}-ban-{sealed.revision}.json", report
    yield _NOTE, _note(book, period).encode()


def _listed(book: Register, period: Period, now: datetime) -> bytes:
    """A line for each dossier: its code and procedure, how it came into the period and how it went out."""
    lines: dict[str, list[str]] = {}
    for columns in (_CAME, _WENT):
        for column in columns:
            for row in counting.behind(book, column, period.first, period.last, now=now):
                lines.setdefault(row.code, [row.code, row.procedure]).append(f"({identities.number(column)}) {column}")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("ma_ho_so", "ma_thu_tuc", "vao_ky", "cuoi_ky"))
    writer.writerows(lines[code] for code in sorted(lines))
    return text.getvalue().encode("utf-8-sig")


def _signed_list(book: Register, period: Period, sums: Mapping[str, str]) -> bytes:
    seq, head = events.head(book)
    body = {
        "unit": settings.unit(book).code,
        "practice": settings.unit(book).practice,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "chain": {"seq": seq, "hash": head},
        "sha256": dict(sums),
    }
    return packets.sealed(KIND, body, sealing.private_key(book))


def _note(book: Register, period: Period) -> str:
    seq, head = events.head(book)
    unit = settings.unit(book)
    practice = "BẢN TẬP HUẤN\n\n" if unit.practice else ""
    told = {"sums": _SUMS, "list": _LIST, "kind": KIND, "unit": unit.centre_name, "period": period.name}
    return practice + _CHECKING.format(**told, seq=seq, head=head)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            # Without a moment of its own the zip is the same for the same files.
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return buffer.getvalue()
