"""Which workers live: each connection that one works over holds a lock of its own in the database.

The server frees the lock with the connection, however that ends. So a task whose lock is free was left by a worker that
was killed, or whose connection was cut, and with it whatever the task did; somebody else can take it up.
"""

from __future__ import annotations

import random

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

_WORKERS = 0x0CAB1E  # the first half of the number of each advisory lock
_LIVING = """
SELECT objid::text FROM pg_locks
WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def sign_on(working_over: BaseDatabaseWrapper) -> str:
    """Return the name under which whoever works over this connection is known to live, as long as it lasts."""
    with working_over.cursor() as cursor:
        while True:
            number = random.getrandbits(31)
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_WORKERS, number])
            if cursor.fetchone()[0]:
                return str(number)


def living() -> set[str]:
    """Return the names of the workers that live."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, [_WORKERS])
        return {row[0] for row in cursor.fetchall()}


def take_up_abandoned() -> int:
    """Return how many tasks were running under nobody, and let them wait for a worker again."""
    with transaction.atomic():
        # Whoever takes a task holds its row meanwhile; so who lives is asked after the rows are ours.
        running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
        alive = living() if running else set()
        abandoned = [task.pk for task in running if task.worker_ids[-1] not in alive]
        return DBTaskResult.objects.filter(pk__in=abandoned).update(status=TaskResultStatus.READY)
