"""The passphrase and the recovery code of a register's backups: set, renewed, and tried on a backup.

Hides where the key lies: its public half and both locks in a setting, so that who set it stands in the chain. Neither
secret is ever stored; the code goes from here to paper (``recovery``) and nowhere else.
"""

from datetime import datetime
from random import SystemRandom

from db import settings as stored
from db.connection import Register
from desktop.errors import UserError
from desktop.office import settings
from desktop.office.backup_standing import KEY
from desktop.rules import backup_keys
from desktop.rules.backup_keys import Locks


def of(book: Register) -> Locks | None:
    """What seals this register's backups; None where nobody has set a passphrase."""
    return stored.get(book, KEY)


def set_key(book: Register, passphrase: str, *, clerk: str | None, now: datetime) -> str:
    """From now on backups are sealed; returns the recovery code, which is nowhere kept: it belongs on paper.

    Earlier backups stay under their earlier locks. UserError ``short_passphrase``, ``weak_passphrase``.
    """
    if problem := backup_keys.passphrase_problem(passphrase):
        raise UserError(*problem)
    code = backup_keys.new_code(SystemRandom())
    settings.change(book, KEY, backup_keys.new_locks(passphrase, code), clerk=clerk, now=now)
    return code


def new_code(book: Register, secret: str, *, clerk: str | None, now: datetime) -> str:
    """Another recovery code for the backups to come, for who knows the passphrase or the last code."""
    locks = of(book)
    if locks is None:
        raise UserError("no_backup_key", "Sổ này chưa đặt câu mật khẩu sao lưu.")
    code = backup_keys.new_code(SystemRandom())
    changed = backup_keys.with_new_code(locks, opened(locks, secret), code)
    settings.change(book, KEY, changed, clerk=clerk, now=now)
    return code


def key_name(book: Register) -> str:
    """What the recovery sheet calls the key; empty where none was set."""
    locks = of(book)
    return backup_keys.name_of(locks) if locks else ""


def opened(locks: Locks, secret: str) -> bytes:
    """The private half behind these locks; UserError ``wrong_passphrase``."""
    private = backup_keys.private_key(locks, secret)
    if private is None:
        raise UserError("wrong_passphrase", "Câu mật khẩu hoặc mã khôi phục không mở được bản sao lưu này.")
    return private


def refuse_open(book: Register) -> None:
    """UserError ``needs_passphrase`` where a backup without a lock would leave the disk of a live register."""
    if not book.practice and of(book) is None:
        raise UserError(
            "needs_passphrase",
            "Sổ thật chỉ sao lưu ra ngoài máy khi có câu mật khẩu: đặt trong Cài đặt, hoặc bằng lệnh backups key.",
        )
