"""Not holding a database connection while waiting for somebody else."""

from django.db import connection


def release_connection() -> None:
    """Gives the connection back to its pool, where there is one; the next query takes another.

    A turn waits seconds for the assistant: with as many turns as connections in the pool, everybody else would
    wait with them. Inside a transaction, and without a pool, nothing is done.
    """
    if "pool" in connection.settings_dict.get("OPTIONS", {}) and not connection.in_atomic_block:
        connection.close()
