"""The traps measured on our libraries (architecture.md), each as a test that the trap stays avoided."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date

import peewee
from playhouse.migrate import SqliteMigrator, migrate

from db import backup, connection, dossiers
from desktop.rules.text import fold, nfc, sort_key


def test_a_rebuilt_parent_table_keeps_its_children(tmp_path):
    database = peewee.SqliteDatabase(str(tmp_path / "x.sqlite3"), pragmas={"foreign_keys": 1})
    database.execute_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    database.execute_sql(
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE)"
    )
    database.execute_sql("INSERT INTO parent VALUES (1, 'a')")
    database.execute_sql("INSERT INTO child VALUES (1, 1)")
    migrator = SqliteMigrator(database)
    with migrator.migration_context():
        migrate(migrator.drop_not_null("parent", "name"))
    assert database.execute_sql("SELECT count(*) FROM child").fetchone() == (1,)
    assert database.pragma("foreign_keys") == 1
    database.close()


def test_a_backup_of_an_open_register_is_complete_where_a_file_copy_is_not(book, tmp_path, put_dossier):
    put_dossier(book)
    plain = tmp_path / "plain.sqlite3"
    shutil.copy(book.home / "register.sqlite3", plain)
    with closing(sqlite3.connect(plain)) as file:
        copied = file.execute("SELECT count(*) FROM dossier").fetchone()[0]
    backup.copy(book.home / "register.sqlite3", tmp_path / "good.sqlite3")
    with closing(sqlite3.connect(tmp_path / "good.sqlite3")) as file:
        assert file.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    assert copied == 0, "a plain copy holds only what was folded back before: the dossier is still in the WAL"


def test_four_threads_take_240_different_numbers(book, put_dossier):
    failures: list[Exception] = []

    def work(station: int) -> None:
        try:
            with book.session():
                for count in range(60):
                    put_dossier(book, key=f"{station}-{count}")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(station,)) for station in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    numbers = [row[0] for row in book.database.execute_sql("SELECT day_number FROM dossier ORDER BY day_number")]
    assert numbers == list(range(1, 241))


def test_a_page_of_a_large_register_is_read_from_the_database(book, put_dossier):
    with book.write():
        for count in range(300):
            put_dossier(book, key=str(count), transaction=False)
    first = dossiers.page(book, [], limit=200, offset=0)
    second = dossiers.page(book, [], limit=200, offset=200)
    assert (len(first), len(second)) == (200, 100)
    assert first[0].id == 300 and second[-1].id == 1


def test_decomposed_letters_never_reach_the_paper():
    assert nfc("Nguyê\u0303n") == "Nguyễn"


def test_the_same_receipt_has_the_same_bytes_in_another_process(tmp_path):
    code = (
        "import io, sys\n"
        "from reportlab.pdfgen import canvas\n"
        "from reportlab.pdfbase import pdfmetrics\n"
        "from reportlab.pdfbase.ttfonts import TTFont\n"
        "from desktop.documents.fonts import find_paper_font\n"
        "pdfmetrics.registerFont(TTFont('Probe', str(find_paper_font().regular)))\n"
        "out = io.BytesIO(); page = canvas.Canvas(out, invariant=1)\n"
        "page.setFont('Probe', 12); page.drawString(50, 50, 'Nguyễn Thị Đượm'); page.save()\n"
        "sys.stdout.buffer.write(out.getvalue())\n"
    )
    digests = {
        hashlib.sha256(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout).digest()
        for _ in range(2)
    }
    assert len(digests) == 1


def test_our_packages_are_not_shadowed_by_test_folders():
    assert "storage" not in (connection.__file__ or "")
    assert connection.__name__ == "db.connection"


def test_vietnamese_is_folded_for_search_and_ordered_for_lists():
    with closing(sqlite3.connect(":memory:")) as plain:
        assert plain.execute("SELECT lower('NGUYỄN') = 'nguyễn'").fetchone() == (0,)
    assert fold("NGUYỄN Thị Đượm") == "nguyen thi duom"
    assert sorted(["Đặng", "Dương", "Ân", "An", "Ơn", "Oanh"], key=sort_key) == [
        "An",
        "Ân",
        "Dương",
        "Đặng",
        "Oanh",
        "Ơn",
    ]


def test_numbers_start_again_each_day_and_the_book_each_year(book):
    with book.write():
        assert dossiers.next_numbers(book, "MT", date(2026, 11, 23), "01") == (1, 1)
