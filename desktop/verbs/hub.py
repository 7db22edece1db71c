"""Verbs of the hub: begin it, say who may report and look, serve it, and settle what does not agree.

Everything the hub needs is loaded in here, so that no other verb waits for it.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.verbs.context import Answer, Context, day

if TYPE_CHECKING:
    from db.hub import Hub

#: Who acts when somebody works at the machine itself.
AT_THE_MACHINE = "máy chủ"
FIRST_ADMINISTRATOR = "quantri"
_DATABASE_VARIABLE = "MOTCUA_HUB_DATABASE"


@contextmanager
def opened(context: Context, args: argparse.Namespace) -> Iterator["Hub"]:
    """The hub of the data folder, closed afterwards."""
    from desktop.hub import founding

    hub = founding.open_founded(context.data, _database(args))
    try:
        yield hub
    finally:
        hub.close()


def init(context: Context, args: argparse.Namespace) -> Answer:
    hub, password = _founded(context, args)
    try:
        told = _identity(context, hub) | {"administrator": FIRST_ADMINISTRATOR, "password": password}
    finally:
        hub.close()
    return Answer(told, _founded_words(told))


def serve(context: Context, args: argparse.Namespace) -> Answer:
    from db import hub as store
    from desktop.hub import founding, serving

    where = serving.Listening(
        args.host, args.port, args.cert, args.key, args.behind_proxy, args.plain_http_off_loopback
    )
    serving.checked(where)
    told: dict[str, Any] = {}
    if founding.is_founded(context.data, _database(args)):
        hub = founding.open_founded(context.data, _database(args))
    else:
        serving.check_place(where)
        hub, password = _founded(context, args)
        told = {"administrator": FIRST_ADMINISTRATOR, "password": password}
        context.tell(_founded_words(_identity(context, hub) | told))

    def begun(address: str) -> None:
        # Now, because whoever started it needs the password while it serves.
        context.answer_now(_identity(context, hub) | told | {"url": address})

    with hub, store.serving(context.data):
        serving.serve(hub, where, begun=begun, tell=context.tell, now=context.now)
        return Answer({}, "Đầu mối đã dừng.")


def add_unit(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import enrolment, units

    if args.endless and (args.last or args.merged_into):
        raise UserError("usage", "Chọn một: --endless bỏ ngày cuối, hoặc ghi ngày cuối bằng --to.")
    with opened(context, args) as hub:
        added = units.add(
            hub,
            args.code,
            args.name,
            parent=args.parent,
            valid_from=day(args.first) if args.first else None,
            valid_to=day(args.last) if args.last else None,
            merged_into=args.merged_into,
            is_endless=args.endless,
            who=AT_THE_MACHINE,
            now=context.now(),
        )
        days = enrolment.good_days(hub)
    unit = {"code": added.unit.code, "name": added.unit.name}
    if added.enrolment_code is None:
        return Answer({"unit": unit, "enrolment_code": None}, f"Đã ghi lại {added.unit.name} ({added.unit.code}).")
    words = f"Đã thêm {added.unit.name} ({added.unit.code}). {_code_words(added.enrolment_code, days)}"
    return Answer({"unit": unit, "enrolment_code": added.enrolment_code}, words)


def load_units(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import units

    with opened(context, args) as hub:
        done = units.load(hub, args.file, who=AT_THE_MACHINE, now=context.now())
    told = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    return Answer(told, f"Đơn vị mới {done.added}, sửa {done.changed}, như cũ {done.unchanged}.")


def new_code(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import enrolment

    with opened(context, args) as hub:
        code = enrolment.new_code(hub, args.unit, who=AT_THE_MACHINE, now=context.now())
        days = enrolment.good_days(hub)
    return Answer({"unit": args.unit, "enrolment_code": code}, _code_words(code, days))


def code_days(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import enrolment

    with opened(context, args) as hub:
        enrolment.set_days(hub, args.days, who=AT_THE_MACHINE, now=context.now())
    return Answer({"days": args.days}, f"Mã nối lập từ nay có hạn {args.days} ngày.")


def revoke_key(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import enrolment

    with opened(context, args) as hub:
        enrolment.revoke(hub, args.unit, who=AT_THE_MACHINE, now=context.now())
    return Answer({"unit": args.unit, "revoked": True}, f"Từ nay không tin khóa đang dùng của đơn vị {args.unit}.")


def add_user(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import users

    role = users.Role(args.role)
    with opened(context, args) as hub:
        password = users.add(
            hub,
            args.name,
            role,
            full_name=args.full_name,
            unit=args.unit,
            who=AT_THE_MACHINE,
            now=context.now(),
        )
    told = {"user": args.name, "role": role, "unit": args.unit, "password": password}
    return Answer(told, f"Đã thêm {args.name}, quyền {users.ROLE_WORDS[role]}. {_password_words(password)}")


def change_user(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import users

    if args.everything and args.unit:
        raise UserError("usage", "Chọn một: --unit một phần của cây, hoặc --everything tất cả đơn vị.")
    if not (args.role or args.unit or args.everything):
        raise UserError("usage", "Ghi quyền mới: --role, --unit hoặc --everything.")
    with opened(context, args) as hub:
        users.change(
            hub,
            args.name,
            who=AT_THE_MACHINE,
            now=context.now(),
            role=users.Role(args.role) if args.role else None,
            unit="" if args.everything else args.unit or None,
        )
        (held,) = (one for one in users.everyone(hub) if one.name == args.name)
    told = {"user": held.name, "role": held.role, "unit": held.unit}
    scope = held.unit or "tất cả đơn vị"
    return Answer(told, f"{held.name} từ nay có quyền {users.ROLE_WORDS[held.role]}, phạm vi {scope}.")


def reset_password(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import users

    with opened(context, args) as hub:
        password = users.reset_password(hub, args.name, who=AT_THE_MACHINE, now=context.now())
    return Answer({"user": args.name, "password": password}, _password_words(password))


def settle(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import settling
    from desktop.hub.history import Choice

    if args.take == args.keep:
        raise UserError("usage", "Chọn một: --keep giữ số liệu đang có, hoặc --take dùng số liệu xã gửi mới.")
    choice = Choice.TAKE if args.take else Choice.KEEP
    with opened(context, args) as hub:
        done = settling.settle(hub, args.unit, choice, args.reason, who=AT_THE_MACHINE, now=context.now())
    what = "dùng số liệu xã gửi mới" if args.take else "giữ số liệu đang có của những ngày khác nhau"
    told = {"unit": done.unit, "choice": choice, "reports": done.reports}
    return Answer(told, f"Đã quyết định {what}, về {done.reports} báo cáo của đơn vị {done.unit}.")


def _founded(context: Context, args: argparse.Namespace) -> tuple["Hub", str]:
    """A new hub with its first administrator, open, and the first password."""
    from desktop.hub import founding, users

    now = context.now()
    hub = founding.init(
        context.data,
        now=now,
        code=args.code,
        name=args.name,
        practice=args.practice,
        database_url=_database(args),
        keep_url=args.database is not None,  # what an environment hides is not written to a disk
    )
    try:
        password = users.add(hub, FIRST_ADMINISTRATOR, users.Role.ADMIN, who=AT_THE_MACHINE, now=now)
    except BaseException:
        hub.close()
        raise
    return hub, password


def _identity(context: Context, hub: "Hub") -> dict[str, Any]:
    from desktop.hub import founding

    me = founding.identity(hub)
    return {"data": str(context.data), "hub": {"code": me.code, "name": me.name}, "practice": me.practice}


def _founded_words(told: dict[str, Any]) -> str:
    kind = "đầu mối tập huấn" if told["practice"] else "đầu mối"
    made = f"Đã lập {kind} “{told['hub']['name']}” ở {told['data']}."
    return f"{made}\nNgười quản trị đầu tiên: {told['administrator']}. {_password_words(told['password'])}"


def _password_words(password: str) -> str:
    return f"Mật khẩu lần đầu {password}, chỉ hiện một lần, phải đổi khi đăng nhập."


def _code_words(code: str, days: int) -> str:
    return f"Mã nối {code}, dùng một lần, trong {days} ngày."


def _database(args: argparse.Namespace) -> str | None:
    return args.database or os.environ.get(_DATABASE_VARIABLE) or None
