"""The parts of the settings that keep the register in order, made with their devices when they are first shown.

Built by ``program``, so that the settings page and the window's start know none of them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.gui.paper_preview import FileChooser
    from desktop.gui.printer_port import PrinterPort, PrinterSetup, PrintReport
    from desktop.gui.settings_section import Section

#: Title and maker of a part, in the order of the list.
Parts = tuple[tuple[str, "Callable[[], Section]"], ...]


def upkeep(commands: Commands, jobs: Jobs, chooser: "Callable[[], FileChooser]") -> Parts:
    """What stands below the parts that a counter needs on its first day."""

    def access() -> "Section":
        from desktop.gui.settings_access import AccessSection

        return AccessSection(commands, jobs, chooser())

    def diagnosis() -> "Section":
        from desktop.gui.settings_diagnosis import DiagnosisSection

        return DiagnosisSection(commands, jobs, chooser())

    def retention() -> "Section":
        from desktop.gui.settings_retention import RetentionSection

        return RetentionSection(commands, jobs)

    return (("Nhật ký truy cập", access), ("Thời hạn lưu", retention), ("Chẩn đoán", diagnosis))


def people(
    commands: Commands, devices: "Callable[[], tuple[PrinterPort, FileChooser]]", jobs: Jobs
) -> "Callable[[], Section]":
    """The first part: who works on the register."""

    def make() -> "Section":
        from desktop.gui.settings_people import PeopleSection

        return PeopleSection(commands, devices, jobs)

    return make


def calibration(
    commands: Commands, jobs: "Jobs", printer: "PrinterPort", taken: Callable[[str], None] = lambda _words: None
) -> "Callable[[PrinterSetup], None]":
    """What prints the page that shows how a printer places and sizes things; ``taken`` hears that it was taken."""

    def told(report: "PrintReport") -> None:
        if report.trouble:
            commands.refused.emit(UserError("print_failed", f"Chưa in được: {report.trouble}."))
        else:
            taken("Máy in đã nhận trang kiểm tra. Đo bằng thước như trang ấy chỉ, rồi ghi số vào các ô.")

    def start(setup: "PrinterSetup") -> None:
        from desktop.office import issuing

        work = lambda _job: printer.send(issuing.calibration_pdf("A4"), setup)  # noqa: E731
        jobs.start("Đang in trang kiểm tra", work, done=told, failed=commands.refused.emit)

    return start
