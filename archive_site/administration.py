"""The administrators' side as a whole: Django's admin as the archive's own site."""

from __future__ import annotations

from accounts.site import GuardedSite


class ArchiveAdminSite(GuardedSite):
    """The admin in the archive's words."""

    site_header = "Cable archive: administration"
    site_title = "Cable archive"
    index_title = "Administration"
