"""``motcua diagnostics``: a file for whoever helps from afar, also where the register does not open."""

import argparse
import hashlib
from pathlib import Path

from desktop.errors import RegisterProblem
from desktop.verbs.context import Answer, Context, target
from desktop.verbs.parsing import argument, verb
from desktop.whole_files import hand_out


def diagnostics(context: Context, args: argparse.Namespace) -> Answer:
    """``{"file", "sha256", "trouble": code | null}``; nothing in the file is about people."""
    from desktop.office import diagnostics as office

    output, now, trouble = target(args.output), context.now(), None
    try:
        with context.open_to_all() as book:
            data = office.bundle(book, now=now)
    except RegisterProblem as problem:
        if problem.code == "no_register":
            raise
        trouble = problem.code
        data = office.without_register(context.data, trouble, now=now)
    assert data is not None, "nobody stops this work"
    hand_out(output, data)
    told = {"file": str(args.output), "sha256": hashlib.sha256(data).hexdigest(), "trouble": trouble}
    return Answer(told, f"Đã ghi {args.output}: không có tên hay số của ai, gửi được cho người hỗ trợ.")


DIAGNOSTICS = verb(
    "diagnostics",
    diagnostics,
    "tệp chẩn đoán cho người hỗ trợ, không có dữ liệu về người",
    argument("-o", "--output", type=Path, required=True, help="tệp .zip"),
)
