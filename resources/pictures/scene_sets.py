"""Every scene with the register that it plays on; a register is made once and its scenes follow one another in it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from resources.pictures.beginnings import GUARDED, GUIDED, guarded_book, guided_book
from resources.pictures.moments import BROUGHT_BACK, DOORS, MOMENTS, brought_back
from resources.pictures.scenes import EMPTY, FILLED, LAST, empty_book, practice_book
from resources.pictures.stage import Scene

#: Scenes, and what makes the data folder of their register inside a folder.
SETS: tuple[tuple[tuple[Scene, ...], Callable[[Path, datetime], Path]], ...] = (
    ((*FILLED, *MOMENTS, *LAST), practice_book),
    (EMPTY, empty_book),
    (GUIDED, guided_book),
    ((*GUARDED, *DOORS), guarded_book),
    (BROUGHT_BACK, brought_back),
)
ALL = tuple(scene for scenes, _book in SETS for scene in scenes)
