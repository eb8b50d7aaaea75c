"""Lists that stay fast however much the archive holds, and say what they are for.

Nothing is counted to its end: a list shows its first rows, and search and filters reach the others. What is searched
and sorted by has an index.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from cables.models import ImportRun

MOST = 2_000
"""Rows of a list that its pages show."""
FILES_NAMED = 3


class FirstPaginator(Paginator):
    """The pages of the first MOST rows."""

    object_list: QuerySet

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def count(self) -> int:
        """The number of rows that the pages show."""
        return min(self._counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than the pages show."""
        return self._counted > MOST


class OrderedList(ChangeList):
    """A list in the orders that it offers, whatever the address asks for."""

    def get_ordering_field(self, field_name: Any) -> Any:
        """Return the field by which a column orders the list, None where it is not offered."""
        offered = self.sortable_by is None or field_name in self.sortable_by
        return super().get_ordering_field(field_name) if offered else None


class ListAdmin(admin.ModelAdmin):
    """An admin whose list stays fast. `about` says in a sentence what it is for, `empty` what to do first."""

    about = ""
    empty = ""
    list_per_page = 50
    list_max_show_all = 50
    paginator = FirstPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list that keeps to the orders it offers."""
        return OrderedList


def files_named(run: ImportRun) -> str:
    """Return the names of a run's first files, and how many more it had."""
    names = [Path(file["path"]).name for file in run.files[:FILES_NAMED]]
    more = len(run.files) - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")
