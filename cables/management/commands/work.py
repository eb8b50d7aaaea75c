"""`manage.py work`: what takes too long for a web request."""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cables.ingest.uploads import sweep
from cables.management.worker import Worker

DAYS_KEPT = 30


class Command(BaseCommand):
    """Look through and import uploads, and do whatever else waits."""

    help = (
        "Do what waits for a worker: uploads that are looked through and imported, and all else that takes long. "
        "Ends with SIGTERM or Ctrl-C; what it was doing is gone on with by the next worker. Several may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--while-open", type=int, metavar="FD", help="end when nobody holds the other end of this pipe any more"
        )

    def handle(self, *, while_open: int | None, **options: Any) -> None:
        """Clear away what former workers left, and work."""
        # Each look for tasks would be told, at one a second.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        if while_open is not None:
            threading.Thread(target=_end_with, args=[while_open], daemon=True).start()
        sweep()
        done = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(days=DAYS_KEPT))
        done.delete()
        Worker().work()


def _end_with(pipe: int) -> None:
    os.read(pipe, 1)  # nobody writes: it returns at the end
    os.kill(os.getpid(), signal.SIGTERM)
