"""The user manual in Vietnamese: ``python3 resources/pictures/manual.py --out DIR`` writes ``huong-dan.pdf``.

Its words are those of the help, its pictures and tables of keys are taken from the running program on invented
registers, so that it is never older than the program. Standard library only: the work is done by ``grabs.py`` and
``manual_pdf.py``, each in a process of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import bootstrap
from desktop.debian import Part

NAME = "huong-dan.pdf"
#: The window is laid out as at 100 %, and drawn with a quarter more dots each way for paper.
_SHARPNESS = "1.25"


def main(arguments: Sequence[str]) -> int:
    """0 once the manual is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the manual")
    parser.add_argument("--pictures", type=Path, help="keep the pictures in this folder")
    parser.add_argument("--topic", action="append", default=[], help="only this one (may be repeated)")
    asked = parser.parse_args(arguments)
    python = str(bootstrap.prepare("desktop", Part.EVERYTHING & ~Part.X11).python)
    out = asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    topics = [f"--topic={topic}" for topic in asked.topic]
    with tempfile.TemporaryDirectory() as folder:
        pictures = (asked.pictures or Path(folder, "pictures")).resolve()
        compose = [python, "-m", "resources.pictures.manual_pdf", "--pictures", str(pictures), *topics]
        scenes = _run([*compose, "--list"]).split()
        shoot = [python, "-m", "resources.pictures.grabs", "--out", str(pictures), "--theme", "light", "--scale", "100"]
        _run([*shoot, *(f"--scene={scene}" for scene in scenes)])
        _run([*compose, "--out", str(out / NAME)])
    print(out / NAME)
    return 0


def _run(command: Sequence[str]) -> str:
    """What the command prints; ends this one with its words when it fails."""
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": _SHARPNESS, "PYTHONUTF8": "1"}
    ended = subprocess.run(command, cwd=bootstrap.CHECKOUT, env=around, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(ended.stderr)
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
