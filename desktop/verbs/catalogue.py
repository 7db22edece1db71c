"""Verbs that change the catalogue, hand it on, or tell how it came to be what it is."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Register
from db.records import DecisionRow, ProcedureVersion
from desktop.errors import UserError
from desktop.office import procedures, requests
from desktop.rules.change_sets import Decision
from desktop.verbs.changes_told import change_set_json, change_set_text
from desktop.verbs.context import Answer, Context, day, read, target


def export(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import catalogue_export, packets

    output, now = target(args.output), context.now()
    on = day(args.on) if args.on else now.date()
    with context.open_to_all() as book:
        if args.signed:
            context.prove(book)
            count = packets.make(book, output, _decision(args), on=on, now=now, field=args.field)
        else:
            count = catalogue_export.export(book, output, on=on, now=now, field=args.field, all=args.all)
    return Answer({"file": str(output), "procedures": count}, f"Đã ghi {count} thủ tục vào {output}.")


def accept(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import decisions, packets

    with context.book() as book:
        now = context.now()
        opened = packets.read(book, args.file)
        decision = opened.decision
        if args.effective:
            decision = replace(decision, effective_on=day(args.effective))
        found = decisions.prepare(book, opened.reading, decision, now=now)
        told = {"issuer": opened.issuer, "made_at": opened.made_at.isoformat(), **change_set_json(found)}
        if found.changes and not args.dry_run:
            done = decisions.accept(book, found, source="packet", clerk=args.clerk, now=now, key=args.key)
            told["seq"] = done.seq
    return Answer(told, f"{opened.issuer}\n{change_set_text(found, applied='seq' in told)}")


def edit(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import decisions

    given = requests.decode(read(context, args.file))
    with context.book() as book:
        decision = _decision(args)
        version = _edited(book, given, decision.effective_on)
        attachment = Path(args.attach) if args.attach else None
        done = decisions.edit(
            book, version, decision, attachment=attachment, clerk=args.clerk, now=context.now(), key=args.key
        )
    return Answer(
        {"seq": done.seq, "code": version.code, "decision": decision.number},
        f"Đã ghi thủ tục {version.code} theo quyết định {decision.number}, từ ngày {decision.effective_on:%d/%m/%Y}.",
    )


def undo(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import decisions

    with context.book() as book:
        done = decisions.undo(book, args.seq, args.note or "", clerk=args.clerk, now=context.now(), key=args.key)
        (row,) = (row for row in decisions.history(book) if row.seq == args.seq)
    return Answer({"seq": done.seq, "undoes": args.seq, "decision": row.number}, f"Đã thôi áp dụng {row.number}.")


def history(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import decision_history

    with context.open_to_all() as book:
        code = procedures.catalogue(book).find(args.code).code if args.code else None
        rows = decision_history.history(book, code)
        told: dict[str, Any] = {"decisions": [_decision_json(row) for row in rows]}
        if code:
            told |= {"code": code, "versions": [_past_json(past) for past in decision_history.versions_of(book, code)]}
    return Answer(told, "\n".join(map(_decision_text, rows)) or "Chưa có quyết định nào.")


def propose(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import proposals

    with context.book() as book:
        now = context.now()
        proposals.propose(book, args.code, args.note, clerk=args.clerk, now=now, key=args.key)
        kept = proposals.proposals(book, args.code)[-1]
    return Answer({"code": kept.procedure, "seq": kept.seq}, f"Đã ghi kiến nghị về thủ tục {kept.procedure}.")


def proposals(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import catalogue_export
    from desktop.office import proposals as kept

    first = day(args.first) if args.first else date.min
    with context.open_to_all() as book:
        now = context.now()
        last = day(args.last) if args.last else now.date()
        if args.output:
            output = target(args.output)
            count = catalogue_export.export_proposals(book, output, first=first, last=last, now=now)
            return Answer({"file": str(output), "proposals": count}, f"Đã ghi {count} kiến nghị vào {output}.")
        notes = kept.proposals(book, args.code, first=first, last=last)
    rows = [
        {"code": note.procedure, "text": note.text, "at": note.at.isoformat(), "clerk": note.clerk} for note in notes
    ]
    text = "\n".join(f"{note.at:%d/%m/%Y}  {note.procedure}  {note.text}" for note in notes)
    return Answer({"rows": rows}, text or "Chưa có kiến nghị nào.")


def key(context: Context, _: argparse.Namespace) -> Answer:
    from desktop.office import packets, settings

    with context.open_to_all() as book:
        public, unit = packets.public_key(book), settings.unit(book)
    return Answer({"key": public, "unit": {"code": unit.code, "name": unit.name}}, public)


def trust(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import packets

    with context.book() as book:
        now = context.now()
        if args.public_key:
            if args.remove:
                packets.distrust(book, args.public_key, clerk=args.clerk, now=now)
            else:
                packets.trust(book, args.public_key, args.name or "", clerk=args.clerk, now=now)
        pinned = packets.trusted(book)
    rows = [{"key": public, "name": name} for public, name in pinned.items()]
    return Answer({"rows": rows}, "\n".join(f"{public}  {name}" for public, name in pinned.items()) or "Chưa có khóa.")


def _decision(args: argparse.Namespace) -> Decision:
    if not args.decision or not args.effective:
        raise UserError("usage", "Ghi --decision (số quyết định) và --effective (ngày hiệu lực).")
    decided_on = day(args.decided) if args.decided else None
    return Decision(args.decision, decided_on, day(args.effective), args.title or "")


def _edited(book: Register, given: Any, on: date) -> ProcedureVersion:
    """The procedure as it stands on a day with what the request says otherwise; a code that is new begins empty."""
    if not isinstance(given, dict) or not isinstance(given.get("code"), str):
        raise UserError("bad_request", "Ghi một đối tượng JSON có mục “code” và các mục cần sửa.")
    code = procedures.code_or_none(given["code"]) or given["code"]
    stands = procedures.catalogue(book).begun(on).get(code)
    told = procedures.to_json(stands or ProcedureVersion(code, "", "", None))
    if unknown := sorted(given.keys() - told.keys()):
        raise UserError("unknown_key", f"Không có mục “{unknown[0]}” trong một thủ tục; chưa ghi gì.", field=unknown[0])
    try:
        return procedures.from_json(told | given | {"code": code})
    except (msgspec.ValidationError, ArithmeticError) as error:
        raise UserError("bad_request", "Có mục không đúng kiểu của nó trong thủ tục; chưa ghi gì.") from error


def _decision_json(row: DecisionRow) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(row)
    return {"decision": told.pop("number"), **told}


def _past_json(past: Any) -> dict[str, Any]:
    version = past.version
    return {
        "valid_from": version.valid_from.isoformat() if version.valid_from else None,
        "decision": past.decision.number if past.decision else None,
        "seq": past.decision.seq if past.decision else None,
        "name": version.name,
        "status": str(version.status),
        "differs": list(past.differs),
        "speaks": past.speaks,
    }


def _decision_text(row: DecisionRow) -> str:
    undone = f" (đã thôi áp dụng, sự kiện {row.undone_by})" if row.undone_by else ""
    return f"{row.seq}  {row.number}  hiệu lực {row.effective_on:%d/%m/%Y}  {row.title}{undone}"
