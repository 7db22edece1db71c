"""Verbs about backups: make one, bring one back, try one, set their passphrase, label the stick that carries them.

Secrets come from ``MOTCUA_PASSPHRASE`` or a prompt, never from the command line, which other people of a machine see.
"""

import argparse
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.office import backup_locks, backup_sticks, backups, drill, losses, recovery, restoring, rights
from desktop.rules.rights import Deed
from desktop.verbs.context import Answer, Context, secret, target
from desktop.verbs.parsing import argument, group, verb
from desktop.whole_files import hand_out

_VARIABLE = "MOTCUA_PASSPHRASE"


def backup(context: Context, args: argparse.Namespace) -> Answer:
    """``{"file", "sealed", "made_at", "events", "head", "dossiers"}``."""
    output = target(args.output)
    with context.book() as book:
        needed = not book.practice and backup_locks.of(book) is None
        passphrase = _secret("Câu mật khẩu cho tệp này: ") if needed else ""
        made = backups.export(book, output, passphrase=passphrase, clerk=args.clerk, now=context.now())
    assert made is not None  # nobody stops it here
    return _made(made, Path(args.output))


def _made(made: backups.Made, path: Path, **more: Any) -> Answer:
    told = {"file": str(path), "sealed": made.sealed, "made_at": made.at.isoformat(), "events": made.facts.events}
    told |= {"head": made.facts.head, "dossiers": made.facts.dossiers, **more}
    lock = "có khóa" if made.sealed else "không khóa"
    return Answer(told, f"Đã sao lưu {made.facts.dossiers} hồ sơ vào {path} ({lock}), đã đọc lại.")


def daily(context: Context, _: argparse.Namespace) -> Answer:
    """As ``backup``, with ``"sticks": [{"name", "file"}]``: the day's copy on this disk and on each labelled stick."""
    now = context.now()
    with context.open_to_all() as book:
        made = backups.make(book, now=now)
        assert made is not None
        carried = backup_sticks.carry_all(book, now=now)
    sticks = [{"name": stick.name, "file": str(path)} for stick, path in carried]
    answer = _made(made, made.path, sticks=sticks)
    return Answer(answer.json, "\n".join([answer.text, *(f"USB {one['name']}: {one['file']}" for one in sticks)]))


def key(context: Context, args: argparse.Namespace) -> Answer:
    """``{"file", "key"}``: where the recovery sheet is, and the name of the key that it opens."""
    output = target(args.output)
    with context.book() as book:
        has_key = backup_locks.of(book) is not None
        clerk, now = args.clerk, context.now()
        recovery.is_printable(book)  # before a code is made, for it is told once
        if args.new_code:
            code = backup_locks.new_code(book, _secret("Câu mật khẩu hoặc mã khôi phục: "), clerk=clerk, now=now)
        else:
            if has_key and not args.replace:
                raise UserError("has_key", "Sổ đã có câu mật khẩu sao lưu; thêm --replace để đặt câu mới.")
            code = backup_locks.set_key(book, _secret("Câu mật khẩu mới: "), clerk=clerk, now=now)
        hand_out(output, recovery.sheet(book, code, now=now))
        name = backup_locks.key_name(book)
    return Answer({"file": str(args.output), "key": name}, f"Tờ khôi phục của khóa {name}: {args.output}. In rồi xóa.")


def stick(context: Context, args: argparse.Namespace) -> Answer:
    """``{"folder", "name"}``."""
    with context.book() as book:
        clerk, now = args.clerk, context.now()
        backup_sticks.label(book, args.folder, args.name, clerk=clerk, now=now)
    return Answer({"folder": str(args.folder), "name": args.name}, f"Từ nay {args.folder} nhận bản sao lưu.")


def trial(context: Context, _: argparse.Namespace) -> Answer:
    """``{"file", "made_at", "verdict": "holds" | "broken", "events", "head", "faults"}``; exit 4 when broken."""
    with context.open_to_all() as book:
        tried = drill.run(book, now=context.now())
    assert tried is not None
    told = {
        "file": str(tried.path),
        "made_at": tried.made_at.isoformat(),
        "verdict": "holds" if tried.holds else "broken",
        "events": tried.events,
        "head": tried.head,
        "faults": list(tried.faults),
    }
    if tried.holds:
        return Answer(told, f"Đã thử khôi phục {tried.path.name}: đủ {tried.events} sự kiện, chuỗi khớp.")
    return Answer(told, f"Bản {tried.path.name} KHÔNG dùng được:\n" + "\n".join(tried.faults), 4)


def restore(context: Context, args: argparse.Namespace) -> Answer:
    """``{"data", "made_at", "events", "dossiers"}``, with ``--compare`` also ``"lost"``.

    ``lost`` is what the register at ``--data`` has and the backup lacks: ``{"same", "shared", "ours", "theirs",
    "dossiers": [codes], "changed": [codes], "kinds": {kind: n}, "days_closed": [dates], "printed", "since"}``.
    """
    if not args.file.is_file():
        raise UserError("no_file", f"Không đọc được tệp {args.file}.", file=str(args.file))
    found = restoring.look(args.file)
    wants = restoring.wants_secret(args.file, args.into)
    opened_by = _secret("Câu mật khẩu hoặc mã khôi phục: ") if wants else ""
    with context.book() if args.compare else nullcontext() as book:
        if book is not None:  # before anything lies in the new folder
            rights.demand(book, args.clerk, Deed.RESTORE, now=context.now())
        facts = restoring.restore(args.file, args.into, secret=opened_by)
        lost = losses.losses(book, args.into, now=context.now()) if book is not None else None
    assert facts is not None
    told: dict[str, Any] = {
        "data": str(args.into),
        "made_at": found.made_at.isoformat() if found.made_at else None,
        "events": facts.events,
        "dossiers": facts.dossiers,
    }
    text = f"Đã khôi phục {facts.dossiers} hồ sơ vào {args.into}."
    if lost is not None:
        days = [day.isoformat() for day in lost.days_closed]
        since = lost.since.isoformat() if lost.since else None
        told["lost"] = asdict(lost) | {"days_closed": days, "since": since}
        text = "\n".join([text, *losses.loss_words(lost)])
    return Answer(told, text)


def _secret(prompt: str) -> str:
    return secret(prompt, _VARIABLE, "needs_passphrase")


_CLERK = argument("--clerk", help="tên ngắn của công chức")
BACKUP = verb(
    "backup",
    backup,
    "sao lưu toàn bộ sổ ra một tệp, đã đọc lại",
    argument("-o", "--output", type=Path, required=True),
    _CLERK,
)
RESTORE = verb(
    "restore",
    restore,
    "khôi phục vào thư mục mới",
    argument("file", type=Path),
    argument("--into", type=Path, required=True),
    argument("--compare", action="store_true", help="kể những gì sổ đang dùng có mà bản sao lưu thiếu"),
    _CLERK,
)
BACKUPS = group(
    "backups",
    "sao lưu hằng ngày, khóa, USB, thử mở lại",
    verb("daily", daily, "bản sao lưu của ngày, trên máy và trên USB đang cắm"),
    verb("drill", trial, "khôi phục thử bản mới nhất và kiểm tra"),
    verb(
        "key",
        key,
        "đặt câu mật khẩu sao lưu và lập tờ khôi phục",
        argument("-o", "--output", type=Path, required=True, help="tờ khôi phục PDF"),
        argument("--replace", action="store_true", help="thay câu mật khẩu đã đặt"),
        argument("--new-code", action="store_true", help="chỉ lập mã khôi phục và tờ mới"),
        _CLERK,
    ),
    verb(
        "stick",
        stick,
        "đánh dấu một USB để nhận bản sao lưu",
        argument("folder", type=Path),
        argument("--name", default="sao lưu"),
        _CLERK,
    ),
)
