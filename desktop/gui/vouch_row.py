"""VouchRow: whoever confirms types his own password, below his name, in the form of what he confirms.

Shown only where people sign in and somebody is chosen. What was typed is forgotten as soon as another is chosen or the
row goes out of sight; nothing keeps it for later.
"""

from PySide6.QtGui import QHideEvent

from desktop.errors import UserError
from desktop.gui.commands import Commands, Problem
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.secret_row import SecretRow


class VouchRow(SecretRow):
    """Below the row of who confirms: the form tells it by :meth:`follow` who that is."""

    def __init__(self, label_width: int) -> None:
        super().__init__("vouch", "Mật khẩu", label_width=label_width, hint="người xác nhận tự gõ")
        self._asks, self._name = False, ""
        self.hide()

    def follow(self, short_name: str, *, asks: bool) -> None:
        """``short_name`` confirms, or nobody when empty; ``asks`` tells whether people sign in here."""
        if (short_name, asks) != (self._name, self._asks):
            self.clear()
        self._name, self._asks = short_name, asks
        self.setVisible(asks and bool(short_name))

    def vouches(self, commands: Commands) -> bool:
        """Right before the act: False when the password was refused, which is said here.

        With none typed the act may be tried; the office says what it lacks.
        """
        from desktop.office import signing_in

        if not (self._asks and self._name and self.value()):
            return True
        now = commands.now()
        return commands.ask(signing_in.vouch, self._name, self.value(), now=now, refused=self.refuse) is not None

    def takes(self, problem: Problem) -> bool:
        """Whether a refusal of the act is that the password is missing; then it is said here."""
        if self.isHidden() or not isinstance(problem, UserError) or problem.code != "needs_their_password":
            return False
        self.refuse(problem)
        return True

    def refuse(self, problem: Problem) -> None:
        """Say why not, ready to be typed again."""
        self.show_problem(problem.message)
        self.focus()
        bring_into_sight(self)

    def hideEvent(self, event: QHideEvent) -> None:
        self.clear()
        super().hideEvent(event)
