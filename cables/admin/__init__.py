"""The administrators' side: uploads, imports and their problems, and corrections by hand."""

from cables.admin.cables import CableAdmin
from cables.admin.imports import ImportProblemAdmin, ImportRunAdmin
from cables.admin.tables import AliasAdmin, PostAdmin, TagAdmin
from cables.admin.uploads import UploadAdmin

__all__ = ["AliasAdmin", "CableAdmin", "ImportProblemAdmin", "ImportRunAdmin", "PostAdmin", "TagAdmin", "UploadAdmin"]
