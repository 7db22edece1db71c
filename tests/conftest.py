"""What every test shares: no screen unless one is asked for, and nothing of the tester's own registers and fonts."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in ("MOTCUA_DATA", "MOTCUA_FONTS"):
    os.environ.pop(name, None)
