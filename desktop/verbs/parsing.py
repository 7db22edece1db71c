"""Reading a command line: argparse that speaks Vietnamese, guesses at nothing and never exits by itself.

Hides argparse's English. ``desktop.cli`` describes the verbs with it; nothing here knows what a verb does.
"""

import argparse
import re
from collections.abc import Callable, Iterable
from typing import NoReturn

from desktop.errors import UserError

#: Names and options of one argument, as ``add_argument`` takes them.
Argument = tuple[tuple[str, ...], dict]
#: Adds a verb, or a group of them, to those that a command line may name.
Adder = Callable[[argparse._SubParsersAction], None]

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "còn thiếu {}"),
    (r"unrecognized arguments: (.+)", "không hiểu {}"),
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)", "{} không nhận “{}”, chỉ nhận {}"),
    (r"argument (.+?): expected one argument", "{} cần một giá trị"),
    (r"argument (.+?): invalid int value: '(.*)'", "{} phải là số nguyên, không phải “{}”"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{} không nhận giá trị “{}”"),
    (r"argument (.+?): (.+)", "{} {}"),
)


class Parser(argparse.ArgumentParser):
    """Options are written in full; whatever is wrong is one UserError ``usage``."""

    def __init__(self, prog: str, *, description: str) -> None:
        super().__init__(prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "Tham số", "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")
        # Each parser its own: a default set on a shared option would hide what was said before the verb.
        self.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="thư mục dữ liệu")
        self.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="in một đối tượng JSON")

    def error(self, message: str) -> NoReturn:
        raise UserError("usage", f"Câu lệnh chưa đúng: {_complaint(message)}. Xem: {self.prog} --help")


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def argument(*names: str, **options: object) -> Argument:
    """One argument of a verb."""
    return names, options


def verb(name: str, run: Callable, help_text: str, *arguments: Argument) -> Adder:
    """One verb: its name, what runs it, what it does in a few words, and its arguments."""

    def add(kinds: argparse._SubParsersAction) -> None:
        parser = kinds.add_parser(name, help=help_text, description=help_text)
        for names, options in arguments:
            parser.add_argument(*names, **options)
        parser.set_defaults(run=run)

    return add


def group(name: str, help_text: str, *verbs: Adder) -> Adder:
    """A verb that is followed by another one, which ``args.act`` names."""

    def add(kinds: argparse._SubParsersAction) -> None:
        parser = kinds.add_parser(name, help=help_text, description=help_text)
        acts = parser.add_subparsers(dest="act", metavar="VIỆC", required=True, parser_class=Parser)
        for add_one in verbs:
            add_one(acts)

    return add


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """A type of argument: a whole number within bounds."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = lowest - 1
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"phải là số nguyên từ {lowest} đến {highest}")
        return value

    return number


def _complaint(message: str) -> str:
    for pattern, sentence in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*map(_short, found.groups())).replace("'", "")
    return "không đọc được"


def _short(text: str) -> str:
    return text if len(text) <= 300 else text[:60] + "…"
