"""What every test of printing and saving needs beside a page: a file chooser that answers by itself."""

from pathlib import Path


class AnsweredChooser:
    """A file chooser that answers at once, or gives up."""

    def __init__(self, answer: Path | None) -> None:
        self.answer = answer
        self.offered = ""

    def choose(self, _parent, name, then) -> None:
        self.offered = name
        if self.answer is not None:
            then(self.answer)
