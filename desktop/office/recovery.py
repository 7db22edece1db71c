"""The recovery sheet of a register: its words around a code that exists for this one moment only."""

from datetime import datetime

from db.connection import Register
from desktop.errors import UserError
from desktop.office import backup_locks, settings


def sheet(book: Register, code: str, *, now: datetime) -> bytes:
    """The page with a code that ``backup_locks`` has just given. Raises ``EnvironmentProblem("no_font")``."""
    from desktop.documents import recovery_sheet

    if not (key_name := backup_locks.key_name(book)):
        raise UserError("no_backup_key", "Sổ này chưa đặt câu mật khẩu sao lưu.")
    unit = settings.unit(book)
    content = recovery_sheet.RecoverySheet(
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        place=unit.place,
        unit=unit.name,
        code=code,
        key_name=key_name,
        made_on=now.date(),
        practice=book.practice,
    )
    return recovery_sheet.render(content)
