"""Problems by the words of their reason, file and identifier, of which there is an index."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from cables.models import ImportProblem
from cables.models.import_run import PROBLEM_WORDS

_WORD = re.compile(r"[^\W_]+")


def having_words(problems: QuerySet[ImportProblem], typed: str) -> QuerySet[ImportProblem]:
    """Return the problems that have a word which begins like each of those typed; none where nothing typed is one."""
    words = [f"{word}:*" for word in _WORD.findall(typed)]
    if not words:
        return problems.none()
    query = SearchQuery(" & ".join(words), config="simple", search_type="raw")
    return problems.alias(words=PROBLEM_WORDS).filter(words=query)
