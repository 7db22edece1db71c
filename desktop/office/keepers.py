"""Who may bring an open backup back: asked beside a register that had passwords, told once another took its place.

A mark beside the register keeps, when its file is damaged or gone, what its people could prove themselves with. Whoever
can change files can take the mark away; it closes the program's own ways, not an open disk.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db import credentials, events, folder, people
from db import settings as stored
from db.connection import Register
from db.vocabulary import Role
from desktop import labels
from desktop.errors import UserError
from desktop.office import rights, settings
from desktop.office.backup_standing import KEY

MARK_FILE = "register.keepers"
#: The setting that says when a register with passwords gave way to this one.
_REPLACED = "replaced_register"
_TOLD_FOR = timedelta(days=30)
OPEN_COPIES = (
    "Các bản sao lưu trên máy này chưa khóa: ai lấy được tệp là đọc được cả sổ. "
    "Hãy đặt câu mật khẩu sao lưu ở Cài đặt, Sao lưu."
)


@dataclass(frozen=True, slots=True)
class Replaced:
    """That a backup took the place of a register with passwords; ``kept`` is the folder of the earlier one, if known.

    ``asks`` is whether the one that came asked who acts.
    """

    at: datetime
    kept: str
    asks: bool

    @property
    def words(self) -> str:
        """What everybody is told."""
        lost = "" if self.asks else " Lúc thay, sổ này không hỏi mật khẩu của ai: hãy đặt lại mật khẩu."
        kept = f" Sổ trước đó còn ở thư mục {self.kept}." if self.kept else ""
        return (
            f"Sổ này đã thay một sổ có mật khẩu lúc {labels.moment_words(self.at)}.{lost}{kept} "
            "Nếu không ai ở đơn vị biết việc này, báo lãnh đạo ngay."
        )


def has_open_copies(book: Register) -> bool:
    """Whether people have passwords while the backups on this disk are made without a lock."""
    return stored.get(book, KEY) is None and rights.asks_who(book)


def mark(book: Register) -> None:
    """Keep beside the register what proves who may bring a backup back; nothing for one that asks nobody.

    A disk that does not take it is no reason to refuse anybody: it is written when the register is opened next.
    """
    path = book.home / MARK_FILE
    with suppress(OSError):
        if not rights.asks_who(book):
            path.unlink(missing_ok=True)
            return
        runs = [one.short_name for one in people.everyone(book) if one.active and Role.ADMINISTER in one.roles]
        held = [*(credentials.of(book, name) for name in runs), credentials.recovery(book)]
        told = {"proofs": [one.hash for one in held if one and not one.must_change], "key": stored.get(book, KEY)}
        if told != _read(book.home):
            folder.keep_secret(path, json.dumps(told).encode())


def demand(homes: list[Path], secret: str) -> None:
    """Ask on behalf of marked folders for an administrator's password, the recovery code or the backups' passphrase.

    UserError ``needs_passphrase``, ``wrong_passphrase``; nothing where no folder is marked.
    """
    for home in homes:
        told = _read(home)
        if told is not None and not secret:
            raise UserError(
                "needs_passphrase",
                "Sổ ở đây có mật khẩu: cần mật khẩu của một người quản trị, mã trên tờ khôi phục hoặc câu mật khẩu "
                "sao lưu.",
            )
        if told is not None and not _proves(told, secret):
            raise UserError(
                "wrong_passphrase", "Không đúng mật khẩu người quản trị, mã khôi phục hay câu mật khẩu sao lưu của sổ."
            )


def asks(homes: list[Path]) -> bool:
    """Whether :func:`demand` would ask."""
    return any(_read(home) is not None for home in homes)


def hand_on(home: Path, restored: Path, kept: Path, *, now: datetime) -> None:
    """Before ``restored`` takes the place of ``home``: what it has to tell when it is opened there. OSError."""
    told = _read(home)
    if told is not None:
        after = told | {"replaced_at": now.isoformat(), "kept": kept.name}
        folder.keep_secret(restored / MARK_FILE, json.dumps(after).encode())


def look_after(book: Register, *, now: datetime) -> None:
    """At opening: what took the place of a register with passwords says so in its chain; then mark it as it is."""
    told = _read(book.home)
    if told is not None and ("replaced_at" in told or not rights.asks_who(book)):
        at = told.get("replaced_at", now.isoformat())
        value = {"at": at, "kept": told.get("kept", ""), "asked": rights.asks_who(book)}
        last = None if book.practice else events.last_moment(book)
        settings.change_by_itself(book, _REPLACED, value, now=max(now, last) if last else now)
    mark(book)


def replaced(book: Register, *, now: datetime) -> Replaced | None:
    """The last time that this happened, for thirty days."""
    told = stored.get(book, _REPLACED)
    at = datetime.fromisoformat(told["at"]) if told else None
    if told is None or at is None or now - at > _TOLD_FOR:
        return None
    return Replaced(at, told["kept"], told["asked"])


def _proves(told: dict[str, Any], secret: str) -> bool:
    from desktop.rules import backup_keys, passwords

    tried = {secret, backup_keys.read_code(secret) or secret}
    if any(passwords.verifies(kept, one) for kept in told["proofs"] for one in tried):
        return True
    return told["key"] is not None and backup_keys.private_key(told["key"], secret) is not None


def _read(home: Path) -> dict[str, Any] | None:
    """What the mark says; one that was spoilt asks, and nobody but the backup's own lock is believed."""
    try:
        content = (home / MARK_FILE).read_bytes()
    except OSError:
        return None
    try:
        told = json.loads(content)
        return told if {"proofs", "key"} <= told.keys() else {"proofs": [], "key": None}
    except (ValueError, AttributeError):
        return {"proofs": [], "key": None}
