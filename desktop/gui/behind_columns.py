"""The dossiers behind a figure as rows: what became of each, whose it is, its days, and whether it owes a letter.

Data for the table of the statistics page; judges by the rules and the calendar at the present moment.
"""

from db.records import DossierRow
from db.vocabulary import Outcome
from desktop import labels
from desktop.gui import icons
from desktop.gui.commands import Commands
from desktop.gui.tables import Column, RecordTableModel
from desktop.office import settings
from desktop.rules import lifecycle


def model(commands: Commands) -> RecordTableModel:
    """An empty table of such rows."""
    return RecordTableModel(
        [
            Column("Kết quả", mark=lambda row: _mark(commands, row), width=196),
            Column("Người nộp", lambda row: row.applicant, width=186, strong=True),
            Column("Thủ tục", lambda row: labels.procedure_words(row.procedure_name)),
            Column("Mã hồ sơ", lambda row: row.official_code or row.code, width=166),
            Column("Nhận", lambda row: f"{row.received_at:%d/%m}", width=64, least=800),
            Column("Hẹn", lambda row: f"{row.due_at:%d/%m}", width=64),
            Column("Xong", lambda row: f"{row.finished_at:%d/%m}" if row.finished_at else "", width=64),
            Column("Xin lỗi", _apology_words, width=110, quiet=True, least=900),
        ]
    )


def _mark(commands: Commands, row: DossierRow) -> icons.Mark:
    calendar = commands.ask(settings.calendar)
    outcome = lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since)
    if calendar is None:
        return icons.status_mark(row.status)
    if outcome is None or row.finished_at is None:
        return icons.dossier_mark(row, commands.now(), calendar)
    if outcome is Outcome.LATE:
        judged = (row.paused_since or row.finished_at).date()
        days = labels.working_days_between(row.due_at.date(), judged, calendar)
        return icons.Mark("late", "alert-octagon", f"Quá hạn, trễ {days} ngày" if days else "Quá hạn")
    looks = ("ok", "fast-forward") if outcome is Outcome.EARLY else ("accent", "check")
    return icons.Mark(*looks, "Trước hạn" if outcome is Outcome.EARLY else "Đúng hạn")


def _apology_words(row: DossierRow) -> str:
    if row.apologised:
        return "đã xin lỗi"
    late = lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since) is Outcome.LATE
    return "chưa xin lỗi" if late else ""
