"""Which printer this register uses and how its page lies: one setting, read wherever something is printed."""

from desktop.gui.commands import Commands
from desktop.gui.printer_port import PrinterSetup
from desktop.office import settings

_SETTING = "printers"


def chosen(commands: Commands) -> PrinterSetup:
    """The printer in use with its offset and scale; the system's default when none was chosen."""
    stored = _stored(commands)
    return of_printer(commands, stored.get("chosen", ""))


def of_printer(commands: Commands, name: str) -> PrinterSetup:
    """What was measured for the printer ``name``; no shift and full size when nothing was."""
    measured = _stored(commands).get("setups", {}).get(name, {})
    return PrinterSetup(**{**measured, "name": name})


def with_chosen(commands: Commands, setup: PrinterSetup) -> dict:
    """The whole setting once ``setup`` is the printer in use."""
    stored = _stored(commands)
    return {"chosen": setup.name, "setups": {**stored.get("setups", {}), setup.name: setup._asdict()}}


def store(commands: Commands, setup: PrinterSetup) -> bool:
    """Use this printer from now on; ``False`` when the register refused, the sentence was announced."""
    return commands.do(settings.change, _SETTING, with_chosen(commands, setup)) is not None


def _stored(commands: Commands) -> dict:
    return commands.ask(settings.get, _SETTING, {}) or {}
