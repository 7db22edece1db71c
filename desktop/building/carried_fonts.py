"""Runs in the built program before anything of ours: its own fonts are those that the paper is set in.

Where none were carried (Times New Roman may not be handed on) the fonts of the machine are looked for as ever.
"""

import os
import sys
from pathlib import Path

_FONTS = Path(sys.prefix, "fonts")
if _FONTS.is_dir():
    os.environ.setdefault("MOTCUA_FONTS", str(_FONTS))
