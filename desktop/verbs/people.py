"""Verbs about the people of a register: who works here, in which roles, and how each proves who he is.

Passwords and codes come from variables or a prompt, never from the command line, which other people of a machine see.
"""

import argparse
import sys
from typing import Any

from db.connection import Register
from db.records import Clerk
from db.vocabulary import Role
from desktop.errors import UserError
from desktop.labels import EVENT_WORDS, ROLE_WORDS
from desktop.office import keepers, people, recovery, rights, signing_in
from desktop.rules.rights import BESIDE, MAY, Deed
from desktop.verbs.context import PASSWORD, Answer, Context, secret, target
from desktop.whole_files import hand_out

#: Where scripts leave a new password, and the recovery code of the sheet.
NEW_PASSWORD, CODE = "MOTCUA_NEW_PASSWORD", "MOTCUA_RECOVERY_CODE"

_DEED_WORDS = {
    Deed.RESTORE: "Khôi phục sổ từ bản sao lưu",
    Deed.TAKE_AWAY: "Mang bản sao của cả sổ đi nơi khác",
    Deed.READ_LOG: "Xem nhật ký: ai đã xem dữ liệu của ai",
    Deed.CONFIRM: "Xác nhận yêu cầu bổ sung lần hai",
    Deed.SEE_CLERKS: "Xem số liệu theo từng công chức",
}


def list_(context: Context, _: argparse.Namespace) -> Answer:
    """``{"asks", "rows": [{"clerk", "full_name", "active", "roles", "fields", "has_password"}]}``."""
    with context.book() as book:
        everybody, held = people.everyone(book), signing_in.have_passwords(book)
        asks = signing_in.required(book)
    rows = [_json(one) | {"has_password": one.short_name in held} for one in everybody]
    return Answer({"asks": asks, "rows": rows}, "\n".join(map(_line, everybody)))


def matrix(_context: Context, _args: argparse.Namespace) -> Answer:
    """``{"rows": [{"act", "words", "roles"}]}``: the table that the office asks; without roles the machine acts."""
    table = [(str(kind), EVENT_WORDS[kind], MAY[kind]) for kind in MAY]
    table += [(str(deed), _DEED_WORDS[deed], BESIDE[deed]) for deed in BESIDE]
    width = max(len(words) for _, words, _ in table)
    lines = ["  ".join(["Việc".ljust(width), *ROLE_WORDS.values()])]
    for _, words, roles in table:
        marks = [("x" if role in roles else "·").center(len(name)) for role, name in ROLE_WORDS.items()]
        lines.append("  ".join([words.ljust(width), *marks]).rstrip() + ("" if roles else "  (máy tự ghi)"))
    rows = [
        {"act": act, "words": words, "roles": [str(role) for role in Role if role in roles]}
        for act, words, roles in table
    ]
    return Answer({"rows": rows}, "\n".join(lines))


def add(context: Context, args: argparse.Namespace) -> Answer:
    """``{"clerk", "full_name", "active", "roles", "fields"}``, as ``change``."""
    with context.book() as book:
        people.add(
            book,
            args.short_name,
            args.full_name,
            roles=map(Role, args.role),
            fields=args.field,
            clerk=args.clerk,
            now=context.now(),
        )
        return _told(book, args.short_name)


def change(context: Context, args: argparse.Namespace) -> Answer:
    """Only what is named changes; ``--role`` and ``--field`` name all of them."""
    if args.all_fields and args.field:
        raise UserError("usage", "Ghi --field hoặc --all-fields, không ghi cả hai.")
    fields = () if args.all_fields else args.field or None
    with context.book() as book:
        people.change(
            book,
            args.short_name,
            full_name=args.full_name,
            roles=map(Role, args.role) if args.role else None,
            fields=fields,
            active=args.active,
            clerk=args.clerk,
            now=context.now(),
        )
        return _told(book, args.short_name)


def password(context: Context, args: argparse.Namespace) -> Answer:
    """``{"clerk"}``: a password of one's own in place of the present one."""
    if not args.clerk:
        raise UserError("usage", "Ghi --clerk TÊN của mình.")
    with context.open_to_all() as book:
        if not signing_in.required(book):
            raise UserError("no_passwords", "Sổ này chưa dùng mật khẩu: xem motcua people begin.")
        now, old = context.now(), secret("Mật khẩu hiện tại: ", PASSWORD, "sign_in_required")
        person = signing_in.sign_in(book, args.clerk, old, now=now, through=signing_in.VERB).clerk
        new = _new_password()
        signing_in.set_password(book, person.short_name, new, old=old, clerk=person.short_name, now=now)
    return Answer({"clerk": person.short_name}, f"Đã đổi mật khẩu của {person.full_name}.")


def reset(context: Context, args: argparse.Namespace) -> Answer:
    """``{"clerk", "password"}``: good once, for choosing one's own."""
    with context.book() as book:
        once = signing_in.reset(book, args.short_name, clerk=args.clerk, now=context.now())
        person = people.found(book, args.short_name)
    text = f"Mật khẩu dùng một lần của {person.full_name}: {once}\nĐưa tận tay; lần đầu đăng nhập phải đổi."
    return Answer({"clerk": person.short_name, "password": once}, text)


def begin(context: Context, args: argparse.Namespace) -> Answer:
    """``{"clerk", "file"}``: from now on this register asks who acts; the recovery sheet is in the file."""
    output, now = target(args.output), context.now()
    with context.open_to_all() as book:
        recovery.is_printable(book)
        person = rights.named(book, args.clerk, now=now)
        code = signing_in.begin(book, person.short_name, _new_password(), now=now)
        hand_out(output, recovery.people_sheet(book, code, now=now))
        has_open_copies = keepers.has_open_copies(book)
    text = f"Từ nay sổ này hỏi mật khẩu. Tờ khôi phục: {args.output}. In, cất vào tủ khóa, rồi xóa tệp."
    if has_open_copies:
        text += f"\n{keepers.OPEN_COPIES}"
    return Answer({"clerk": person.short_name, "file": str(args.output)}, text)


def sheet(context: Context, args: argparse.Namespace) -> Answer:
    """``{"file"}``: a new recovery sheet; the earlier one opens nothing more."""
    output, now = target(args.output), context.now()
    with context.book() as book:
        recovery.is_printable(book)
        code = signing_in.new_recovery_code(book, clerk=args.clerk, now=now)
        hand_out(output, recovery.people_sheet(book, code, now=now))
    return Answer({"file": str(args.output)}, f"Tờ khôi phục mới: {args.output}; tờ cũ hết giá trị.")


def recover(context: Context, args: argparse.Namespace) -> Answer:
    """``{"clerk", "file"}``: the code of the sheet makes this person administrator; the next sheet is in the file."""
    output, now = target(args.output), context.now()
    with context.open_to_all() as book:
        recovery.is_printable(book)
        person = people.found(book, args.short_name)
        code = secret("Mã trên tờ khôi phục: ", CODE, "needs_code")
        following = signing_in.use_recovery_code(book, person.short_name, code, _new_password(), now=now)
        hand_out(output, recovery.people_sheet(book, following, now=now))
    text = f"{person.full_name} là người quản trị. Tờ khôi phục mới: {args.output}; tờ cũ hết giá trị."
    return Answer({"clerk": person.short_name, "file": str(args.output)}, text)


def _new_password() -> str:
    """Typed twice where it is typed."""
    new = secret("Mật khẩu mới: ", NEW_PASSWORD, "needs_new_password")
    if sys.stdin is not None and sys.stdin.isatty() and new != secret("Gõ lại: ", NEW_PASSWORD, "needs_new_password"):
        raise UserError("not_the_same", "Hai lần gõ không giống nhau; chưa đổi gì.")
    return new


def _told(book: Register, short_name: str) -> Answer:
    one = people.found(book, short_name)
    return Answer(_json(one), _line(one))


def _json(one: Clerk) -> dict[str, Any]:
    return {
        "clerk": one.short_name,
        "full_name": one.full_name,
        "active": one.active,
        "roles": [str(role) for role in Role if role in one.roles],
        "fields": list(one.fields),
    }


def _line(one: Clerk) -> str:
    roles = ", ".join(words for role, words in ROLE_WORDS.items() if role in one.roles)
    work = f"{roles}; {', '.join(one.fields) or 'mọi lĩnh vực'}" if one.active else "không còn làm việc"
    return f"{one.short_name}  {one.full_name}  ({work})"
