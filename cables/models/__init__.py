"""What is stored: one noun a module."""

from cables.models.alias import Alias
from cables.models.cable import Cable, CableTag, Classification, Redaction
from cables.models.correction import Correction
from cables.models.import_run import ImportProblem, ImportRun
from cables.models.known_count import KnownCount
from cables.models.paragraph import Paragraph
from cables.models.post import Post
from cables.models.reference import Reference
from cables.models.search_change import SearchChange
from cables.models.search_entry import SearchEntry
from cables.models.search_gist import SearchGist
from cables.models.tag import Tag
from cables.models.upload import Upload
from cables.models.version import Version
from cables.models.withholding import Withholding
from cables.models.word import Word, WordList

__all__ = [
    "Alias",
    "Cable",
    "CableTag",
    "Classification",
    "Correction",
    "ImportProblem",
    "ImportRun",
    "KnownCount",
    "Paragraph",
    "Post",
    "Redaction",
    "Reference",
    "SearchChange",
    "SearchEntry",
    "SearchGist",
    "Tag",
    "Upload",
    "Version",
    "Withholding",
    "Word",
    "WordList",
]
