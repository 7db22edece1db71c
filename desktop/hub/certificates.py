"""The files by which a hub speaks TLS: whether they can be used, and until when whoever asks will believe them.

Called by ``serving`` alone. It says what is wrong and stops nothing that still works.
"""

import ssl
from datetime import datetime, timedelta
from pathlib import Path

from desktop.errors import UserError, of_system
from desktop.rules.calendar import VN_TZ

#: Whoever issues certificates takes some days.
_SOON = timedelta(days=30)
_NOT_PEM = "không phải tệp PEM, khóa có mật khẩu, hoặc hai tệp không thuộc về nhau"


def check(cert: Path, key: Path) -> None:
    """That a server can use them; UserError ``bad_certificate``."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key, password="")
    except OSError as error:  # SSLError is one
        why = _NOT_PEM if isinstance(error, ssl.SSLError) else of_system(error)
        raise UserError("bad_certificate", f"Không dùng được chứng thư {cert} với khóa {key}: {why}.") from error


def warning(cert: Path, now: datetime) -> str:
    """One sentence where communes refuse this certificate now or will within a month, else empty."""
    from cryptography import x509

    try:
        told = x509.load_pem_x509_certificate(cert.read_bytes())
    except ValueError:  # OpenSSL reads older kinds of files as well
        return ""
    first, last = (moment.astimezone(VN_TZ) for moment in (told.not_valid_before_utc, told.not_valid_after_utc))
    if now < first:
        return f"Chứng thư {cert} chỉ có hiệu lực từ {first:%H:%M %d/%m/%Y}; trước lúc ấy máy các xã từ chối kết nối."
    if now > last:
        return f"Chứng thư {cert} hết hạn lúc {last:%H:%M %d/%m/%Y}: máy các xã từ chối kết nối. Hãy thay chứng thư."
    if now + _SOON > last:
        return f"Chứng thư {cert} sẽ hết hạn lúc {last:%H:%M %d/%m/%Y}; hãy thay trước lúc ấy."
    return ""
