"""The register: one SQLite file, its schema, migrations and the functions that hide peewee."""
