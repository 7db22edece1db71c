"""Verbs about the life of dossiers: record an act, read a working list, tell a history again."""

import argparse
from contextlib import nullcontext
from typing import Any

from db.connection import Register
from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.labels import EVENT_WORDS, STATUS_WORDS, moment_words
from desktop.verbs.context import Answer, Context, moment_of_act, read, secret
from desktop.verbs.dossiers import row_told

#: Where scripts leave the password of who confirms.
CONFIRM_PASSWORD = "MOTCUA_CONFIRM_PASSWORD"


def act(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import acts, attachments, replaying, signing_in

    event = replaying.event_of(args.event)
    facts = _facts(args, event)
    with context.book() as book:
        at = moment_of_act(context, book, args.at, "at")
        said = _said_by_second(book, facts)
        with attachments.kept(book, args.file, now=at) if args.file else nullcontext() as file:
            if said:  # right before the act: it is good for one transaction
                signing_in.vouch(book, facts["confirmed_by"], said, now=at)
            done = acts.perform(book, args.code, event, facts, clerk=args.clerk, now=at, key=args.key, file=file)
    return Answer(
        {"code": done.code, "status": done.status.word, "due_at": done.due_at.isoformat(), "event": str(event)},
        f"{done.code}: {EVENT_WORDS[event].lower()}. {STATUS_WORDS[done.status]}, hẹn trả {moment_words(done.due_at)}.",
    )


def _said_by_second(book: Register, facts: dict[str, Any]) -> str:
    """The password of who confirms, where one is named and people have passwords; else empty."""
    from desktop.office import signing_in

    if not facts.get("confirmed_by") or not signing_in.required(book):
        return ""
    return secret("Mật khẩu của người xác nhận: ", CONFIRM_PASSWORD, "needs_their_password")


def _facts(args: argparse.Namespace, event: EventKind) -> dict[str, Any]:
    """What was given by options; ``--set`` corrects fields or, for other acts, names any other fact."""
    pairs = {}
    for pair in args.set:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UserError("usage", f"“{pair[:40]}” phải có dạng TRƯỜNG=GIÁ TRỊ.")
        pairs[name.strip()] = value
    named = {"note": args.note, "to": args.to, "score": args.score, "confirmed_by": args.confirmed_by}
    facts = {name: value for name, value in named.items() if value is not None}
    if event is EventKind.CORRECT:
        return facts | ({"set": pairs} if pairs else {})
    return pairs | facts


def list_(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import access, lists

    with context.book() as book:
        at = moment_of_act(context, book, args.at, "at")
        rows = lists.rows(book, args.name, now=at, limit=args.limit, offset=args.offset, clerk=args.clerk)
        access.listed(book, str(args.name), count=len(rows), why="lệnh list", clerk=args.clerk, now=context.now())
    lines = [f"{row.code}  {row.due_at:%H:%M %d/%m/%Y}  {row.applicant}  {row.procedure_name}" for row in rows]
    return Answer({"rows": [row_told(row) for row in rows]}, "\n".join(lines) or "Không có hồ sơ nào.")


def replay(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import replaying

    lines = read(context, str(args.file)).splitlines()
    with context.book() as book:
        done = replaying.replay(book, lines)
    rejected = [{"line": bad.line, "ref": bad.ref, "reason": bad.reason} for bad in done.rejected]
    text = f"Đã ghi {done.events} sự kiện của {done.dossiers} hồ sơ; không nhận {len(rejected)} dòng."
    return Answer(
        {"dossiers": done.dossiers, "events": done.events, "rejected": rejected},
        "\n".join([text, *(f"Dòng {bad.line}: {bad.reason}" for bad in done.rejected)]),
    )
