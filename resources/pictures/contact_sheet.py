"""Every page in every theme and scale at 1366×768: ``python3 resources/pictures/contact_sheet.py --out DIR``.

One sheet for each look (``dark-150.png``) and the single grabs beside it; lists what is larger than the screen, cut,
outside its parent, wider than its room, without a name, hard to read or blind to the focus, and ends with 1 when there
is any. Standard library only: the looking is done by ``grabs.py``, in a process for each theme and scale.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import bootstrap
from desktop.debian import Part

#: 1366×768 without its task bar: a dialog asks the screen how large it may be.
_SCREEN = {
    "name": "1366×768", "x": 0, "y": 0, "width": 1366, "height": 728,
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1.0,
}  # fmt: skip
_THEMES, _SCALES = ("light", "dark", "contrast"), (100, 150, 200)


def main(arguments: Sequence[str]) -> int:
    """0 when nothing is wrong, 1 with the list of what is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the sheets and grabs")
    parser.add_argument("--theme", action="append", choices=_THEMES, help="only this one (may be repeated)")
    parser.add_argument("--scale", action="append", type=int, choices=_SCALES, help="only this one, in percent")
    parser.add_argument("--scene", action="append", help="only this one, as its grab is called")
    asked = parser.parse_args(arguments)
    python = bootstrap.prepare("desktop", Part.EVERYTHING & ~Part.X11).python
    wrong = 0
    for theme in asked.theme or _THEMES:
        for scale in asked.scale or _SCALES:
            found = _look(python, asked.out.resolve() / f"{theme}-{scale}", theme, scale, asked.scene or ())
            print(f"{theme} {scale} %: {len(found)} wrong", flush=True)
            for scene, kind, where, said in found:
                print(f"  {scene}: {kind}: {where}: {said}")
            wrong += len(found)
    return 1 if wrong else 0


def _look(python: Path, out: Path, theme: str, scale: int, scenes: Sequence[str]) -> list[list[str]]:
    """Everything wrong in one look; the sheet and grabs are written."""
    command = [str(python), "-m", "resources.pictures.grabs", "--out", str(out), "--theme", theme]
    command += ["--scale", str(scale), *(f"--scene={scene}" for scene in scenes)]
    # A focus ring is as visible at one scale as at another, and looking for it takes longest.
    if scale == _SCALES[0]:
        command.append("--focus")
    out.mkdir(parents=True, exist_ok=True)
    screen = out / "screen.json"
    screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
    platform = f"offscreen:configfile={screen}"
    around = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(scale / 100)}
    ended = subprocess.run(command, cwd=bootstrap.CHECKOUT, env=around, stderr=subprocess.PIPE, check=False)
    if ended.returncode:
        sys.exit(ended.stderr.decode())
    return list(json.loads((out / "flaws.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
