"""Files in which lists of procedures arrive (.xlsx, .csv, .json), read with bounded memory.

What the catalogue makes of a list is ``rules.change_sets``; a file that cannot be taken is refused in one Vietnamese
sentence with its row, having cost little (``table_sources``). Writes nothing.
"""

from pathlib import Path

from desktop.office import json_lists, table_sources
from desktop.office.bounded_rows import LIST
from desktop.office.table_sources import DELIMITED, JSON, SPREADSHEET, Wanted
from desktop.rules import list_headings, published_lists
from desktop.rules.list_entries import Reading

_WANTED = Wanted("danh mục", (SPREADSHEET, DELIMITED, JSON), LIST, list_headings.columns)


def read(path: Path) -> Reading:
    """What the list in ``path`` says; UserError with one sentence, and the row where one is to blame."""
    with table_sources.refusals(path):
        kind = table_sources.kind_of(path, _WANTED)
        if kind == JSON:
            return json_lists.read(path.read_bytes())
        return published_lists.read(table_sources.tables(path, kind, _WANTED))
