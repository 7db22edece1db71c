"""What can be told of the register's file without telling what stands in it: pragmas, counts, sizes.

Called by ``office.diagnostics`` alone. Every answer is a number, or a word of SQLite or of our own vocabularies.
"""

from typing import Any

from db import folder
from db.connection import Register

_PRAGMAS = (
    *("user_version", "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "cache_size"),
    *("page_size", "page_count", "freelist_count", "auto_vacuum", "encoding"),
)


def pragmas(book: Register) -> dict[str, Any]:
    """How the file is set up; ``quick_check`` only says whether it is whole, for what is wrong may quote a row."""
    said = {name: book.database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in _PRAGMAS}
    whole = book.database.execute_sql("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    return said | {"quick_check": "ok" if whole else "damaged"}


def counts(book: Register) -> dict[str, int]:
    """Rows of every table of ours."""
    tables = [row[0] for row in book.database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: book.database.execute_sql(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}


def kinds(book: Register) -> dict[str, int]:
    """Events by kind."""
    return dict(book.database.execute_sql("SELECT kind, count(*) FROM event GROUP BY kind ORDER BY kind").fetchall())


def setting_sizes(book: Register) -> dict[str, int]:
    """Each setting that was ever set, and how many bytes its value takes."""
    return dict(book.database.execute_sql("SELECT name, length(value) FROM setting ORDER BY name").fetchall())


def sizes(book: Register) -> dict[str, dict[str, int]]:
    """Files and bytes in each part of the data folder; no file is named."""
    parts = {
        "register": [path for path in book.home.glob(f"{folder.REGISTER_FILE}*") if path.is_file()],
        "documents": [path for path in book.documents.rglob("*") if path.is_file()],
        "backups": [path for path in (book.home / folder.BACKUP_FOLDER).rglob("*") if path.is_file()],
    }
    return {
        name: {"files": len(paths), "bytes": sum(path.stat().st_size for path in paths)}
        for name, paths in parts.items()
    }
