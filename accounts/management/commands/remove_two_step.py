"""`manage.py remove_two_step`: let somebody in whose telephone and paper are lost."""

from __future__ import annotations

import argparse
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts import two_step


class Command(BaseCommand):
    """Remove the second step of an account."""

    help = "Remove the second step of an account: its name and password are enough until a new one is set up."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Define the argument."""
        parser.add_argument("username", help="the account's name")

    def handle(self, *, username: str, **options: Any) -> None:
        """Remove it. Raises CommandError when there is no such account."""
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        was_set_up = two_step.remove(user)
        self.stdout.write(f"{'Removed' if was_set_up else 'There was no second step'}: {username}")
