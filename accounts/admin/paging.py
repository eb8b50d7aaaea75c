"""Lists that grow without end, a few pages of them at a time."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 5_000


class NewestPaginator(Paginator):
    """Counts and shows the first 5,000 rows at most: older ones are reached through a filter or by searching."""

    @cached_property
    def count(self) -> int:
        """The number of rows, as far as they are shown."""
        return self.object_list[:MOST].count()  # type: ignore[attr-defined]
