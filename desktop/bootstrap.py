"""Makes a checkout runnable: its .venv with the locked packages, and the parts of the system they need.

Called by desktop/run.py and tests/run.py with whatever Python 3 the machine has, so it imports the standard
library alone. It writes to stderr only (stdout belongs to the verb) and never touches a .venv that is in order.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - pip has not yet had a chance to refuse
    sys.exit(f"Một Cửa cần Python 3.11 trở lên; máy đang chạy Python {sys.version.split()[0]}.")

import contextlib
import hashlib
import importlib.util
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from desktop import debian
from desktop.debian import Part
from desktop.systems import say

CHECKOUT = Path(__file__).resolve().parent.parent
#: The locks, the smaller first: whoever has installed one also has those before it.
LOCKS = ("desktop", "tests")
_WORLD_IS_BROKEN = 3


class Lacking(Exception):
    """The environment cannot be made; the message is one Vietnamese sentence."""


class Environment:
    """The virtual environment of ``checkout``. Its stamps are written last: without one it is made anew."""

    def __init__(self, checkout: Path = CHECKOUT) -> None:
        self.checkout = checkout
        self.folder = checkout / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def is_ready(self, lock: str) -> bool:
        """Whether the packages of ``lock`` are in it, for this place, this Python and this very lock."""
        try:
            return self._stamp(lock).read_text("utf-8") == self._fingerprint(lock)
        except (OSError, ValueError):
            return False

    def make(self, lock: str) -> None:
        """Install ``lock`` and the checkout itself. Two calls at once wait for each other. Raises ``Lacking``."""
        # Asked to stop, it leaves by an exception, which stops pip too: the next run must not meet it at work.
        before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
        try:
            with self._alone():
                if not self.is_ready(lock):
                    self._make(lock)
        except OSError as error:
            raise Lacking(f"Không ghi được vào {self.folder} ({error.strerror or error}).") from error
        finally:
            signal.signal(signal.SIGTERM, before)

    def mark_ready(self, lock: str) -> None:
        """Declare that ``lock`` is installed, and with it the smaller ones."""
        for each in LOCKS[: LOCKS.index(lock) + 1]:
            self._stamp(each).write_text(self._fingerprint(each), "utf-8")

    def _make(self, lock: str) -> None:
        if self.folder.is_symlink():
            self.folder.unlink()  # what it leads to is another checkout's, and would be emptied
        grows = any(self.is_ready(smaller) for smaller in LOCKS[: LOCKS.index(lock)])
        for each in LOCKS:
            self._stamp(each).unlink(missing_ok=True)
        if not grows:
            say("Đang tạo môi trường .venv …")
            self._create()
        say("Đang tải và cài các thư viện Python đã khóa phiên bản …")
        locked = str(self.checkout / lock / "requirements.txt")
        self._pip("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", locked)
        if not grows:
            self._pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(self.checkout))
        self.mark_ready(lock)

    def _create(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            trouble = _install(("python3-venv",))
            if trouble:
                raise Lacking(trouble)
            importlib.invalidate_caches()
        import venv

        try:
            venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(self.folder)
        except subprocess.CalledProcessError as error:
            raise Lacking(f"Python của máy không tạo được môi trường ảo ({error}).") from error

    def _pip(self, *arguments: str) -> None:
        pip = [str(self.python), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", "install"]
        done = subprocess.run([*pip, *arguments], capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [done.stderr.strip()]
            raise Lacking(f"Không cài được thư viện Python: hãy kiểm tra mạng rồi chạy lại (pip báo: {errors[-1]}).")

    def _stamp(self, lock: str) -> Path:
        return self.folder / f"{lock}.ready"

    def _fingerprint(self, lock: str) -> str:
        """All that makes an environment stale once it changes; OSError when there is no working environment."""
        settings = (self.folder / "pyvenv.cfg").read_text("utf-8")
        home = next((line.partition(" = ")[2] for line in settings.splitlines() if line.startswith("home")), "")
        # Linux links to the interpreter, Windows copies a launcher that needs the one in ``home``.
        interpreter = Path(home, "python.exe") if os.name == "nt" else self.python
        locked = hashlib.sha256((self.checkout / lock / "requirements.txt").read_bytes()).hexdigest()
        return f"{self.folder}\n{interpreter.resolve(strict=True)}\n{locked}\n{settings}"

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.checkout / ".venv.lock").open("w") as gate:
            if sys.platform == "win32":
                import msvcrt

                # LK_LOCK gives up after ten seconds; installing takes longer.
                while True:
                    with contextlib.suppress(OSError):
                        msvcrt.locking(gate.fileno(), msvcrt.LK_LOCK, 1)
                        break
            else:
                import fcntl

                fcntl.flock(gate, fcntl.LOCK_EX)
            yield


def prepare(lock: str, needs: Part) -> Environment:
    """The environment with ``lock`` installed, made if needed; exits with one sentence where that cannot be.

    At first every part of the system is looked for and installed, later only what the command ``needs``. What
    cannot be installed is said, and the command goes on unless Qt would crash without it.
    """
    environment = Environment()
    parts = needs
    if not environment.is_ready(lock):
        parts = Part.EVERYTHING
        try:
            environment.make(lock)
        except Lacking as lacking:
            fail(str(lacking))
        except KeyboardInterrupt:
            sys.exit("Đã dừng giữa chừng; lần chạy sau sẽ làm lại từ đầu.")
    packages = debian.missing(parts, environment.python)
    trouble = _install(packages) if packages else ""
    if trouble and debian.missing(needs & (Part.QT | Part.X11), environment.python):
        fail(trouble)
    if trouble:
        say(trouble)
    return environment


def offer(parts: Part, environment: Environment) -> None:
    """Install parts of the system that a command can go without; what cannot be installed is said."""
    packages = debian.missing(parts, environment.python)
    trouble = _install(packages) if packages else ""
    if trouble:
        say(trouble)


def _install(packages: tuple[str, ...]) -> str:
    """Install system packages where that is possible; else one sentence saying why not."""
    trouble = debian.obstacle(packages)
    if trouble:
        return trouble
    say(f"Đang cài gói hệ thống: {' '.join(packages)} …")
    return debian.install(packages)


def become(environment: Environment, *arguments: str) -> NoReturn:
    """Run the environment's Python in place of this process: same standard streams, signals and exit code."""
    command = [str(environment.python), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec: wait, and leave Ctrl+C to the program itself.
    with subprocess.Popen(command) as program:
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                sys.exit(program.wait())


def fail(sentence: str) -> NoReturn:
    """Stop because the world is broken (exit code 3 of the command line)."""
    say(sentence)
    sys.exit(_WORLD_IS_BROKEN)
