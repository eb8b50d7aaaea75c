"""Citations of a cable, or of one paragraph of it, in the forms that historians, writers and their programs use."""

from cables.citing.cited import CENTRAL_FILES, Cited
from cables.citing.files import bibtex, csl_json, json_ld, ris
from cables.citing.prose import chicago, mla, nara

__all__ = ["CENTRAL_FILES", "Cited", "bibtex", "chicago", "csl_json", "json_ld", "mla", "nara", "ris"]
