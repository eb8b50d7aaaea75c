"""The administrators' side as a whole: Django's admin as the archive's own site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from accounts.site import GuardedSite

GROUPS = {
    "Import": ["Upload", "ImportRun", "ImportProblem"],
    "Correct": ["Cable", "Correction", "Withholding", "Tag", "Post", "Alias"],
    "Accounts": ["User", "Group", "AuditEntry", "FailedSignIn"],
}
"""What one does, and the models that one does it with, in the order in which pages list them."""


class ArchiveAdminSite(GuardedSite):
    """The admin in the archive's words."""

    site_header = "Administration"
    site_title = "Administration"
    index_title = "Administration"
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Answer with what an administrator wants to know at a glance."""
        from cables.admin.dashboard import dashboard  # noqa: PLC0415 - cables.admin registers its models with this site

        return super().index(request, {**dashboard(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the models by what one does with them, of one app only where it is named; others come last."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = {name: [models.pop(each) for each in names if each in models] for name, names in GROUPS.items()}
        groups["Others"] = list(models.values())
        return [{"name": name, "models": found} for name, found in groups.items() if found]
