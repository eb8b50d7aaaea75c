"""The administrators' side as a whole: Django's admin as the archive's own site."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Lets Django take the archive's site for its own."""

    default_site = "archive_site.administration.ArchiveAdminSite"


class ArchiveAdminSite(AdminSite):
    """The admin in the archive's words."""

    site_header = "Cable archive: administration"
    site_title = "Cable archive"
    index_title = "Administration"
