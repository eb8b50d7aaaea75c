"""Who may come in, what each may do, and what each did."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts: roles, signing in, the second step, and the audit trail."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Keep the roles after each migration, and begin to record."""
        from accounts import audit, recorded, roles, sessions  # noqa: PLC0415 - they need the models

        post_migrate.connect(roles.keep_roles, sender=self)
        recorded.register()
        audit.connect()
        sessions.connect()
