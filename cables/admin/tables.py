"""TAGS, posts and aliases, looked up and corrected."""

from __future__ import annotations

from django.contrib import admin

from cables.models import Alias, Post, Tag


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """TAGS with their meanings."""

    list_display = ["code", "kind", "title", "category"]
    list_filter = ["kind", "category"]
    search_fields = ["code", "title"]
    show_full_result_count = False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    """Posts with their places."""

    list_display = ["name", "kind", "city", "country", "latitude", "longitude"]
    list_filter = ["kind"]
    search_fields = ["name", "city"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False


@admin.register(Alias)
class AliasAdmin(admin.ModelAdmin):
    """Other spellings of identifiers."""

    list_display = ["identifier", "target"]
    search_fields = ["identifier", "target"]
    show_full_result_count = False
