"""What every page's frame shows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from cables.corpus import RELEASE
from cables.models import ImportRun


def archive(request: HttpRequest) -> dict[str, object]:
    """Return the archive's name and whether it holds invented cables (asked only where a page shows it)."""
    return {
        "archive_name": settings.ARCHIVE_NAME,
        "invented_release": RELEASE,
        "holds_invented_cables": ImportRun.objects.filter(release_name=RELEASE).exists,
    }
