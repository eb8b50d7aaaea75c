"""Failed sign-ins: which names are locked for which addresses, and how a lock is lifted."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.paging import NewestPaginator
from accounts.audit import record
from accounts.models import FailedSignIn


@admin.register(FailedSignIn)
class FailedSignInAdmin(admin.ModelAdmin):
    """Failures by name, address and browser, the last ones first."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time", "counts_until", "user_agent"]
    list_display_links = None
    search_fields = ["username__istartswith"]
    search_help_text = "By the beginning of a name"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    about = "Names that failed to sign in, and from where; too many failures are a lock, which can be lifted here."
    empty = "No sign-in has failed."
    paginator = NewestPaginator
    actions = ["lift"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: failures happen."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: FailedSignIn | None = None) -> bool:
        """Say no: what happened stays."""
        return False

    def get_actions(self, request: HttpRequest) -> dict:
        """Return the one action: a lock is lifted, and that is recorded; Django's own would delete in silence."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description="Counts until")
    def counts_until(self, failures: FailedSignIn) -> str:
        """Return when these failures are forgotten, if not yet."""
        until = failures.attempt_time + settings.AXES_COOLOFF_TIME
        return f"{until:%H:%M} UTC" if until > timezone.now() else "forgotten"

    @admin.action(description="Forget these failures: lift the lock", permissions=["delete"])
    def lift(self, request: HttpRequest, queryset: QuerySet[FailedSignIn]) -> None:
        """Delete the selected failures, and say of how many names."""
        for failures in queryset:
            record("failures forgotten", failures)
        number, _ = queryset.delete()
        self.message_user(request, f"{number} forgotten.", messages.SUCCESS)
