"""The first setting up joined with the window: its page, the home page's reminder, the way back from the settings.

Built by ``program``; makes what it joins when that is first shown. A register that nobody is led through costs the
start one look at a setting.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.page import Destination, Page
from desktop.office import setting_up

if TYPE_CHECKING:
    from desktop.gui.pages.home import HomePage
    from desktop.gui.pages.setup import StepView
    from desktop.gui.paper_preview import FileChooser
    from desktop.gui.printer_port import PrinterPort
    from desktop.gui.settings_backup import BackupSection
    from desktop.gui.settings_section import Section
    from desktop.office.setting_up import Part

TITLE = "Thiết lập lần đầu"
_WHY = {
    "unit": "Xem lại tên đơn vị và loại sổ vừa lập. Đúng thì bấm F12.",
    "lines": "Mọi tờ giấy in những dòng này. Bản đầu lấy theo tên đơn vị; sửa cho đúng với dấu của Trung tâm.",
    "code": "Mỗi hồ sơ mang một mã, in trên giấy hẹn và đọc được qua điện thoại.",
    "hours": "Giờ hẹn trả và giờ chốt ngày tính theo giờ mở cửa của quầy.",
    "people": "Mọi việc đều ghi tên người làm. Thêm đồng nghiệp, chọn vai trò; làm một mình thì bấm F12.",
    "printer": "Chọn máy in, in trang kiểm tra (Alt+K), đo và ghi độ lệch. F12 ghi và sang bước sau.",
    "backup": "Máy hỏng thì bản sao lưu cứu sổ. Đặt câu mật khẩu (Alt+K), in tờ khôi phục, đánh dấu USB (Alt+U).",
    "hub": "Tuyến trên cấp mã nối thì nối bây giờ; không có mạng thì chép qua USB; chưa có mã thì để sau (Alt+→).",
    "first": "Xong phần thiết lập. Bước nào để sau thì làm lúc nào cũng được.",
}
_NO_KEY = "Chưa đặt câu mật khẩu: gõ hai lần rồi bấm Alt+K. Chưa kịp thì bấm Alt+→ để sau."
_NO_HUB = "Chưa nối. Gõ địa chỉ và mã nối rồi bấm F12; chưa có mã thì bấm Alt+→ để sau."


class SetupPages:
    """``open_page`` shows a destination, ``devices`` are printer and file chooser when first needed.

    ``backup`` and ``hub`` make those parts of the settings, ``exercise`` begins that of a practice register.
    """

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        open_page: Callable[[str], Any],
        devices: "Callable[[], tuple[PrinterPort, FileChooser]]",
        *,
        backup: "Callable[[], BackupSection]",
        hub: "Callable[[], Section]",
        exercise: Callable[[], None],
    ) -> None:
        self._commands, self._jobs, self._open, self._devices = commands, jobs, open_page, devices
        self._backup, self._hub, self._exercise = backup, hub, exercise

    def destinations(self) -> list[Destination]:
        """The page of the steps."""
        return [
            Destination("setup", TITLE, "", "", self._make_page, belongs_to="settings", note="Esc làm tiếp lúc khác")
        ]

    def go_on(self) -> None:
        """Show the step that a new register stands at, if there is one."""
        if self._commands.ask(setting_up.goes_on):
            self._open("setup")

    def follow_home(self, page: "HomePage") -> None:
        """The home page reminds of what was put off."""
        page.setup_wanted.connect(lambda: self._open("setup"))

    def parts(self) -> "tuple[tuple[str, Callable[[], Section]], ...]":
        """Titles and makers of the parts of the settings from which steps are opened again, or one of them changed."""
        return ("Giờ làm việc", self._make_hours), (TITLE, self._make_section)

    def _make_hours(self) -> "Section":
        from desktop.gui.settings_hours import HoursSection

        return HoursSection(self._commands)

    def _make_section(self) -> "Section":
        from desktop.gui.settings_setup import SetupSection

        section = SetupSection(self._commands)
        section.wanted.connect(lambda: self._open("setup"))
        return section

    def _make_page(self) -> Page:
        from desktop.gui.pages.setup import SetupPage

        page = SetupPage(self._commands, self._views())
        page.ended.connect(self._begin_work)
        return page

    def _begin_work(self) -> None:
        if self._commands.practice:
            self._exercise()
        else:
            self._open("intake")

    def _views(self) -> "dict[Part, StepView]":
        from desktop.gui.pages.setup import StepView
        from desktop.gui.setup_steps import CodeSection, EndSection, FoundedSection, LinesSection
        from desktop.office.setting_up import Part

        commands = self._commands

        def store(section: Any) -> bool:
            return bool(section.store())

        def agree(_section: "Section") -> bool:
            return True

        made = {
            Part.UNIT: (lambda: FoundedSection(commands), agree, False),
            Part.LINES: (lambda: LinesSection(commands), store, False),
            Part.CODE: (lambda: CodeSection(commands), store, False),
            Part.HOURS: (self._make_hours, store, False),
            Part.PEOPLE: (self._make_people, self._is_nobody_edited, True),
            Part.PRINTER: (self._make_printer, store, False),
            Part.BACKUP: (self._make_backup, self._has_key, True),
            Part.HUB: (self._hub, self._is_enrolled, True),
            Part.FIRST: (lambda: EndSection(commands), agree, True),
        }
        return {part: StepView(make, _WHY[part], submit, own) for part, (make, submit, own) in made.items()}

    def _make_people(self) -> "Section":
        from desktop.gui.settings_people import PeopleSection

        return PeopleSection(self._commands, self._devices, self._jobs)

    def _make_printer(self) -> "Section":
        from desktop import settings_parts
        from desktop.gui.settings_printer import PrinterSection

        printer, _chooser = self._devices()
        section = PrinterSection(self._commands, printer.names)
        section.calibration_requested.connect(
            settings_parts.calibration(
                self._commands, self._jobs, printer, lambda words: section.strip.say("ok", words)
            )
        )
        return section

    def _make_backup(self) -> "Section":
        section = self._backup()
        section.begin_with_key()
        return section

    def _is_nobody_edited(self, section: Any) -> bool:
        """What is being changed of somebody is stored first; who works alone has nothing to do here."""
        if section.is_editing:
            section.store()
            return False
        return True

    def _has_key(self, section: "Section") -> bool:
        """A live register is to have a key; what is in a practice register is of nobody."""
        from desktop.office import backup_standing

        told = self._commands.ask(backup_standing.standing)
        if self._commands.practice or (told is not None and told.has_key):
            return True
        section.strip.say("soon", _NO_KEY)
        return False

    def _is_enrolled(self, section: Any) -> bool:
        from desktop.office import enrolling

        if self._commands.ask(enrolling.hub) is not None:
            return True
        if section.has_typed_code:
            section.enrol()
        else:
            section.strip.say("soon", _NO_HUB)
        return False
