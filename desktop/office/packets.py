"""A catalogue packet: what the tier above decided, signed, for communes to look at and accept.

The sender is any register; the receiver believes the keys that somebody pinned in its settings, and no others. A packet
is read here and then prepared and accepted like any list: ``decisions``.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Register
from desktop.changes import Changes
from desktop.errors import UserError, VerificationFailed
from desktop.office import procedures, sealing, settings
from desktop.rules import packets, seal, versions
from desktop.rules.change_sets import Decision
from desktop.rules.list_entries import Entry, Reading
from desktop.rules.packets import Packet
from desktop.whole_files import hand_out

_KIND = "catalogue"
_TRUSTED = "catalogue_keys"
_LARGEST = 20_000_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A genuine packet of somebody believed: what it says, as which decision, and who made it when."""

    reading: Reading
    decision: Decision
    issuer: str
    made_at: datetime


def public_key(book: Register) -> str:
    """The key by which others know packets of this register, in 64 hexadecimal digits."""
    return seal.public_of(sealing.private_key(book)).hex()


def trusted(book: Register) -> dict[str, str]:
    """Public key → the name under which it was pinned."""
    return dict(settings.get(book, _TRUSTED, {}))


def trust(book: Register, key: str, name: str, *, clerk: str | None, now: datetime) -> Changes:
    """Believe packets of this key from now on; UserError ``bad_key`` for what is no key, ``missing`` without a name."""
    key, name = re.sub(r"\s", "", key).lower(), versions.tidied(name)
    if not re.fullmatch(r"[0-9a-f]{64}", key):
        raise UserError("bad_key", "Khóa công khai gồm 64 chữ số thập lục phân.", field="key")
    if not name or len(name) > _LONGEST_NAME:
        raise UserError("missing", "Ghi tên cơ quan giữ khóa này.", field="name")
    return settings.change(book, _TRUSTED, trusted(book) | {key: name}, clerk=clerk, now=now)


def distrust(book: Register, key: str, *, clerk: str | None, now: datetime) -> Changes:
    """Believe a key no more; what was accepted stays. UserError ``unknown_key``."""
    kept = trusted(book)
    if kept.pop(key, None) is None:
        raise UserError("unknown_key", "Khóa này chưa được ghi nhận trong cài đặt.", field="key")
    return settings.change(book, _TRUSTED, kept, clerk=clerk, now=now)


def make(book: Register, path: Path, decision: Decision, *, on: date, now: datetime, field: str | None = None) -> int:
    """Write everything that the catalogue says on a day, what has ended included, signed; returns how many procedures.

    ``decision`` is what the receivers will record; UserError when it is not whole.
    """
    decision = versions.tidied(decision)
    if problem := versions.decision_problem(decision):
        raise UserError(problem.code, problem.message, field=problem.field)
    found = [
        version
        for version in procedures.catalogue(book).listed(on=on, field=field, all=True)
        if procedures.begun_on(version) <= on
    ]
    unit = settings.unit(book)
    body = {
        "issuer": {"code": unit.code, "name": unit.name},
        "practice": book.practice,
        "made_at": now.isoformat(timespec="seconds"),
        "decision": msgspec.to_builtins(decision),
        "procedures": [procedures.to_json(version) for version in found],
    }
    hand_out(path, packets.sealed(_KIND, body, sealing.private_key(book)))
    return len(found)


def read(book: Register, path: Path) -> Opened:
    """What a packet says, when it is genuine and its key is pinned.

    UserError ``no_file``, ``not_a_packet``, ``practice_packet``; VerificationFailed ``forged_packet``, ``unknown_key``.
    """
    packet = _read(path)
    if not packets.is_genuine(packet):
        raise VerificationFailed("forged_packet", f"Gói {path.name} đã bị sửa: chữ ký không khớp. Chưa ghi gì.")
    name = trusted(book).get(packet.key.hex())
    if name is None:
        raise VerificationFailed(
            "unknown_key",
            f"Gói {path.name} ký bằng khóa chưa được ghi nhận trong cài đặt; chưa ghi gì.",
            key=packet.key.hex(),
        )
    try:
        return _opened(book, packet.body, name)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:  # msgspec's are of these
        raise UserError("not_a_packet", f"Gói {path.name} không có danh mục đọc được; chưa ghi gì.") from error


def _read(path: Path) -> Packet:
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path)) from error
    try:
        packet = packets.read(data)
    except ValueError as error:
        raise UserError("not_a_packet", f"Tệp {path.name} không phải gói danh mục; chưa ghi gì.") from error
    if packet.kind != _KIND:
        raise UserError("not_a_packet", f"Tệp {path.name} là gói loại khác, không phải gói danh mục; chưa ghi gì.")
    return packet


def _opened(book: Register, body: Any, name: str) -> Opened:
    if body["practice"] and not book.practice:
        raise UserError("practice_packet", "Gói do sổ tập huấn lập không dùng được cho sổ thật; chưa ghi gì.")
    entries = []
    for row, told in enumerate(body["procedures"], start=1):
        version = procedures.from_json(told)
        entries.append(Entry(row=row, code=version.code, name=version.name, whole=version))
    return Opened(
        Reading(tuple(entries)),
        msgspec.convert(body["decision"], Decision),
        f"{name} ({body['issuer']['name']})",
        datetime.fromisoformat(body["made_at"]),
    )
