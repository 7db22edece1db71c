"""Verbs about the wall: its sheets as PDF, what is out of date, what a scan says, what hung on a day.

``posting`` answers ``{"file", "sha256", "pages"}``; ``posting stale`` ``{"on", "right", "replace", "put_up",
"take_down", "rows", "missing"}``: counts, the sheets on the wall that are out of date, those that should hang and do
not, each ``{"sheet", "mark", "title", "do", "board", "slot", "why", "fields", "decision", "since"}``. ``scan`` answers
``{"rows": [{"verdict": "current" | "old" | "abolished" | "unknown", "words", "sheet", "mark", "title", "since",
"decision", "places"}]}``, ``hung`` ``{"on", "rows"}``, ``post``, ``take-down`` and ``undo`` ``{"event", "sheets"}``.
"""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.verbs.context import Answer, Context, day, target

if TYPE_CHECKING:
    from desktop.office.filing import Paper
    from desktop.office.posting_checks import Task


def sheets(context: Context, args: argparse.Namespace) -> Answer:
    """Every sheet of a day, those of a field, or the full sheet of one procedure."""
    from desktop.office import posting_prints

    if args.output is None:
        raise UserError("usage", "Ghi -o tên tệp PDF, ví dụ: motcua posting -o niem-yet.pdf")
    output = target(args.output)
    with context.open_to_all() as book:
        paper = posting_prints.wall_pdf(
            book,
            on=_on(args),
            field=args.field,
            code=args.code,
            size=args.size,
            now=context.now(),
            progress=_told(context),
        )
    told = _written(paper, output)
    return Answer(told, f"Đã lập {output} ({told['pages']} trang).")


def stale(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import posting_checks, posting_prints
    from desktop.office.posting_checks import Do

    output = target(args.output) if args.output else None
    with context.open_to_all() as book:
        state = posting_checks.stale(book, _on(args) or context.now().date())
        wrong = [task for task in state.tasks if task.do is not Do.PUT_UP]
        missing = state.of(Do.PUT_UP)
        told: dict[str, Any] = {
            "on": state.on.isoformat(),
            "right": len(state.right),
            **{str(do): len(state.of(do)) for do in Do},
            "rows": [_task(task) for task in wrong],
            "missing": [_task(task) for task in missing],
        }
        if output:
            names = [task.name for task in state.tasks if task.do is not Do.TAKE_DOWN]
            paper = posting_prints.sheets_pdf(
                book, names, on=state.on, size=args.size, now=context.now(), progress=_told(context)
            )
            told |= _written(paper, output)
    lines = [f"{task.board} {task.slot}  {task.mark}  {task.title}: {task.why}" for task in wrong]
    counts = f"Đúng {told['right']}, thay {told['replace']}, dán mới {told['put_up']}, gỡ {told['take_down']}."
    return Answer(told, "\n".join([counts, *lines]))


def scan(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import posting_checks

    texts = [line for line in context.typed().decode("utf-8", errors="replace").splitlines() if line.strip()]
    with context.open_to_all() as book:
        on = _on(args) or context.now().date()
        answers = [posting_checks.answer(book, text, on) for text in texts]
    rows = [
        {
            "verdict": str(one.verdict),
            "words": one.words,
            "sheet": one.name,
            "mark": one.mark,
            "title": one.title,
            "since": _iso(one.cause.since),
            "decision": one.cause.decision,
            "places": [{"board": place.board, "slot": place.slot} for place in one.hangs],
        }
        for one in answers
    ]
    unknown = any(one.verdict is posting_checks.Verdict.UNKNOWN for one in answers)
    lines = [f"{one.words}: {one.mark} {one.title}".rstrip(": ") for one in answers]
    return Answer({"rows": rows}, "\n".join(lines) or "Chưa quét tờ nào.", 4 if unknown else 0)


def hung(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import posting_checks, posting_prints, postings
    from desktop.rules import sheet_codes

    output = target(args.output) if args.output else None
    with context.open_to_all() as book:
        on = _on(args) or context.now().date()
        posted = postings.posted_on(book, on)
        told: dict[str, Any] = {
            "on": on.isoformat(),
            "rows": [
                {
                    "sheet": one.name,
                    "mark": said.mark,
                    "title": posting_checks.titled(said),
                    "version": sheet_codes.version_digits(one.sha256),
                    "board": one.board,
                    "slot": one.slot,
                    "posted_at": one.posted_at.isoformat(),
                    "clerk": one.clerk,
                }
                for one, said in posted
            ],
        }
        if output:
            paper = posting_prints.posted_pdf(
                book, on, full=args.full, size=args.size, now=context.now(), progress=_told(context)
            )
            told |= _written(paper, output)
    lines = [f"{row['board']} {row['slot']}  {row['mark']}  {row['title']}" for row in told["rows"]]
    return Answer(told, "\n".join(lines) or f"Cuối ngày {on:%d/%m/%Y} không có tờ nào được ghi là đang dán.")


def _on(args: argparse.Namespace) -> date | None:
    return day(args.on) if args.on else None


def _task(task: "Task") -> dict[str, Any]:
    return {
        "sheet": task.name,
        "mark": task.mark,
        "title": task.title,
        "do": str(task.do),
        "board": task.board,
        "slot": task.slot,
        "why": task.why,
        "fields": list(task.fields),
        "decision": task.cause.decision,
        "since": _iso(task.cause.since),
    }


def _written(paper: "Paper | None", output: Path) -> dict[str, Any]:
    assert paper is not None, "nobody stops this work"
    output.write_bytes(paper.data)
    return {"file": str(output), "sha256": paper.sha256, "pages": paper.pages}


def _told(context: Context) -> Callable[[int, int], bool]:
    """Progress for people: a line for each hundred sheets."""

    def tell(done: int, total: int) -> bool:
        if done and done % 100 == 0:
            context.tell(f"Đã lập {done}/{total} tờ.")
        return True

    return tell


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
