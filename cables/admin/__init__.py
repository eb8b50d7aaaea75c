"""The administrators' side: uploads, imports and their problems, and corrections by hand."""

from cables.admin.cables import CableAdmin
from cables.admin.corrections import CorrectionAdmin
from cables.admin.problems import ImportProblemAdmin
from cables.admin.runs import ImportRunAdmin
from cables.admin.tables import AliasAdmin, PostAdmin, TagAdmin
from cables.admin.uploads import UploadAdmin
from cables.admin.withholding import WithholdingAdmin

__all__ = [
    "AliasAdmin",
    "CableAdmin",
    "CorrectionAdmin",
    "ImportProblemAdmin",
    "ImportRunAdmin",
    "PostAdmin",
    "TagAdmin",
    "UploadAdmin",
    "WithholdingAdmin",
]
