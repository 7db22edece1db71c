"""The window with everything behind it: makes the pages when they are first shown and joins their signals.

Built by ``app`` on an open register, and by tests with their own clock, printer and file chooser.
"""

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from db.connection import Register
from desktop import labels
from desktop.dossier_pages import DossierPages
from desktop.errors import RegisterProblem, UserError
from desktop.gui import icons, printer_choice, status, theme
from desktop.gui.backup_desk import BackupDesk
from desktop.gui.commands import Commands
from desktop.gui.heartbeat import Heartbeat
from desktop.gui.jobs import Jobs
from desktop.gui.main_window import MainWindow
from desktop.gui.page import Destination, Page
from desktop.gui.printer_port import PrinterAtNeed, PrinterPort
from desktop.office import opening, people, rights, settings
from desktop.old_books_pages import OldBooksPages
from desktop.outbox_pages import OutboxPages
from desktop.posting_pages import PostingPages
from desktop.searching import Searching
from desktop.setup_pages import SetupPages
from desktop.slip_pages import SlipPages
from desktop.statistics_pages import StatisticsPages

if TYPE_CHECKING:
    from desktop.exercise_pages import FirstReceipt
    from desktop.front_door import FrontDoor
    from desktop.gui.file_opener import FileOpener
    from desktop.gui.machine_watch import MachineWatch
    from desktop.gui.paper_preview import FileChooser
    from desktop.gui.rating_desk import RatingDesk
    from desktop.gui.settings_backup import BackupSection
    from desktop.rules.citizen_id import CitizenCard
    from desktop.rules.person import Person
    from desktop.scanning import Scanning

STATION = "quay1"
#: The window is painted and answers the keyboard before anything else begins.
_BLINK_MS = 250


class Program:
    """The window with everything behind it; tests give their own clock, printer and file chooser."""

    #: What the look through the file found wrong; then the window closes itself.
    damage: RegisterProblem | None = None
    #: The restored folder that shall take the register's place, once the window has closed.
    replacement: Path | None = None
    #: Whether the lists of home are written into the access log: not before the day of the clock is sure.
    _writes_looks = False
    _scanning: "Scanning | None" = None
    _machine: "MachineWatch | None" = None
    _rating: "RatingDesk | None" = None
    _door: "FrontDoor | None" = None

    def __init__(
        self,
        app: QApplication,
        book: Register,
        clock: Callable[[], datetime],
        *,
        printer: PrinterPort | None = None,
        chooser: "FileChooser | None" = None,
        opener: "FileOpener | None" = None,
    ) -> None:
        self._app, self._book, self._clock = app, book, clock
        self._given_printer, self._given_chooser, self._given_opener = printer, chooser, opener
        self.commands = Commands(book, people.clerks(book)[0], clock)
        self.jobs = Jobs(self.commands)
        self.heartbeat = Heartbeat(clock, self.commands)
        self._dossiers = DossierPages(self.commands, self.jobs, self._open, self._devices)
        self._postings = PostingPages(self.commands, self.jobs, self._open, self._devices, opener)
        self._old_books = OldBooksPages(self.commands, self.jobs, self._open, lambda: (self._opener, self._chooser))
        self._slips = SlipPages(self.commands, self.jobs, self._open, self._devices)
        self._statistics = StatisticsPages(self.commands, self.jobs, self._open, self.open_dossier, self._devices)
        self._outbox = OutboxPages(self.commands, self._open, opener)
        self._backups = BackupDesk(self.commands, self.jobs)
        self._backups.swap_wanted.connect(self._give_way)
        app.setFont(theme.body_font())
        self._searching = Searching(
            self.commands, self._dossiers, self._slips, self._old_books, self._open, lambda: self.window.search
        )
        self.window = MainWindow(
            self.commands,
            self._destinations(),
            unit=labels.sentence_start(settings.unit(book).name),
            calendar=lambda: settings.calendar(book),
            search=self._searching.find,
            statuses=self._statuses,
        )
        self.window.search.opened.connect(self._searching.show)
        self.commands.changed.connect(lambda changes: self._guard() if changes.settings else None)

    def start(self) -> None:
        """First page and first moment; what the eye does not miss comes a blink after them."""
        if (door := self._guard()) is not None:
            door.entered.connect(self._open_first)
            door.shut()
        else:
            self._open_first()
        self.window.show_moment(self._clock())
        # Last: every widget that is put into another would be told of the style again.
        theme.apply(self._app, self.commands.ask(settings.get, theme.LOOK_SETTING, "light") or "light")
        self.heartbeat.beat.connect(self.window.show_moment)
        self.heartbeat.ask(self._backups.when_due)
        self.heartbeat.ask(self._outbox.send_when_due)
        # Counted from the first turn of the event loop, which paints the window, however slow the machine is.
        QTimer.singleShot(0, self.window, lambda: QTimer.singleShot(_BLINK_MS, self.window, self._wake))

    def _guard(self) -> "FrontDoor | None":
        """The door of a register whose people have passwords, from the moment the first has one."""
        if self._door is None and rights.asks_who(self._book):
            from desktop.front_door import FrontDoor

            self._door = FrontDoor(self.commands, self.jobs, self.window, self._devices, lambda: self._rating)
            if self._book.proved.get(self.commands.clerk.short_name):
                self._door.let_in(self.commands.clerk)
        return self._door

    def _open_first(self) -> None:
        self.window.open("home")
        self._setup.go_on()

    @property
    def is_awake(self) -> bool:
        """Whether the scanner is heard."""
        return self._scanning is not None

    def _wake(self) -> None:
        """Scanner, clock, citizen's screen, and the look through the file that ``app`` left for later."""
        from desktop.gui.machine_watch import MachineWatch
        from desktop.scanning import Scanning

        self.window.setWindowIcon(icons.window_icon())
        self._scanning = Scanning(self.commands, self.window, self._slips, self._postings, self.open_dossier)
        self.jobs.start("Đang kiểm tra sổ", lambda _job: opening.checked(self._book), failed=self._found_damaged)
        machine = self._machine = MachineWatch(self.commands, self.window, lambda: self._printer)
        machine.changed.connect(self._say_cautions)
        self.heartbeat.ask(machine.when_due)
        self.commands.is_sure_of = self.heartbeat.is_sure_of = machine.is_sure_of
        machine.day_known.connect(self._go_on_by_itself, Qt.ConnectionType.SingleShotConnection)
        machine.is_sure_of(self._clock())
        if len(self._app.screens()) > 1:
            self._rating_desk()
        gc.freeze()
        gc.enable()

    def _go_on_by_itself(self) -> None:
        """What records and sends without anybody; before it the day of the clock is sure."""
        self._statistics.close_missed_days()
        self._outbox.wake()
        self.heartbeat.start()
        self._writes_looks = True
        if (home := self.window.made("home")) is not None:
            home.write_down_looks()  # type: ignore[attr-defined]

    def _say_cautions(self) -> None:
        if self._machine is not None:
            self.window.show_moment(self._clock())
            if (home := self.window.made("home")) is not None:
                home.show_cautions(self._machine.cautions)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Stop everything that runs; what the worker has just finished is still recorded.

        The register is the caller's to close.
        """
        self.heartbeat.stop()
        if self._door is not None:
            self._door.close()
        if self._scanning is not None:
            self._scanning.close()
        if self._machine is not None:
            self._machine.close()
        if self._rating is not None:
            self._rating.close()
        self._outbox.close()
        self.jobs.finish()
        QCoreApplication.sendPostedEvents(self.jobs)
        self.window.close()

    def _found_damaged(self, problem: UserError | RegisterProblem) -> None:
        if isinstance(problem, RegisterProblem):
            self.damage = problem
            self._app.quit()

    def crashed(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        """Our own mistake: show it to be copied; what has a code is safe in the register."""
        sys.__excepthook__(kind, error, error.__traceback__)
        from desktop.gui.text_window import tell_crash

        tell_crash(self.commands, error, self.window)

    @cached_property
    def _printer(self) -> PrinterPort:
        printer = self._given_printer or PrinterAtNeed()
        return self._first_receipt.paper_of(printer) if self._book.practice else printer

    @cached_property
    def _first_receipt(self) -> "FirstReceipt":
        """The exercise of a practice register."""
        from desktop.exercise_pages import FirstReceipt

        return FirstReceipt(self.commands, self.window, self._take_card)

    @cached_property
    def _chooser(self) -> "FileChooser":
        from desktop.gui.paper_preview import SystemFileChooser

        return self._given_chooser or SystemFileChooser()

    @cached_property
    def _opener(self) -> "FileOpener":
        from desktop.gui.file_opener import SystemFileOpener

        return self._given_opener or SystemFileOpener()

    @cached_property
    def _setup(self) -> SetupPages:
        return SetupPages(
            self.commands,
            self.jobs,
            self._open,
            self._devices,
            backup=self._backup_section,
            hub=self._outbox.settings_section,
            exercise=lambda: self._first_receipt.begin(),
        )

    def _devices(self) -> "tuple[PrinterPort, FileChooser]":
        return self._printer, self._chooser

    def _open(self, key: str) -> Page:
        return self.window.open(key)

    def _destinations(self) -> Sequence[Destination]:
        places: list[Destination] = [
            Destination("home", "Hôm nay", "home-outline", "F2", self._make_home),
            Destination("intake", "Tiếp nhận", "account-plus-outline", "F3", self._make_intake),
            Destination("submitted", "Tiếp nhận", "", "", self._make_submitted, belongs_to="intake"),
            Destination(
                "copies", "Chứng thực bản sao", "", "", self._make_copies, belongs_to="intake", note="Esc về Tiếp nhận"
            ),
            *self._slips.destinations(),
            *self._dossiers.destinations(),
            *self._old_books.destinations(),
            Destination("handover", "Trả kết quả", "hand-extended-outline", "F5", self._make_handover),
            *self._postings.destinations(),
            *self._statistics.destinations(),
            *self._outbox.destinations(),
            Destination("settings", "Cài đặt", "cog-outline", "F9", self._make_settings),
            *self._setup.destinations(),
            Destination("help", "Trợ giúp", "help-circle-outline", "F1", lambda: self._make_help(places), at_foot=True),
        ]
        return places

    def _make_home(self) -> Page:
        from desktop.gui.pages.home import HomePage

        page = HomePage(self.commands)
        if self._writes_looks:
            page.write_down_looks()
        page.opened.connect(self.open_dossier)
        page.next_person_asked.connect(lambda: self.window.open("intake"))
        page.slips_wanted.connect(lambda: self.window.open("slips"))
        page.print_wanted.connect(self._dossiers.print_list)
        page.exercise_wanted.connect(lambda: self._first_receipt.begin())
        self._setup.follow_home(page)
        return page

    def _make_intake(self) -> Page:
        from desktop.gui.pages.intake import IntakePage

        page = IntakePage(self.commands, station=STATION)
        page.registered.connect(self._show_registered)
        page.solved.connect(lambda code: self.window.open("handover").show_solved(code))  # type: ignore[attr-defined]
        page.copies_wanted.connect(self._certify)
        page.slip_wanted.connect(self._slips.begin)
        if self._book.practice:
            self._first_receipt.follow_intake(page)
        return page

    def _make_copies(self) -> Page:
        from desktop.gui.pages.copies import CopiesPage

        page = CopiesPage(self.commands)
        page.solved.connect(self._ask_citizen)
        page.dossier_wanted.connect(self.open_dossier)
        return page

    def _make_submitted(self) -> Page:
        from desktop.gui.pages.submitted import SubmittedPage

        page = SubmittedPage(self.commands, self.jobs, self._printer, self._chooser)
        page.next_wanted.connect(
            lambda same: self.window.open("intake").start_next(same_procedure=same)  # type: ignore[attr-defined]
        )
        page.dossier_wanted.connect(self.open_dossier)
        page.printer_wanted.connect(lambda: self.window.open("settings"))
        if self._book.practice:
            self._first_receipt.follow_submitted(page)
        return page

    def _make_handover(self) -> Page:
        from desktop.gui.pages.handover import HandOverPage

        page = HandOverPage(self.commands, self.jobs, self._printer, self._rating_desk())
        page.dossier_wanted.connect(self.open_dossier)
        page.intake_wanted.connect(lambda: self.window.open("intake"))
        return page

    def _rating_desk(self) -> "RatingDesk":
        if self._rating is None:
            from desktop.gui.rating_desk import RatingDesk

            self._rating = RatingDesk(self.commands, self.window)
            self._rating.rest()
        return self._rating

    def _make_settings(self) -> Page:
        from desktop import settings_parts
        from desktop.gui.pages.settings import SettingsPage

        page = SettingsPage(
            self.commands,
            printers=self._printer.names,
            folder=str(self._book.home),
            station=STATION,
            people_section=settings_parts.people(self.commands, self._devices, self.jobs),
            hub_section=self._outbox.settings_section,
            backup_section=self._backup_section,
            protection=lambda: self._machine.protection if self._machine is not None else None,
            more=(
                *settings_parts.upkeep(self.commands, self.jobs, lambda: self._chooser),
                self._old_books.part(),
                *self._setup.parts(),
            ),
        )
        page.look_chosen.connect(lambda look: theme.apply(self._app, look))
        page.calibration_requested.connect(settings_parts.calibration(self.commands, self.jobs, self._printer))
        return page

    def _backup_section(self) -> "BackupSection":
        from desktop.gui.settings_backup import BackupSection

        return BackupSection(self.commands, self._backups, self.jobs, self._devices, self._opener)

    def _give_way(self, restored: Path) -> None:
        self.replacement = restored
        self._app.quit()

    def _make_help(self, places: Sequence[Destination]) -> Page:
        from desktop.help_pages import HelpPages

        pages = HelpPages(self.commands, self.jobs, self._devices, self.window.made)
        return pages.make(places, lambda: self._first_receipt.begin())

    def _show_registered(self, done: object, size: str, copies: int) -> None:
        self.window.open("submitted").show_registered(done, size, copies)  # type: ignore[attr-defined]

    def _certify(self, person: "Person | None") -> None:
        page = self.window.open("copies")
        if person is not None and (person.name or person.id_number):
            page.take_person(person)  # type: ignore[attr-defined]

    def _ask_citizen(self, code: str) -> None:
        if self._rating_desk().has_second_screen:
            self._rating_desk().ask(code)

    def open_dossier(self, code: str) -> None:
        """Show one dossier."""
        self._dossiers.show(code)

    def _take_card(self, card: "CitizenCard") -> None:
        if self._scanning is not None:
            self._scanning.take_card(card)

    def _statuses(self, moment: datetime) -> list[status.Status]:
        return [
            *self._outbox.statuses(moment),
            *self._backups.statuses(moment),
            *(self._machine.statuses() if self._machine is not None else ()),
            status.calendar_status(settings.calendar(self._book), moment),
            status.printer_status(printer_choice.chosen(self.commands).name),
            status.clerk_status(self.commands.clerk),
        ]
