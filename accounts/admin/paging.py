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
        return min(self._counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than are shown."""
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: MOST + 1].count()  # type: ignore[attr-defined]
