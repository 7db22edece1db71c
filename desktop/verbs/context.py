"""What every verb is given and answers, and how it reads files and moments."""

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from db.connection import Register
from desktop.errors import UserError
from desktop.office import opening, requests

#: Another program may be about to finish with the same folder; a script should not fail for that.
_WAIT_SECONDS = 3
#: Where scripts leave the password of who acts.
PASSWORD = "MOTCUA_PASSWORD"


@dataclass(frozen=True, slots=True)
class Context:
    """What a verb is given: the data folder, the clock, standard input, and where to tell progress.

    ``answer_now`` prints the JSON object, where one is asked for, of a verb that goes on for days. ``clerk`` is who
    acts, as named on the command line.
    """

    data: Path
    now: Callable[[], datetime]
    stdin: BinaryIO | None
    tell: Callable[[str], None]
    answer_now: Callable[[dict[str, Any]], None]
    clerk: str | None = None

    def typed(self) -> bytes:
        """All of standard input, without the mark that some programs of Windows put in front of UTF-8."""
        return _without_mark(self.stdin.read() if self.stdin else b"")

    @contextmanager
    def book(self) -> Iterator[Register]:
        """The register of the data folder for who acts on it or reads of people, closed afterwards.

        Where people have passwords ``clerk`` proves himself first; UserError ``sign_in_required`` and as of
        ``signing_in.sign_in``.
        """
        with self.open_to_all() as book:
            self.prove(book)
            yield book

    def prove(self, book: Register) -> None:
        """Let ``clerk`` prove himself where this register asks; UserError ``must_change`` before his own password."""
        from desktop.office import signing_in

        if not signing_in.required(book):
            return
        if not self.clerk:
            raise UserError("sign_in_required", "Sổ này có mật khẩu: ghi --clerk TÊN của mình.")
        password = secret("Mật khẩu: ", PASSWORD, "sign_in_required")
        if signing_in.sign_in(book, self.clerk, password, now=self.now(), through=signing_in.VERB).must_change:
            raise UserError("must_change", "Hãy đặt mật khẩu của riêng mình trước: motcua people password.")

    @contextmanager
    def open_to_all(self) -> Iterator[Register]:
        """The same for what anybody may know, or the machine does by itself."""
        book = opening.open_register(self.data, now=self.now(), wait_seconds=_WAIT_SECONDS)
        try:
            yield book
        finally:
            book.close()


@dataclass(frozen=True, slots=True)
class Answer:
    """One JSON object, the same as short Vietnamese text, and the exit code; empty when it was printed before."""

    json: dict[str, Any]
    text: str
    exit_code: int = field(default=0)


def moment_of_act(context: Context, book: Register, given: str | None, name: str) -> datetime:
    if given is None:
        return context.now()
    if not book.practice:
        raise UserError("time_from_outside", f"Sổ thật lấy giờ của máy; bỏ mục “{name}” rồi làm lại.", field=name)
    return requests.moment(given)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError("bad_date", f"“{text}” không phải ngày dạng 2026-11-23.") from error


def read(context: Context, file: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``; UserError ``no_file``."""
    if file == "-":
        return context.typed()
    try:
        return _without_mark(Path(file).read_bytes())
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {file}.", file=file) from error


def target(path: Path) -> Path:
    """Where an answer shall be written; UserError ``cannot_write`` before any work is done for nothing."""
    if path.is_dir() or not path.parent.is_dir():
        raise UserError(
            "cannot_write", f"Không ghi được tệp {path}: chọn một tên tệp trong thư mục có sẵn.", file=str(path)
        )
    return path


def secret(prompt: str, variable: str, code: str) -> str:
    """From the environment, or typed unseen, never from the command line, which other people of a machine see.

    UserError ``code`` where nobody can type.
    """
    import getpass

    if said := os.environ.get(variable):
        return said
    if sys.stdin is None or not sys.stdin.isatty():
        what = prompt.rstrip(": ")
        raise UserError(code, f"Cần {what[0].lower()}{what[1:]}: đặt biến {variable} hoặc gõ ở cửa sổ lệnh.")
    return getpass.getpass(prompt)


def _without_mark(text: bytes) -> bytes:
    return text.removeprefix(codecs.BOM_UTF8)
