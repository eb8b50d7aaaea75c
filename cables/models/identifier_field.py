"""The column that holds an identifier: compared byte by byte, so that a prefix is a range of its index."""

from __future__ import annotations

from typing import Any

from django.db import models

LONGEST_IDENTIFIER = 100


class IdentifierField(models.CharField):
    """A canonical identifier ("05ALMATY538"); what a damaged file calls one may be long, so there is room.

    Index it in Meta: Django adds a second index for LIKE to that of a field, which the "C" collation has no need of.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_IDENTIFIER)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)
