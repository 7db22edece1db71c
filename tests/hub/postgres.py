"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
}


def programs() -> Path | None:
    """The folder of the newest server's programs, if one is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    by_name = shutil.which("initdb")
    return found[-1].parent if found else Path(by_name).parent if by_name else None


@contextmanager
def server(**settings: str) -> Iterator[str]:
    """A running server; gives the address of its databases without a name: ``postgresql:///{}?host=…``."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("initdb")
    # The path of a socket may have a hundred letters only.
    home = Path(tempfile.mkdtemp(prefix="mc-pg-", dir="/tmp"))
    user = _user()
    if user:
        shutil.chown(home, user)
    data = home / "data"
    told = "\n".join(f"{name} = '{value}'" for name, value in (_SETTINGS | settings).items())
    try:
        _run(user, folder / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (data / "postgresql.conf").open("a") as file:
            file.write(f"\n{told}\nunix_socket_directories = '{home}'\n")
        _run(user, folder / "pg_ctl", "-D", data, "-l", home / "log", "-w", "-t", "60", "start")
        try:
            yield f"postgresql:///{{}}?host={home}&user=tests"
        finally:
            _run(user, folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def _run(user: str | None, *command: object) -> None:
    options = {"user": user, "group": user, "extra_groups": []} if user else {}
    done = subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **options,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr}")
