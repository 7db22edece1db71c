"""A counter does not carry the driver of a server's database."""

import subprocess
import sys


def test_the_register_is_used_without_the_driver_of_another_database():
    program = (
        "import sys; from db import engine, figures, schema; print(sorted({'asyncio', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_driver_can_be_loaded_afterwards():
    program = "from db import engine; import psycopg; print(psycopg.__name__)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "psycopg"
