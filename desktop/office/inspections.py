"""A sample for whoever inspects: dossiers drawn with a seed, the same on every copy, each with all that happened to it.

Events stand with their numbers and hashes, papers with theirs, so that they can be held against the chain. No name of a
citizen is printed by itself. Called by ``reporting``.
"""

from datetime import datetime

from db import events, issued
from db.connection import Register
from db.records import DossierRow
from db.vocabulary import EventKind, Outcome
from desktop import labels
from desktop.documents.pages import Progress
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section
from desktop.documents.tables import Column
from desktop.errors import UserError
from desktop.office import counting, lookup, report_forms
from desktop.office.report_forms import ReportKind
from desktop.rules import lifecycle
from desktop.rules.periods import Period
from desktop.rules.sampling import sample

_DRAWN = (
    Column("STT", 0.06, "center"),
    Column("Mã hồ sơ", 0.24),
    Column("Thủ tục", 0.32),
    Column("Nhận", 0.125, "center"),
    Column("Hẹn trả", 0.125, "center"),
    Column("Kết quả", 0.13, "center"),
)
_TRAIL = (
    Column("Sự kiện", 0.09, "right"),
    Column("Lúc", 0.13, "center"),
    Column("Việc", 0.2),
    Column("Người làm", 0.1),
    Column("Nội dung", 0.28),
    Column("Mã băm", 0.2),
)
_HASH = 16


def content(
    book: Register, period: Period, *, size: int, seed: str, now: datetime, progress: Progress | None = None
) -> ReportContent | None:
    """``size`` dossiers (or all) of those received in the period or still open when it began; None when stopped.

    UserError ``period_in_future``, ``nothing_to_draw``, ``bad_sample``.
    """
    if size < 1:
        raise UserError("bad_sample", "Số hồ sơ rút phải từ 1 trở lên.")
    as_of = counting.counted(book, period.first, period.last, now=now).as_of
    rows = {row.code: row for row in counting.behind(book, "received_total", period.first, period.last, now=now)}
    if not rows:
        raise UserError("nothing_to_draw", f"{period.name}: không có hồ sơ nào để rút mẫu.")
    drawn = [rows[code] for code in sample(rows, size, seed)]
    trails = []
    for number, row in enumerate(drawn, start=1):
        if progress and not progress(number - 1, len(drawn)):
            return None
        trails.append(_trail(book, number, row))
    form = report_forms.form(ReportKind.INSPECTION, as_of)
    first = Section(
        "Mẫu",
        lead=(
            f"Rút {len(drawn)} trong {labels.count_words(len(rows))} hồ sơ của kỳ, hạt giống “{seed}”: lấy các hồ sơ có"
            f" SHA-256 của chuỗi “{seed}:mã hồ sơ” nhỏ nhất. Bản sao nào của sổ cũng rút ra đúng các hồ sơ này.",
        ),
        grid=Grid(_DRAWN, [_drawn_row(number, row) for number, row in enumerate(drawn, start=1)]),
        notes=(_chain_words(book),),
        signers=form.signers,
    )
    lines = report_forms.period_lines(period, as_of, now=now)
    head = report_forms.title_head(book, form, lines, now=now)
    sections = (first, *trails)
    return report_forms.content(book, form, head, sections, Paper.PORTRAIT, about=period.name, now=now)


def _drawn_row(number: int, row: DossierRow) -> tuple[Cell, ...]:
    name = labels.procedure_words(row.procedure_name)
    return (number, row.code, name, row.received_at.date(), row.due_at.date(), _outcome(row))


def _outcome(row: DossierRow) -> str:
    ended: Outcome | None = lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since)
    return labels.OUTCOME_WORDS[ended] if ended else labels.STATUS_WORDS[row.status]


def _trail(book: Register, number: int, row: DossierRow) -> Section:
    dossier = lookup.dossier(book, row.code)
    trail = [
        (
            str(event.seq),
            event.at,
            labels.EVENT_WORDS[EventKind(event.event)],
            event.clerk,
            event.note,
            f"{event.hash[:_HASH]}…",
        )
        for event in dossier.events
    ]
    papers = [
        f"{labels.DOCUMENT_WORDS[paper.kind]} số {paper.number}: nội dung {issued.digest(paper.content)[:_HASH]}…"
        for paper in dossier.documents
    ]
    official = f" – mã chính thức {row.official_code}" if row.official_code else ""
    return Section(
        f"{number}. {row.code}",
        title=f"{number}. {row.code}{official}: {labels.procedure_words(row.procedure_name)}",
        lead=(
            f"Nhận {labels.moment_words(row.received_at)}; hẹn trả {labels.moment_words(row.due_at)};"
            f" {labels.CHANNEL_WORDS[row.channel].lower()}; {labels.STATUS_WORDS[row.status].lower()}.",
        ),
        grid=Grid(_TRAIL, trail),
        notes=("Giấy tờ đã phát: " + ("; ".join(papers) if papers else "không có") + ".",),
    )


def _chain_words(book: Register) -> str:
    seq, digest = events.head(book)
    return f"Đầu chuỗi sự kiện khi lập: sự kiện {seq}, {digest}. Đối chiếu bằng lệnh verify-chain."
