"""How limits and fees of a procedure are told to citizens, beside the words of ``reasons`` and ``slips``.

Called for the sheets of the wall. Never counts a date, never decides which fee a dossier pays, never fills in what the
catalogue does not know.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from db.records import FeeRule, Limit, ProcedureVersion
from db.vocabulary import AfterCutoff, Channel, LimitUnit
from desktop.rules import fees
from desktop.rules.calendar import PUBLISHED_HOURS
from desktop.rules.reasons import limit_words

#: What is said where the catalogue knows nothing.
MISSING = "Chưa có trong dữ liệu"

_PAID_BY = {Channel.DIRECT: "Nộp trực tiếp", Channel.ONLINE: "Nộp trực tuyến", Channel.POST: "Nộp qua bưu chính"}


def late_words(limit: Limit) -> str:
    """What handing in after the cut-off or on a day off changes for this limit; empty where it changes nothing."""
    if limit.unit is LimitUnit.SAME_DAY or limit.after_cutoff is AfterCutoff.RETURN_NEXT_DAY:
        rule = "trả ngày làm việc tiếp theo"
    elif limit.after_cutoff is AfterCutoff.COUNT_FROM_NEXT_DAY:
        rule = "tính từ ngày làm việc tiếp theo"
    else:
        return ""
    return f"nhận sau {PUBLISHED_HOURS.cutoff.hour} giờ: {rule}"


def cut_words(limit: Limit | None, statutory: Limit | None) -> str:
    """The law's own limit where the commune's is shorter (thời hạn cắt giảm, both are posted); else empty."""
    if limit is None or statutory is None:
        return ""
    return f"đã cắt giảm, quy định: {limit_words(statutory)}"


def fee_lines(procedure: ProcedureVersion, on: date) -> tuple[str, ...]:
    """What the procedure costs on a day: its own fee, then a line for each channel and exemption that differs.

    One line that says so where nothing is known.
    """
    fee, rules = procedure.fee, list(_counting(procedure, on))
    own = fee.text or (_amount(fee.amount) if fee.amount is not None else "")
    by_channel = {rule.channel for rule in rules if not rule.exemption}
    covered = None in by_channel or by_channel >= set(procedure.channels or Channel)
    lines = [own] if own and not covered else []
    return (*lines, *map(_fee_line, rules)) or (MISSING,)


def fee_days(procedure: ProcedureVersion) -> tuple[date, ...]:
    """The days from which the fees read otherwise although nothing was decided: their periods begin and end."""
    begins = {rule.valid_from for rule in procedure.fees if rule.valid_from}
    ends = {rule.valid_to + timedelta(days=1) for rule in procedure.fees if rule.valid_to}
    return tuple(sorted(begins | ends))


def _amount(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".") if amount else "Không thu"


def _counting(procedure: ProcedureVersion, on: date) -> Iterable[FeeRule]:
    """The lines of the fee table that count on a day: of those for the same channel and people the last that began."""
    last: dict[tuple[Channel | None, str], FeeRule] = {}
    for rule in procedure.fees:
        if fees.applies(rule, on=on, channel=rule.channel or Channel.DIRECT):
            known = last.get((rule.channel, rule.exemption))
            if known is None or (rule.valid_from or date.min) >= (known.valid_from or date.min):
                last[rule.channel, rule.exemption] = rule
    return last.values()


def _fee_line(rule: FeeRule) -> str:
    said = rule.text or (_amount(rule.amount) if rule.amount is not None else MISSING)
    whom = [_PAID_BY[rule.channel]] if rule.channel else []
    whom += [rule.exemption] if rule.exemption else []
    until = f" (đến hết ngày {rule.valid_to:%d/%m/%Y})" if rule.valid_to else ""
    return f"{', '.join(whom)}: {said}{until}" if whom else f"{said}{until}"
