"""Lists of what happened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cables.admin.lists import ListAdmin


class ReadOnlyAdmin(ListAdmin):
    """Rows that tell what happened: nobody edits them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: the importer makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what happened stays."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what happened stays."""
        return False
