"""Verbs that ask the law and the catalogue: of the register, or as shipped where there is none yet."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from db.connection import exists
from db.records import Limit, ProcedureVersion
from db.vocabulary import Channel, EventKind, LimitUnit
from desktop.errors import UserError
from desktop.labels import moment_words, unconfirmed_note
from desktop.office import procedures as catalogue
from desktop.office import requests, settings
from desktop.office.history import new_appointment
from desktop.rules import deadlines, lifecycle
from desktop.rules.calendar import WorkCalendar, shipped, shipped_days
from desktop.rules.lifecycle import TRANSITIONS, Happened, State
from desktop.verbs.context import Answer, Context, day, read, target
from desktop.verbs.procedure_json import row_json, show_json


def due(context: Context, args: argparse.Namespace) -> Answer:
    received_at = requests.moment(args.received)
    with _reference(context) as (calendar, procedures_now):
        if args.procedure:
            procedure = procedures_now.get(args.procedure, on=received_at.date())
            limit = _limit_of(procedure, args)
        else:
            limit = _typed_limit(args.limit, args.unit)
        state = _life(context, args.events, received_at)
        appointment = new_appointment(state, calendar)
        try:
            promise = deadlines.promise(received_at, limit, calendar, pauses=state.pauses, extended_to=appointment)
        except deadlines.LimitError as error:
            raise UserError(error.code, error.message) from error
    steps = [
        {
            "on": step.on.isoformat(),
            "counted": float(step.counted) if step.counted % 1 else int(step.counted),
            "because": step.because,
            "source": step.source,
        }
        for step in promise.steps
    ]
    answer: dict[str, Any] = {"due_at": promise.due_at.isoformat(), "steps": steps}
    if promise.unconfirmed_years:
        answer["unconfirmed_years"] = list(promise.unconfirmed_years)
    told = "\n".join(f"  {step.on:%d/%m/%Y}  {step.label:>4}  {step.because}" for step in promise.steps)
    warning = unconfirmed_note(promise.unconfirmed_years)
    return Answer(answer, "\n".join(filter(None, [f"Hẹn trả: {moment_words(promise.due_at)}", warning, told])))


def licences(_: Context, args: argparse.Namespace) -> Answer:
    from desktop import licences as told

    parts = told.parts()
    rows = [{"name": part.name, "version": part.version, "licence": part.licence} for part in parts]
    return Answer({"parts": rows}, told.as_text(parts, whole=args.whole))


def card(_: Context, args: argparse.Namespace) -> Answer:
    """``{"file"}``: the one-page card of keys, to lie beside the machine."""
    from desktop.office import help_card

    help_card.write(target(args.output))
    return Answer({"file": str(args.output)}, f"Tờ phím một trang: {args.output}. In khổ A4, dán cạnh máy.")


def calendar(context: Context, args: argparse.Namespace) -> Answer:
    if exists(context.data):
        with context.open_to_all() as book:
            days, known = settings.calendar_days(book, args.year), settings.calendar(book)
    else:
        days, known = tuple(day for day in shipped_days() if args.year in (None, day.on.year)), shipped()
    rows = [{"on": day.on.isoformat(), "kind": str(day.kind), "name": day.name, "source": day.source} for day in days]
    told = [f"{day.on:%d/%m/%Y}  {day.name} – {day.source}" for day in days]
    if args.year and not known.is_confirmed(args.year):
        told.append(unconfirmed_note([args.year]))
    return Answer({"days": rows}, "\n".join(told))


def parse_id(context: Context, _: argparse.Namespace) -> Answer:
    from desktop.rules import citizen_id

    try:
        payload = context.typed().decode("utf-8")
        card = citizen_id.parse(payload, today=context.now().date())
    except UnicodeDecodeError as error:
        raise UserError("not_utf8", "Chữ trong mã QR không phải UTF-8. Quét lại.") from error
    except citizen_id.CardError as error:
        raise UserError(error.code, error.message) from error
    names = ("id_number", "old_id", "name", "birth_date", "gender", "address", "issued_on")
    told = {name: getattr(card, name) for name in names} | {"warnings": list(card.warnings)}
    text = f"{card.name} – {card.id_number} – {card.birth_date} – {card.gender}\n{card.address}"
    return Answer(told, "\n".join([text, *card.warnings]))


def procedure(context: Context, args: argparse.Namespace) -> Answer:
    on = day(args.on) if args.on else context.now().date()
    with _reference(context) as (_, procedures_now):
        version = procedures_now.find(args.code, on=on)
        told = show_json(version, on, procedures_now.last_day(version))
    handled = [f"Cấp thực hiện: {', '.join(version.levels)}"] if version.levels else []
    return Answer(told, "\n".join([f"{version.code}  {version.name}", version.field, *handled]))


def procedures(context: Context, args: argparse.Namespace) -> Answer:
    on = day(args.on) if args.on else context.now().date()
    with _reference(context) as (_, procedures_now):
        rows = [
            row_json(version, on, procedures_now.last_day(version))
            for version in procedures_now.listed(on=on, field=args.field, all=args.all)
        ]
    return Answer({"rows": rows}, "\n".join(f"{row['code']}  {row['name']}" for row in rows))


@contextmanager
def _reference(context: Context) -> Iterator[tuple[WorkCalendar, catalogue.Catalogue]]:
    """Calendar and catalogue of the register, or as shipped where there is no register yet."""
    if exists(context.data):
        with context.open_to_all() as book:
            yield settings.calendar(book), catalogue.catalogue(book)
    else:
        yield shipped(), catalogue.Catalogue(catalogue.shipped())


def _limit_of(procedure: ProcedureVersion, args: argparse.Namespace) -> Limit:
    """The procedure's limit, in the case and with the typed limit that reception would ask for."""
    from desktop.rules import intake

    typed = _typed_limit(args.limit, args.unit) if args.limit or args.unit else None
    form = intake.IntakeForm(
        procedure.code,
        Channel.DIRECT,
        "",
        intake.Person(),
        case=args.case,
        limit=intake.TypedLimit(typed.value, typed.unit) if typed else None,
    )
    limit = intake.limit_for(form, procedure)
    for problem in intake.problems(form, procedure, today=date.min):
        if problem.field in ("case", "limit"):
            labels = [item.label for item in procedure.cases]
            raise UserError(problem.code, problem.message, field=problem.field, cases=labels)
    assert limit is not None, "a form without these problems has its limit"
    return limit


def _typed_limit(value: str | None, unit: str | None) -> Limit:
    try:
        typed = LimitUnit(unit or "")
        number = Decimal(value) if value else Decimal(0)
    except (ValueError, InvalidOperation) as error:
        units = ", ".join(LimitUnit)
        raise UserError("bad_limit", f"Ghi --limit (số) và --unit (một trong: {units}).") from error
    if value is None and typed not in (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE):
        raise UserError("bad_limit", "Ghi --limit: số ngày, giờ hoặc tháng.")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        raise UserError("bad_limit", f"Thời hạn ghi nhiều nhất {_DECIMALS} chữ số sau dấu phẩy.")
    return Limit(number, typed)


#: Finer than any limit of the law; an explanation of a hundred digits helps nobody.
_DECIMALS = 4
_ASKED = (EventKind.REQUEST_SUPPLEMENT, EventKind.REQUEST_OBLIGATION)
_ANSWERED = (EventKind.SUPPLEMENT, EventKind.FULFIL_OBLIGATION)
#: Events of a history that leave the promise as it is.
_WITHOUT_EFFECT = {EventKind.REGISTER, *TRANSITIONS}.difference(_ASKED, _ANSWERED, (EventKind.EXTEND,))


def _life(context: Context, file: str | None, received_at: datetime) -> State:
    """Where a file of events leads (``{"event", "at", "to"}``, one a line or one list), judged by nothing else."""
    if file is None:
        return State()
    raw = read(context, file)
    data = (
        requests.decode(raw)
        if raw.lstrip().startswith(b"[")
        else [requests.decode(line) for line in raw.splitlines() if line.strip()]
    )
    state, at = State(), received_at
    for seq, event in enumerate(data):
        kind, facts = _event(event, state)
        match event:
            case {"at": str(told)}:
                at = requests.moment(told)
        state = lifecycle.after(state, Happened(seq, kind, at, "", facts))
    return state


def _event(event: object, state: State) -> tuple[EventKind, dict[str, str]]:
    """What one event of a file says of the promise; UserError ``bad_events``."""
    match event:
        case {"event": str(kind), "at": str()} if kind in _ASKED or (kind in _ANSWERED and state.is_paused):
            return EventKind(kind), {}
        case {"event": EventKind.EXTEND, "to": str(to)}:
            return EventKind.EXTEND, {"to": requests.moment(to).isoformat()}
        case {"event": str(kind)} if kind in _WITHOUT_EFFECT:
            return EventKind(kind), {}
    raise UserError("bad_events", f"Sự kiện không dùng được: {str(event)[:80]}.")
