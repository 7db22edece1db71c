"""The command line: reads the words, runs one verb, prints its answer, tells the exit code.

Names, JSON keys and exit codes are a promise. This file and ``app`` are where the clock is read;
the verbs themselves are in ``desktop.verbs`` and thin over the office.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from desktop import errors
from desktop.paths import data_folder
from desktop.rules.calendar import VN_TZ
from desktop.verbs import dossiers, reference, upkeep
from desktop.verbs.context import Context


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one Vietnamese sentence."""

    def error(self, message: str) -> NoReturn:
        raise errors.UserError(
            "usage", f"Câu lệnh chưa đúng ({message}). Xem: motcua --help", usage=self.format_usage()
        )


def main(words: Sequence[str]) -> int:
    """Run one command line; returns 0, 2, 3 or 4 as cli.md promises."""
    _speak_utf8()
    as_json = "--json" in words
    try:
        args = _parser().parse_args(words)
        if args.verb is None:
            from desktop.app import run_window

            return run_window(data_folder(args.data))
        context = Context(data_folder(args.data), now, sys.stdin.buffer, _progress(as_json))
        answer = args.run(context, args)
    except (errors.UserError, errors.RegisterProblem) as problem:
        return _refuse(problem, as_json)
    except BrokenPipeError:
        return 0
    print(json.dumps(answer.json, ensure_ascii=False) if as_json else answer.text)
    return answer.exit_code


def now() -> datetime:
    """The machine's clock, in Vietnam's zone."""
    return datetime.now(VN_TZ).replace(microsecond=0)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _progress(as_json: bool) -> Callable[[str], None]:
    def tell(line: str) -> None:
        if not as_json:
            print(line, file=sys.stderr)

    return tell


def _refuse(problem: errors.UserError | errors.RegisterProblem, as_json: bool) -> int:
    if as_json:
        told = {"error": {"code": problem.code, "message": problem.message} | problem.facts}
        print(json.dumps(told, ensure_ascii=False, default=str))
    else:
        print(problem.message, file=sys.stderr)
    return errors.exit_code(problem)


def _parser() -> _Parser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", metavar="DIR", help="thư mục dữ liệu")
    common.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    parser = _Parser("motcua", description="Sổ một cửa cấp xã. Không có lệnh: mở cửa sổ.", parents=[common])
    parser.set_defaults(data=None, json=False)
    kinds = parser.add_subparsers(dest="verb", metavar="LỆNH", parser_class=_Parser)
    for add in _VERBS:
        add(kinds, common)
    return parser


def _verb(
    name: str, run: Callable, help_text: str, *arguments: tuple[tuple[str, ...], dict]
) -> Callable[[argparse._SubParsersAction, argparse.ArgumentParser], None]:
    def add(kinds: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
        parser = kinds.add_parser(name, help=help_text, description=help_text, parents=[common])
        for names, options in arguments:
            parser.add_argument(*names, **options)
        parser.set_defaults(run=run)

    return add


def _arg(*names: str, **options: object) -> tuple[tuple[str, ...], dict]:
    return names, options


_CLERK = _arg("--clerk", help="tên ngắn của công chức")
_VERBS = (
    _verb(
        "init",
        upkeep.init,
        "lập sổ mới",
        _arg("--unit-code", required=True),
        _arg("--unit-name", required=True),
        _arg("--parent-code", default=""),
        _arg("--parent-name", default=""),
        _arg("--agency-code", default="", help="mã định danh cơ quan, ví dụ H35.17.28"),
        _arg("--practice", action="store_true", help="sổ tập huấn"),
        _CLERK,
    ),
    _verb(
        "demo",
        upkeep.demo,
        "lập một xã tập huấn với một tháng hồ sơ",
        _arg("--days", type=int, default=30),
        _arg("--per-day", type=int, default=20),
        _arg("--seed", type=int, default=1),
        _arg("--out", type=Path, required=True),
    ),
    _verb(
        "due",
        reference.due,
        "tính ngày hẹn và giải thích",
        _arg("--received", required=True),
        _arg("--procedure"),
        _arg("--case"),
        _arg("--limit"),
        _arg("--unit"),
        _arg("--events", type=Path),
    ),
    _verb("calendar", reference.calendar, "ngày nghỉ, ngày làm bù và văn bản", _arg("--year", type=int)),
    _verb("parse-id", reference.parse_id, "đọc mã QR Căn cước từ đầu vào chuẩn"),
    _verb(
        "procedures",
        reference.procedures,
        "danh mục thủ tục",
        _arg("act", choices=("list", "show")),
        _arg("code", nargs="?"),
        _arg("--on"),
        _arg("--field"),
        _arg("--all", action="store_true"),
    ),
    _verb("register", dossiers.register, "tiếp nhận một hồ sơ (JSON)", _arg("file"), _CLERK),
    _verb(
        "act",
        dossiers.act,
        "ghi một việc lên hồ sơ",
        _arg("code"),
        _arg("event"),
        _arg("--set", action="append", default=[], metavar="TRƯỜNG=GIÁ TRỊ"),
        _arg("--at"),
        _CLERK,
    ),
    _verb("show", dossiers.show, "một hồ sơ với mọi sự kiện", _arg("code")),
    _verb("find", dossiers.find, "tìm không dấu", _arg("text"), _arg("--limit", type=int, default=20)),
    _verb("replay", dossiers.replay, "chỉ sổ tập huấn: ghi lại một chuỗi việc", _arg("file", type=Path)),
    _verb(
        "form",
        dossiers.form,
        "lập giấy tờ PDF",
        _arg("code"),
        _arg("kind", choices=("receipt",)),
        _arg("-o", "--output", type=Path, required=True),
        _arg("--size", choices=("A4", "A5"), default="A5"),
        _arg("--copies", type=int, choices=(1, 2), default=1),
    ),
    _verb("verify-receipt", upkeep.verify_receipt, "kiểm tra chữ trong mã QR giấy hẹn (đầu vào chuẩn)"),
    _verb("verify-chain", upkeep.verify_chain, "kiểm tra chuỗi sự kiện"),
    _verb("check", upkeep.check, "kiểm tra toàn bộ sổ"),
    _verb("backup", upkeep.backup, "sao lưu đã kiểm tra", _arg("-o", "--output", type=Path, required=True)),
    _verb(
        "restore",
        upkeep.restore,
        "khôi phục vào thư mục mới",
        _arg("file", type=Path),
        _arg("--into", type=Path, required=True),
    ),
)
