"""What the libraries store, under the names that administrators know it by."""

from __future__ import annotations

from auditlog.models import LogEntry
from axes.models import AccessAttempt


class AuditEntry(LogEntry):
    """One change or sign-in: who, what, when, from where, before and after. It is only ever added to."""

    class Meta:
        proxy = True
        default_permissions = ["view"]
        verbose_name = "entry of the audit trail"
        verbose_name_plural = "audit trail"

    def __str__(self) -> str:
        return f"{self.event}: {self.object_repr}"

    @property
    def event(self) -> str:
        """What happened, in a word or two: "signed in", "changed"."""
        return (self.additional_data or {}).get("event") or _EVENTS[self.action]


_EVENTS = {
    LogEntry.Action.CREATE: "created",
    LogEntry.Action.UPDATE: "changed",
    LogEntry.Action.DELETE: "deleted",
    LogEntry.Action.ACCESS: "looked at",
}


class FailedSignIn(AccessAttempt):
    """Failures of one name from one address and browser; too many of them are a lock."""

    class Meta:
        proxy = True
        default_permissions = ["view", "delete"]
        verbose_name = "failed sign-in"
        verbose_name_plural = "failed sign-ins and locks"

    def __str__(self) -> str:
        return f"{self.username} from {self.ip_address}"
