"""Part 4 of the hand-over page, "Ý kiến của người dân": that somebody is being asked, never what was answered.

The score is the citizen's: the clerk's screen shows that there was one, or that there was none.
"""

from PySide6.QtGui import QAction

from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.facts import FactList
from desktop.gui.rating_desk import ANSWERED, FAILED, RatingDesk
from desktop.gui.strips import MessageStrip
from desktop.rules import ratings


class OpinionCard(Card):
    """Follows one question; ``ask_here`` is the act that puts it on the clerk's own screen."""

    def __init__(self, desk: RatingDesk, ask_here: QAction) -> None:
        super().__init__("Ý kiến của người dân", number=4)
        self._desk = desk
        self.strip = MessageStrip()
        self._facts = FactList(label_width=92)
        self._button = ActButton(ask_here, "emoticon-neutral-outline")
        self._ask_here = ask_here
        for part in (self.strip, self._facts, self._button):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_before(self, scale: int) -> None:
        """Nobody was asked yet."""
        self.set_state("")
        two = self._desk.has_second_screen
        self._facts.show_facts(
            [
                ("Màn hình", self._desk.screen_words()),
                ("Thang", f"{scale} mức" if scale in ratings.SCALES else ""),
                ("Ghi tên", "không, trừ khi người dân đồng ý"),
            ]
        )
        if two:
            words = "Màn hình thứ hai sẽ hỏi ngay sau khi trả. Không chọn thì không ghi gì."
            self.strip.say("accent", words, icon="monitor-account")
        else:
            words = "Không có màn hình thứ hai. Sau khi trả, Alt+Y hỏi trên màn hình này."
            self.strip.say("idle", words, icon="monitor-off")
        self.allow_asking(False)

    def allow_asking(self, allowed: bool) -> None:
        """Whether the question can be put on the clerk's own screen now."""
        self._ask_here.setEnabled(allowed)
        self._button.setVisible(allowed)

    def show_asking(self) -> None:
        """The citizen has the word."""
        self.allow_asking(False)
        self.strip.say("wait", "Đang hỏi người dân, tự đóng sau 60 giây.", icon="account-question-outline")

    def show_end(self, how: str, sentence: str) -> None:
        """How the question ended, without the answer."""
        if how == ANSWERED:
            self.set_state("done")
            self.strip.say("ok", "Người dân đã cho ý kiến.", icon="check-circle")
        elif how == FAILED:
            self.strip.say("late", sentence)
        else:
            self.strip.say("idle", "Người dân không trả lời, không ghi gì.", icon="information-outline")
            self.allow_asking(not self._desk.has_second_screen)

    def show_absent(self) -> None:
        """The result went by post or online: nobody stands here to be asked."""
        self.allow_asking(False)
        self.strip.say("idle", "Người dân không ở quầy nên không hỏi.", icon="information-outline")
