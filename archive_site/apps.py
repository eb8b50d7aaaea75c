"""What lets Django take the archive's admin site for its own."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin, with the archive's site; apart from the site, which needs the models that are loaded later."""

    default_site = "archive_site.administration.ArchiveAdminSite"
