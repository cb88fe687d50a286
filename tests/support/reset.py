"""Empty the shared broker and database between modules."""

from __future__ import annotations

import psycopg2
from kombu import Connection
from psycopg2 import sql

from gdbos_runtime.settings import SERVICES


def drop_schemas(url: str) -> None:
    """Drop the schema of every service, and whoever still holds a lock in it."""
    with psycopg2.connect(url.replace("+psycopg2", "")) as connection, connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database()"
        )
        for service in SERVICES:
            cursor.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(service)))
    connection.close()


def drop_queues(uri: str) -> None:
    with Connection(uri) as connection:
        for service in SERVICES:
            for queue in (f"rpc-{service}", f"gdbos.inbox.{service}", f"gdbos.receipts.{service}"):
                connection.channel().queue_delete(queue)
