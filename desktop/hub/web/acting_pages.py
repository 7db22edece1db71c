"""The pages on which somebody does something: forks, keys, officials. Each act is checked again by ``desktop.hub``.

A code or password that is shown once is shown in the answer to its form, never under an address that can be opened
again. Nobody acts outside his own part of the tree.
"""

from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import datetime
from itertools import groupby
from typing import Any

from fastapi.responses import Response

from db import hub_units
from db.hub_units import HubUnit
from desktop.errors import UserError
from desktop.hub import enrolment, settling, units, users
from desktop.hub.history import Choice
from desktop.hub.settling import Fork
from desktop.hub.users import ROLE_WORDS, Official, Role
from desktop.hub.web.asking import Asked
from desktop.hub.web.figures import scopes
from desktop.hub.web.frame import framed
from desktop.hub.web.leaves import leaf
from desktop.hub.web.problems import Problem
from desktop.hub.web.routing import Page, see
from desktop.hub.web.wording import FORM_HEADS
from desktop.rules.statistics import Line

#: Older ones stay in the hub; nobody looks for them here.
_DECISIONS = 50
_HEADS = {column: words for column, _, words, _ in FORM_HEADS}


def show_forks(asked: Asked, *, said: Any = None, typed: Any = None, status: int = 200) -> Response:
    waiting = settling.forks(asked.hub, root=asked.official.unit)
    forks = []
    for code, found in groupby(waiting, lambda fork: fork.unit.code):
        some = list(found)
        forks.append({"unit": some[0].unit, "code": code, "seen": _seen(some), "pairs": [_pair(one) for one in some]})
    told = {
        "forks": forks,
        "decisions": settling.decisions(asked.hub, root=asked.official.unit)[:_DECISIONS],
        "can_settle": asked.official.role.may(Role.RUN),
        "typed": typed or {"code": "", "choice": "", "reason": ""},
        "said": said,
    }
    return framed(asked, "forks", status=status, **told)


def settle(asked: Asked) -> Response:
    """A decision about what the official had before his eyes, and about nothing that came since."""
    unit = _own(asked, asked.request.path_params["code"])
    waiting = [fork for fork in settling.forks(asked.hub, root=unit.code) if fork.unit.code == unit.code]
    typed = {"code": unit.code, "choice": asked.form.get("choice", ""), "reason": asked.form.get("reason", "")}
    if asked.form.get("seen") != _seen(waiting):
        words = "Trong lúc bạn xem đã có báo cáo khác của đơn vị; hãy xem lại rồi quyết định."
        # Of what he has not seen yet nothing is chosen beforehand.
        return show_forks(asked, said=_problem(words), typed=typed | {"choice": ""}, status=409)
    try:
        choice = Choice(typed["choice"])
    except ValueError:
        words = "Hãy chọn giữ bản đang giữ hoặc nhận bản gửi sau."
        return show_forks(asked, said=_problem(words), typed=typed, status=400)
    try:
        settling.settle(asked.hub, unit.code, choice, typed["reason"], who=_who(asked), now=asked.now)
    except UserError as error:
        return show_forks(asked, said=_problem(error.message), typed=typed, status=400)
    return see("/forks")


def show_keys(asked: Asked, *, made: Any = None, said: Any = None, status: int = 200) -> Response:
    own = scopes(asked.hub, asked.official.unit)
    asked_for = asked.query.get("revoke", "")
    shown = leaf(own, asked.query, lambda unit: f"{unit.code} {unit.name}")
    told = {
        "made": made,
        "said": said,
        "leaf": shown,
        "units": [_keyed(asked, unit) for unit in shown.rows],
        "revoking": next((unit for unit in own if unit.code == asked_for), None),
    }
    return framed(asked, "keys", status=status, **told)


def act_on_key(asked: Asked) -> Response:
    """A new one-time code, or the end of a key."""
    unit = _own(asked, asked.request.path_params["code"])
    try:
        if asked.form.get("act") == "revoke":
            enrolment.revoke(asked.hub, unit.code, who=_who(asked), now=asked.now)
            return see("/keys")
        code = enrolment.new_code(asked.hub, unit.code, who=_who(asked), now=asked.now)
    except UserError as error:
        return show_keys(asked, said=_problem(error.message), status=400)
    until = hub_units.codes_of(asked.hub, unit.code)[0].expires_at
    return show_keys(asked, made={"name": unit.name, "code": code, "expires_at": datetime.fromisoformat(until)})


def show_people(
    asked: Asked,
    *,
    made: Any = None,
    said: Any = None,
    typed: Any = None,
    changing: Any = None,
    status: int = 200,
) -> Response:
    named = {unit.code: unit.name for unit in units.every(asked.hub)}
    people = [
        {name: getattr(one, name) for name in one.__slots__} | {"scope": named.get(one.unit, one.unit) or "tất cả"}
        for one in _people(asked)
    ]
    root, wanted = asked.official.unit, asked.query.get("change", "")
    found = [one for one in people if one["name"] == wanted != asked.official.name]
    told = {
        "people": people,
        "changing": changing or (found[0] if found else None),
        "scopes": [(unit.code, unit.name) for unit in scopes(asked.hub, root)],
        "typed": typed or {"name": "", "full_name": "", "role": Role.VIEW, "unit": root},
        "made": made,
        "said": said,
    }
    return framed(asked, "people", status=status, **told)


def add_person(asked: Asked) -> Response:
    typed = {name: asked.form.get(name, "").strip() for name in ("name", "full_name", "role", "unit")}
    if typed["role"] not in set(ROLE_WORDS):
        return show_people(asked, said=_problem("Hãy chọn vai trò."), typed=typed, status=400)
    if asked.official.unit:
        _own(asked, typed["unit"])
    try:
        password = users.add(
            asked.hub,
            typed["name"],
            Role(typed["role"]),
            who=_who(asked),
            now=asked.now,
            full_name=typed["full_name"],
            unit=typed["unit"],
        )
    except UserError as error:
        return show_people(asked, said=_problem(error.message), typed=typed, status=400)
    return show_people(asked, made={"name": typed["name"], "password": password})


def act_on_person(asked: Asked) -> Response:
    """A new first password, another role or part of the tree, or whether somebody is let in; never for oneself."""
    name, act = asked.request.path_params["name"], asked.form.get("act")
    if name == asked.official.name:
        return show_people(asked, said=_problem("Không làm việc này với chính mình được."), status=400)
    if name not in {one.name for one in _people(asked)}:
        raise Problem(404, "unknown_user", "Không có người dùng này trong phạm vi của bạn.")
    try:
        if act == "reset":
            password = users.reset_password(asked.hub, name, who=_who(asked), now=asked.now)
            return show_people(asked, made={"name": name, "password": password})
        if act == "change":
            return _change_person(asked, name)
        if act not in ("close", "open"):
            return show_people(asked, said=_problem("Không có việc này."), status=400)
        users.change(asked.hub, name, who=_who(asked), now=asked.now, active=act == "open")
    except UserError as error:
        return show_people(asked, said=_problem(error.message), status=400)
    return see("/people")


def _change_person(asked: Asked, name: str) -> Response:
    """Another role, another part of the tree; what he had stays in the hub's record."""
    role, unit = asked.form.get("role", ""), asked.form.get("unit", "")
    if asked.official.unit:
        _own(asked, unit)
    shown = {"name": name, "role": role, "unit": unit}
    if role not in set(ROLE_WORDS):
        return show_people(asked, said=_problem("Hãy chọn vai trò."), changing=shown, status=400)
    try:
        users.change(asked.hub, name, who=_who(asked), now=asked.now, role=Role(role), unit=unit)
    except UserError as error:
        return show_people(asked, said=_problem(error.message), changing=shown, status=400)
    return see("/people")


def _people(asked: Asked) -> list[Official]:
    """Whom an administrator may act on: everybody, or who sees no more than his own part of the tree."""
    root = asked.official.unit
    own = {unit.code for unit in scopes(asked.hub, root)}
    return [one for one in users.everyone(asked.hub) if not root or one.unit in own]


def _own(asked: Asked, code: str) -> HubUnit:
    """The unit of a code, of the official's own part of the tree."""
    for unit in units.within(units.every(asked.hub), asked.official.unit):
        if unit.code == code:
            return unit
    raise Problem(404, "unknown_unit", "Không có đơn vị này trong phạm vi của bạn.")


def _who(asked: Asked) -> str:
    return asked.official.name


def _problem(words: str) -> dict[str, str]:
    return {"tone": "late", "words": words}


def _seen(forks: Sequence[Fork]) -> str:
    return ".".join(str(fork.report) for fork in forks)


def _pair(fork: Fork) -> dict[str, Any]:
    """What is held and what was sent, one fact a row; figures only where either has any."""
    held = Line(*fork.held.total) if fork.held else None
    facts = [
        ("Bản", str(fork.held.revision) if fork.held else "không có", str(fork.revision)),
        ("Mã", fork.held.code if fork.held else "không có", fork.code),
    ]
    for column, sent, kept in zip(fields(Line), astuple(fork.total), astuple(held or Line()), strict=True):
        if sent or kept:
            facts.append((_HEADS[column.name], str(kept) if held else "", str(sent)))
    return {
        "day": fork.day,
        "why": fork.why,
        "received_at": fork.received_at,
        "facts": [{"name": n, "held": h, "sent": s, "differs": bool(h) and h != s} for n, h, s in facts],
    }


def _keyed(asked: Asked, unit: HubUnit) -> dict[str, Any]:
    keys = [key for key in hub_units.keys_of(asked.hub, unit.code) if key.revoked_at is None]
    codes = [code for code in hub_units.codes_of(asked.hub, unit.code) if code.ended_at is None]
    open_until = codes[0].expires_at if codes and codes[0].expires_at >= asked.now.isoformat() else None
    return {
        "code": unit.code,
        "name": unit.name,
        "ended": unit.valid_to if unit.has_ended(asked.now.date().isoformat()) else None,
        "key_since": _day(keys[-1].since) if keys else "",
        "code_until": _day(open_until) if open_until else "",
    }


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%d/%m/%Y}"


PAGES = (
    Page("GET", "/forks", Role.VIEW, show_forks),
    Page("POST", "/forks/{code}", Role.RUN, settle),
    Page("GET", "/keys", Role.RUN, show_keys),
    Page("POST", "/keys/{code}", Role.RUN, act_on_key),
    Page("GET", "/people", Role.ADMIN, show_people),
    Page("POST", "/people", Role.ADMIN, add_person),
    Page("POST", "/people/{name}", Role.ADMIN, act_on_person),
)
