"""The parser: pure functions from a piece of cable text to what it says; no Django, no files, no network.

Each function takes any text, never raises, and gives an empty value where its field is absent. Those named locate_…
give the place of the field too.
"""

from cables.parsing.body import parse_paragraphs
from cables.parsing.cable import parse_cable
from cables.parsing.classification import (
    canonical_classification,
    locate_captions,
    locate_classification,
    parse_captions,
    parse_classification,
)
from cables.parsing.classified_by import locate_classified_by, parse_classified_by
from cables.parsing.comment import parse_comment
from cables.parsing.dates import date_time_group_to_datetime, parse_created
from cables.parsing.declassification import (
    locate_declassify_condition,
    locate_declassify_on,
    parse_declassify_condition,
    parse_declassify_on,
)
from cables.parsing.header import (
    locate_date_time_group,
    locate_origin,
    locate_precedence,
    locate_sections,
    parse_date_time_group,
    parse_origin,
    parse_precedence,
    parse_sections,
)
from cables.parsing.identifiers import canonical_identifier, split_identifier
from cables.parsing.located import Located
from cables.parsing.posts import canonical_origin
from cables.parsing.reasons import locate_classification_reasons, parse_classification_reasons
from cables.parsing.recipients import (
    locate_info_recipients,
    locate_recipients,
    parse_info_recipients,
    parse_recipients,
)
from cables.parsing.references import list_references, locate_references, parse_references
from cables.parsing.signers import parse_signers
from cables.parsing.subject import locate_subject, parse_subject
from cables.parsing.summary import parse_summary
from cables.parsing.tag_list import tag_list
from cables.parsing.tags import locate_tags, parse_tags

__all__ = [
    "Located",
    "canonical_classification",
    "canonical_identifier",
    "canonical_origin",
    "date_time_group_to_datetime",
    "list_references",
    "locate_captions",
    "locate_classification",
    "locate_classification_reasons",
    "locate_classified_by",
    "locate_date_time_group",
    "locate_declassify_condition",
    "locate_declassify_on",
    "locate_info_recipients",
    "locate_origin",
    "locate_precedence",
    "locate_recipients",
    "locate_references",
    "locate_sections",
    "locate_subject",
    "locate_tags",
    "parse_cable",
    "parse_captions",
    "parse_classification",
    "parse_classification_reasons",
    "parse_classified_by",
    "parse_comment",
    "parse_created",
    "parse_date_time_group",
    "parse_declassify_condition",
    "parse_declassify_on",
    "parse_info_recipients",
    "parse_origin",
    "parse_paragraphs",
    "parse_precedence",
    "parse_recipients",
    "parse_references",
    "parse_sections",
    "parse_signers",
    "parse_subject",
    "parse_summary",
    "parse_tags",
    "split_identifier",
    "tag_list",
]
