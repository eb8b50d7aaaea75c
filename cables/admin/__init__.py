"""The administrators' side: imports and their problems, and corrections by hand."""

from django.contrib import admin

from cables.admin.cables import CableAdmin
from cables.admin.imports import ImportProblemAdmin, ImportRunAdmin
from cables.admin.tables import AliasAdmin, PostAdmin, TagAdmin

__all__ = ["AliasAdmin", "CableAdmin", "ImportProblemAdmin", "ImportRunAdmin", "PostAdmin", "TagAdmin"]

admin.site.site_header = "Cable archive: administration"
admin.site.site_title = "Cable archive"
admin.site.index_title = "Administration"
