"""A process of its own that prints the wall of a data folder and then the most memory it ever had, in MB.

``posting_child.py DATA [sheet …]``: the sheets named, or all of today's.
"""

import re
import sys
from pathlib import Path

from desktop.office import opening, posting_prints
from desktop.office.posting_sheets import wall
from tests.bench import registers


def main(home: str, *names: str) -> None:
    with opening.open_register(Path(home), now=registers.NOW) as book:
        wanted = names or tuple(wall(book, registers.NOW.date()).names)
        posting_prints.sheets_pdf(book, wanted, now=registers.NOW)
    # Not getrusage: that remembers the memory of the process that began this one.
    (peak,) = re.findall(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    print(int(peak) / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
