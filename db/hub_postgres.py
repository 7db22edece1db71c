"""PostgreSQL for a hub: peewee's own database over a driver that peewee did not look for (``db.orm``)."""

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from db.orm import peewee


class _Driver(peewee.Psycopg3Adapter):
    """What peewee sets up by itself when it has loaded the driver."""

    txn_idle = TransactionStatus.IDLE
    txn_inerror = TransactionStatus.INERROR
    txn_unknown = TransactionStatus.UNKNOWN

    def check_driver(self) -> None:
        """It is imported above."""

    def get_binary_type(self) -> Any:
        return psycopg.Binary

    def connect(self, db: peewee.Database, **params: Any) -> psycopg.Connection:
        return psycopg.connect(conninfo=db.database, **params)


class Postgres(peewee.PostgresqlDatabase):
    """One PostgreSQL database by its ``postgresql://`` address."""

    psycopg2_adapter = psycopg3_adapter = _Driver
