"""A worker that outlives its database, and leaves nothing half done when it is told to end."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.backends.signals import connection_created
from django_tasks import TaskResultStatus
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from cables.ingest.at_work import sign_on, take_up_abandoned

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0
_NOT_DONE = (TaskResultStatus.RUNNING, TaskResultStatus.FAILED)
LONGEST_PAUSE = 60.0


class Worker(db_worker.Worker):
    """Does what waits, one task after the other, and takes up what other workers left in its midst."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            worker_id="",
            interval=SECONDS_BETWEEN_LOOKS,
            batch=True,
            startup_delay=False,
            max_tasks=None,
        )

    def work(self) -> None:
        """Work until SIGTERM or SIGINT; while the database cannot be reached, wait for it."""
        connection_created.connect(self._sign_on)
        connection.close()  # the next one is signed on
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.shutdown)
        pause = 0.0
        try:
            while self.running:
                try:
                    take_up_abandoned()
                    self.run()
                    pause = 0.0
                except (OperationalError, InterfaceError) as error:
                    connection.close()
                    pause = min(max(2 * pause, SECONDS_BETWEEN_LOOKS), LONGEST_PAUSE)
                    logger.warning("The database cannot be reached (%s). Again in %.0f s.", error, pause)
                time.sleep(max(pause, SECONDS_BETWEEN_LOOKS))
        except KeyboardInterrupt:
            return
        finally:
            connection_created.disconnect(self._sign_on)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End now: what is being done stops as an import stops at Ctrl-C. A second signal changes nothing."""
        if self.running:
            self.running = False
            raise KeyboardInterrupt

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Do a task. One that the end of this worker stops, or of its connection, is not done with: it waits again."""
        signed_on = self.worker_id
        own = DBTaskResult.objects.filter(pk=db_task_result.pk, status__in=_NOT_DONE)
        try:
            super().run_task(db_task_result)
        except (OperationalError, InterfaceError):
            if self.running:
                raise
        if not self.running:
            connection.close()  # the signal may have come while it was waiting for an answer
            own.update(status=TaskResultStatus.READY, worker_ids=db_task_result.worker_ids[:-1])
        elif self.worker_id != signed_on:
            own.update(status=TaskResultStatus.READY)

    def _sign_on(self, connection: Any, **_: Any) -> None:
        # Tasks have connections of their threads too; what a task does ends with the connection of this one.
        if threading.current_thread() is threading.main_thread():
            self.worker_id = sign_on(connection)
