"""Making and opening a register: what a new one holds, and what every one needs on its disk."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from db import connection
from db.connection import Register
from db.records import Clerk, Unit
from desktop.errors import UserError
from desktop.office import keepers, people, renumbering, rights, sealing

T = TypeVar("T")
_LONGEST_NAME = 100
FIRST_CLERK = Clerk("quay1", "Công chức Quầy 1")


def unit_as_printed(
    code: str,
    name: str,
    *,
    practice: bool,
    parent_code: str = "",
    parent_name: str = "",
    agency_code: str = "",
) -> Unit:
    """A unit with the header lines that follow from its name, to be edited later in the settings.

    ``name`` is written as in "xã Mường Than"; raises UserError for an unusable code or name.
    """
    from desktop.rules import codes
    from desktop.rules.text import TextError, clean

    try:
        code, name, parent_code, parent_name = map(clean, (code, name, parent_code, parent_name))
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if not codes.is_unit_code(code):
        wrong = f"Mã đơn vị “{code}” không dùng được" if code else "Chưa có mã đơn vị"
        raise UserError("bad_unit_code", f"{wrong}: chỉ chữ không dấu và số, nhiều nhất 24 ký tự.")
    if not name or max(len(name), len(parent_code), len(parent_name)) > _LONGEST_NAME:
        raise UserError("bad_unit_name", f"Ghi tên đơn vị, ví dụ: xã Mường Than (nhiều nhất {_LONGEST_NAME} chữ).")
    if agency_code and not codes.is_agency_code(agency_code):
        raise UserError("bad_agency_code", f"Mã định danh cơ quan “{agency_code}” không đúng mẫu, ví dụ H35.17.28.")
    place = name.split(" ", 1)[1] if name.lower().startswith(("xã ", "phường ")) else name
    return Unit(
        code=code,
        name=name,
        parent_code=parent_code,
        parent_name=parent_name,
        practice=practice,
        agency_code=agency_code,
        place=place,
        superior_lines=("ỦY BAN NHÂN DÂN", name.upper()),
        centre_lines=("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"),
        centre_name=f"Trung tâm Phục vụ hành chính công {name[0].lower()}{name[1:]}",
    )


def init(home: Path, unit: Unit, *, now: datetime, clerk: Clerk = FIRST_CLERK, guided: bool = False) -> Register:
    """A new register with the shipped catalogue and calendar, its first clerk and its seal: whole or not at all.

    A ``guided`` one is led through its setting up (``setting_up``).
    """
    _refuse_wrong_clock(unit, now)
    is_at(home)
    clerk = people.named(clerk.short_name, clerk.full_name)
    found = partial(_found, unit, clerk, now, guided)
    return connection.create(home, practice=unit.practice, now=now, found=found)


def _refuse_wrong_clock(unit: Unit, now: datetime) -> None:
    """A live register begun under a clock of years ago would take its first days back in time."""
    from desktop.rules.cautions import FIRST_YEAR

    if not unit.practice and now.year < FIRST_YEAR:
        raise UserError(
            "clock_wrong",
            f"Đồng hồ máy đang chỉ {now:%H:%M %d/%m/%Y}. Hãy chỉnh ngày giờ của máy rồi lập sổ; chưa có gì được ghi.",
        )


def _found(unit: Unit, clerk: Clerk, now: datetime, guided: bool, book: Register) -> None:
    """What a new register begins with; founding needs much that opening does not."""
    import msgspec

    from db import catalogue, events, settings
    from db import people as stored_people
    from db.vocabulary import EventKind
    from desktop.office import grounds, procedures, setting_up
    from desktop.rules import calendar
    from desktop.rules.rights import WORKING

    with book.write():
        settings.put(book, "unit", msgspec.to_builtins(unit))
        stored_people.insert(book, clerk._replace(roles=WORKING))
        settings.put_days(book, calendar.shipped_days())
        for year, (confirmed, document) in calendar.shipped_years().items():
            settings.put_year(book, year, confirmed=confirmed, document=document)
        catalogue.insert(book, procedures.rows(procedures.shipped()))
        payload = {"unit": msgspec.to_builtins(unit), "practice": unit.practice, "clerk": clerk.short_name}
        payload |= grounds.sealed(book)
        if guided:
            settings.put(book, setting_up.NOTE, setting_up.BEGUN)
        founder = rights.by_itself(book, EventKind.OPEN_REGISTER, clerk=clerk.short_name)
        events.append(book, EventKind.OPEN_REGISTER, payload, at=now, clerk=founder, key=events.new_key())
    sealing.make_key(book, now=now)


def is_at(home: Path) -> bool:
    """Whether there is a register; one whose way there a power cut interrupted (``restoring``) arrives first."""
    if not connection.exists(home):
        from desktop.office import restoring

        restoring.finish_interrupted(home)
    return connection.exists(home)


def open_register(home: Path, *, now: datetime, wait_seconds: float = 0, check: bool = True) -> Register:
    """Open the register of a data folder; RegisterProblem tells why it cannot be.

    A restored register has no private key on this disk and is given one; its older receipts stay genuine, and
    its numbers go on where none can be given twice. One that began live stays live whatever its file says now: on a
    practice register nobody is asked who he is.
    Without ``check`` the caller owes a ``checked`` from a worker thread.
    """
    is_at(home)
    book = connection.open_existing(home, now=now, wait_seconds=wait_seconds, check=check)
    try:
        book.practice = book.practice and _began_as_practice(book)
        renumbering.look_after(book, now=now)
        sealing.ensure_key(book, now=now)
        keepers.look_after(book, now=now)
    except BaseException:
        book.close()
        raise
    return book


def _began_as_practice(book: Register) -> bool:
    from db import events

    first = events.by_seq(book, 1)
    return first is None or bool(json.loads(first.payload)["practice"])


def in_session(book: Register, question: Callable[..., T], *arguments: Any, **facts: Any) -> T:
    """``question(book, …)`` in a worker thread: on a connection of its own, closed again."""
    with book.session() as own:
        return question(own, *arguments, **facts)


def forget_derived(book: Register) -> None:
    """What this connection remembers of the register is read anew: a worker's own connection has changed it."""
    book.derived.clear()


def checked(book: Register) -> None:
    """Look through the whole file in a worker thread; RegisterProblem ``register_corrupt``."""
    in_session(book, Register.check)
