"""The command line: reads the words, runs one verb, prints its answer, tells the exit code.

Names, JSON keys and exit codes are a promise. This file and ``app`` are where the clock is read;
the verbs themselves are in ``desktop.verbs`` and thin over the office.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from db.vocabulary import DocumentKind
from desktop import errors, systems
from desktop.paths import data_folder
from desktop.rules.calendar import VN_TZ
from desktop.rules.citizen_id import identities_masked
from desktop.verbs import (
    access,
    acts,
    backups,
    diagnosing,
    dossiers,
    figures,
    hub_words,
    old_books_words,
    outbox_words,
    people_words,
    posting_words,
    procedures_words,
    reference,
    report_words,
    retaining,
    upkeep,
)
from desktop.verbs.context import Context
from desktop.verbs.parsing import Parser, argument, verb, whole


def main(words: Sequence[str]) -> int:
    """Run one command line; returns 0, 2, 3 or 4 as cli.md promises."""
    _speak_utf8()
    as_json = "--json" in words
    try:
        args = _parser().parse_args(words)
        if args.verb is None:
            if not systems.has_display():
                raise errors.EnvironmentProblem("no_display", systems.NO_DISPLAY)
            from desktop.__main__ import open_window

            return open_window(args.data)
        stdin = getattr(sys.stdin, "buffer", None)
        clerk = getattr(args, "clerk", None)
        context = Context(data_folder(args.data), now, stdin, _progress(as_json), _answering(as_json), clerk)
        answer = args.run(context, args)
        if not as_json:
            print(answer.text, flush=True)
        elif answer.json:
            context.answer_now(answer.json)
    except (errors.UserError, errors.RegisterProblem) as problem:
        return _refuse(problem, as_json)
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        trouble = f"Máy không đọc hoặc ghi được tệp: {errors.of_system(error)}."
        return _refuse(errors.EnvironmentProblem("disk_error", trouble, file=error.filename), as_json)
    return answer.exit_code


def now() -> datetime:
    """The machine's clock, in Vietnam's zone."""
    return datetime.now(VN_TZ).replace(microsecond=0)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a window started without a console has none
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _reader_left() -> int:
    """Whoever read our output (``head``) has enough of it; Python must not try to write the rest when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _progress(as_json: bool) -> Callable[[str], None]:
    def tell(line: str) -> None:
        if not as_json:
            print(line, file=sys.stderr)

    return tell


def _answering(as_json: bool) -> Callable[[dict[str, Any]], None]:
    def answer(told: dict[str, Any]) -> None:
        if as_json:
            print(json.dumps(told, ensure_ascii=False), flush=True)

    return answer


def _refuse(problem: errors.UserError | errors.RegisterProblem, as_json: bool) -> int:
    # What was typed may be echoed: it must neither break the line nor steer the terminal.
    message = identities_masked("".join(char if char.isprintable() else " " for char in problem.message))
    if as_json:
        facts = {
            name: identities_masked(fact) if isinstance(fact, str) else fact for name, fact in problem.facts.items()
        }
        told = {"error": {"code": problem.code, "message": message} | facts}
        print(json.dumps(told, ensure_ascii=False, default=str))
    else:
        print(message, file=sys.stderr)
    return errors.exit_code(problem)


def _parser() -> Parser:
    parser = Parser("motcua", description="Sổ một cửa cấp xã. Không có lệnh: mở cửa sổ.")
    parser.set_defaults(data=None, json=False)
    kinds = parser.add_subparsers(dest="verb", metavar="LỆNH", parser_class=Parser)
    for add in _VERBS:
        add(kinds)
    return parser


_CLERK = argument("--clerk", help="tên ngắn của công chức")
_VERBS = (
    verb(
        "init",
        upkeep.init,
        "lập sổ mới",
        argument("--unit-code", required=True),
        argument("--unit-name", required=True),
        argument("--parent-code", default=""),
        argument("--parent-name", default=""),
        argument("--agency-code", default="", help="mã định danh cơ quan, ví dụ H35.17.28"),
        argument("--practice", action="store_true", help="sổ tập huấn"),
        _CLERK,
    ),
    verb(
        "demo",
        upkeep.demo,
        "lập một xã tập huấn với một tháng hồ sơ",
        argument("--days", type=whole(1, 3660), default=30),
        argument("--per-day", type=whole(1, 1000), default=20),
        argument("--seed", type=int, default=1),
        argument("--out", type=Path, required=True),
    ),
    verb(
        "due",
        reference.due,
        "tính ngày hẹn và giải thích",
        argument("--received", required=True),
        argument("--procedure"),
        argument("--case"),
        argument("--limit"),
        argument("--unit"),
        argument("--events", help="tệp sự kiện, - là đầu vào chuẩn"),
    ),
    verb("calendar", reference.calendar, "ngày nghỉ, ngày làm bù và văn bản", argument("--year", type=whole(1, 9999))),
    verb("parse-id", reference.parse_id, "đọc mã QR Căn cước từ đầu vào chuẩn"),
    verb(
        "licences",
        reference.licences,
        "các phần của chương trình: phiên bản, giấy phép",
        argument("--whole", action="store_true", help="cả lời văn của giấy phép"),
    ),
    verb("card", reference.card, "tờ phím một trang (PDF)", argument("-o", "--output", type=Path, required=True)),
    procedures_words.PROCEDURES,
    verb("register", dossiers.register, "tiếp nhận một hồ sơ (JSON)", argument("file"), _CLERK),
    verb(
        "act",
        acts.act,
        "ghi một việc lên hồ sơ",
        argument("code"),
        argument("event", metavar="VIỆC"),
        argument("--note", help="lý do, nội dung"),
        argument("--to", help="nơi nhận; với extend: ngày giờ hẹn mới"),
        argument("--score", help="điểm đánh giá"),
        argument("--set", action="append", default=[], metavar="TRƯỜNG=GIÁ TRỊ", help="mục đính chính, mục khác"),
        argument("--confirmed-by", help="người thứ hai xác nhận; mật khẩu người đó: MOTCUA_CONFIRM_PASSWORD hoặc gõ"),
        argument("--file", type=Path, help="tệp kèm theo"),
        argument("--key", help="khóa của lần ghi, ghi lại không thêm"),
        argument("--at", help="chỉ sổ tập huấn: thời điểm"),
        _CLERK,
    ),
    verb(
        "list",
        acts.list_,
        "danh sách việc",
        argument("name", metavar="DANH SÁCH"),
        argument("--limit", type=whole(1, 1_000_000)),
        argument("--offset", type=whole(0, 10_000_000), default=0),
        argument("--at", help="chỉ sổ tập huấn: thời điểm"),
        _CLERK,
    ),
    verb("show", dossiers.show, "một hồ sơ với mọi sự kiện", argument("code"), _CLERK),
    verb(
        "find",
        dossiers.find,
        "tìm không dấu",
        argument("text"),
        argument("--limit", type=whole(1, 1000), default=20),
        _CLERK,
    ),
    verb("replay", acts.replay, "chỉ sổ tập huấn: ghi lại một chuỗi việc", argument("file", type=Path), _CLERK),
    verb(
        "form",
        dossiers.form,
        "lập giấy tờ PDF",
        argument("code", help="mã hồ sơ, hoặc - cho giấy của một kỳ"),
        argument("kind", metavar="LOẠI", choices=tuple(map(str, DocumentKind))),
        argument("-o", "--output", type=Path, required=True),
        argument("--size", choices=("A4", "A5")),
        argument("--copies", type=int, choices=(1, 2), default=1),
        argument("--from", dest="first", help="ngày đầu kỳ của sổ, khi CODE là -"),
        argument("--to", dest="last", help="ngày cuối kỳ"),
        _CLERK,
    ),
    verb(
        "stats",
        figures.stats,
        "biểu thống kê II.06a của một kỳ",
        argument("--from", dest="first", required=True, help="ngày đầu kỳ"),
        argument("--to", dest="last", required=True, help="ngày cuối kỳ"),
        _CLERK,
    ),
    verb(
        "close-day",
        figures.close_day,
        "chốt số liệu một ngày",
        argument("day", metavar="NGÀY"),
        argument("--reason", default="", help="lý do chốt lại một ngày đã chốt"),
        argument("--answer", action="append", default=[], metavar="MÃ=LÝ DO", help="lý do hồ sơ quá hạn chưa xin lỗi"),
        _CLERK,
    ),
    report_words.REPORT,
    report_words.MEETING,
    posting_words.add,
    people_words.add,
    hub_words.HUB,
    *outbox_words.WORDS,
    old_books_words.BOOK,
    verb("verify-receipt", upkeep.verify_receipt, "kiểm tra chữ trong mã QR giấy hẹn (đầu vào chuẩn)"),
    verb("verify-chain", upkeep.verify_chain, "kiểm tra chuỗi sự kiện"),
    verb("check", upkeep.check, "kiểm tra toàn bộ sổ"),
    backups.BACKUP,
    backups.RESTORE,
    backups.BACKUPS,
    access.ACCESS,
    diagnosing.DIAGNOSTICS,
    retaining.RETENTION,
)
