"""Change sets made by hand for the tests: what a decision does to procedures of a register."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db import catalogue as stored
from db.records import Limit, ProcedureVersion
from db.vocabulary import LimitUnit
from desktop.errors import UserError
from desktop.office import procedures
from desktop.rules.change_sets import Change, ChangeSet, Decision
from desktop.rules.list_entries import Kind

CODE, OTHER = "1.004859", "1.004873"
DAY = date(2026, 12, 1)
DECISION = Decision("2934/QĐ-UBND", date(2026, 11, 20), DAY, "Công bố danh mục thủ tục hành chính")


def days(value: int) -> Limit:
    return Limit(Decimal(value), LimitUnit.WORKING_DAYS)


def speaking(book, code, on) -> ProcedureVersion:
    return procedures.catalogue(book).find(code, on=on)


def amended(book, code, on=DAY, *, row=1, **told) -> Change:
    return Change(Kind.AMENDED, row, replace(speaking(book, code, on), valid_from=None, decision="", **told))


def change_set(book, *changes: Change, decision=DECISION, content="list 1", **more) -> ChangeSet:
    kinds = {kind: tuple(change for change in changes if change.kind is kind) for kind in Kind}
    return ChangeSet(
        decision,
        kinds[Kind.NEW],
        kinds[Kind.AMENDED],
        kinds[Kind.REPLACED],
        kinds[Kind.ABOLISHED],
        base=stored.newest(book),
        content=content,
        **more,
    )


def refused(call) -> UserError:
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.exit_code == 2
    return caught.value
