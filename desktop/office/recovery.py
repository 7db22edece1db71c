"""The recovery sheets of a register: their words around a code that exists for this one moment only."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from db.connection import Register
from db.records import Clerk
from desktop.errors import UserError
from desktop.office import backup_locks, settings, signing_in

if TYPE_CHECKING:
    from desktop.documents.recovery_sheet import RecoverySheet


def sheet(book: Register, code: str, *, now: datetime) -> bytes:
    """The page with a code that ``backup_locks`` has just given. Raises ``EnvironmentProblem("no_font")``."""
    from desktop.documents import recovery_sheet

    if not (key_name := backup_locks.key_name(book)):
        raise UserError("no_backup_key", "Sổ này chưa đặt câu mật khẩu sao lưu.")
    return recovery_sheet.render(_content(book, code, key_name, now), recovery_sheet.BACKUPS)


def people_sheet(book: Register, code: str, *, now: datetime) -> bytes:
    """The page with a code that ``signing_in`` has just given. Raises ``EnvironmentProblem("no_font")``."""
    from desktop.documents import recovery_sheet

    number = str(signing_in.codes_made(book))
    return recovery_sheet.render(_content(book, code, number, now), recovery_sheet.PEOPLE)


def one_time_sheet(book: Register, person: Clerk, secret: str, *, now: datetime) -> bytes:
    """The page with a password that ``signing_in.reset`` has just given. Raises ``EnvironmentProblem("no_font")``."""
    from desktop.documents import recovery_sheet

    content = replace(_content(book, secret, person.short_name, now), holder=person.full_name)
    return recovery_sheet.render(content, recovery_sheet.ONE_TIME)


def is_printable(_: Register) -> bool:
    """Asked before a code is made or spent, for it is told once; ``EnvironmentProblem("no_font")`` where it is not."""
    from desktop.documents.fonts import find_paper_font

    find_paper_font()
    return True


def _content(book: Register, code: str, key_name: str, now: datetime) -> "RecoverySheet":
    from desktop.documents.recovery_sheet import RecoverySheet

    unit = settings.unit(book)
    return RecoverySheet(
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        place=unit.place,
        unit=unit.name,
        code=code,
        key_name=key_name,
        made_on=now.date(),
        practice=book.practice,
    )
