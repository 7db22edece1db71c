"""The three ways in which something may not go on, each with one Vietnamese sentence.

Raised by every layer above the register, shown by the windows and the command line; the register
raises its own ``db.errors`` which ``office`` translates.
"""

import errno

from db.errors import RegisterProblem


class UserError(Exception):
    """The request cannot be done as given; nothing was changed (exit code 2).

    ``code`` is a stable English word, ``message`` one Vietnamese sentence, ``facts`` what a
    program may want to know beside it.
    """

    exit_code = 2

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts


class EnvironmentProblem(UserError):
    """The world is broken: disk, lock, printer, font, database (exit code 3)."""

    exit_code = 3


class VerificationFailed(UserError):
    """Something that had to be verified did not verify: signature, chain, backup (exit code 4)."""

    exit_code = 4


#: Troubles of the register that are the request's fault, or a verification that failed; the rest is the world's.
_REGISTER_EXITS = {
    "no_register": 2,
    "register_exists": 2,
    "file_exists": 2,
    "not_a_folder": 2,
    "bad_database_url": 2,
    "clock_back": 2,
    "backup_bad": 4,
}


def exit_code(problem: UserError | RegisterProblem) -> int:
    """What the command line answers for this problem: 2, 3 or 4 as cli.md promises."""
    if isinstance(problem, UserError):
        return problem.exit_code
    return _REGISTER_EXITS.get(problem.code, EnvironmentProblem.exit_code)


#: What the system says in English, in a few words that go on a sentence.
_OF_SYSTEM = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ này chỉ cho đọc",
    errno.ENOSPC: "hết chỗ",
    errno.EDQUOT: "hết chỗ",
    errno.EIO: "ổ đĩa báo lỗi",
    errno.EISDIR: "đây là một thư mục",
    errno.ENOTDIR: "đây không phải thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EADDRINUSE: "đang có chương trình khác dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ ấy",
}


def of_system(error: OSError) -> str:
    """Why the system refused, in Vietnamese where it is one of the usual reasons."""
    return _OF_SYSTEM.get(error.errno or 0) or error.strerror or str(error)


__all__ = ["EnvironmentProblem", "RegisterProblem", "UserError", "VerificationFailed", "exit_code", "of_system"]
