"""Biểu II.06a of a period: rows by field in Vietnamese order, the rate with its two numbers, how it was counted.

Composes what the engine counted; called by ``reporting``. A table that does not add up says so above itself.
"""

from datetime import datetime
from operator import attrgetter

from db.connection import Register
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section
from desktop.office import closing, counting, report_forms, settings
from desktop.office.counting import Counted
from desktop.office.identities import reconcile
from desktop.office.report_forms import ReportKind
from desktop.rules import places, statistics
from desktop.rules.periods import Period
from desktop.rules.statistics import COLUMNS, COUNTING_RULES, SMALL_NUMBER, Line, Rate, Table
from desktop.rules.text import sort_key

_FIGURES = attrgetter(*COLUMNS)
#: What stands under every table of the form.
COUNTED = "Cách đếm: " + " ".join(f"({number}) {rule}" for number, rule in enumerate(COUNTING_RULES, start=1))


def content(book: Register, period: Period, *, now: datetime) -> ReportContent:
    """The form of a period; UserError ``period_in_future``."""
    counted = counting.counted(book, period.first, period.last, now=now)
    form = report_forms.form(ReportKind.TABLE, counted.as_of)
    reconciled = reconcile(book, counted, now=now)
    section = Section(
        name="II.06a",
        strips=tuple(map(broken_words, reconciled.breaks)),
        grid=Grid(form.columns, rows(counted.table), totals=1),
        notes=(
            " ".join((rate_words(counted.table.total), *_about_days(book, counted))),
            reconciled.told,
            COUNTED,
        ),
        dated=report_forms.dated(book, now),
        signers=form.signers,
    )
    head = report_forms.form_head(book, form, period, counted.as_of, now=now)
    return report_forms.content(book, form, head, (section,), Paper.LANDSCAPE, about=period.name, now=now)


def rows(table: Table) -> list[tuple[Cell, ...]]:
    """STT, field and the eleven figures of every field in Vietnamese order, and the sum."""
    lines = statistics.by_field(table.lines)
    named = enumerate(sorted(lines, key=sort_key), start=1)
    found: list[tuple[Cell, ...]] = [(number, name, *_FIGURES(lines[name])) for number, name in named]
    return [*found, ("", "Tổng cộng", *_FIGURES(table.total))]


def broken_words(sentence: str) -> str:
    """What stands in the strip above a table that does not add up."""
    return f"SỐ LIỆU CHƯA KHỚP, chưa dùng để báo cáo. {sentence}"


def rate_words(total: Line) -> str:
    """The rate with its two numbers, early and on time apart and then together."""
    rate = statistics.on_time_rate(total)
    told = (
        f"Tỷ lệ trước hạn và đúng hạn: {rate.words} = {rate.numerator}/{rate.denominator} hồ sơ đã giải quyết"
        f" (trước hạn {total.early}, đúng hạn {total.on_time}, quá hạn {total.late})."
    )
    return f"{told} {small_words(rate)}".strip()


def small_words(rate: Rate) -> str:
    """The warning below fifty; nothing where there is no rate at all."""
    if not rate.denominator or not rate.is_small:
        return ""
    return f"Dưới {SMALL_NUMBER} hồ sơ: một hồ sơ làm tỷ lệ đổi hơn hai điểm, nên xem từng hồ sơ."


def _about_days(book: Register, counted: Counted) -> tuple[str, ...]:
    """When the register began, if within or after the period, and whether the last day's figures are sealed."""
    began: tuple[str, ...] = places.merger_words(settings.unit(book).name, counted.first)
    if counted.begun_on is None:
        began = (*began, "Sổ chưa có hồ sơ nào.")
    elif counted.begun_on > counted.first:
        began = (*began, f"Sổ bắt đầu từ ngày {counted.begun_on:%d/%m/%Y}; trước đó không có số liệu.")
    sealed = closing.latest(book, counted.as_of)
    day = f"{counted.as_of:%d/%m/%Y}"
    if sealed is None:
        return (*began, f"Số liệu ngày {day} chưa chốt.")
    return (*began, f"Số liệu ngày {day} đã chốt, bản {sealed.revision}, mã {sealed.code}.")
