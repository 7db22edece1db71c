"""The recovery sheet of a register: its words around a code that exists for this one moment only."""

from datetime import datetime

from db import settings as stored
from db.connection import Register
from desktop.errors import UserError
from desktop.office import backup_standing, settings
from desktop.rules import backup_keys


def sheet(book: Register, code: str, *, now: datetime) -> bytes:
    """The page to be printed with a code that ``backups`` has just given. Raises ``EnvironmentProblem("no_font")``."""
    from desktop.documents import recovery_sheet

    locks = stored.get(book, backup_standing.KEY)
    if locks is None:
        raise UserError("no_backup_key", "Sổ này chưa đặt câu mật khẩu sao lưu.")
    unit = settings.unit(book)
    content = recovery_sheet.RecoverySheet(
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        place=unit.place,
        unit=unit.name,
        code=code,
        key_name=backup_keys.name_of(locks),
        made_on=now.date(),
        practice=book.practice,
    )
    return recovery_sheet.render(content)
