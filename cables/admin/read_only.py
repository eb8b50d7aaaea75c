"""Lists of what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that tell what happened: nobody edits them."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: the importer makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what happened stays."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what happened stays."""
        return False
