"""Correcting a slip in what was written down at reception: names, numbers, addresses, never a date or a limit.

A correction is an event with its reason; the receipt it spoils is replaced by a new version. What moves
the promise (procedure, case, channel, limit) cannot be corrected: the dossier is withdrawn and taken in anew.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import msgspec

from db.records import ProcedureVersion
from desktop.errors import UserError
from desktop.rules import intake
from desktop.rules.intake import IntakeForm, Person, Principal

_PERSON = frozenset(item.name for item in fields(Person))
_PRINCIPAL = frozenset(item.name for item in fields(Principal))


def corrected(
    form: Mapping[str, Any], changes: Mapping[str, Any], procedure: ProcedureVersion, *, today: date
) -> dict[str, Any]:
    """The form with ``changes`` (path → value, as in ``applicant.phone``) and nothing wrong with it.

    Raises UserError for a field that cannot be corrected, or the first problem of the result.
    """
    if not changes:
        raise UserError("nothing_to_correct", "Ghi ít nhất một mục cần đính chính.")
    typed = msgspec.convert(form, IntakeForm)
    for path, value in changes.items():
        typed = _changed(typed, path, value)
    typed = intake.normalised(typed)
    result = msgspec.to_builtins(typed)
    if result == msgspec.to_builtins(intake.normalised(msgspec.convert(form, IntakeForm))):
        raise UserError("nothing_to_correct", "Nội dung mới giống hệt nội dung cũ; chưa ghi gì.")
    hard = [problem for problem in intake.problems(typed, procedure, today=today) if not problem.soft]
    if hard:
        raise UserError(hard[0].code, hard[0].message, field=hard[0].field)
    return result


def _changed(form: IntakeForm, path: str, value: Any) -> IntakeForm:
    part, _, name = path.rpartition(".")
    if not part and name in _PERSON:
        part = "applicant"
    if part == "applicant" and name in _PERSON:
        return replace(form, applicant=replace(form.applicant, **{name: str(value)}))
    if part == "principal" and name in _PRINCIPAL and form.principal is not None:
        return replace(form, principal=replace(form.principal, **{name: str(value)}))
    match path:
        case "sets" if str(value).isdigit():
            return replace(form, sets=int(value))
        case "note":
            return replace(form, note=str(value))
        case "result_by":
            return replace(form, result_by=str(value))
    raise UserError(
        "not_correctable",
        f"Không đính chính được mục “{path}”. Sai thủ tục, trường hợp hay kênh nộp thì rút hồ sơ và tiếp nhận lại.",
        field=path,
    )
